"""Changes in words: of which object, and of each field what it said before and after."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import BooleanField, DateField, Field, Model, TextChoices
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rounds.history.things import Things, value_of
from rounds.models import Change
from rounds.triggers import parent_of, record_models


class What(TextChoices):
    ADDED = "added", _("Added")
    CHANGED = "changed", _("Changed")
    REMOVED = "removed", _("Removed")


class FieldChange(NamedTuple):
    label: str
    before: str
    after: str


@dataclass
class Step:
    """What became of one object."""

    model: type[Model]
    key: int
    name: str
    is_there: bool = True
    what: What = What.CHANGED
    fields: list[FieldChange] = field(default_factory=list)
    address: str = ""  # where it is changed

    @property
    def kind(self) -> str:
        return capfirst(str(self.model._meta.verbose_name))

    @property
    def is_named_by_kind(self) -> bool:
        """Whether its name says already of which kind it is."""
        return self.name.startswith(self.kind)


def steps(changes: Iterable[Change], things: Things | None = None) -> list[Step]:
    """What became of each object, in the order of the kinds."""
    changes, things = list(changes), things or Things()
    _read(changes, things)
    found: dict[tuple[type[Model], int], Step] = {}

    def step(model: type[Model], key: int) -> Step:
        if (model, key) not in found:
            found[model, key] = Step(
                model, key, things.name(model, key), things.is_there(model, key)
            )
        return found[model, key]

    for change in changes:
        model = apps.get_model(change.model)
        if not model._meta.auto_created:
            one = step(model, change.key)
            one.what = _what(change)
            one.fields[:0] = _fields(model, change, things)
    links: dict[tuple[type[Model], int, Any], tuple[list[str], list[str]]] = {}
    for change in changes:
        model = apps.get_model(change.model)
        if model._meta.auto_created:
            list_, owner, other = _link(model, change)
            sides = links.setdefault((model._meta.auto_created, owner, list_), ([], []))
            sides[bool(change.after)].append(things.name(list_.related_model, other))
    for (model, owner, list_), (gone, come) in links.items():
        said = FieldChange(capfirst(list_.verbose_name), _listed(gone), _listed(come))
        step(model, owner).fields.append(said)
    order = {model: place for place, model in enumerate(record_models())}
    return sorted(found.values(), key=lambda one: (order[one.model], one.key))


def _listed(names: list[str]) -> str:
    return "\n".join(sorted(names))


def _what(change: Change) -> What:
    if change.before is None:
        return What.ADDED
    return What.CHANGED if change.after is not None else What.REMOVED


def _read(changes: Iterable[Change], things: Things) -> None:
    """Read all objects that the changes name, of each model at once."""
    wanted: dict[type[Model], set[int]] = {}
    for change in changes:
        model = apps.get_model(change.model)
        if not model._meta.auto_created:
            wanted.setdefault(model, set()).add(change.key)
        before, after = change.before or {}, change.after or {}
        for one in model._meta.concrete_fields:
            other: Any = one.related_model
            sides = {before.get(one.column), after.get(one.column)}
            if other and len(sides) > 1:
                wanted.setdefault(other, set()).update(key for key in sides if key is not None)
    for model, keys in wanted.items():
        things.read(model, keys)


def _link(model: type[Model], change: Change) -> tuple[Any, int, int]:
    """The list that a row of the table between is of, its owner and what stands in it."""
    owner: Any = model._meta.auto_created
    list_ = next(one for one in owner._meta.many_to_many if one.remote_field.through is model)
    row: Any = change.after or change.before
    return list_, row[list_.m2m_column_name()], row[list_.m2m_reverse_name()]


def _fields(model: type[Model], change: Change, things: Things) -> Iterator[FieldChange]:
    before, after = change.before or {}, change.after or {}
    parent = parent_of(model)
    for one in model._meta.concrete_fields:
        is_parent = one is parent and not (change.before and change.after)
        if one.primary_key or not one.editable or is_parent:
            continue
        sides = (before.get(one.column), after.get(one.column))
        if sides[0] != sides[1]:
            was, is_ = (said(one, value, things) for value in sides)
            if was != is_:
                yield FieldChange(capfirst(str(one.verbose_name)), was, is_)


def said(field: Field[Any, Any], stored: Any, things: Things) -> str:
    """What a column held, in words; "" for nothing."""
    if stored is None or stored == "":
        return ""
    if field.related_model:
        return things.name(field.related_model, stored)
    value = value_of(field, stored)
    if isinstance(field, BooleanField):
        return gettext("Yes") if value else gettext("No")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, DateField):
        return str(value.isoformat(sep=" ") if hasattr(value, "hour") else value.isoformat())
    return str(value)
