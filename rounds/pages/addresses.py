"""Which addresses are pages, and which of them are the same page."""

from functools import lru_cache
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, resolve

from rounds.selection.parameters import Unused, in_order, taken_by

PAGES = "rounds"  # the namespace of the pages that readers see
STATIC = f"/{settings.STATIC_URL.strip('/')}/"
PROBES = ("/healthz", "/readyz")
LONGEST = 500  # letters of an address that is remembered


class Address(NamedTuple):
    """The address of a page, in one way of writing it.

    ``is_kept``: whether its page is worth keeping. Those of addresses with what changes nothing,
    or that lead nowhere, are not: there is no end of them.
    """

    path: str
    query: str
    is_kept: bool


def address_of(request: HttpRequest) -> Address | None:
    """The address of the page that is asked for; None for what is no page of readers."""
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
    if match.app_name != PAGES:
        return None
    parameters = taken_by(match.func)
    if parameters is None:
        return Address(path, "", is_kept=True)
    try:
        asked = in_order(QueryDict(query), parameters)
    except SuspiciousOperation:  # too many of them
        return Address(path, query, is_kept=False)
    return Address(path, asked.urlencode(), is_kept=not any(Unused.of(asked, parameters)))
