"""The record in the database as a tree: read at once, with as many queries as there are models."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet

from rounds.access import Visitor, seen_by
from rounds.desk.sheets.fields import fields_of, key_of
from rounds.desk.sheets.record import RECORD
from rounds.desk.sheets.shape import Shape
from rounds.desk.sheets.tree import Entries, Entry, Record

Keys = dict[type[Model], dict[int, Any]]


class Reader:
    """Reads entries, and remembers by what each object is referred to.

    With a user it reads what that user may see and no more.
    """

    def __init__(self, user: Visitor | None = None) -> None:
        self.user = user
        self.keys: Keys = {}

    def rows(self, model: type[Model]) -> QuerySet[Any]:
        """The objects of a model that are read."""
        rows = model._base_manager.all()
        return rows if self.user is None else seen_by(self.user, rows)

    def keys_of(self, model: type[Model]) -> dict[int, Any]:
        """The slug or number of each object of a model, by its key."""
        if model not in self.keys:
            rows = self.rows(model).order_by().values_list("pk", key_of(model))
            self.keys[model] = dict(rows)
        return self.keys[model]

    def entries(
        self, shape: Shape, kind: str, parents: dict[int, Entry] | None = None
    ) -> dict[int | None, Entries]:
        """All entries of a shape by the key of what they belong to, with their parts."""
        found: dict[int | None, Entries] = defaultdict(dict)
        by_key: dict[int, Entry] = {}
        lists = {
            key: self._listed(field.field)
            for key, field in fields_of(shape).items()
            if field.is_list
        }
        for row in self._rows(shape):
            pk, parent = row["pk"], row.get(f"{shape.parent}_id")
            owner = parents[parent] if parents and parent else None
            values = self._values(shape, row)
            values |= {key: listed.get(pk, []) for key, listed in lists.items()}
            identity = shape.identify(values)
            entry = Entry(shape, identity, owner, values, pk=pk, sheets={kind})
            found[parent][identity] = by_key[pk] = entry
        for key, parts in shape.parts.items():
            children = self.entries(parts.shape, parts.overlay or kind, by_key)
            for pk, entry in by_key.items():
                entry.parts[key] = children.get(pk, {})
        return found

    def _rows(self, shape: Shape) -> Iterable[dict[str, Any]]:
        names = [field.field.attname for field in fields_of(shape).values() if not field.is_list]
        if shape.parent:
            names.append(f"{shape.parent}_id")
        return self.rows(shape.model).order_by(*shape.order).values("pk", *names)

    def _values(self, shape: Shape, row: dict[str, Any]) -> dict[str, Any]:
        values = {}
        for key, field in fields_of(shape).items():
            if field.is_list:
                continue
            stored = row[field.field.attname]
            if field.target and stored is not None:
                stored = self.keys_of(field.target)[stored]
            values[key] = field.read(stored)
        return values

    def _listed(self, field: Any) -> dict[int, list[Any]]:
        """What each object names in a list, in the order in which it was entered."""
        keys = self.keys_of(field.related_model)
        owner, target = field.m2m_column_name(), field.m2m_reverse_name()
        rows = field.remote_field.through._base_manager.order_by("pk").values_list(owner, target)
        found: dict[int, list[Any]] = defaultdict(list)
        for one, other in rows:
            if other in keys:
                found[one].append(keys[other])
        return found


def read_record(kinds: Iterable[str] = RECORD, user: Visitor | None = None) -> Record:
    """The record as it stands in the database, or those kinds of it.

    With a user, only what that user may see.
    """
    reader = Reader(user)
    record = {kind: reader.entries(RECORD[kind], kind).get(None, {}) for kind in kinds}
    for kind in ("sources", "people"):  # by slug, whatever the database takes for the alphabet
        if kind in record:
            record[kind] = dict(sorted(record[kind].items()))
    return record
