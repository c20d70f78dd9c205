"""The formats in which what a page shows can be taken along."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from rounds.selection.addresses import query_pairs
from rounds.selection.filters import RoundFilterSet
from rounds.selection.parameters import Parameters


class Format(NamedTuple):
    """A format: what links to it say, its media type, and the views that give it.

    ``of_round`` is the view of a single round, "" where there is none.
    """

    label: StrOrPromise
    about: StrOrPromise
    kind: str
    of_rounds: str
    of_round: str = ""


FORMATS = (
    Format("CSV", _("a table for spreadsheets"), "text/csv", "rounds:rounds_csv"),
    Format(
        "JSON",
        _("everything that is recorded, for programs"),
        "application/json",
        "rounds:rounds_json",
        "rounds:round_json",
    ),
)


class FormatLink(NamedTuple):
    """A link to a page in another format."""

    url: str
    label: StrOrPromise
    about: StrOrPromise
    kind: str


def of_rounds(data: QueryDict) -> Iterator[FormatLink]:
    """The rounds that a query string selects, in each format."""
    query = query_of(data, RoundFilterSet.base_filters)
    for one in FORMATS:
        yield FormatLink(reverse(one.of_rounds) + query, one.label, one.about, one.kind)


def of_round(number: int) -> Iterator[FormatLink]:
    """A round in each format that there is of a single one."""
    for one in FORMATS:
        if one.of_round:
            url = reverse(one.of_round, args=[number])
            yield FormatLink(url, one.label, one.about, one.kind)


def of_table(name: str, data: QueryDict, parameters: Parameters) -> Iterator[FormatLink]:
    """What the page of a noun shows, as a table and as JSON, with the page's filters."""
    query = query_of(data, {one: None for one in parameters if one != "page"})
    for label, about, kind, _rounds, _round in FORMATS[:2]:
        url = reverse(f"rounds:{name}_{str(label).lower()}") + query
        yield FormatLink(url, label, about, kind)


def query_of(data: QueryDict, known: Mapping[str, object]) -> str:
    """The parameters that a format takes, as a query string; "" where none is given."""
    pairs = [(name, value) for name, value in query_pairs(data) if name in known]
    return f"?{urlencode(pairs)}" if pairs else ""
