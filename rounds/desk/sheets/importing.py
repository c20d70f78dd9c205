"""Sheets into the record: checked whole, compared, and written all or not at all."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from rounds.access import PUBLISHED
from rounds.changes import together
from rounds.desk.sheets.database import read_record
from rounds.desk.sheets.differences import Comparison, Differences, What
from rounds.desk.sheets.faults import NOWHERE, Fault, SheetError
from rounds.desk.sheets.fields import fields_of
from rounds.desk.sheets.reading import Sheets, read, references
from rounds.desk.sheets.record import kind_of, sheet_of
from rounds.desk.sheets.tree import Record
from rounds.desk.sheets.writing import Writer


class Wishes(NamedTuple):
    """How sheets are brought in."""

    applies: bool = False
    prunes: bool = False  # remove what the given kinds do not have
    publishes: bool = False  # new rounds at once


class _Unapplied(Exception):  # noqa: N818 - nothing is wrong
    """Takes back what was written to see whether it can be."""


def bring_in(files: Iterable[tuple[str, bytes]], wishes: Wishes) -> Differences:
    """Check files by their names and contents against the record, and write what differs.

    Returns that. Raises ``SheetError`` with everything that is wrong.
    """
    sheets = read(files)
    differences = Differences()
    try:
        with together():
            differences = _written(sheets, wishes)
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
    differences = Comparison(sheets.kinds, prunes=wishes.prunes).of(sheets.record, found)
    gone = {id(one.entry) for one in differences.of(What.REMOVED)}
    faults = [*_unknown(sheets.record, found), *_dangling(sheets.record, found, gone)]
    if faults:
        raise SheetError(faults)
    _write(differences)
    return differences


def _write(differences: Differences) -> None:
    """Write at once what is right; where something is not, see to each object what it is."""
    with suppress(SheetError, IntegrityError), transaction.atomic():
        _write_with(Writer(is_careful=False), differences)
        return
    _write_with(Writer(is_careful=True), differences)


def _write_with(writer: Writer, differences: Differences) -> None:
    writer.write(differences.to_write)
    if writer.faults:
        raise SheetError(writer.faults)


def _unknown(given: Record, found: Record) -> Iterator[Fault]:
    """Entries that say something of what no sheet has, nor the database."""
    for kind, entries in given.items():
        for identity, entry in entries.items():
            if not entry.is_whole and identity not in found[kind]:
                sentence = gettext("It is neither in the database nor in a sheet “%(sheet)s”.")
                yield Fault(entry.place, entry.label, sentence % {"sheet": sheet_of(kind)})


def _dangling(given: Record, found: Record, gone: set[int]) -> Iterator[Fault]:
    """References to what no sheet has, nor the database once this is done."""
    for entry, key, value in references(given):
        target = fields_of(entry.shape)[key].target
        assert target  # noqa: S101
        kind = kind_of(target)
        there = found[kind].get((value,))
        if (value,) in given[kind] or (there and id(there) not in gone):
            continue
        sentence = gettext("“%(key)s”: there is no %(what)s “%(value)s”.")
        names = {"key": key, "what": target._meta.verbose_name, "value": value}
        yield Fault(entry.place_of(key), entry.label, sentence % names)
