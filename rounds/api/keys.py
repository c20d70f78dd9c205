"""The keys of records as parts of an address: ``22_turkiye`` is a delegation at round 22."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from django.db.models import Field, Model

from rounds.exports.columns import Kind, kind_of
from rounds.exports.tables import Table
from rounds.old_addresses import addressed_models


class Step(NamedTuple):
    """A part of a key: what it is called, the lookup, and the field and model that it leads to."""

    name: str
    lookup: str
    field: Field[Any, Any]
    model: type[Model]

    @property
    def is_address(self) -> bool:
        """Whether it is the slug or number of something with a page of its own, which may move."""
        return addressed_models().get(self.model) == self.field.name

    @property
    def kind(self) -> Kind:
        return kind_of(self.field)

    def condition(self, value: str) -> dict[str, Any]:
        """The lookup for a value; raises ``ValueError`` for one that none can have."""
        if not value and self.field.null:
            return {f"{self.lookup}__isnull": True}
        if self.kind is Kind.INTEGER:
            if not (value.isascii() and value.isdecimal() and len(value) < 6):
                raise ValueError(f"{value[:20]} is no number.")
            return {self.lookup: int(value)}
        if self.kind is Kind.DATE:
            return {self.lookup: date.fromisoformat(value)}
        if "\0" in value:
            raise ValueError("No key has it.")
        return {self.lookup: value}


@cache
def steps(table: Table) -> tuple[Step, ...]:
    """The parts of the keys of a table, in order."""
    return tuple(_step(table.model, lookup) for lookup in table.key)


def _step(model: Any, lookup: str) -> Step:
    """The number or slug of something is called by what it is of: ``round``, ``participant``."""
    *path, last = lookup.split("__")
    for name in path:
        model = model._meta.get_field(name).related_model
    return Step(path[-1] if path else last, lookup, model._meta.get_field(last), model)


def routes(table: Table) -> Iterator[tuple[Step, ...]]:
    """The parts of the addresses of its records: a last part that may be unknown is left out."""
    found = steps(table)
    yield found
    if found[-1].field.null and len(found) > 1:
        yield found[:-1]


def conditions(table: Table, given: Mapping[str, str]) -> dict[str, Any]:
    """The lookups for the record with these parts; raises ``ValueError`` for what none can be."""
    found: dict[str, Any] = {}
    for step in steps(table):
        found |= step.condition(given.get(step.name, ""))
    return found
