"""Comma-separated values (RFC 4180)."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from io import StringIO
from itertools import chain

from rounds.exports.columns import Column, Value
from rounds.exports.tables import Row
from rounds.findings.matrices import Matrix

# By this sign in front Excel knows UTF-8; it shows “TÃ¼rkiye” where that is missing.
SIGN = "\ufeff"
BETWEEN = "; "  # what a list names, in one cell


def lines(rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """The rows as lines of values, none of which a spreadsheet takes for a formula."""
    out = StringIO()
    writer = csv.writer(out)
    out.write(SIGN)
    for row in rows:
        writer.writerow([defused(value) for value in row])
        yield out.getvalue()
        out.seek(0)
        out.truncate()


def table_lines(columns: Sequence[Column], rows: Iterable[Row]) -> Iterator[str]:
    """The lines of a table, its header first."""
    names = [column.name for column in columns]
    yield from lines(chain([names], ([cell(row[name]) for name in names] for row in rows)))


def cell(value: Value) -> str:
    """A value as it stands in a cell: lists by ``; ``, nothing where nothing is recorded."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case list():
            return BETWEEN.join(value)
        case date():
            return value.isoformat()
    return str(value)


def matrix_table(matrix: Matrix, noun: str) -> Iterator[list[str]]:
    """A row for each subject: its slug, its name, and for each round the codes of its states."""
    yield [noun, "name", *(f"round_{row.number}" for row in matrix.rounds)]
    for row in matrix.rows:
        states = (cell(one.states) for one in row.cells)
        yield [row.subject.slug, str(row.subject), *states]


def defused(value: str) -> str:
    """A cell that no spreadsheet takes for a formula (OWASP, CSV injection)."""
    is_formula = value.lstrip().startswith(tuple("=+-@＝＋－＠")) or value[:1] in tuple("\t\r\n")
    return f"'{value}" if is_formula else value
