"""What was promised about the next round, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import pairwise
from statistics import median

from django.contrib.humanize.templatetags.humanize import ordinal
from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from rounds.findings.neighbours import neighbours
from rounds.models import Outcome, Round
from rounds.wording import dates
from rounds.wording.places import same_city


class Fate(models.TextChoices):
    """What came of a promise, as to its time."""

    IN_TIME = "in-time", _("in time")
    EARLY = "early", _("early")
    LATE = "late", _("late")
    UNDATED = "undated", _("no date to miss")
    NOT_HELD = "not-held", _("not held")
    POSTPONED = "postponed", _("postponed")
    ANNOUNCED = "announced", _("announced")
    UNRECORDED = "unrecorded", _("not recorded")
    OPEN = "open", _("still open")


@dataclass
class Promise:
    """An outcome that promises a next round, and what came of it as of ``today``.

    ``following`` is the round of the next number, whatever its status; None where a visitor
    sees none. That does not show that none was held, as it may not be published yet.
    """

    outcome: Outcome
    following: Round | None
    today: date = field(default_factory=localdate)

    @property
    def number(self) -> int:
        """The number of the promised round."""
        return self.outcome.round.number + 1

    @property
    def ordinal(self) -> str:
        return str(ordinal(self.number))

    @property
    def held(self) -> Round | None:
        """The following round if it took place."""
        if self.following and self.following.status == Round.Status.HELD:
            return self.following
        return None

    @property
    def window(self) -> str:
        """The promised time, "" where none was named."""
        return self._window()

    @property
    def window_in_sentence(self) -> str:
        return self._window(in_sentence=True)

    def _window(self, *, in_sentence: bool = False) -> str:
        first, last = self.outcome.planned_from, self.outcome.planned_to
        return dates.window(first, last, in_sentence=in_sentence) if first and last else ""

    @property
    def first_day(self) -> date | None:
        """The first day of the following round, if it was held or is announced.

        Of a round known by its month or year the day nearest to the promised window, so that
        no more is held against the promise than is certain.
        """
        round_, first = self.following, self.outcome.planned_from
        if round_ is None or round_.status not in (Round.Status.HELD, Round.Status.ANNOUNCED):
            return None
        if first is None or round_.date_precision == dates.Precision.DAY:
            return round_.start
        return min(max(round_.start, first), round_.end)

    @cached_property
    def days_late(self) -> int | None:
        """Days from the end of the promised window to the first day, negative before it began.

        0 within the window; None where no window was promised or no round was held.
        """
        first, last = self.outcome.planned_from, self.outcome.planned_to
        day = self.held and self.first_day
        if not day or first is None or last is None:
            return None
        if day > last:
            return (day - last).days
        return min((day - first).days, 0)

    @cached_property
    def fate(self) -> Fate:
        if self.held:
            return self._fate_of_held()
        if self.following:
            return {
                Round.Status.ANNOUNCED.value: Fate.ANNOUNCED,
                Round.Status.POSTPONED.value: Fate.POSTPONED,
                Round.Status.CANCELLED.value: Fate.NOT_HELD,
            }[self.following.status]
        last = self.outcome.planned_to
        return Fate.UNRECORDED if last and last < self.today else Fate.OPEN

    def _fate_of_held(self) -> Fate:
        if self.days_late is None:
            return Fate.UNDATED
        if self.days_late:
            return Fate.LATE if self.days_late > 0 else Fate.EARLY
        return Fate.IN_TIME

    @property
    def is_early(self) -> bool:
        return self.fate == Fate.EARLY

    @property
    def is_late(self) -> bool:
        return self.fate == Fate.LATE

    @property
    def is_never_held(self) -> bool:
        return self.fate == Fate.NOT_HELD

    @property
    def is_open(self) -> bool:
        return self.fate == Fate.OPEN

    @property
    def is_postponed(self) -> bool:
        return self.fate == Fate.POSTPONED

    @property
    def is_announced(self) -> bool:
        return self.fate == Fate.ANNOUNCED

    @property
    def is_elsewhere(self) -> bool:
        """Whether it took place in another city than promised, by whatever name."""
        place = self.outcome.planned_place
        return bool(self.held and place and not same_city(place, self.held.city))

    @property
    def timing(self) -> str:
        """The fate in words: "in time", "74 days late", "not held"."""
        days = self.days_late or 0
        if days > 0:
            return ngettext("%d day late", "%d days late", days) % days
        if days < 0:
            return ngettext("%d day early", "%d days early", -days) % -days
        return str(self.fate.label)

    @property
    def verdict(self) -> str:
        """The fate in words, with the city if it was another: "322 days late, in Sochi"."""
        if self.held is None or not self.is_elsewhere:
            return self.timing
        return gettext("%(timing)s, in %(city)s") % {"timing": self.timing, "city": self.held.city}


def promise_of(round_: Round, following: Round | None, today: date | None = None) -> Promise | None:
    """The promise made at a round, None where no next round was among its outcomes.

    ``following`` is the round of the next number, whatever its status, None where a visitor
    sees none; ``today`` is for tests.
    """
    for outcome in round_.outcomes.all():
        if outcome.kind == Outcome.Kind.NEXT_ROUND:
            return Promise(outcome, following, today or localdate())
    return None


@dataclass(frozen=True)
class Interval:
    """The days between the end of one held round and the start of the next."""

    before: Round
    after: Round

    @property
    def days(self) -> int:
        return (self.after.start - self.before.end).days


class Track:
    """All promises of next rounds, and what came of them as of ``today``.

    ``rounds`` are all that a visitor may see, by number, with their outcomes.
    """

    def __init__(self, rounds: Sequence[Round], today: date | None = None) -> None:
        today = today or localdate()
        numbered = {one.number: one for one in rounds}
        self.promises = [
            promise
            for one in rounds
            if (promise := promise_of(one, numbered.get(one.number + 1), today))
        ]
        held = [one for one in rounds if one.status == Round.Status.HELD]
        self.intervals = [Interval(one, other) for one, other in neighbours(held, numbered)]
        self._stretches = [Interval(one, other) for one, other in pairwise(held)]

    def _of_fate(self, fate: Fate) -> list[Promise]:
        return [one for one in self.promises if one.fate == fate]

    @property
    def dated(self) -> list[Promise]:
        """Promises with a window, of a round that was held."""
        return [one for one in self.promises if one.days_late is not None]

    @property
    def in_time(self) -> list[Promise]:
        return self._of_fate(Fate.IN_TIME)

    @property
    def early(self) -> list[Promise]:
        return self._of_fate(Fate.EARLY)

    @property
    def late(self) -> list[Promise]:
        return self._of_fate(Fate.LATE)

    @property
    def never_held(self) -> list[Promise]:
        return self._of_fate(Fate.NOT_HELD)

    @property
    def median_slip(self) -> float:
        """Median of the days late over the dated promises; within or before the window is 0."""
        return median(max(one.days_late or 0, 0) for one in self.dated) if self.dated else 0

    @property
    def longest_slip(self) -> Promise | None:
        return max(self.late, key=lambda one: one.days_late or 0, default=None)

    @property
    def unrecorded(self) -> list[Promise]:
        return self._of_fate(Fate.UNRECORDED)

    @property
    def longest_interval(self) -> Interval | None:
        """None where it is not known, for a longer stretch may have held another round."""
        longest = max(self._stretches, key=lambda one: one.days, default=None)
        return longest if longest in self.intervals else None
