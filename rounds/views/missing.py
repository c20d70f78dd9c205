"""What is shown where an address names nothing."""

from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from rapidfuzz.fuzz import WRatio
from rapidfuzz.process import extract

NEAR = 60  # how alike a slug must be, from 0 to 100
MOST = 5


def missing(request: HttpRequest, objects: QuerySet[Any], slug: str, index: str) -> HttpResponse:
    """A 404 page that names the objects with the slugs most like the one asked for.

    ``index`` is the name of the address that lists them all.
    """
    found: dict[str, Model] = {one.slug: one for one in objects}
    slugs = extract(slug, found.keys(), scorer=WRatio, score_cutoff=NEAR, limit=MOST)
    near = [found[match] for match, *_ in slugs]
    kind = objects.model._meta.verbose_name
    context = {"slug": slug, "near": near, "kind": kind, "index": index}
    return render(request, "rounds/missing.html", context, status=404)
