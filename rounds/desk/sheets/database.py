"""The record in the database as entries: with as many queries as there are models and lists."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Model, QuerySet

from rounds.access import Visitor, seen_by
from rounds.desk.sheets.fields import Field, fields_of, key_of
from rounds.desk.sheets.record import RECORD
from rounds.desk.sheets.shape import Parts, Shape
from rounds.desk.sheets.tree import Entry, Record
from rounds.exports.rows import CHUNK, ChangedMeanwhileError, Groups, beneath

Order = tuple[str, ...]

# By slug in every database, whatever it takes for the alphabet; there are no more of these than
# a list of all of them may hold.
BY_SLUG = ("sources", "people")


class Reader:
    """Reads entries, and remembers by what each object is referred to.

    With a user it reads what that user may see and no more. Entries, their parts and their lists
    are streams in the same order, so that of each no more is in memory than stands together.
    ``ChangedMeanwhileError`` says that they do not go together, as the record was edited.
    """

    def __init__(self, user: Visitor | None = None) -> None:
        self.user = user
        self.keys: dict[type[Model], dict[int, Any]] = {}

    def entries(self, kind: str, *, with_parts: bool = True) -> Iterable[Entry]:
        """The entries of a kind in their order."""
        shape = RECORD[kind]
        found = (
            entry for _parent, entry in self._stream(shape, kind, (*shape.order, "pk"), with_parts)
        )
        return sorted(found, key=lambda entry: entry.identity) if kind in BY_SLUG else found

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

    def _key_of(self, model: type[Model], pk: int) -> Any:
        try:
            return self.keys_of(model)[pk]
        except KeyError as error:
            raise ChangedMeanwhileError from error

    def _stream(
        self, shape: Shape, kind: str, order: Order, with_parts: bool = True
    ) -> Iterator[tuple[int | None, Entry]]:
        """The entries of a shape, each by the key of what it belongs to."""
        lists = {
            key: Groups(self._listed(shape, field, order))
            for key, field in fields_of(shape).items()
            if field.is_list
        }
        parts = {
            key: Groups(self._parts(part, kind, order))
            for key, part in shape.parts.items()
            if with_parts
        }
        for row in self._rows(shape, order):
            pk = row["pk"]
            values = self._values(shape, row)
            values |= {key: list(groups.of(pk)) for key, groups in lists.items()}
            entry = Entry(shape, shape.identify(values), None, values, pk=pk, sheets={kind})
            for key, groups in parts.items():
                entry.take(key, groups.of(pk))
            yield row.get(f"{shape.parent}_id"), entry
        for groups in (*lists.values(), *parts.values()):
            groups.end()

    def _parts(self, part: Parts, kind: str, order: Order) -> Iterator[tuple[int | None, Entry]]:
        shape = part.shape
        above = (beneath(shape.parent, one) for one in order)
        return self._stream(shape, part.overlay or kind, (*above, *shape.order, "pk"))

    def _rows(self, shape: Shape, order: Order) -> Iterator[dict[str, Any]]:
        names = [field.field.attname for field in fields_of(shape).values() if not field.is_list]
        if shape.parent:
            names.append(f"{shape.parent}_id")
        rows = self.rows(shape.model).order_by(*order).values("pk", *names)
        return iter(rows.iterator(CHUNK))

    def _values(self, shape: Shape, row: dict[str, Any]) -> dict[str, Any]:
        values = {}
        for key, field in fields_of(shape).items():
            if field.is_list:
                continue
            stored = row[field.field.attname]
            if field.target and stored is not None:
                stored = self._key_of(field.target, stored)
            values[key] = field.read(stored)
        return values

    def _listed(self, shape: Shape, one: Field, order: Order) -> Iterator[tuple[int, Any]]:
        """What each object names in a list, in the order in which it was entered."""
        keys, field = self.keys_of(one.field.related_model), one.field
        own, target = field.m2m_field_name(), field.m2m_reverse_name()
        owners = self.rows(shape.model).order_by().values("pk")
        rows = field.remote_field.through._base_manager.filter(**{f"{own}__in": owners})
        above = (beneath(own, name) for name in order)
        pairs = rows.order_by(*above, "pk").values_list(own, target)
        return ((owner, keys[other]) for owner, other in pairs.iterator(CHUNK) if other in keys)


def read_record() -> Record:
    """The record as it stands in the database."""
    reader = Reader()
    return {kind: {one.identity: one for one in reader.entries(kind)} for kind in RECORD}
