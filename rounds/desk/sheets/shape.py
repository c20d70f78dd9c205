"""How the shape of the sheets is told: which key is which field of which model.

Reading, checking, comparing, writing, the JSON Schema and the tables of the documentation follow
from one description in these words, see rounds.desk.sheets.record.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import models

Plain = dict[str, Any]  # an entry as a file has it


@dataclass(frozen=True)
class Value:
    """A key that is one field of the model.

    With a dot it stands in a mapping of its own: ``planned.from``. ``overlay`` is the sheet
    which has it besides, in an entry that names the object. ``by_name`` are the words that stand
    for the choices; ``about`` says what it holds where the field of the model does not fit.
    """

    key: str
    name: str = ""
    is_always_written: bool = False
    is_kept: bool = False  # left out, it leaves the database as it is, although it has a default
    absent: Any = None  # what leaving it out means, where that is not what the model has
    overlay: str = ""
    by_name: Callable[[], dict[str, str]] | None = None
    about: str = ""

    @property
    def field_name(self) -> str:
        return self.name or self.key


@dataclass(frozen=True)
class Parts:
    """A key that is a list of what belongs to the object."""

    key: str
    shape: "Shape"
    is_always_written: bool = False
    overlay: str = ""


@dataclass(frozen=True)
class Short:
    """Keys that say briefly what longer ones say at length.

    ``expand`` says it at length, ``condense`` briefly where that is possible. ``patterns`` has the
    keys of which there is no end, ``conditions`` what more must hold, both as a JSON Schema has it.
    """

    schema: dict[str, dict[str, Any]]
    expand: Callable[[Any], None]
    condense: Callable[[Plain], Plain] = lambda plain: plain
    patterns: dict[str, dict[str, Any]] = field(default_factory=dict)
    conditions: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class Shape:
    """How objects of a model stand in the sheets.

    They are told apart by the keys in ``identity``; of what is ``by_place``, that is a number
    which follows from the place in the list where it is left out; there ``known_by`` is the key
    that says what it is about, by which it is recognised at another place. Of several, one alone
    may have the ``sole_flag``. ``parent`` is the field that leads to what the object belongs to.
    """

    model: type[models.Model]
    items: tuple[Value | Parts, ...]
    identity: tuple[str, ...]
    parent: str = ""
    is_by_place: bool = False
    known_by: str = ""
    sole_flag: str = ""
    order: tuple[str, ...] = ("pk",)
    shorts: tuple[Short, ...] = ()
    ignored: dict[str, dict[str, Any]] = field(default_factory=dict)  # read past
    written_order: tuple[str, ...] = ()
    tell_apart: Callable[[Plain], tuple[Any, ...]] | None = None  # where the keys do not suffice

    def identify(self, values: Plain) -> tuple[Any, ...]:
        """By what an object is told from others of what it belongs to."""
        if self.tell_apart:
            return self.tell_apart(values)
        return tuple(values.get(key) for key in self.identity)

    @cached_property
    def values(self) -> dict[str, Value]:
        return {item.key: item for item in self.items if isinstance(item, Value)}

    @cached_property
    def parts(self) -> dict[str, Parts]:
        return {item.key: item for item in self.items if isinstance(item, Parts)}

    def __hash__(self) -> int:
        return hash((self.model, self.identity))
