"""The picture of the promised rounds: when each was promised, and when it came."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from rounds.findings.promises import Fate, Promise


class Shape(models.TextChoices):
    """What a mark in the picture looks like, and what it means."""

    CIRCLE = "circle", _("held")
    SQUARE = "square", _("held in another city than promised")
    CROSS = "cross", _("not held")
    PAUSE = "pause", _("postponed")
    RING = "ring", _("announced or still open")
    DASH = "dash", _("not recorded")

    @property
    def outline(self) -> str:
        """The path around 0,0."""
        return OUTLINES[self]


OUTLINES = {
    Shape.CIRCLE: "M-5.5 0a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0-11 0z",
    Shape.SQUARE: "M-5-5H5V5H-5z",
    Shape.CROSS: "M-5-5 5 5M-5 5 5-5",
    Shape.PAUSE: "M-3-5.5V5.5M3-5.5V5.5",
    Shape.RING: "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z",
    Shape.DASH: "M-6 0H6",
}
SHAPES = {
    Fate.NOT_HELD: Shape.CROSS,
    Fate.POSTPONED: Shape.PAUSE,
    Fate.UNRECORDED: Shape.DASH,
    Fate.ANNOUNCED: Shape.RING,
    Fate.OPEN: Shape.RING,
}


def shape_of(promise: Promise) -> Shape:
    return SHAPES.get(promise.fate, Shape.SQUARE if promise.is_elsewhere else Shape.CIRCLE)


@dataclass(frozen=True)
class Slip:
    """One promise in the picture.

    ``window_x`` and ``mark_x`` are None where nothing says when; the words begin at ``words_x``.
    """

    promise: Promise
    y: float
    window_x: float | None
    window_width: float
    mark_x: float | None
    shape: Shape
    words_x: float


class SlipPicture:
    """The promised windows and what came of them, by the days from each last promised day.

    Every window ends on one line, so that what lies beyond it is the delay. The same picture
    is drawn wide, with the promised time in words, and narrow. Lengths are in SVG units.
    """

    ROW, HEAD, GAP = 23, 40, 10
    LETTER = 7  # a generous width of one letter

    def __init__(self, promises: Sequence[Promise], *, narrow: bool = False) -> None:
        self.promises, self.narrow = promises, narrow
        self.width = 350 if narrow else 1120
        stretches = [found for found in map(stretch, promises) if found]
        self.after = max([30, *(mark for _start, mark in stretches)])
        # Room before the line at least for the words that head the windows.
        self.before = max([self.after // 4, *(-min(found) for found in stretches)])
        names = [self.LETTER * len(one.window) for one in promises]
        self.left = 30 if narrow else 44 + max(names, default=0)
        verdicts = [len(one.verdict) for one in promises]
        self.right = self.GAP + self.LETTER * max(verdicts, default=0)

    @property
    def height(self) -> int:
        return self.HEAD + self.ROW * len(self.promises) + 4

    @property
    def zero(self) -> float:
        """Where every window ends."""
        return self._x(0)

    @property
    def ticks(self) -> list[tuple[float, int]]:
        """Round numbers of days late, at most five."""
        step = next(
            size * power
            for power in (10, 100, 1_000, 10_000, 100_000, 1_000_000)
            for size in (1, 2, 5)
            if self.after / (size * power) < 6
        )
        return [(self._x(days), days) for days in range(step, self.after + 1, step)]

    @property
    def slips(self) -> list[Slip]:
        return [self._slip(one, place) for place, one in enumerate(self.promises)]

    @property
    def legend(self) -> list[Shape]:
        """The shapes that occur."""
        found = {shape_of(one) for one in self.promises}
        return [one for one in Shape if one in found]

    @property
    def has_late(self) -> bool:
        return any(one.is_late for one in self.promises)

    def _slip(self, promise: Promise, place: int) -> Slip:
        found = stretch(promise)
        start, mark = [self._x(days) for days in found] if found else (None, None)
        return Slip(
            promise=promise,
            y=self.HEAD + self.ROW * (place + 0.5),
            window_x=start,
            window_width=0 if start is None else max(round(self.zero - start, 1), 3),
            mark_x=mark,
            shape=shape_of(promise),
            words_x=round(max(self.zero, mark or 0) + self.GAP, 1),
        )

    def _x(self, days: int) -> float:
        length = max(self.width - self.left - self.right, 60)
        share = (days + self.before) / (self.before + self.after)
        return round(self.left + share * length, 1)


def stretch(promise: Promise) -> tuple[int, int] | None:
    """The first promised day and the day of the mark, in days from the last promised day.

    The mark stands at the first day of the round that was held or is announced, else at the
    end of the window. None without a window.
    """
    first, last = promise.outcome.planned_from, promise.outcome.planned_to
    if first is None or last is None:
        return None
    return (first - last).days, ((promise.first_day or last) - last).days
