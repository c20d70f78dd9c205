"""What is shown where an address names nothing."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from rapidfuzz.fuzz import WRatio
from rapidfuzz.process import extract

from rounds.search.results import address, suggestions
from rounds.views.moved import moved

NEAR = 60  # how alike a slug must be, from 0 to 100
MOST = 5


def missing(request: HttpRequest, objects: QuerySet[Any], slug: str, index: str) -> HttpResponse:
    """The way to what had the slug; else a 404 page that names what it may mean.

    That is found by a similar slug, or by another name. ``index`` is the name of the address that
    lists them all.
    """
    if response := moved(request, objects):
        return response
    found = {one.slug: one for one in objects}
    slugs = extract(slug, found.keys(), scorer=WRatio, score_cutoff=NEAR, limit=MOST)
    near = {found[match].get_absolute_url(): str(found[match]) for match, *_ in slugs}
    near |= {address(e): e.title for e in suggestions(request.user, slug.replace("-", " "))}
    kind = objects.model._meta.verbose_name
    context = {"slug": slug, "near": near.items(), "kind": kind, "index": index}
    return render(request, "missing.html", context, status=404)
