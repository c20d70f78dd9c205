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

    ``of_round`` is the view of a single round, "" where there is none. ``follows`` are programs
    that ask for it again and again, where others open it once.
    """

    label: StrOrPromise
    about: StrOrPromise
    kind: str
    of_rounds: str
    of_round: str = ""
    follows: bool = False


TABLES = (
    Format("CSV", _("a table for spreadsheets"), "text/csv", "rounds:rounds_csv"),
    Format(
        "JSON",
        _("everything that is recorded, for programs"),
        "application/json",
        "rounds:rounds_json",
        "rounds:round_json",
    ),
)

FEED = Format(
    _("Feed"), _("what is new, for feed readers"), "application/atom+xml", "rounds:rounds_atom"
)

# The publications are named as well, so that a reader can cite what a fact rests on.
REFERENCES = (
    Format(
        "BibTeX",
        _("references for LaTeX: the pages, and the publications behind them"),
        "application/x-bibtex",
        "rounds:rounds_bib",
        "rounds:round_bib",
    ),
    Format(
        "RIS",
        _("references for Zotero, EndNote, Citavi and others"),
        "application/x-research-info-systems",
        "rounds:rounds_ris",
        "rounds:round_ris",
    ),
    Format(
        "CSL-JSON",
        _("references for programs that cite"),
        "application/vnd.citationstyles.csl+json",
        "rounds:rounds_csl",
        "rounds:round_csl",
    ),
)

API = Format(
    "API",
    _("page by page, for programs"),
    "application/json",
    "rounds:api_rounds",
    "rounds:api_rounds_record",
)

FORMATS = (
    *TABLES,
    Format(
        _("Calendar"),
        _("the days, for calendars"),
        "text/calendar",
        "rounds:rounds_ics",
        "rounds:round_ics",
        follows=True,
    ),
    FEED,
    *REFERENCES,
    API,
    Format(
        _("Card"),
        _("a small card to embed in a page of yours"),
        "text/html",
        "rounds:embed_timeline",
        "rounds:embed_round",
    ),
)
PICTURES = (
    Format("SVG", _("sharp at any size"), "image/svg+xml", "rounds:picture_svg"),
    Format("PNG", _("for whatever shows no SVG"), "image/png", "rounds:picture_png"),
)


class FormatLink(NamedTuple):
    """A link to a page in another format."""

    url: str
    label: StrOrPromise
    about: StrOrPromise
    kind: str
    subscription: str = ""


def of_rounds(data: QueryDict, host: str = "") -> Iterator[FormatLink]:
    """The rounds that a query string selects, in each format."""
    query = query_of(data, RoundFilterSet.base_filters)
    for one in FORMATS:
        yield link_to(one, reverse(one.of_rounds) + query, host)


def of_picture(data: QueryDict) -> Iterator[FormatLink]:
    """The picture of the rounds that a query string selects, as files."""
    query = query_of(data, RoundFilterSet.base_filters)
    for one in PICTURES:
        yield link_to(one, reverse(one.of_rounds) + query, "")


def of_round(number: int, host: str = "") -> Iterator[FormatLink]:
    """A round in each format that there is of a single one."""
    for one in FORMATS:
        if one.of_round:
            yield link_to(one, reverse(one.of_round, args=[number]), host)


def link_to(form: Format, url: str, host: str) -> FormatLink:
    """A link to a path in that format; with a host also one by which programs subscribe to it."""
    subscription = f"webcal://{host}{url}" if form.follows and host else ""
    return FormatLink(url, form.label, form.about, form.kind, subscription)


def of_feed(page: str, slug: str = "", **asked: str) -> FormatLink:
    """The feed of a page, by the name of its view; of a topic, say, by its slug."""
    url = reverse(f"rounds:{page}_atom", args=[slug] if slug else [])
    query = urlencode({name: value for name, value in asked.items() if value})
    return link_to(FEED, f"{url}?{query}" if query else url, "")


def of_table(name: str, data: QueryDict, parameters: Parameters) -> Iterator[FormatLink]:
    """What the page of a noun shows, as a table and as JSON, with the page's filters.

    Sources are references as well.
    """
    query = query_of(data, {one: None for one in parameters if one != "page"})
    for one in (*TABLES, *(REFERENCES if name == "sources" else ())):
        url = reverse(one.of_rounds.replace("rounds_", f"{name}_")) + query
        yield link_to(one, url, "")


def of_source(slug: str) -> Iterator[FormatLink]:
    """The reference to a publication in each format."""
    for one in REFERENCES:
        url = reverse(one.of_round.replace("round_", "source_"), args=[slug])
        yield FormatLink(url, one.label, _("a reference to this publication"), one.kind)


def of_record(table: str, slug: str) -> FormatLink:
    """What the table has under a slug, with its parts and sources, as the API gives it."""
    url = reverse(API.of_round.replace("rounds_", f"{table}_"), args=[slug])
    return FormatLink(url, API.label, _("everything that is recorded, for programs"), API.kind)


def query_of(data: QueryDict, known: Mapping[str, object]) -> str:
    """The parameters that a format takes, as a query string; "" where none is given."""
    pairs = [(name, value) for name, value in query_pairs(data) if name in known]
    return f"?{urlencode(pairs)}" if pairs else ""
