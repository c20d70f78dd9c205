"""Records as JSON, written one after the other."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from rounds.exports.records import cited_in
from rounds.exports.rows import Scope, rows_of
from rounds.exports.tables import NAMED, Row
from rounds.findings.matrices import Matrix

Json = dict[str, Any]


def text_of(value: Any) -> str:
    """A value as JSON: dates as ISO 8601 has them, letters as they are."""
    return json.dumps(value, default=_written, ensure_ascii=False)


def _written(value: Any) -> str:
    if isinstance(value, date):  # or a moment, of which the zone is said in one way
        return value.isoformat().replace("+00:00", "Z")
    return str(value)


def document(
    about: Json, key: str, records: Iterable[Row], scope: Scope | None = None
) -> Iterator[str]:
    """A document of records under their key, after what is said about it.

    With a scope, the sources that the records name by their slugs follow, each once.
    """
    cited: set[str] = set()
    yield f'{{"about": {text_of(about)},\n{text_of(key)}: ['
    for place, record in enumerate(records):
        if scope:
            cited.update(cited_in(record))
        yield (",\n" if place else "\n") + text_of(record)
    yield "\n]"
    if scope:
        yield ',\n"sources": ['
        for place, source in enumerate(cited_sources(cited, scope)):
            yield (",\n" if place else "\n") + text_of(source)
        yield "\n]"
    yield "}\n"


def with_sources(record: Row, scope: Scope, about: Json, key: str) -> Json:
    """A document of one record, with its sources."""
    sources = list(cited_sources(set(cited_in(record)), scope))
    return {"about": about, key: record, "sources": sources}


def cited_sources(slugs: set[str], scope: Scope) -> Iterator[Mapping[str, Any]]:
    """The sources with these slugs, in their order."""
    if slugs:
        yield from (row for row in rows_of(NAMED["sources"], scope) if row["slug"] in slugs)


def matrix_records(matrix: Matrix, root: str) -> Iterator[Json]:
    """The rows of a matrix: a subject, and what is reported of it at each round."""
    for row in matrix.rows:
        yield {
            "subject": row.subject.slug,
            "name": str(row.subject),
            "address": root + row.subject.get_absolute_url(),
            "cells": [
                {
                    "round": cell.number,
                    "states": cell.states,
                    "remark": cell.remark or None,
                    "address": root + cell.href,
                }
                for cell in row.reported
            ],
        }
