"""How the API is described: for programs as OpenAPI, for people as a page to try it out."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, NamedTuple

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django_stubs_ext import StrOrPromise
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiYamlRenderer

from rounds.api.views import name_of
from rounds.exports.tables import TABLES
from rounds.selection.parameters import takes
from rounds.views.formats import taking


class Listed(NamedTuple):
    """A list of the API, as the page names it."""

    name: str
    url: str
    about: StrOrPromise


@taking({})
def schema_yaml(request: HttpRequest) -> HttpResponseBase:
    """The description of the API in YAML."""
    return HttpResponse(OpenApiYamlRenderer().render(_schema()), "application/yaml")


@taking({})
def schema_json(request: HttpRequest) -> HttpResponseBase:
    """The description of the API in JSON."""
    found = OpenApiJsonRenderer().render(_schema(), renderer_context={})
    return HttpResponse(found, "application/json")


def _schema() -> Any:
    return SchemaGenerator().get_schema(request=None, public=True)


# Its icons are images in its style sheet; no script or style comes with them.
@csp_update({"img-src": ["data:"]})
@takes()
def docs(request: HttpRequest) -> HttpResponse:
    """The lists of the API, and each operation to try out."""
    return render(request, "api/docs.html", {"lists": list(_lists())})


def _lists() -> Iterator[Listed]:
    for table in TABLES:
        yield Listed(table.title, reverse(f"rounds:{name_of(table)}"), table.about)


def nothing(request: HttpRequest, path: str) -> HttpResponse:
    """What is answered under an address of the API that leads nowhere."""
    sentence = gettext("There is nothing at this address. What there is: %(address)s")
    root = request.build_absolute_uri(reverse("rounds:api"))
    return JsonResponse({"errors": [sentence % {"address": root}]}, status=HTTPStatus.NOT_FOUND)
