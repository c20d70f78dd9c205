"""Objects made of what their rows were, and what these are called."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Field, Model
from django.utils.text import capfirst
from django.utils.timezone import is_naive

from rounds.models import Change


def value_of(field: Field[Any, Any], stored: Any) -> Any:
    """What a column held, as Python has it."""
    if field.related_model is not None:
        return stored
    value = field.to_python(stored)
    if isinstance(value, datetime) and is_naive(value):  # as SQLite has it
        value = value.replace(tzinfo=UTC)
    return value


def made(model: type[Model], row: Mapping[str, Any]) -> Any:
    """An object, not saved, that says what the row did; columns that are no more are left out."""
    thing = model()
    for field in model._meta.concrete_fields:
        if (column := str(field.column)) in row:
            setattr(thing, field.attname, value_of(field, row[column]))
    return thing


class Things:
    """Objects by their keys; those that are gone as they were last."""

    def __init__(self) -> None:
        self._known: dict[type[Model], dict[int, Model]] = defaultdict(dict)

    def read(self, model: type[Model], keys: Iterable[int]) -> None:
        """Read these at once."""
        wanted = set(keys) - self._known[model].keys()
        if not wanted:
            return
        related = [one.name for one in model._meta.concrete_fields if one.related_model]
        found = model._base_manager.select_related(*related).in_bulk(wanted)
        self._known[model] |= found
        gone = wanted - found.keys()
        if gone:
            rows = Change.objects.filter(model=model._meta.label_lower, key__in=gone)
            for row in rows.order_by("pk"):
                self._known[model][row.key] = self._made(model, row.after or row.before or {})

    def _made(self, model: type[Model], row: Mapping[str, Any]) -> Any:
        thing = made(model, row)
        for field in model._meta.concrete_fields:
            key = getattr(thing, field.attname)
            if field.related_model and key is not None:
                other = self.get(field.related_model, key)
                if other is not None:
                    setattr(thing, field.name, other)
        return thing

    def get(self, model: type[Model], key: int) -> Model | None:
        self.read(model, [key])
        return self._known[model].get(key)

    def is_there(self, model: type[Model], key: int) -> bool:
        """Whether it is in the record now."""
        thing = self.get(model, key)
        return thing is not None and not thing._state.adding

    def name(self, model: type[Model], key: int) -> str:
        """What it is called, or was last."""
        thing = self.get(model, key)
        try:
            if thing is not None:
                return str(thing)
        except (ObjectDoesNotExist, AttributeError):
            pass  # what it is called after is not known any more
        return f"{capfirst(model._meta.verbose_name)} {key}"
