"""The record as a tree of plain values, whether it comes from sheets or from the database.

Dates are text as ISO 8601 has them, choices their codes, and what is referred to its slug or
number. What is not said is not there.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from rounds.desk.sheets.faults import NOWHERE, Place
from rounds.desk.sheets.shape import Shape

Identity = tuple[Any, ...]
Entries = dict[Identity, "Entry"]


@dataclass(eq=False)
class Entry:
    """An object with what belongs to it.

    ``sheets`` are those that it stands in; it ``is_whole`` where one of them says all of it. ``pk``
    is its key in the database, or None while it is not there.
    """

    shape: Shape
    identity: Identity
    parent: "Entry | None" = None
    values: dict[str, Any] = field(default_factory=dict)
    parts: dict[str, Entries] = field(default_factory=dict)
    sheets: set[str] = field(default_factory=set)
    is_whole: bool = False
    place: Place = NOWHERE
    places: dict[str, Place] = field(default_factory=dict)
    pk: int | None = None

    @property
    def label(self) -> str:
        """What it is called where it is spoken of."""
        around = self.parent.label if self.parent else ""
        return label_of(self.shape, self.identity, around)

    def take(self, key: str, parts: "Iterable[Entry]") -> None:
        """Take what belongs to it, under the key that it has there."""
        self.parts[key] = {part.identity: part for part in parts}
        for part in self.parts[key].values():
            part.parent = self

    def place_of(self, key: str) -> Place:
        return self.places.get(key, self.place)

    def walk(self) -> "Iterator[Entry]":
        """It, and all that belongs to it."""
        yield self
        for entries in self.parts.values():
            for entry in entries.values():
                yield from entry.walk()


Record = dict[str, Entries]


def label_of(shape: Shape, identity: Identity, around: str = "") -> str:
    """What an entry is called where it is spoken of, in what is called ``around``."""
    name = " ".join(str(one) for one in identity if one not in (None, ""))
    label = f"{shape.model._meta.verbose_name} {name}"
    return f"{around}, {label}" if around else label


def walk(record: Record) -> Iterator[Entry]:
    """All entries of a record."""
    for entries in record.values():
        for entry in entries.values():
            yield from entry.walk()
