"""All tables of the dataset: those of the record, and those of what its lists name."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rounds.exports import citations
from rounds.exports.columns import Column, Kind
from rounds.exports.rows import Scope, rows_of
from rounds.exports.tables import NAMED, TABLES, Row, Table, parts_of


@dataclass(frozen=True, eq=False)
class Resource:
    """A table of the dataset. ``key`` are the columns that together tell its rows apart."""

    name: str
    title: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rows: Callable[[Scope], Iterable[Row]]

    @property
    def references(self) -> Iterator[tuple[Column, str, str]]:
        """Each column whose values are keys of another table, that table, and its key."""
        for column in self.columns:
            if column.refers_to and column.kind is not Kind.LIST:
                yield column, column.refers_to, NAMED[column.refers_to].key_column.name


def resources() -> list[Resource]:
    """The tables of the dataset, in the order in which it is told."""
    found = [*map(_of_table, TABLES)]
    found += [_links(table, column) for table in TABLES for column in _lists(table)]
    about = str(citations.ABOUT)
    key = tuple(column.name for column in citations.COLUMNS)
    title = gettext("sources of facts")
    found.append(
        Resource(citations.NAME, title, about, citations.COLUMNS, key, citations.citations)
    )
    return found


def _of_table(table: Table) -> Resource:
    key = (table.key_column.name,)
    rows = partial(rows_of, table)
    return Resource(table.name, table.title, table.about, table.columns, key, rows)


def _lists(table: Table) -> Iterator[Column]:
    """The lists of a table that no other table has.

    Sources are in one for all kinds of facts, and parts name themselves what they are part of.
    """
    inside = {part.name for part in parts_of(table)}
    return (one for one in table.lists if one.name != "sources" and one.refers_to not in inside)


def _links(table: Table, column: Column) -> Resource:
    """The table that has what a list names one by one, as its keys need."""
    target = NAMED[column.refers_to]
    names = [_noun(table), _noun(target)]
    columns = (
        Column(
            names[0],
            table.key_column.kind,
            refers_to=table.name,
            told=_("The row whose list it is."),
            is_required=True,
        ),
        Column(
            names[1],
            target.key_column.kind,
            refers_to=target.name,
            told=column.about,
            is_required=True,
        ),
    )

    def rows(scope: Scope) -> Iterator[Row]:
        for row in rows_of(table, scope):
            for value in row[column.name]:
                yield dict(zip(names, (row[table.key_column.name], value), strict=True))

    words = {"rows": table.title, "list": column.name}
    return Resource(
        f"{table.name}-{column.name}",
        gettext("%(rows)s: %(list)s") % words,
        gettext("What the lists “%(list)s” of %(rows)s name, one by one.") % words,
        columns,
        tuple(names),
        rows,
    )


def _noun(table: Table) -> str:
    name: Any = table.model._meta.model_name
    return str(name)
