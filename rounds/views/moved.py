"""Redirects from addresses that something had to the one that it has now."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse

from rounds.models import Milestone, Round
from rounds.old_addresses import renewed
from rounds.participants.models import Participant, Person
from rounds.topics.models import Topic

# What the parameters of pages name.
NAMED: Mapping[str, Any] = {
    "topic": Topic,
    "participant": Participant,
    "absent": Participant,
    "person": Person,
    "round": Round,
}
# What a place on the timeline is of, by the beginning of its anchor.
PLACED: Mapping[str, Any] = {"round": Round, "milestone": Milestone}


def moved(request: HttpRequest, objects: QuerySet[Any]) -> HttpResponse | None:
    """The way from an address whose slug or numbers named objects to where these are now.

    What is asked goes along. None where nothing in the address was the key of an object that
    the visitor may see now.
    """
    match = request.resolver_match
    assert match  # noqa: S101 - a view asks this
    now = renewed(objects, match.kwargs.values())
    if not now:
        return None
    keys = {name: now.get(str(key), key) for name, key in match.kwargs.items()}
    query = request.META.get("QUERY_STRING", "")
    path = reverse(match.view_name, kwargs=keys)
    return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)


def asked_anew(request: HttpRequest) -> HttpResponse | None:
    """The way to the same question with the slugs and numbers of today, where these are others."""
    query = request.GET.copy()
    for name in NAMED.keys() & query.keys():
        values = query.getlist(name)
        now = renewed(NAMED[name].objects.visible_to(request.user), values)
        query.setlist(name, [now.get(value, value) for value in values])
    if query == request.GET:
        return None
    return HttpResponsePermanentRedirect(f"{request.path}?{query.urlencode()}")


def placed_anew(request: HttpRequest, anchor: str) -> HttpResponse | None:
    """The way to the page of the timeline that has what once stood under that anchor."""
    kind, _, key = anchor.partition("-")
    if kind not in PLACED:
        return None
    now = renewed(PLACED[kind].objects.visible_to(request.user), [key])
    if key not in now:
        return None
    query, place = request.GET.copy(), f"{kind}-{now[key]}"
    query["page"] = place
    return HttpResponsePermanentRedirect(f"{request.path}?{query.urlencode()}#{place}")
