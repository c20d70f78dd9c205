"""The record as files."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from django.db.models import Min

from rounds.access import Visitor
from rounds.desk.sheets.database import Reader
from rounds.desk.sheets.fields import Field, fields_of
from rounds.desk.sheets.files import pieces_of
from rounds.desk.sheets.record import KINDS, OWNERS, RECORD, TERMS, kind_of
from rounds.desk.sheets.shape import Parts, Plain, Shape
from rounds.desk.sheets.shorts import condense_names
from rounds.desk.sheets.tree import Entries, Entry, Identity, Record, walk
from rounds.models import Delegation


def plain(entry: Entry, overlay: str = "") -> Plain:
    """An entry as a file has it, without what another sheet has of it; or that alone."""
    shape, said = entry.shape, {}
    for item in shape.items:
        if item.overlay != overlay:
            continue
        if isinstance(item, Parts):
            parts = plain_list(entry.parts[item.key], item.shape)
            if parts or item.is_always_written:
                said[item.key] = parts
        elif _is_written(fields_of(shape)[item.key], entry):
            _put(said, item.key, entry.values[item.key])
    for short in shape.shorts:
        said = short.condense(said)
    return _in_order(said, shape)


def _in_order(said: Plain, shape: Shape) -> Plain:
    keys = dict.fromkeys([*shape.written_order, *said])
    return {key: said[key] for key in keys if key in said}


def plain_list(entries: Entries, shape: Shape) -> list[Plain]:
    """Entries as a file has them, without their places where these follow from the list."""
    found = [plain(entry) for entry in entries.values()]
    (key, *_others) = shape.identity
    if shape.is_by_place and [one[key] for one in found] == list(range(1, len(found) + 1)):
        for one in found:
            del one[key]
    return found


def _is_written(field: Field, entry: Entry) -> bool:
    value = entry.values[field.value.key]
    is_identity = field.value.key in entry.shape.identity and value not in (None, "")
    return is_identity or field.value.is_always_written or value != field.when_new


def _put(said: Plain, key: str, value: Any) -> None:
    *around, last = key.split(".")
    for one in around:
        said = said.setdefault(one, {})
    said[last] = value


class Sheets:
    """What the sheets hold of the record in the database, kind by kind and entry by entry.

    With a user, only what that user may see.
    """

    def __init__(self, user: Visitor | None = None) -> None:
        self._reader = Reader(user)
        self._named: dict[str, list[Entry]] = {}

    def files(self, form: str) -> Iterator[tuple[str, Iterator[bytes]]]:
        """The files of YAML or JSON by their names, each piece by piece."""
        for kind in KINDS:
            pieces = pieces_of(self._content(kind), form)
            yield f"{kind}.{form}", (piece.encode() for piece in pieces)

    def _content(self, kind: str) -> Iterable[Plain] | Plain:
        if kind == "summaries":
            return _summaries(self._reader.entries("rounds", with_parts=False))
        if kind == "names":
            return _names(self._entries)
        entries = map(plain, self._entries(kind))
        return self._with_first_rounds(entries) if kind == "parties" else entries

    def _entries(self, kind: str) -> Iterable[Entry]:
        """The entries of a kind; what stands in the sheet of names besides, is read once."""
        if kind not in OWNERS.values():
            return self._reader.entries(kind)
        if kind not in self._named:
            self._named[kind] = list(self._reader.entries(kind))
        return self._named[kind]

    def _with_first_rounds(self, parties: Iterable[Plain]) -> Iterator[Plain]:
        """Participants with the first round of each, which nobody enters."""
        came = self._reader.rows(Delegation).exclude(attendance=Delegation.Attendance.ABSENT)
        rounds = came.order_by().values_list("participant__slug").annotate(Min("round__number"))
        since = dict(rounds)
        for said in parties:
            known = {**said, "since_round": since[said["id"]]} if said["id"] in since else said
            yield _in_order(known, RECORD["parties"])


def sheet_of_round(record: Record, number: int) -> Plain:
    """One round with what belongs to it and all that it names, as one file of several kinds."""
    chosen: Record = {kind: {} for kind in record}
    chosen["rounds"][(number,)] = record["rounds"][(number,)]
    for kind, key in (("commitments", "round"), ("milestones", "related_round")):
        chosen[kind] = {
            one: entry for one, entry in record[kind].items() if entry.values[key] == number
        }
    waiting = list(walk(chosen))
    while waiting:
        for kind, identity in _named_by(waiting.pop()):
            if identity not in chosen[kind]:
                chosen[kind][identity] = record[kind][identity]
                waiting.extend(record[kind][identity].walk())
    in_order = {
        kind: [entry for one, entry in entries.items() if one in chosen[kind]]
        for kind, entries in record.items()
    }
    found: Plain = {kind: list(map(plain, entries)) for kind, entries in in_order.items()}
    found["summaries"] = list(_summaries(in_order["rounds"]))
    found["names"] = _names(in_order.__getitem__)
    return {kind: found[kind] for kind in KINDS if found[kind]}


def _named_by(entry: Entry) -> Iterator[tuple[str, Identity]]:
    """What an entry refers to: its kind and identity."""
    for key, field in fields_of(entry.shape).items():
        value = entry.values[key]
        if field.target and value is not None:
            kind = kind_of(field.target)
            yield from ((kind, (one,)) for one in (value if field.is_list else [value]))


def _summaries(rounds: Iterable[Entry]) -> Iterator[Plain]:
    for entry in rounds:
        if entry.values["summary"]:
            yield {"round": entry.values["number"], "summary": entry.values["summary"]}


def _names(entries: Callable[[str], Iterable[Entry]]) -> Plain:
    """What the sheet of names says of the entries of each kind."""
    found = {
        section: {
            entry.identity[0]: names
            for entry in entries(kind)
            if (names := condense_names(plain(entry, "names")))
        }
        for section, kind in OWNERS.items()
    }
    terms = list(entries("terms"))
    for section, kind in TERMS.items():
        found[section] = {
            entry.values["term"]: condense_names(plain(entry, "names"))
            for entry in terms
            if entry.values["kind"] == kind
        }
    return {section: entries for section, entries in found.items() if entries}


def write_files(folder: Path, form: str = "yaml") -> list[Path]:
    """Write the whole record into a folder, one file for each kind."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, pieces in Sheets().files(form):
        with (folder / name).open("wb") as file:
            file.writelines(pieces)
        written.append(folder / name)
    return written
