"""Which addresses are pages, and which of them are the same page."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, resolve

from rounds.selection.parameters import Unused, given, in_order, taken_by

PAGES = "rounds"  # the namespace of the pages that readers see
STATIC = f"/{settings.STATIC_URL.strip('/')}/"
PROBES = ("/healthz", "/readyz")
API = "/api/"
# What is given out for programs, whichever page of whoever's they run in.
FOR_PROGRAMS = (".csv", ".json", ".atom", ".ics", ".bib", ".ris", ".zip", ".sqlite", ".png", ".svg")
LONGEST = 500  # letters of an address that is remembered


View = TypeVar("View", bound=Callable[..., Any])


def of_the_moment(view: View) -> View:
    """Mark a view whose page nobody keeps, and which may be sent a form."""
    view.is_of_the_moment = True  # type: ignore[attr-defined]
    return view


def is_open(path: str) -> bool:
    """Whether programs in the pages of others may read what is there."""
    return path.startswith(API) or (path.endswith(FOR_PROGRAMS) and not path.startswith(STATIC))


class Address(NamedTuple):
    """The address of a page, in one way of writing it.

    ``is_kept``: whether its page is worth keeping. Those of addresses with what changes nothing,
    or that lead nowhere, are not: there is no end of them.
    """

    path: str
    query: str
    is_kept: bool


def address_of(request: HttpRequest) -> Address | None:
    """The address of the page that is asked for; None for what is none that may be kept."""
    query = request.META.get("QUERY_STRING", "")
    known = _address if len(request.path_info) + len(query) <= LONGEST else _address.__wrapped__
    return known(request.path_info, query)


@lru_cache(maxsize=4096)
def _address(path: str, query: str) -> Address | None:
    if path.startswith(STATIC) or path in PROBES:  # answered further in
        return None
    try:
        match = resolve(path)
    except Resolver404:
        return Address(path, query, is_kept=False)
    if match.app_name != PAGES or getattr(match.func, "is_of_the_moment", False):
        return None
    parameters = taken_by(match.func)
    if parameters is None:
        return Address(path, "", is_kept=True)
    try:
        asked = in_order(QueryDict(query), parameters)
    except SuspiciousOperation:  # too many of them
        return Address(path, query, is_kept=False)
    return Address(path, asked.urlencode(), is_kept=not any(Unused.of(asked, parameters)))


def canonical_path(request: HttpRequest, counting: Mapping[str, Any]) -> str:
    """The path and query that all addresses of the same page share; "" for what is no such page.

    ``counting`` has values of parameters that count instead of those in the address.
    """
    match = request.resolver_match
    if not match or match.app_name != PAGES or getattr(match.func, "is_of_the_moment", False):
        return ""
    parameters = taken_by(match.func) or {}
    counts = QueryDict(mutable=True)
    for name in parameters.keys() & request.GET.keys():
        values = given(request.GET.getlist(name))
        counts.setlist(name, values if parameters[name].is_repeatable else values[-1:])
    for name in counting.keys() & counts.keys():
        counts[name] = str(counting[name])
    query = in_order(counts, parameters).urlencode()
    return f"{request.path}?{query}" if query else request.path
