"""What was promised about the next round, and what came of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from statistics import median

from rounds.models import Outcome, Round
from rounds.places import same_city


@dataclass
class Promise:
    """An outcome that promises a next round, beside the round that followed.

    ``held`` is the next round that a visitor may see, None where there was none.
    """

    outcome: Outcome
    held: Round | None

    @cached_property
    def days_late(self) -> int | None:
        """Days from the end of the promised window to the first day, negative before it began.

        0 within the window; None where no window was promised or no round followed.
        """
        first, last = self.outcome.planned_from, self.outcome.planned_to
        if self.held is None or first is None or last is None:
            return None
        start = self.held.start
        if start > last:
            return (start - last).days
        return min((start - first).days, 0)

    @property
    def days_early(self) -> int:
        return -min(self.days_late or 0, 0)

    @property
    def is_late(self) -> bool:
        return (self.days_late or 0) > 0

    @property
    def is_kept(self) -> bool:
        """Whether a dated promise was held in its window and in the promised city."""
        return self.days_late == 0 and not self.is_elsewhere

    @property
    def is_elsewhere(self) -> bool:
        """Whether it took place in another city than promised, by whatever name."""
        place = self.outcome.planned_place
        return bool(self.held and place and not same_city(place, self.held.city))


def promise_of(round_: Round, following: Round | None) -> Promise | None:
    """The promise made at a round, None where no next round was among its outcomes."""
    for outcome in round_.outcomes.all():
        if outcome.kind == Outcome.Kind.NEXT_ROUND:
            return Promise(outcome, following)
    return None


@dataclass(frozen=True)
class Gap:
    """The days between the end of one held round and the start of the next."""

    before: Round
    after: Round

    @property
    def days(self) -> int:
        return (self.after.start - self.before.end).days


class Record:
    """All promises of next rounds, and how they were kept.

    ``rounds`` come by number, with their outcomes.
    """

    def __init__(self, rounds: Sequence[Round]) -> None:
        held = [one for one in rounds if one.status == Round.Status.HELD]
        following = dict(pairwise(held))
        self.promises = [
            promise
            for promise in (promise_of(one, following.get(one)) for one in rounds)
            if promise is not None
        ]
        self.gaps = [Gap(one, other) for one, other in pairwise(held)]

    @property
    def dated(self) -> list[Promise]:
        """Promises with a window, of a round that was held."""
        return [one for one in self.promises if one.days_late is not None]

    @property
    def late(self) -> list[Promise]:
        return [one for one in self.dated if one.is_late]

    @property
    def median_slip(self) -> float:
        """Median of the days late over the dated promises; within or before the window is 0."""
        return median(max(one.days_late or 0, 0) for one in self.dated) if self.dated else 0

    @property
    def longest_slip(self) -> Promise | None:
        return max(self.late, key=lambda one: one.days_late or 0, default=None)

    @property
    def never_held(self) -> list[Promise]:
        return [one for one in self.promises if one.held is None]

    @property
    def longest_gap(self) -> Gap | None:
        return max(self.gaps, key=lambda gap: gap.days, default=None)


@dataclass(frozen=True)
class Slip:
    """One promise in the picture: the promised window and the day the round was held."""

    promise: Promise
    y: float
    window_x: float
    window_width: float
    held_x: float | None


class SlipPicture:
    """The promised windows against what was held, on one time axis; lengths in SVG units."""

    ROW, LEFT, WIDTH = 18, 60, 940

    def __init__(self, promises: Iterable[Promise]) -> None:
        self.dated = [one for one in promises if one.outcome.planned_from]
        days = [day for one in self.dated for day in _days(one)]
        self.first = date(min(days).year, 1, 1) if days else date.today()
        self.last = date(max(days).year, 12, 31) if days else date.today()

    @property
    def height(self) -> int:
        return 30 + self.ROW * len(self.dated)

    @property
    def full_width(self) -> int:
        return self.LEFT + self.WIDTH + 10

    @property
    def years(self) -> list[tuple[float, int]]:
        return [(self._x(date(y, 1, 1)), y) for y in range(self.first.year, self.last.year + 1)]

    @property
    def slips(self) -> list[Slip]:
        return [
            self._slip(one, 30 + self.ROW * (place + 0.5)) for place, one in enumerate(self.dated)
        ]

    def _slip(self, promise: Promise, y: float) -> Slip:
        start, end = (self._x(day) for day in _days(promise)[:2])
        held = self._x(promise.held.start) if promise.held else None
        return Slip(promise, y, start, max(round(end - start, 1), 3), held)

    def _x(self, day: date) -> float:
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        return round(self.LEFT + share * self.WIDTH, 1)


def _days(promise: Promise) -> list[date]:
    """Both ends of the promised window, and the first day of the round if it was held."""
    found = [promise.outcome.planned_from, promise.outcome.planned_to]
    if promise.held:
        found.append(promise.held.start)
    return [day for day in found if day]
