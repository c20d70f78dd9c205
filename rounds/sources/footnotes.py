"""Footnotes: the marks behind facts, and the notes below that say what they mean."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from rounds.sources.models import Source


@dataclass(frozen=True)
class Mark:
    """A reference to a note, at one place in the text."""

    note: int
    place: int

    @property
    def id(self) -> str:
        return f"ref-{self.note}-{self.place}"


@dataclass
class Note:
    """A source with the number it has on the page and the marks that refer to it."""

    number: int
    source: Source
    marks: list[Mark] = field(default_factory=list)


class Footnotes:
    """Numbers sources in the order in which a page first cites them."""

    def __init__(self) -> None:
        self._notes: dict[int, Note] = {}

    def cite(self, sources: Iterable[Source]) -> list[Mark]:
        """Mark that a fact rests on these sources; gives a mark for each, by number."""
        marks = []
        for source in sources:
            note = self._notes.setdefault(source.pk, Note(len(self._notes) + 1, source))
            mark = Mark(note.number, len(note.marks) + 1)
            note.marks.append(mark)
            marks.append(mark)
        return sorted(marks, key=lambda mark: mark.note)

    @property
    def notes(self) -> list[Note]:
        return list(self._notes.values())
