"""By which of its facts a round matches what was asked for, in a column of their own."""

from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from rounds.exports.columns import Column, Kind
from rounds.exports.tables import NAMED, Row

Passages = Mapping[int, Iterable[Any]]  # by the numbers of rounds, as selections find them

PASSAGES = Column(
    "passages",
    Kind.LIST,
    told=_("By which of its facts the round matches the filters; empty without filters."),
)
PASSAGE_SOURCES = Column(
    "passage_sources", Kind.LIST, refers_to="sources", told=_("The sources of these passages.")
)
COLUMNS = (*NAMED["rounds"].columns, PASSAGES, PASSAGE_SOURCES)


def with_cells(rows: Iterable[Row], found: Passages) -> Iterator[Row]:
    """The rows of rounds with their passages as cells of a table have them."""
    for row in rows:
        passages = list(found.get(row["number"], ()))
        sources = dict.fromkeys(one.slug for passage in passages for one in passage.sources)
        yield row | {
            PASSAGES.name: [one_line(passage) for passage in passages],
            PASSAGE_SOURCES.name: list(sources),
        }


def with_passages(records: Iterable[Row], found: Passages, root: str) -> Iterator[Row]:
    """The records of rounds with their passages; without filters there are none."""
    for record in records:
        passages = found.get(record["number"], ())
        yield record | {PASSAGES.name: [of_passage(one, root) for one in passages]}


def of_passage(passage: Any, root: str) -> Row:
    return {
        "title": plain(passage.title),
        "label": passage.label or None,
        "text": plain(passage.text),
        "address": root + passage.url,
        "sources": [source.slug for source in passage.sources],
    }


def one_line(passage: Any) -> str:
    return ": ".join(filter(None, (passage.name, plain(passage.text))))


def plain(marked: str) -> str:
    """What was marked, as text; what is plain text already stays as it is."""
    return unescape(strip_tags(marked)) if hasattr(marked, "__html__") else marked
