"""The addresses of the API: what there is, the list of each table, and each record."""

from collections.abc import Callable, Iterator, Mapping
from http import HTTPStatus
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework.exceptions import APIException, NotFound
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from rounds.api import keys, schema
from rounds.api.paging import Pages
from rounds.api.parameters import FIELDS, OF_LISTS, fields, moment
from rounds.api.schema import Described
from rounds.api.serializers import (
    FaultsSerializer,
    ListsSerializer,
    NotThereSerializer,
    answer_of,
    only,
    record_of,
    row_of,
    singular,
)
from rounds.exports.columns import BETWEEN
from rounds.exports.modified import modified_since
from rounds.exports.records import key_of, record_in
from rounds.exports.rows import Scope, rows_of
from rounds.exports.structured import with_sources
from rounds.exports.tables import TABLES, Table, parts_of
from rounds.old_addresses import renewed
from rounds.selection.parameters import Parameters
from rounds.views.exports import selection_of
from rounds.views.formats import BadParametersError, about, read_whole, refuse_unknown, scope_of
from rounds.views.momentary import momentary
from rounds.views.moved import asked_anew

Answers = Iterator[tuple[int, Any]]


class Json(BaseContentNegotiation):
    """JSON, whatever is accepted: pages are kept by their addresses alone."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        return parsers[0]

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        return renderers[0], renderers[0].media_type


def refusal(error: Exception, context: Mapping[str, Any]) -> HttpResponse | None:
    """What is answered instead: why not, in sentences; None for a fault of ours."""
    request: Request = context["request"]
    if isinstance(error, BadParametersError):
        if moved := asked_anew(request):
            return moved
        return momentary(Response({"errors": error.faults}, HTTPStatus.BAD_REQUEST))
    if isinstance(error, Http404):
        error = NotFound()
    if isinstance(error, APIException):
        return Response({"errors": [str(error.detail)]}, error.status_code)
    return None


class View(APIView):
    """A view of the API: for everybody, as everybody, in JSON."""

    authentication_classes = ()
    permission_classes = ()
    renderer_classes = (JSONRenderer,)
    content_negotiation_class = Json
    http_method_names = ["get", "head", "options"]
    schema = Described()
    parameters: Parameters = {}
    operation = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return read_whole(request, lambda: super(View, self).dispatch(request, *args, **kwargs))

    def get_exception_handler(self) -> Callable[..., HttpResponse | None]:
        return refusal

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        refuse_unknown(request, self.parameters)

    def described_parameters(self) -> Iterator[OpenApiParameter]:
        """The parameters, as the schema has them."""
        return iter(())

    def answers(self) -> Answers:
        """What it answers, by status, as the schema has it."""
        about = gettext("A parameter that there is not, or a value that makes no sense.")
        yield HTTPStatus.BAD_REQUEST, OpenApiResponse(FaultsSerializer, about)


class ListsView(View):
    """What there is: each list of the API."""

    operation = "lists"

    def summary(self) -> str:
        return gettext("All lists")

    def description(self) -> str:
        return gettext("Where each list of the API is.")

    def answers(self) -> Answers:
        about = gettext("The addresses of the lists.")
        yield HTTPStatus.OK, OpenApiResponse(ListsSerializer, about)
        yield from super().answers()

    def get(self, request: Request) -> Response:
        def at(name: str) -> str:
            return request.build_absolute_uri(reverse(f"rounds:{name}"))

        found = {
            "about": about(request, gettext("The Astana process tracker: API")),
            "docs": at("api_docs"),
            "schema": at("api_schema_json"),
            "lists": {table.name: at(name_of(table)) for table in TABLES},
        }
        return Response(found)


class TableView(View):
    """The rows of a table, page by page."""

    table: Table
    pagination_class = Pages

    def summary(self) -> str:
        return capfirst(self.table.title)

    def description(self) -> str:
        return self.table.about

    def described_parameters(self) -> Iterator[OpenApiParameter]:
        return schema.of_list(self.table)

    def answers(self) -> Answers:
        rows = row_of(self.table)(many=True)
        yield HTTPStatus.OK, OpenApiResponse(rows, gettext("A page of the list."))
        yield from super().answers()
        about = gettext("The list has no such page.")
        yield HTTPStatus.NOT_FOUND, OpenApiResponse(NotThereSerializer, about)

    def get(self, request: Request) -> Response:
        table = self.table
        names = fields(request.query_params, [column.name for column in table.columns])
        since = moment(request.query_params)
        _parameters, scope_asked = selection_of(table)
        scope: Scope = scope_asked(request)
        objects = scope.queryset(table)
        if since:
            objects = modified_since(objects, since)
        pages = self.pagination_class()
        in_order = objects.order_by(*scope.order(table)).values_list("pk", flat=True)
        found = pages.paginate_queryset(in_order, request, self)
        page = Scope(request.user, newest_first=scope.newest_first, root=scope.root)
        page.among(table, of_keys(table, found or []))
        shape = row_of(table)(list(rows_of(table, page)), many=True)
        only(shape.child, names)
        return pages.get_paginated_response(shape.data)


class RecordView(View):
    """A record by its key, with all that is part of it and its sources."""

    table: Table
    route: tuple[keys.Step, ...] = ()
    parameters = FIELDS

    @property
    def names(self) -> list[str]:
        columns = [column.name for column in self.table.columns]
        return list(dict.fromkeys(columns + [key_of(part) for part in parts_of(self.table)]))

    def summary(self) -> str:
        parts = " / ".join(step.name for step in self.route)
        names = {"kind": capfirst(self.table.model._meta.verbose_name or ""), "parts": parts}
        return gettext("%(kind)s by %(parts)s") % names

    def description(self) -> str:
        return self.table.about

    def described_parameters(self) -> Iterator[OpenApiParameter]:
        yield from schema.of_keys(self.table, self.route)
        yield schema.of_fields(self.names)

    def answers(self) -> Answers:
        about = gettext("The record with all that is part of it, and its sources.")
        yield HTTPStatus.OK, OpenApiResponse(answer_of(self.table), about)
        yield from super().answers()
        about = gettext("Nothing that is public has this key.")
        yield HTTPStatus.NOT_FOUND, OpenApiResponse(NotThereSerializer, about)

    def get(self, request: Request, **key: str) -> HttpResponse:
        table = self.table
        names = fields(request.query_params, self.names)
        scope = scope_of(request)
        try:
            found = scope.queryset(table).filter(**keys.conditions(table, key))
        except ValueError:
            found = scope.queryset(table).none()
        pk = found.values_list("pk", flat=True).first()
        if pk is None:
            return self._moved(request, key) or self._missing(key)
        scope.among(table, of_keys(table, [pk]))
        record = record_in(table, scope)
        wanted = {name: record[name] for name in names}
        title = self._title(record)
        answer = with_sources(wanted, scope, about(request, title), singular(table))
        answer[singular(table)] = only(record_of(table)(wanted), names).data
        return Response(answer)

    def _title(self, record: Mapping[str, Any]) -> str:
        kind = capfirst(self.table.model._meta.verbose_name or "")
        return f"{kind} {record[self.table.key_column.name]}"

    def _moved(self, request: Request, key: Mapping[str, str]) -> HttpResponse | None:
        """The way to where it is now, if a slug or number in its key was another one."""
        now = dict(key)
        for step in self.route:
            if step.is_address:
                objects: QuerySet[Any] = step.model._default_manager.visible_to(request.user)  # type: ignore[attr-defined]
                now[step.name] = renewed(objects, [key[step.name]]).get(
                    key[step.name], key[step.name]
                )
        if now == key:
            return None
        match = request.resolver_match
        query = request.META.get("QUERY_STRING", "")
        path = reverse(match.view_name, kwargs=now)
        return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)

    def _missing(self, key: Mapping[str, str]) -> HttpResponse:
        words = {"table": self.table.title, "key": BETWEEN.join(key.values())[:100]}
        raise NotFound(gettext("There is no %(key)s among the %(table)s.") % words)


def of_keys(table: Table, found: list[int]) -> QuerySet[Any]:
    """The objects with these primary keys."""
    return table.model._default_manager.filter(pk__in=found)


def name_of(table: Table) -> str:
    """The name of the address of a list."""
    return f"api_{table.name.replace('-', '_')}"


def list_of(table: Table) -> Callable[..., Any]:
    """The view of the list of a table."""
    parameters, _scope = selection_of(table)
    members = {
        "table": table,
        "parameters": {**parameters, **OF_LISTS},
        "operation": f"{name_of(table)[4:]}_list",
    }
    return type(f"{table.model.__name__}ListView", (TableView,), members).as_view()  # type: ignore[attr-defined]


def record_by(table: Table, route: tuple[keys.Step, ...]) -> Callable[..., Any]:
    """The view of a record of a table, by a key with these parts."""
    is_whole = route == keys.steps(table)
    rest = "" if is_whole else f"_without_{keys.steps(table)[-1].name}"
    members = {"table": table, "route": route, "operation": f"{name_of(table)[4:]}_retrieve{rest}"}
    return type(f"{table.model.__name__}RecordView", (RecordView,), members).as_view()  # type: ignore[attr-defined]
