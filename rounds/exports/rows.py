"""The rows of the tables, read as a stream: as many queries and as much memory for any number."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from rounds.access import Visitor
from rounds.exports.columns import Column, joined
from rounds.exports.tables import ADDRESS, NAMED, Row, Table, parts_of, table_of

CHUNK = 500  # rows that are fetched at once


class ChangedMeanwhileError(RuntimeError):
    """The record was changed while it was read, so that parts do not go with what was read."""


class Scope:
    """Whose rows: what a reader may see, or of that what belongs to some rounds.

    ``rounds`` are the keys of rounds, None for all; ``newest_first`` turns their order around.
    ``root`` stands before each path, so that an address leads to the site from wherever the
    rows are taken: ``https://example.org``, without a slash at its end.
    """

    def __init__(
        self,
        user: Visitor,
        *,
        rounds: Iterable[int] | None = None,
        newest_first: bool = False,
        root: str = "",
    ) -> None:
        self.user, self.root, self.newest_first = user, root, newest_first
        self.rounds = None if rounds is None else list(rounds)
        self._among: dict[Table, Any] = {}

    def among(self, table: Table, objects: Any) -> "Scope":
        """The same, and of one table only what is among these objects, with its parts."""
        self._among[table] = objects.order_by().values("pk")
        return self

    def queryset(self, table: Table) -> Any:
        """The objects of the rows, in no order."""
        manager: Any = table.model._default_manager
        rows = seen(manager.all(), table, self.user)
        if self.rounds is not None and table.path_to_round is not None:
            rows = rows.filter(**{f"{table.path_to_round or 'pk'}__in": self.rounds})
        path, above = "", table
        while self._among:
            if above in self._among:
                rows = rows.filter(**{f"{path or 'pk'}__in": self._among[above]})
            if not above.parent:
                break
            path, above = "__".join(filter(None, (path, above.parent))), table_above(above)
        return table.read(rows)

    def order(self, table: Table) -> list[str]:
        """The order of the rows: first that of what they are parts of."""
        if table.path_to_round == "":
            return ["-start", "-number"] if self.newest_first else ["start", "number"]
        if not table.parent:
            return [*table.order, "pk"]
        above = [beneath(table.parent, one) for one in self.order(table_above(table))]
        return [*above, f"{table.parent}_id", *table.order, "pk"]


def seen(rows: Any, table: Table, user: Visitor) -> Any:
    """Those that the visitor may see: of names, those of what the visitor may see."""
    if hasattr(rows, "visible_to"):
        return rows.visible_to(user)
    above = table_above(table)
    named: Any = above.model._default_manager
    return rows.filter(**{f"{table.parent}__in": named.visible_to(user).order_by().values("pk")})


def table_above(table: Table) -> Table:
    """The table that has what the rows are parts of."""
    return table_of(table.model._meta.get_field(table.parent).related_model)


def beneath(path: str, order: str) -> str:
    """The order by a field of what the path leads to."""
    sign, name = ("-", order[1:]) if order.startswith("-") else ("", order)
    return f"{sign}{path}__{name}"


class Stream:
    """The rows of a table with their keys, in order; each also by the key of its parent.

    Every part of the record is read once and in the same order, so that lists and parts are dealt
    to their rows as they pass by. The ``nested`` lists are not read: who asks has the parts.
    """

    def __init__(self, table: Table, scope: Scope, nested: Collection[str] = ()) -> None:
        self.table, self.scope = table, scope
        lists = [column for column in table.lists if column.name not in nested]
        self._lists = [(column, Groups(_pairs(table, scope, column))) for column in lists]
        self._plain = [column for column in table.columns if column.paths]
        self._names = [column.name for column in table.columns]

    def __iter__(self) -> Iterator[tuple[int | None, int, Row]]:
        """The key of the parent (None where there is none), of the row, and its values."""
        table, scope = self.table, self.scope
        paths = [path for column in self._plain for path in column.paths]
        rows = scope.queryset(table).order_by(*scope.order(table))
        found = rows.values_list("pk", table.parent or "pk", *paths).iterator(CHUNK)
        for pk, parent, *values in found:
            yield parent if table.parent else None, pk, self._row(pk, values)
        for _column, groups in self._lists:
            groups.end()

    def _row(self, pk: int, values: Sequence[Any]) -> Row:
        given = iter(values)
        row: Row = dict.fromkeys(self._names)
        for column in self._plain:
            row[column.name] = column.value(list(islice(given, len(column.paths))))
        for column in self._plain:
            if column.within and row[column.within] is None:
                row[column.name] = None
        for column, groups in self._lists:
            row[column.name] = list(groups.of(pk))
        if self.table.place:
            row[ADDRESS.name] = self.scope.root + self.table.place(row)
        return row


def _pairs(table: Table, scope: Scope, column: Column) -> Iterator[tuple[int, str]]:
    """For a column of lists the keys of the rows with each of their values, in their order."""
    if NAMED[column.refers_to] in parts_of(table):
        return _keys_of_parts(NAMED[column.refers_to], scope)
    field: Any = table.model._meta.get_field(column.name)
    own, other = field.m2m_field_name(), field.m2m_reverse_field_name()
    target = table_of(field.related_model)
    order = [beneath(own, one) for one in scope.order(table)]
    rows = field.remote_field.through._default_manager.filter(
        **{f"{own}__in": scope.queryset(table).order_by().values("pk")}
    )
    value = f"{other}__{target.key[0]}"
    return iter(rows.order_by(*order, value).values_list(own, value).iterator(CHUNK))


def _keys_of_parts(part: Table, scope: Scope) -> Iterator[tuple[int, str]]:
    rows = scope.queryset(part).order_by(*scope.order(part)).values_list(part.parent, *part.key)
    return ((above, joined(key)) for above, *key in rows.iterator(CHUNK))


class Groups:
    """Pairs in the order of their keys, given key by key.

    As lists and parts are read apart from what they belong to, some may belong to what is not
    there: nobody would ask for what comes after these.
    """

    def __init__(self, pairs: Iterable[tuple[Any, Any]]) -> None:
        self._pairs = iter(pairs)
        self._next = next(self._pairs, None)

    def of(self, key: Any) -> Iterator[Any]:
        """What goes with the key; asked in the order of the pairs."""
        while self._next is not None and self._next[0] == key:
            yield self._next[1]
            self._next = next(self._pairs, None)

    def end(self) -> None:
        """Raise ``ChangedMeanwhileError`` where something is left that nobody asked for."""
        if self._next is not None:
            raise ChangedMeanwhileError


def rows_of(table: Table, scope: Scope) -> Iterator[Row]:
    """The rows of a table: the values by the names of its columns."""
    return (row for _parent, _pk, row in Stream(table, scope))
