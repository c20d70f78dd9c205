"""The query strings that lead from one selection to another."""

from collections.abc import Iterable

from django.http import QueryDict


def without(data: QueryDict, name: str, value: str) -> str:
    """The query string without one value of one parameter; it starts on the first page."""
    rest = data.copy()
    rest.setlist(name, [one for one in data.getlist(name) if one != value])
    rest.pop("page", None)
    return rest.urlencode()


def query_pairs(data: QueryDict) -> list[tuple[str, str]]:
    """The parameters as pairs, without empty ones and without the page."""
    pairs: Iterable[tuple[str, list[str]]] = data.lists()
    return [(name, one) for name, values in pairs for one in values if one and name != "page"]
