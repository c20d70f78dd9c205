"""Sheets as a tree: which kind each file is, whether it has the shape, what it refers to."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import PurePath
from typing import Any, NamedTuple

from django.utils.translation import gettext

from rounds.desk.sheets.faults import MOST_FAULTS, NOWHERE, Fault, Place, SheetError
from rounds.desk.sheets.fields import fields_of
from rounds.desk.sheets.files import FORMATS, Mapping, Sequence, parsed
from rounds.desk.sheets.record import (
    KINDS,
    OWNERS,
    RECORD,
    TERMS,
)
from rounds.desk.sheets.schema import Steps, faults_of
from rounds.desk.sheets.shape import Shape
from rounds.desk.sheets.shorts import expand_names
from rounds.desk.sheets.tree import Entries, Entry, Record, walk


class Sheet(NamedTuple):
    """What one file has of one kind."""

    kind: str
    content: Any
    place: Place


class Sheets(NamedTuple):
    """What was read: the tree, and of which kinds there were files.

    An entry with ``faults`` is not in the tree; ``unread`` has the kind and the slug or number of
    each, since others may refer to it.
    """

    record: Record
    kinds: set[str]
    faults: list[Fault]
    unread: set[tuple[str, Any]]


def read(files: Iterable[tuple[str, bytes]]) -> Sheets:
    """Files by their names as a tree; raises ``SheetError`` where a whole one cannot be read."""
    faults: list[Fault] = []
    sheets: list[Sheet] = []
    for name, content in files:
        try:
            sheets.extend(_sheets(name, content))
        except SheetError as error:
            faults += error.faults
    if not (sheets or faults):
        faults.append(Fault(NOWHERE, "", gettext("There is no sheet.")))
    flawed: list[tuple[Sheet, Steps]] = []
    for sheet in sheets:
        found = islice(faults_of(sheet.kind, sheet.content, sheet.place), MOST_FAULTS)
        for fault, steps in found:
            faults.append(fault)
            flawed.append((sheet, steps))
    is_unreadable = len(faults) > len(flawed) or any(not steps for _sheet, steps in flawed)
    if is_unreadable or len(flawed) >= MOST_FAULTS:
        raise SheetError(faults)
    unread = {one for sheet, steps in flawed for one in _named(sheet, steps)}
    for sheet in sheets:
        _leave_out(sheet.content, {steps for other, steps in flawed if other is sheet})
    builder = _Builder()
    for sheet in sorted(sheets, key=lambda sheet: sheet.kind):  # whatever order they are given in
        builder.add(sheet)
    kinds = {sheet.kind for sheet in sheets}
    return Sheets(builder.record, kinds, [*faults, *builder.faults], unread)


def _named(sheet: Sheet, steps: Steps) -> Iterator[tuple[str, Any]]:
    """The kind and the slug or number of an entry, as far as it has one."""
    shape, entry = RECORD.get(sheet.kind), sheet.content[steps[0]]
    if shape and isinstance(entry, Mapping) and isinstance(entry.get(shape.identity[0]), str | int):
        yield sheet.kind, entry[shape.identity[0]]


def _leave_out(content: Any, flawed: Iterable[Steps]) -> None:
    for *around, last in sorted(flawed, reverse=True):
        holder = content[around[0]] if around else content
        if isinstance(holder, Sequence):
            del holder.places[last]
        del holder[last]


def _sheets(name: str, content: bytes) -> Iterator[Sheet]:
    """A file is told by its name, or has several kinds by theirs."""
    path = PurePath(name)
    whole = Place(path.name, 0)
    if path.suffix.lstrip(".").lower() not in FORMATS:
        sentence = gettext("Sheets are YAML or JSON; their names end in .yaml, .yml or .json.")
        raise SheetError([Fault(whole, "", sentence)])
    found = parsed(path.name, content)
    if path.stem in KINDS:
        yield Sheet(path.stem, found, Place(path.name, 1))
    elif isinstance(found, Mapping) and found and set(found) <= set(KINDS):
        for kind, one in found.items():
            yield Sheet(kind, one, found.place_of(kind))
    else:
        sentence = gettext(
            "What this is follows from neither its name nor its keys: call it %(names)s, or put "
            "its entries under one of these words."
        )
        raise SheetError([Fault(whole, "", sentence % {"names": ", ".join(KINDS)})])


class _Builder:
    """Puts the entries of sheets into one tree."""

    def __init__(self) -> None:
        self.record: Record = {kind: {} for kind in RECORD}
        self.faults: list[Fault] = []

    def add(self, sheet: Sheet) -> None:
        if sheet.kind == "names":
            self._add_names(sheet.content)
        elif sheet.kind == "summaries":
            for entry, place in zip(sheet.content, sheet.content.places, strict=True):
                entry.put("number", entry.pop("round"), entry.place_of("round"))
                self._merge("rounds", self._entry(RECORD["rounds"], entry, place, sheet.kind))
        else:
            shape = RECORD[sheet.kind]
            for entry, place in zip(sheet.content, sheet.content.places, strict=True):
                self._merge(sheet.kind, self._entry(shape, entry, place, sheet.kind))

    def _add_names(self, sections: Mapping) -> None:
        for section, entries in sections.items():
            for name, entry in entries.items() if section in {**OWNERS, **TERMS} else ():
                place = entries.place_of(name)
                expand_names(entry)
                if section in TERMS:
                    entry.put("kind", str(TERMS[section]), place)
                    entry.put("term", name, place)
                else:
                    entry.put("id", name, place)
                kind = OWNERS.get(section, "terms")
                self._merge(kind, self._entry(RECORD[kind], entry, place, "names"))

    def _merge(self, kind: str, entry: Entry) -> None:
        """Bring together what several sheets say of an object."""
        known = self.record[kind].setdefault(entry.identity, entry)
        if known is entry:
            return
        if known.sheets & entry.sheets:
            self._twice(entry)
            return
        known.sheets |= entry.sheets
        for key in known.values.keys() & entry.values.keys():
            if known.values[key] != entry.values[key]:
                sentence = gettext("“%(key)s” is another in another sheet.") % {"key": key}
                self.faults.append(Fault(entry.place_of(key), entry.label, sentence))
        if entry.is_whole:
            known.is_whole, known.place = True, entry.place
        known.values |= entry.values
        known.places |= entry.places
        for key, entries in entry.parts.items():
            _join(known.parts.setdefault(key, {}), entries)

    def _twice(self, entry: Entry) -> None:
        sentence = gettext("It stands in the sheets twice.")
        self.faults.append(Fault(entry.place, entry.label, sentence))

    def _entry(
        self,
        shape: Shape,
        said: Mapping,
        place: Place,
        sheet: str,
        parent: Entry | None = None,
        default: int | None = None,
    ) -> Entry:
        for short in shape.shorts:
            short.expand(said)
        values, places = self._values(shape, said)
        if default is not None:
            values.setdefault(shape.identity[0], default)
        identity = shape.identify(values)
        entry = Entry(
            shape,
            identity,
            parent,
            values,
            sheets={sheet},
            is_whole=parent is not None or RECORD.get(sheet, RECORD["terms"]) is shape,
            place=place,
            places=places,
        )
        for key, parts in shape.parts.items():
            if key in said:
                listed = self._entries(parts.shape, said[key], parts.overlay or sheet, entry)
                entry.parts[key] = listed
        return entry

    def _entries(self, shape: Shape, said: Sequence, sheet: str, parent: Entry) -> Entries:
        found: Entries = {}
        for number, (one, place) in enumerate(zip(said, said.places, strict=True), 1):
            default = number if shape.is_by_place else None
            entry = self._entry(shape, one, place, sheet, parent, default)
            if entry.identity in found:
                self._twice(entry)
            found[entry.identity] = entry
        return found

    def _values(self, shape: Shape, said: Mapping) -> tuple[dict[str, Any], dict[str, Place]]:
        values, places = {}, {}
        for key, field in fields_of(shape).items():
            *around, last = key.split(".")
            holder: Any = said
            for one in around:
                holder = holder.get(one, {})
            is_left_to_place = shape.is_by_place and key in shape.identity
            if last in holder and not (is_left_to_place and holder[last] is None):
                values[key] = field.normal(holder[last])
                places[key] = holder.place_of(last)
        return values, places


def _join(known: Entries, entries: Entries) -> None:
    """Names that two sheets have are names once."""
    for identity, entry in entries.items():
        known.setdefault(identity, entry)


def references(record: Record) -> Iterator[tuple[Entry, str, Any]]:
    """What the entries refer to: the entry, its key, and each slug or number in it."""
    for entry in walk(record):
        for key, field in fields_of(entry.shape).items():
            value = entry.values.get(key)
            if field.target and value is not None:
                for one in value if field.is_list else [value]:
                    yield entry, key, one
