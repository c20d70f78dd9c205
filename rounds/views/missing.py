"""What is shown where an address names nothing."""

from difflib import get_close_matches
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def missing(request: HttpRequest, objects: QuerySet[Any], slug: str, index: str) -> HttpResponse:
    """A 404 page that names the objects with the slugs most like the one asked for.

    ``index`` is the name of the address that lists them all.
    """
    found: dict[str, Model] = {one.slug: one for one in objects}
    near = [found[match] for match in get_close_matches(slug, found, n=5, cutoff=0.5)]
    kind = objects.model._meta.verbose_name
    context = {"slug": slug, "near": near, "kind": kind, "index": index}
    return render(request, "rounds/missing.html", context, status=404)
