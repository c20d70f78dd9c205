"""Sheets into the record: checked whole, compared, and written all or not at all."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import NamedTuple

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from rounds.access import PUBLISHED
from rounds.changes import together
from rounds.corrections import UnexplainedError, is_told
from rounds.desk.publishing import note_seen
from rounds.desk.sheets.database import read_record
from rounds.desk.sheets.differences import Comparison, Difference, Differences, Prune, What
from rounds.desk.sheets.faults import NOWHERE, Fault, SheetError
from rounds.desk.sheets.fields import fields_of
from rounds.desk.sheets.publication import published_by
from rounds.desk.sheets.reading import Sheets, read, references
from rounds.desk.sheets.record import RECORD, kind_of, sheet_of
from rounds.desk.sheets.shape import Plain
from rounds.desk.sheets.tree import Entry, Record
from rounds.desk.sheets.writing import Writer
from rounds.models import Edition
from rounds.revisions import give_reason
from rounds.sources.models import SameAddressError
from rounds.sources.sameness import key_of, keys_of
from rounds.wording.lists import all_of

MOST_SHOWN = 5  # of what refers to something


class Wishes(NamedTuple):
    """How sheets are brought in."""

    applies: bool = False
    prune: Prune = Prune.NOTHING
    publishes: bool = False  # new rounds at once
    user: User | None = None  # who uploads them; a command may do all that the database takes
    has_seen_warnings: bool = False  # on the rounds that are published by it
    reason: str = ""  # why what is public is changed; users have to say it


class _Unapplied(Exception):  # noqa: N818 - nothing is wrong
    """Takes back what was written to see whether it can be."""


def bring_in(files: Iterable[tuple[str, bytes]], wishes: Wishes) -> Differences:
    """Check files by their names and contents against the record, and write what differs.

    Returns that. Raises ``SheetError`` with everything that is wrong, and ``UnexplainedError``
    where a user gives no reason for what readers can see already.
    """
    sheets = read(files)
    differences = Differences()
    try:
        with together(gettext("By sheet.")):
            if wishes.applies:
                Edition.objects.lock()  # nobody edits between the comparison and the writing
            give_reason(wishes.reason)
            differences = _written(sheets, wishes)
            differences.is_told = is_told()
            if wishes.applies and wishes.user and differences.is_told and not wishes.reason:
                raise UnexplainedError
            if not wishes.applies:
                raise _Unapplied
    except _Unapplied:
        pass
    except IntegrityError as error:
        sentence = gettext("The database refuses it: %(problem)s") % {"problem": error}
        raise SheetError([Fault(NOWHERE, "", sentence)]) from error
    return differences


def _written(sheets: Sheets, wishes: Wishes) -> Differences:
    found = read_record()
    if wishes.publishes:
        for identity, entry in sheets.record["rounds"].items():
            if identity not in found["rounds"]:
                entry.values.setdefault("publication", PUBLISHED)
    differences = Comparison(sheets.kinds, wishes.prune).of(sheets.record, found)
    faults = [
        *sheets.faults,
        *_unknown(sheets, found, wishes.prune),
        *_dangling(sheets, found, differences),
        *_needed(found, differences),
        *_at_one_address(found, differences),
    ]
    if faults:
        raise SheetError([*faults, *_more_faults(differences)])
    _write(differences.to_write)
    if wishes.user:
        differences.published = published_by(differences, wishes.user)
        if wishes.applies:
            _note_seen(differences, wishes)
    return differences


def _note_seen(differences: Differences, wishes: Wishes) -> None:
    """Note that the warnings on what is published were seen; raises ``SheetError`` otherwise."""
    assert wishes.user  # noqa: S101
    for one in differences.published:
        if one.unseen and not wishes.has_seen_warnings:
            sentence = gettext("Tick that you have seen the warnings on it.")
            raise SheetError([Fault(NOWHERE, str(one.round), sentence)])
        note_seen(one.round, wishes.user, one.unseen)


def _write(differences: list[Difference]) -> None:
    """Write at once what is right; where something is not, see to each object what it is."""
    with suppress(SheetError, IntegrityError), transaction.atomic():
        _write_with(Writer(is_careful=False), differences)
        return
    _write_with(Writer(is_careful=True), differences)


def _write_with(writer: Writer, differences: list[Difference]) -> None:
    writer.write(differences)
    if writer.faults:
        raise SheetError(writer.faults)


def _more_faults(differences: Differences) -> list[Fault]:
    """What is wrong besides with what can be read, which is written to be taken back."""
    written = [one for one in differences.of(What.ADDED, What.CHANGED) if _is_right(one)]
    with suppress(IntegrityError), transaction.atomic():
        try:
            _write(written)
        except SheetError as error:
            return error.faults
    return []


def _is_right(difference: Difference) -> bool:
    """Whether it is of an object that is there or that a sheet says all of."""
    return difference.what is What.CHANGED or difference.entry.is_whole


def _unknown(sheets: Sheets, found: Record, prune: Prune) -> Iterator[Fault]:
    """Entries that say something of what has no entry of its own."""
    for kind, entries in sheets.record.items():
        sheet = sheet_of(kind)
        for identity, entry in entries.items():
            if entry.is_whole or (kind, identity[0]) in sheets.unread:
                continue
            if identity not in found[kind]:
                sentence = gettext("It is neither in the database nor in a sheet “%(sheet)s”.")
            elif prune is Prune.ALL and sheet in sheets.kinds:
                sentence = gettext("It would be removed, since it is not in the sheet “%(sheet)s”.")
            else:
                continue
            yield Fault(entry.place, entry.label, sentence % {"sheet": sheet})


def _dangling(sheets: Sheets, found: Record, differences: Differences) -> Iterator[Fault]:
    """References to what no sheet has, nor the database once this is done."""
    gone = {id(one.entry) for one in differences.of(What.REMOVED)}
    for entry, key, value in references(sheets.record):
        target = fields_of(entry.shape)[key].target
        assert target  # noqa: S101
        kind = kind_of(target)
        there = found[kind].get((value,))
        is_there = there is not None and id(there) not in gone
        if is_there or (value,) in sheets.record[kind] or (kind, value) in sheets.unread:
            continue
        sentence = gettext("“%(key)s”: there is no %(what)s “%(value)s”.")
        names = {"key": key, "what": target._meta.verbose_name, "value": value}
        yield Fault(entry.place_of(key), entry.label, sentence % names)


def _needed(found: Record, differences: Differences) -> Iterator[Fault]:
    """What would be removed, though something refers to it that stays as it is."""
    removed = [one.entry for one in differences.of(What.REMOVED)]
    gone = {id(part) for entry in removed for part in entry.walk()}
    targets = {(kind_of(entry.shape.model), entry.identity[0]): entry for entry in _tops(removed)}
    changed = {
        (one.entry.shape, one.entry.pk, change.key)
        for one in differences.of(What.CHANGED)
        for change in one.changes
    }
    needing: dict[str, set[str]] = defaultdict(set)
    for entry, key, value in references(found):
        target = fields_of(entry.shape)[key].target
        assert target  # noqa: S101
        is_changed = (entry.shape, entry.pk, key) in changed
        if (kind_of(target), value) in targets and id(entry) not in gone and not is_changed:
            needing[targets[kind_of(target), value].label].add(entry.label)
    for label, others in needing.items():
        sentence = gettext("It cannot be removed: %(others)s refer to it.")
        shown = all_of(sorted(others)[:MOST_SHOWN])
        yield Fault(NOWHERE, label, sentence % {"others": shown})


def _at_one_address(found: Record, differences: Differences) -> Iterator[Fault]:
    """Sources that come to where another one is; what was at one address before may stay."""
    staying = {entry.identity: entry.values for entry in found["sources"].values()}
    coming = []
    for one in differences.of(What.REMOVED, What.CHANGED, What.ADDED):
        if one.entry.shape is not RECORD["sources"]:
            continue
        before = staying.pop(one.entry.identity, {"url": ""})
        after = before | {change.key: change.after for change in one.changes}
        if one.what is not What.REMOVED:
            if key_of(after["url"]) == key_of(before["url"]):
                staying[one.entry.identity] = after
            else:
                coming.append((one.entry, after))
    first: dict[str, str] = {}  # the slugs of sources by the keys of their addresses
    for values in staying.values() if coming else ():
        first |= _slug_by_key(values)
    for entry, values in coming:
        if there := sorted(keys_of(values["url"]) & first.keys()):
            sentence = SameAddressError(first[there[0]]).message
            yield Fault(entry.place_of("url"), entry.label, f"“url”: {sentence}")
        first = _slug_by_key(values) | first


def _slug_by_key(source: Plain) -> dict[str, str]:
    addresses = filter(None, (source["url"], source.get("archive_url")))
    return {key_of(address): source["id"] for address in addresses}


def _tops(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Those that belong to nothing else, to which alone something refers."""
    return (entry for entry in entries if not entry.shape.parent)
