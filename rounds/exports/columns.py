"""The columns of the tables in which the record is given out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from django.db.models import BooleanField, DateField, Field, IntegerField, URLField
from django_countries.fields import CountryField

from rounds.exports.meanings import meanings_of

BETWEEN = "_"  # the parts of a key
Value = str | int | bool | date | None | list[str]


class Kind(StrEnum):
    """What the values of a column are, as Frictionless and JSON Schema call it."""

    TEXT = "string"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    DATE = "date"
    LIST = "array"  # of texts


class Code(NamedTuple):
    """A word of a vocabulary: as it stands in the tables, as pages say it, what it means."""

    code: str
    label: str
    meaning: str


@dataclass(frozen=True)
class Column:
    """A column: its permanent name, and where its values are.

    ``paths`` are lookups from the model of the table; several make one text. A list has its values
    in the relation of its name. ``refers_to`` names the table whose keys the values are, "" for
    none. ``field`` is what describes it, unless it is ``told`` here. ``within`` names the column
    without whose value its own says nothing, and is left empty; "" where it stands by itself.
    """

    name: str
    kind: Kind
    paths: tuple[str, ...] = ()
    refers_to: str = ""
    field: Field[Any, Any] | None = None
    told: Any = ""
    is_required: bool = False
    within: str = ""

    @property
    def about(self) -> str:
        """What it holds, in a sentence or two."""
        return str(self.told or (self.field.help_text if self.field else ""))

    @property
    def codes(self) -> list[Code]:
        """The codes that it may have; [] where other values may stand."""
        if self.field is None or isinstance(self.field, CountryField) or not self.field.choices:
            return []
        meanings, labels = meanings_of(self.field), dict(self.field.flatchoices)
        return [Code(str(one), str(labels[one]), str(said)) for one, said in meanings.items()]

    @property
    def is_address(self) -> bool:
        return isinstance(self.field, URLField)

    def value(self, found: Sequence[Any]) -> Value:
        """The value of what its paths lead to; None where nothing is recorded."""
        if len(self.paths) > 1:
            return None if found[0] is None else joined(found)
        return None if found[0] == "" else found[0]


def joined(parts: Iterable[Any]) -> str:
    """A key of several parts as one text: one that is not known is left empty, the last left out.

    Not with ``/``: Excel would take ``22/1`` for a day of January.
    """
    return BETWEEN.join("" if part is None else str(part) for part in parts).rstrip(BETWEEN)


def kind_of(field: Field[Any, Any]) -> Kind:
    for kind, fields in KINDS.items():
        if isinstance(field, fields):
            return kind
    return Kind.TEXT


KINDS: dict[Kind, type[Field[Any, Any]]] = {
    Kind.BOOLEAN: BooleanField,
    Kind.INTEGER: IntegerField,
    Kind.DATE: DateField,
}
