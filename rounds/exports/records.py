"""Records: rows of a table with all that is part of them, nested; the shape that JSON has."""

from collections.abc import Iterator
from typing import Any

from rounds.exports.rows import ChangedMeanwhileError, Groups, Scope, Stream
from rounds.exports.tables import Row, Table, parts_of

NAMES = "names"  # what each noun calls the rows of its table of names


class Records:
    """The records of a table, read as a stream: one query for each kind of part and of list."""

    def __init__(self, table: Table, scope: Scope) -> None:
        self._rows = Stream(table, scope, [key_of(part) for part in parts_of(table)])
        self._parts = [
            (key_of(part), part.parent, Groups(iter(Records(part, scope).with_parents())))
            for part in parts_of(table)
        ]

    def __iter__(self) -> Iterator[Row]:
        return (record for _parent, record in self.with_parents())

    def with_parents(self) -> Iterator[tuple[int | None, Row]]:
        """Each record by the key of what it is part of, which it does not repeat."""
        for parent, pk, row in self._rows:
            for key, column, groups in self._parts:
                row[key] = [without(record, column) for record in groups.of(pk)]
            yield parent, row
        for _key, _column, groups in self._parts:
            groups.end()


def record_in(table: Table, scope: Scope) -> Row:
    """The one record that there is, read to its end.

    Raises ``ChangedMeanwhileError`` where it is gone since it was found.
    """
    found = list(Records(table, scope))
    if not found:
        raise ChangedMeanwhileError
    return found[0]


def key_of(part: Table) -> str:
    """Under which key a record has the parts of this table."""
    return NAMES if part.name.endswith(f"-{NAMES}") else part.name


def without(record: Row, column: str) -> Row:
    """A part as it stands within what it belongs to, which it need not name."""
    return {name: value for name, value in record.items() if name not in (column, "round")}


def cited_in(record: Any) -> Iterator[str]:
    """The slugs of the sources that a record names, in itself or its parts."""
    if isinstance(record, dict):
        yield from record.get("sources", ())
        for value in record.values():
            if isinstance(value, list):
                for one in value:
                    yield from cited_in(one)
