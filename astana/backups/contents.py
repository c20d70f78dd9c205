"""What a database holds, as its backup says it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

EDITION = "rounds_edition"
MIGRATIONS = "django_migrations"
Read = Callable[[str], Iterable[tuple[Any, ...]]]  # the rows that answer a query


@dataclass(frozen=True)
class Contents:
    """The migrations that were applied, the edition of the record, the rows of each table.

    A database without a record yet has edition 0, which has no date.
    """

    migrations: list[list[str]]  # of pairs of app and name
    edition: int
    changed_at: str
    counts: dict[str, int]


def contents(read: Read, tables: Iterable[str]) -> Contents:
    """What the database of the tables holds that answers the queries."""
    found = sorted(tables)
    migrations: Iterable[tuple[Any, ...]] = ()
    edition: tuple[int, str | datetime] = (0, "")
    if MIGRATIONS in found:
        migrations = read(f"SELECT app, name FROM {MIGRATIONS} ORDER BY app, name")  # noqa: S608
    if EDITION in found:
        for number, changed_at in read(f"SELECT number, changed_at FROM {EDITION}"):  # noqa: S608
            edition = (number, changed_at)
    return Contents(
        migrations=[list(row) for row in migrations],
        edition=edition[0],
        changed_at=str(edition[1]),
        counts={
            table: row[0]
            for table in found
            for row in read(f'SELECT count(*) FROM "{table}"')  # noqa: S608
        },
    )


def raise_edition(above: int) -> str:
    """SQL that gives a database an edition higher than its own and than another's."""
    return (
        f"UPDATE {EDITION} SET changed_at = CURRENT_TIMESTAMP, "  # noqa: S608
        f"number = 1 + CASE WHEN number > {above:d} THEN number ELSE {above:d} END"
    )
