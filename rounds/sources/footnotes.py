"""Footnotes: the marks behind facts, and the notes below that say what they mean."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from string import ascii_lowercase

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from rounds.sources.models import Source


@dataclass(frozen=True)
class Mark:
    """A reference to a note, at one place in the text; ``fact`` is what it stands behind."""

    note: int
    place: int
    fact: str = ""

    @property
    def id(self) -> str:
        return f"ref-{self.note}-{self.place}"

    @property
    def letter(self) -> str:
        """Its place among the marks of its note: a to z, then aa, ab and so on."""
        letters, rest = "", self.place
        while rest:
            rest, last = divmod(rest - 1, len(ascii_lowercase))
            letters = ascii_lowercase[last] + letters
        return letters


@dataclass
class Note:
    """A source with the number it has on the page and the marks that refer to it."""

    number: int
    source: Source
    marks: list[Mark] = field(default_factory=list)

    @cached_property
    def label(self) -> SafeString:
        """The name as it stands in HTML, written once for all marks."""
        return conditional_escape(self.name)

    @cached_property
    def name(self) -> str:
        """What its marks are called: its number, who published the source, and when."""
        return gettext("Source %(number)d: %(publisher)s, %(day)s") % {
            "number": self.number,
            "publisher": self.source.publisher,
            "day": self.source.day or gettext("undated"),
        }


class Footnotes:
    """Numbers sources in the order in which a page first cites them."""

    def __init__(self) -> None:
        self._notes: dict[int, Note] = {}

    def cite(self, sources: Iterable[Source], fact: str = "") -> list[tuple[Note, Mark]]:
        """Mark that a fact rests on these sources; gives each with its mark, by number."""
        cited = []
        for source in sources:
            note = self._notes.setdefault(source.pk, Note(len(self._notes) + 1, source))
            mark = Mark(note.number, len(note.marks) + 1, fact)
            note.marks.append(mark)
            cited.append((note, mark))
        return sorted(cited, key=lambda pair: pair[1].note)

    @property
    def notes(self) -> list[Note]:
        return list(self._notes.values())
