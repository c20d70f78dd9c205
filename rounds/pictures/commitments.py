"""The picture of the commitments: when each was made, and what evidence followed when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.text import Truncator
from django.utils.translation import gettext

from rounds.models import Commitment, Verdict
from rounds.pictures.axis import Axis, Band

Words = Mapping[int, tuple[str, str]]  # text and address of each mark

# The path of each mark around 0,0. They differ in shape, so that colour is not needed.
OUTLINES = {
    Verdict.KEPT: "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z",
    Verdict.PARTLY: "M0-5a5 5 0 0 0 0 10zM0-5a5 5 0 0 1 0 10v-1.4a3.6 3.6 0 0 0 0-7.2z",
    Verdict.REPEATED: "M-5.2 4.5 0-5 5.2 4.5z",
    Verdict.LAPSED: "M-4-4H4V4H-4z",
    Verdict.NOT_KEPT: "M-4.2-4.2 4.2 4.2M-4.2 4.2 4.2-4.2",
    Verdict.NO_INFORMATION: "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",
}


@dataclass(frozen=True)
class Sign:
    """What a verdict looks like."""

    verdict: Verdict

    @property
    def outline(self) -> str:
        return OUTLINES[self.verdict]


@dataclass(frozen=True)
class EvidenceMark:
    """One piece of evidence."""

    x: float
    sign: Sign
    href: str
    text: str


@dataclass(frozen=True)
class Row:
    """One commitment: a line from the round that made it to the last evidence.

    Its name stands before the line, or above it where the picture is narrow.
    """

    commitment: Commitment
    name: str
    top: float
    name_y: float
    y: float
    start: float
    marks: list[EvidenceMark]

    @property
    def end(self) -> float:
        return self.marks[-1].x if self.marks else self.start


class CommitmentPicture:
    """A row for each commitment, along one axis of time; lengths are in SVG units.

    The same picture is drawn wide, with the state of each in words, and narrow. There must be
    at least one commitment.
    """

    HEAD = 26
    STEP = 11  # from one mark to the next at least: those of the same weeks stand side by side
    LETTER = 7  # a generous width of one letter
    LETTERS = 42  # of the name of a row at most
    GAP = 12

    def __init__(
        self,
        commitments: Sequence[Commitment],
        *,
        narrow: bool = False,
        words: Words | None = None,
    ) -> None:
        self.commitments, self.narrow = commitments, narrow
        self.words = words or words_of(commitments)
        self.width = 350 if narrow else 1120
        self.row = 38 if narrow else 22
        states = [len(one.state.in_sentence) for one in commitments]
        self.right = 12 if narrow else self.GAP + self.LETTER * max(states)
        head = 8 if narrow else 34 + self.LETTER * self.LETTERS
        days = [one.round.start for one in commitments]
        days += [one.date for each in commitments for one in each.evidence_by_date]
        self.axis = Axis(
            min(days), max(days), upright=False, head=head, length=self.width - self.right - head
        )

    @property
    def height(self) -> float:
        return self.HEAD + self.row * len(self.commitments) + 4

    @property
    def years(self) -> list[Band]:
        return self.axis.years(self.height)

    @property
    def rows(self) -> list[Row]:
        return [self._row(one, place) for place, one in enumerate(self.commitments)]

    @property
    def legend(self) -> list[Sign]:
        """The signs that occur."""
        found = {one.verdict for each in self.commitments for one in each.evidence_by_date}
        return [Sign(verdict) for verdict in Verdict if verdict in found]

    def _row(self, commitment: Commitment, place: int) -> Row:
        top = self.HEAD + self.row * place
        middle = top + self.row / 2
        start = round(self.axis.along(commitment.round.start), 1)
        return Row(
            commitment=commitment,
            top=top,
            name=Truncator(commitment.text).chars(self.LETTERS),
            name_y=top + 11 if self.narrow else middle,
            y=top + 27 if self.narrow else middle,
            start=start,
            marks=list(self._marks(commitment, start)),
        )

    def _marks(self, commitment: Commitment, start: float) -> list[EvidenceMark]:
        evidence = commitment.evidence_by_date
        days = [self.axis.along(one.date) for one in evidence]
        places = apart(days, self.STEP, start + self.STEP, self.width - self.right)
        return [
            EvidenceMark(
                x=round(x, 1),
                sign=Sign(Verdict(one.verdict)),
                href=href,
                text=text,
            )
            for x, one in zip(places, evidence, strict=True)
            for text, href in [self.words[one.pk]]
        ]


def apart(places: Sequence[float], step: float, first: float, last: float) -> list[float]:
    """The places in their order, at least a step apart, from the first place to the last one."""
    found = list(places)
    for place in range(len(found)):
        found[place] = max(found[place], found[place - 1] + step if place else first)
    for place in reversed(range(len(found))):
        found[place] = min(found[place], last - step * (len(found) - 1 - place))
    return found


def words_of(commitments: Sequence[Commitment]) -> Words:
    """Text and address of each mark, by the keys of the evidence; for both layouts."""
    text = gettext("%(day)s: %(verdict)s. %(commitment)s")
    labels = {str(value): str(label) for value, label in Verdict.choices}
    return {
        one.pk: (
            text % {"day": one.day, "verdict": labels[one.verdict], "commitment": commitment},
            f"{commitment.get_absolute_url()}#{one.anchor}",
        )
        for commitment in commitments
        for one in commitment.evidence.all()
    }


def pictures(commitments: Sequence[Commitment]) -> list[CommitmentPicture]:
    """The picture wide and narrow; none of no commitment."""
    if not commitments:
        return []
    words = words_of(commitments)
    return [CommitmentPicture(commitments, narrow=narrow, words=words) for narrow in (False, True)]
