"""Differences, brought into the database."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import (
    BooleanField,
    CharField,
    F,
    Model,
    ProtectedError,
    UniqueConstraint,
    Value,
)
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext

from rounds.desk.sheets.differences import Difference, What
from rounds.desk.sheets.faults import MOST_FAULTS, Fault, SheetError
from rounds.desk.sheets.fields import Field, fields_of, key_of
from rounds.desk.sheets.record import shapes
from rounds.desk.sheets.shape import Shape
from rounds.desk.sheets.tree import Entry

Links = dict[Any, list[Model]]  # new rows of the tables between, by their model


BATCH = 500
ASIDE = 10_000  # more than the highest number of a part


class Writer:
    """Writes within the caller's transaction and collects what cannot be written.

    Whether a constraint holds costs a query or more for each object. So at first it is left to
    the database; a ``careful`` writer asks before it writes, and can say what is wrong.
    """

    def __init__(self, *, is_careful: bool) -> None:
        self.is_careful = is_careful
        self.faults: list[Fault] = []
        self.keys: dict[type[Model], dict[Any, int]] = {}
        self.things: dict[int, Model] = {}  # by the identity of their entries
        self.links: Links = defaultdict(list)

    def write(self, differences: Iterable[Difference]) -> None:
        """Remove parts, write objects after what they refer to, remove what is left over."""
        by_what: dict[What, list[Difference]] = defaultdict(list)
        for one in differences:
            by_what[one.what].append(one)
        removed = by_what[What.REMOVED]
        self._remove(one for one in reversed(removed) if one.parent)
        self._fetch(by_what[What.CHANGED])
        self._put_down(by_what[What.CHANGED])
        for some in _by_shape(by_what[What.ADDED]):
            self._add(some)
        for one in by_what[What.CHANGED]:
            if thing := self._valid(one):
                thing.save()
                self._remember(one, thing)
        for through, rows in self.links.items():
            through._base_manager.bulk_create(rows, BATCH)
        self._remove(one for one in reversed(removed) if not one.parent)

    def _remove(self, differences: Iterable[Difference]) -> None:
        for one in differences:
            try:
                one.entry.shape.model._base_manager.filter(pk=one.entry.pk).delete()
            except ProtectedError as error:
                others = ", ".join(sorted({str(other) for other in error.protected_objects})[:5])
                sentence = gettext("It cannot be removed: %(others)s refer to it.")
                self._fault(one.entry, sentence % {"others": others})

    def _fetch(self, differences: Iterable[Difference]) -> None:
        """The objects that change, with few queries."""
        entries: dict[type[Model], list[Entry]] = defaultdict(list)
        for one in differences:
            entries[one.entry.shape.model].append(one.entry)
        for model, some in entries.items():
            found = model._base_manager.in_bulk([entry.pk for entry in some])
            self.things |= {id(entry): found[entry.pk] for entry in some}

    def _put_down(self, differences: Iterable[Difference]) -> None:
        keys: dict[tuple[Shape, str], list[int]] = defaultdict(list)
        for one in differences:
            for change in one.changes:
                field = fields_of(one.entry.shape)[change.key].field
                keys[one.entry.shape, field.name].append(one.entry.pk or 0)
        for (shape, name), some in keys.items():
            put_down(shape, some, [name])

    def _add(self, differences: list[Difference]) -> None:
        """Write new objects of one shape, all at once where nobody asks about each."""
        made = []
        for one in differences:
            one.entry.pk = None  # of an attempt that was taken back
            if thing := self._valid(one):
                if self.is_careful:
                    thing.save()
                made.append((one, thing))
        if not self.is_careful:
            model = differences[0].entry.shape.model
            model._base_manager.bulk_create([thing for _one, thing in made], BATCH)
        for one, thing in made:
            self._remember(one, thing)

    def _valid(self, difference: Difference) -> Any:
        """The object as it is to be; None, and a fault, where it may not be so."""
        entry, parent, shape = difference.entry, difference.parent, difference.entry.shape
        thing: Any = self.things.get(id(entry)) or shape.model()
        if shape.parent and difference.what is What.ADDED:
            if parent is None or parent.pk is None:
                return None  # what it belongs to could not be written, which is said there
            setattr(thing, shape.parent, self._thing(parent))
        for change in difference.changes:
            field = fields_of(shape)[change.key]
            if field.target and not field.is_list:
                setattr(thing, field.field.attname, self._key(field.target, change.after))
                if change.after is not None and getattr(thing, field.field.attname) is None:
                    return None  # what it refers to could not be written, which is said there
            elif not field.is_list:
                setattr(thing, field.field.name, field.stored(change.after))
        try:
            if self.is_careful:
                thing.full_clean()
            else:
                thing.clean_fields(exclude=_references(shape))
                thing.clean()
        except ValidationError as error:
            self._invalid(entry, error)
            return None
        return thing

    def _thing(self, entry: Entry) -> Model:
        if id(entry) not in self.things:
            self.things[id(entry)] = entry.shape.model._base_manager.get(pk=entry.pk)
        return self.things[id(entry)]

    def _remember(self, difference: Difference, thing: Model) -> None:
        """Keep in mind what was written, and what it is to name in lists."""
        entry, model = difference.entry, type(thing)
        entry.pk = thing.pk
        self.things[id(entry)] = thing
        if not entry.shape.parent and model in self.keys:
            self.keys[model][getattr(thing, key_of(model))] = thing.pk
        for change in difference.changes:
            field = fields_of(entry.shape)[change.key]
            if field.is_list:
                self._link(field, thing, change.after, is_new=difference.what is What.ADDED)

    def _key(self, model: type[Model], value: Any) -> int | None:
        """The key of what is referred to; None for nothing."""
        if value is None:
            return None
        if model not in self.keys:
            rows = model._base_manager.order_by().values_list(key_of(model), "pk")
            self.keys[model] = dict(rows)
        return self.keys[model].get(value)

    def _link(self, field: Field, thing: Model, after: list[Any], *, is_new: bool) -> None:
        """Name in a list what the sheet names; what stays keeps its place."""
        model_field: Any = field.field
        through: Any = model_field.remote_field.through
        owner, target = model_field.m2m_column_name(), model_field.m2m_reverse_name()
        assert field.target  # noqa: S101
        wanted = [key for one in after if (key := self._key(field.target, one)) is not None]
        there: set[int] = set()
        if not is_new:
            rows = through._base_manager.filter(**{owner: thing.pk})
            rows.exclude(**{f"{target}__in": wanted}).delete()
            there = set(rows.values_list(target, flat=True))
        self.links[through] += [
            through(**{owner: thing.pk, target: key}) for key in wanted if key not in there
        ]

    def _invalid(self, entry: Entry, error: ValidationError) -> None:
        keys = {field.field.name: key for key, field in fields_of(entry.shape).items()}
        by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        for name, messages in by_field.items():
            key = keys.get(name, "")
            for message in messages:
                about = "" if name == NON_FIELD_ERRORS or not key else f"“{key}”: "
                self._fault(entry, about + message, key)

    def _fault(self, entry: Entry, sentence: str, key: str = "") -> None:
        self.faults.append(Fault(entry.place_of(key), entry.label, sentence))
        if len(self.faults) == MOST_FAULTS:
            raise SheetError(self.faults)


def _by_shape(differences: Iterable[Difference]) -> Iterator[list[Difference]]:
    """Those of one shape together, what is referred to before what refers to it."""
    found: dict[Shape, list[Difference]] = defaultdict(list)
    for one in differences:
        found[one.entry.shape].append(one)
    return (found[shape] for shape in shapes() if shape in found)


def _references(shape: Shape) -> set[str]:
    """The fields that refer to one other object; that it is there is known by now."""
    fields = shape.model._meta.concrete_fields
    return {field.name for field in fields if field.related_model}


def put_down(shape: Shape, keys: list[int], names: Iterable[str]) -> None:
    """Free what only one may have of the fields, so that another can take it up.

    Otherwise two that change places would be in each other's way, whichever is written first.
    """
    for name, free in exclusive(shape):
        if keys and name in names:
            shape.model._base_manager.filter(pk__in=keys).update(**{name: free})


def exclusive(shape: Shape) -> Iterator[tuple[str, Any]]:
    """Fields that only one of several may have, each with what several may have meanwhile."""
    told_by = {shape.values[key].field_name for key in shape.identity}
    for field in shape.model._meta.concrete_fields:
        if field.unique and isinstance(field, CharField) and field.name not in told_by:
            yield field.name, Concat(Value("~"), Cast("pk", CharField()))
    for constraint in shape.model._meta.constraints:
        if isinstance(constraint, UniqueConstraint):
            yield from ((name, False) for name in _flags(shape, constraint))
            for name in constraint.fields:
                one: Any = shape.model._meta.get_field(name)
                if shape.is_by_place and name in shape.identity:
                    yield name, F(name) + ASIDE
                elif one.null and name not in shape.identity:
                    yield name, None


def _flags(shape: Shape, constraint: UniqueConstraint) -> list[str]:
    """The flags of those that a constraint is about."""
    conditions: Any = constraint.condition.children if constraint.condition else []
    flags = {one.name for one in shape.model._meta.fields if isinstance(one, BooleanField)}
    return [name for name, value in conditions if name in flags and value is True]
