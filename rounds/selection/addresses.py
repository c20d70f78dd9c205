"""The query strings that lead from one selection to another."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.http import QueryDict


class QueryString:
    """A query string from which values are taken; without the page, so that it starts on the first.

    The parameters are written once, however many values are taken from it in turn.
    """

    def __init__(self, data: QueryDict) -> None:
        self.written = [
            (name, value, urlencode({name: value}))
            for name, values in data.lists()
            for value in values
            if name != "page"
        ]

    def without(self, name: str, value: str | None = None) -> str:
        """The query string without one value of one parameter, or without the whole of it."""
        return "&".join(
            text for one, said, text in self.written if one != name or value not in (None, said)
        )


def query_pairs(data: QueryDict) -> list[tuple[str, str]]:
    """The parameters as pairs, without empty ones and without the page."""
    pairs: Iterable[tuple[str, list[str]]] = data.lists()
    return [(name, one) for name, values in pairs for one in values if one and name != "page"]
