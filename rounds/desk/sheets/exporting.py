"""The record as files."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rounds.desk.sheets.database import read_record
from rounds.desk.sheets.fields import Field, fields_of
from rounds.desk.sheets.files import text_of
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


def files_of(record: Record) -> dict[str, Any]:
    """What each file of the record holds, which has all rounds."""
    files = _some_files(record)
    return files | {"parties": _with_first_rounds(files["parties"], record)}


def _some_files(record: Record) -> dict[str, Any]:
    """What the files hold without what follows from the whole record alone."""
    files: dict[str, Any] = {
        kind: plain_list(record[kind], RECORD[kind]) for kind in KINDS if kind in RECORD
    } | {"summaries": _summaries(record), "names": _names(record)}
    return {kind: files[kind] for kind in KINDS}


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
        kind: {one: entry for one, entry in entries.items() if one in chosen[kind]}
        for kind, entries in record.items()
    }
    return {kind: found for kind, found in _some_files(in_order).items() if found}


def _named_by(entry: Entry) -> Iterator[tuple[str, Identity]]:
    """What an entry refers to: its kind and identity."""
    for key, field in fields_of(entry.shape).items():
        value = entry.values[key]
        if field.target and value is not None:
            kind = kind_of(field.target)
            yield from ((kind, (one,)) for one in (value if field.is_list else [value]))


def _with_first_rounds(parties: list[Plain], record: Record) -> list[Plain]:
    """Participants with the first round of each, which nobody enters."""
    since: dict[str, int] = {}
    for (number,), entry in record["rounds"].items():
        for (party,), delegation in entry.parts["delegations"].items():
            if delegation.values["attendance"] != Delegation.Attendance.ABSENT:
                since.setdefault(party, number)
    found = []
    for said in parties:
        known = {**said, "since_round": since[said["id"]]} if said["id"] in since else said
        found.append(_in_order(known, RECORD["parties"]))
    return found


def _summaries(record: Record) -> list[Plain]:
    return [
        {"round": number, "summary": entry.values["summary"]}
        for (number,), entry in record["rounds"].items()
        if entry.values["summary"]
    ]


def _names(record: Record) -> Plain:
    found = {
        section: {
            entry.identity[0]: names
            for entry in record[kind].values()
            if (names := condense_names(plain(entry, "names")))
        }
        for section, kind in OWNERS.items()
    }
    for section, kind in TERMS.items():
        found[section] = {
            entry.values["term"]: condense_names(plain(entry, "names"))
            for entry in record["terms"].values()
            if entry.values["kind"] == kind
        }
    return {section: entries for section, entries in found.items() if entries}


def write_files(folder: Path, form: str = "yaml") -> list[Path]:
    """Write the whole record into a folder, one file for each kind."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for kind, content in files_of(read_record()).items():
        path = folder / f"{kind}.{form}"
        path.write_text(text_of(content, form), encoding="utf-8", newline="\n")
        written.append(path)
    return written
