"""Comma-separated values (RFC 4180)."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from django.utils.translation import gettext

from rounds.findings.matrices import Matrix

# By this sign in front Excel knows UTF-8; it shows “TÃ¼rkiye” where that is missing.
SIGN = "\ufeff"


def as_csv(rows: Iterable[Iterable[str]]) -> str:
    """The rows as comma-separated values, none of which a spreadsheet takes for a formula."""
    out = StringIO()
    out.write(SIGN)
    csv.writer(out).writerows([defused(value) for value in row] for row in rows)
    return out.getvalue()


def matrix_table(matrix: Matrix, heading: str) -> Iterator[list[str]]:
    """A row for each subject, with what its cell for each round says in words."""
    columns = [gettext("Round %(number)d") % {"number": row.number} for row in matrix.rounds]
    yield [heading, *columns]
    for row in matrix.rows:
        yield [str(row.subject), *(cell.said for cell in row.cells)]


def defused(value: str) -> str:
    """A cell that no spreadsheet takes for a formula (OWASP, CSV injection)."""
    is_formula = value.lstrip().startswith(tuple("=+-@＝＋－＠")) or value[:1] in tuple("\t\r\n")
    return f"'{value}" if is_formula else value
