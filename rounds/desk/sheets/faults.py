"""What is wrong with sheets, said so that whoever wrote them finds the place."""

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext


class Place(NamedTuple):
    """Where something stands in the sheets."""

    file: str
    line: int


NOWHERE = Place("", 0)
MOST_FAULTS = 200  # that are looked for of each sort: who has made more mends these first


class Fault(NamedTuple):
    """A sentence on what is wrong, and where."""

    place: Place
    entry: str
    sentence: str

    def __str__(self) -> str:
        where = self.place.file
        if self.place.line:
            where = gettext("%(file)s, line %(line)d") % self.place._asdict()
        return ": ".join(filter(None, (where, self.entry, self.sentence)))


class SheetError(Exception):
    """Sheets that cannot be brought into the record, with everything that is wrong with them."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(set(faults))
        super().__init__("\n".join(map(str, self.faults)))
