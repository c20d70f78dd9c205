"""What sheets would change: one tree against another, object by object and field by field."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, NamedTuple

from django.db.models import Model
from django.utils.translation import gettext

from rounds.desk.publishing import Standing
from rounds.desk.sheets.fields import Field, fields_of
from rounds.desk.sheets.recognition import is_about_the_same, paired
from rounds.desk.sheets.record import RECORD, sheet_of
from rounds.desk.sheets.shape import Parts, Shape, Value
from rounds.desk.sheets.tree import Entries, Entry, Record


class Prune(Enum):
    """What is removed where the sheets do not have it."""

    NOTHING = "nothing"
    PARTS = "parts"  # of the objects that stand in the sheets
    ALL = "all"  # objects of the given kinds too


class What(Enum):
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    LEFT = "left"  # in the database, not in the sheets, and not to be removed


class Change(NamedTuple):
    """A field that becomes another."""

    key: str
    before: Any
    after: Any

    @property
    def old(self) -> str:
        return _shown(self.before)

    @property
    def new(self) -> str:
        return _shown(self.after)


@dataclass(frozen=True)
class Difference:
    """An object that is not the same in the sheets and in the database."""

    what: What
    entry: Entry
    parent: Entry | None = None
    changes: tuple[Change, ...] = ()

    @property
    def label(self) -> str:
        return self.entry.label


@dataclass
class Differences:
    """All differences, of how many objects nothing differs, and the rounds that are published."""

    found: list[Difference] = field(default_factory=list)
    unchanged: int = 0
    published: list[Standing] = field(default_factory=list)
    is_told: bool = False  # readers see already what is changed, and are told of it

    def of(self, *whats: What) -> list[Difference]:
        return [one for one in self.found if one.what in whats]

    @property
    def to_write(self) -> list[Difference]:
        """What changes the database, the gravest first."""
        return [one for what in (What.REMOVED, What.CHANGED, What.ADDED) for one in self.of(what)]

    @property
    def left(self) -> dict[str, list[Difference]]:
        """What stays although the sheets do not have it, by “955 sources” and the like."""
        by_model: dict[type[Model], list[Difference]] = defaultdict(list)
        for one in self.of(What.LEFT):
            by_model[one.entry.shape.model].append(one)
        return {_counted(model, len(some)): some for model, some in by_model.items()}


class Comparison:
    """Compares what sheets give with what the database has; ``prune`` takes away the rest."""

    def __init__(self, kinds: set[str], prune: Prune = Prune.NOTHING) -> None:
        self.kinds = kinds
        self.prune = prune
        self.differences = Differences()

    def of(self, given: Record, found: Record) -> Differences:
        for kind, shape in RECORD.items():
            is_whole = sheet_of(kind) in self.kinds
            self._entries(shape, given[kind], found[kind], None, is_whole=is_whole)
            if self.prune is Prune.ALL and not is_whole:
                self._overlays(shape, given[kind], found[kind])
        return self.differences

    def _entries(
        self, shape: Shape, given: Entries, found: Entries, parent: Entry | None, *, is_whole: bool
    ) -> None:
        is_pruned = self.prune in ({Prune.PARTS, Prune.ALL} if parent else {Prune.ALL})
        pairs = paired(shape, given, found, keeps_rest=not is_pruned)
        for entry, there in pairs:
            self._entry(shape, entry, there, parent)
        if is_whole:
            known = {id(there) for _entry, there in pairs}
            for there in found.values():
                if id(there) not in known:
                    self._note(What.REMOVED if is_pruned else What.LEFT, there, parent)

    def _entry(self, shape: Shape, entry: Entry, there: Entry | None, parent: Entry | None) -> None:
        changes = tuple(self._changes(shape, entry, there))
        if there is None:
            self._note(What.ADDED, entry, parent, changes)
        else:
            entry.pk = there.pk
            if changes:
                self._note(What.CHANGED, entry, parent, changes)
            else:
                self.differences.unchanged += 1
        for key, parts in shape.parts.items():
            is_said = key in entry.parts or self.prune is not Prune.NOTHING
            self._entries(
                parts.shape,
                entry.parts.get(key, {}),
                there.parts[key] if there else {},
                entry,
                is_whole=is_said and self._governs(parts, entry),
            )

    def _overlays(self, shape: Shape, given: Entries, found: Entries) -> None:
        """What another sheet would have of objects, and has not."""
        for identity, there in found.items():
            if identity not in given:
                self._entry(shape, Entry(shape, identity), there, None)

    def _note(
        self,
        what: What,
        entry: Entry,
        parent: Entry | None,
        changes: tuple[Change, ...] = (),
    ) -> None:
        self.differences.found.append(Difference(what, entry, parent, changes))

    def _governs(self, item: Value | Parts, entry: Entry) -> bool:
        """Whether the sheets say all that there is to say of an item of the entry."""
        return item.overlay in self.kinds if item.overlay else entry.is_whole

    def _changes(self, shape: Shape, entry: Entry, there: Entry | None) -> Iterator[Change]:
        for key, one in fields_of(shape).items():
            if there is None:
                after, before = entry.values.get(key, one.when_new), None
                if after != one.empty:
                    yield Change(key, before, after)
            elif self._is_said(one, entry) or not is_about_the_same(entry, there):
                after, before = entry.values.get(key, one.empty), there.values[key]
                if not _same(one, before, after):
                    yield Change(key, before, after)

    def _is_said(self, one: Field, entry: Entry) -> bool:
        if one.value.key in entry.values:
            return True
        if one.value.is_kept or not self._governs(one.value, entry):
            return False
        return one.means_default or self.prune is not Prune.NOTHING


def _counted(model: type[Model], number: int) -> str:
    names = model._meta
    return f"{number:,} {names.verbose_name if number == 1 else names.verbose_name_plural}"


def _same(one: Field, before: Any, after: Any) -> bool:
    return set(before) == set(after) if one.is_list else before == after


def _shown(value: Any) -> str:
    """A value in words."""
    if value in (None, "", []):
        return gettext("nothing")
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return gettext("“%(text)s”") % {"text": value} if isinstance(value, str) else str(value)
