"""The picture of the whole process: where each mark stands on a time axis.

The same picture is laid out lying, and upright for narrow screens.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from rounds.findings.neighbours import neighbours
from rounds.models import Milestone, Round
from rounds.pictures.axis import Axis, Band, Box, Point, last_day, period_of
from rounds.querysets import Outline
from rounds.wording.dates import written

MARK = 11  # radius of a round's mark
LANE = 25  # distance of two lanes of marks
ROW = 17  # distance of two rows of milestones
BAR = 76  # length of the longest bar
MOST_MARKS = 60  # more rounds than these are drawn as bars
MOST_DOTS = 150  # more milestones than these are drawn as one dot a period
PERIOD = ("date_after", "date_before")  # the parameters by which a mark leads to its period
SILENCE = timedelta(days=365)  # a longer gap between rounds is shown as a silence

# By whether the round was held, and whether it matches.
ROUND_TEXTS = {
    (True, True): _("Round %(number)d, %(dates)s, %(city)s"),
    (True, False): _("Round %(number)d, %(dates)s, %(city)s (does not match)"),
    (False, True): _("Round %(number)d, %(dates)s, %(city)s, %(status)s"),
    (False, False): _("Round %(number)d, %(dates)s, %(city)s, %(status)s (does not match)"),
}


@dataclass(frozen=True)
class RoundMark:
    """A round, by the shape of its city."""

    at: Point
    href: str
    text: str
    label: str
    shape: str
    matches: bool


@dataclass(frozen=True)
class Bar:
    """The rounds of a period, and within them those that match."""

    box: Box
    matching: Box
    href: str
    text: str


@dataclass(frozen=True)
class Dot:
    """A milestone, or the milestones of one kind in a period."""

    at: Point
    href: str
    text: str
    radius: float = 4


class Words:
    """Text and address of each mark, by the keys of rounds and milestones; for both layouts."""

    def __init__(
        self,
        rounds: Sequence[Outline],
        matching: Collection[int],
        milestones: Sequence[Milestone],
    ) -> None:
        self.rounds: dict[int, tuple[str, str]] = {}
        self.milestones: dict[int, tuple[str, str]] = {}
        if len(rounds) <= MOST_MARKS:
            self.rounds = {
                row.pk: (_round_text(row, row.pk in matching), row.get_absolute_url())
                for row in rounds
            }
        if len(milestones) <= MOST_DOTS:
            kinds = {str(value): str(label) for value, label in Milestone.Kind.choices}
            text = gettext("%(title)s, %(dates)s (%(kind)s)")
            self.milestones = {
                one.pk: (
                    text
                    % {
                        "title": one.title,
                        "dates": written(one.start, one.end, one.date_precision),
                        "kind": kinds[one.kind],
                    },
                    one.get_absolute_url(),
                )
                for one in milestones
            }


def _round_text(row: Outline, matches: bool) -> str:
    held = row.status == Round.Status.HELD
    return str(ROUND_TEXTS[held, matches]) % {
        "number": row.number,
        "dates": written(row.start, row.end, row.date_precision),
        "city": row.city,
        "status": Round.Status(row.status).label,
    }


def _silence(before: Outline, after: Outline) -> str:
    days = (after.start - before.end).days
    return ngettext("no round for %(days)d day", "no round for %(days)d days", days) % {
        "days": days
    }


class Picture:
    """Rounds and milestones on a time axis.

    ``rounds`` are all rounds that a visitor may see, oldest first; ``matching`` the keys
    of those that stand out. ``query`` holds the parameters that links to a period keep, none
    of them of PERIOD. Without rounds there is nothing to draw: see ``is_empty``.
    """

    def __init__(
        self,
        rounds: Sequence[Outline],
        matching: Collection[int],
        milestones: Sequence[Milestone],
        query: Sequence[tuple[str, str]],
        words: Words,
        *,
        upright: bool = False,
    ) -> None:
        self.is_empty = not rounds
        if self.is_empty:
            return
        self.upright = upright
        self.all_rounds, self.matching, self.query = rounds, matching, query
        self.words = words
        last = max([rounds[-1].end, *(milestone.start for milestone in milestones)])
        self.axis = Axis(rounds[0].start, last, upright=upright)
        self.milestones = [m for m in milestones if m.start >= self.axis.first_day]
        self.earlier = len(milestones) - len(self.milestones)

        self.cities = list(dict.fromkeys(row.city for row in rounds))
        self.has_bars = len(rounds) > MOST_MARKS
        self.bars = self._bars() if self.has_bars else []
        self.marks, self.lanes = ([], 0) if self.has_bars else self._marks()
        kinds = {milestone.kind for milestone in self.milestones}
        self.kinds = [kind for kind in Milestone.Kind if kind in kinds]
        self.dots = self._dots()
        self.depth = self.rows_from + ROW * len(self.kinds) + 6

    @property
    def width(self) -> float:
        return self.depth if self.upright else self.axis.end

    @property
    def height(self) -> float:
        return self.axis.end if self.upright else self.depth

    @property
    def lanes_to(self) -> float:
        lanes = BAR + 4 if self.has_bars else LANE * self.lanes
        return self.axis.side + lanes

    @property
    def rows_from(self) -> float:
        return self.lanes_to + ROW

    @property
    def years(self) -> list[Band]:
        return self.axis.years(self.depth)

    @property
    def silences(self) -> list[Band]:
        """Gaps of more than a year between two rounds."""
        numbers = {row.number for row in self.all_rounds}
        held = [row for row in self.all_rounds if row.status == Round.Status.HELD]
        return [
            self.axis.band(
                one.end, other.start, self.axis.side, self.lanes_to, _silence(one, other)
            )
            for one, other in neighbours(held, numbers)
            if other.start - one.end > SILENCE
        ]

    @property
    def rows(self) -> list[tuple[Point, str]]:
        """The lanes of milestones by kind, with the place of their names."""
        return [
            (self.axis.point(self.axis.head - 10, self._row(kind)), str(kind.label))
            for kind in self.kinds
        ]

    def _row(self, kind: str) -> float:
        return self.rows_from + ROW * (self.kinds.index(Milestone.Kind(kind)) + 0.5)

    @property
    def earlier_href(self) -> str:
        """The end of the timeline, where the milestones before the axis stand."""
        return f"{reverse('rounds:list')}?milestones=on&order=oldest"

    @property
    def legend(self) -> list[tuple[str, str]]:
        """Shape and name of each city, by first appearance."""
        return [(self._shape(city), city) for city in self.cities]

    def _shape(self, city: str) -> str:
        return ("circle", "square", "ring", "diamond")[min(self.cities.index(city), 3)]

    def _marks(self) -> tuple[list[RoundMark], int]:
        """Marks in as few lanes as keep them apart, and the number of lanes."""
        ends: list[float] = []
        marks = []
        for row in self.all_rounds:
            text, href = self.words.rounds[row.pk]
            along = self.axis.along(row.start)
            lane = next((lane for lane, end in enumerate(ends) if end <= along), len(ends))
            ends[lane : lane + 1] = [along + LANE]
            marks.append(
                RoundMark(
                    at=self.axis.point(along, self.axis.side + LANE * (lane + 0.5)),
                    href=href,
                    text=text,
                    label=str(row.number),
                    shape=self._shape(row.city),
                    matches=row.pk in self.matching,
                )
            )
        return marks, len(ends)

    def _bars(self) -> list[Bar]:
        totals = Counter(period_of(row.start, self.axis.months) for row in self.all_rounds)
        matches = Counter(
            period_of(row.start, self.axis.months)
            for row in self.all_rounds
            if row.pk in self.matching
        )
        highest = max(totals.values())
        return [
            Bar(
                box=self._bar(start, total / highest),
                matching=self._bar(start, matches[start] / highest),
                href=self._period_link(start),
                text=self._bar_text(start, matches[start], total),
            )
            for start, total in sorted(totals.items())
        ]

    def _bar_text(self, start: date, matches: int, total: int) -> str:
        return ngettext(
            "%(period)s: %(matches)d of %(total)d round matches",
            "%(period)s: %(matches)d of %(total)d rounds match",
            total,
        ) % {"period": self._period_name(start), "matches": matches, "total": total}

    def _bar(self, start: date, share: float) -> Box:
        size = share * BAR
        return self.axis.box(
            self.axis.along(start), self.lanes_to - size, self.axis.period - 1, size
        )

    def _period_name(self, start: date) -> str:
        if self.axis.months == 12:
            return str(start.year)
        return gettext("%(year)d, quarter %(quarter)d") % {
            "year": start.year,
            "quarter": (start.month + 2) // 3,
        }

    def _period_link(self, start: date, *more: tuple[str, str]) -> str:
        last = last_day(start, self.axis.months)
        dates = zip(PERIOD, (start.isoformat(), last.isoformat()), strict=True)
        return f"{reverse('rounds:list')}?{urlencode([*self.query, *dates, *more])}"

    def _dots(self) -> list[Dot]:
        if len(self.milestones) <= MOST_DOTS:
            return [
                Dot(self.axis.point(self.axis.along(one.start), self._row(one.kind)), href, text)
                for one in self.milestones
                for text, href in [self.words.milestones[one.pk]]
            ]
        groups: dict[tuple[str, date], int] = defaultdict(int)
        for milestone in self.milestones:
            groups[milestone.kind, period_of(milestone.start, self.axis.months)] += 1
        most = max(groups.values())
        return [
            Dot(
                at=self.axis.point(self.axis.along(start) + self.axis.period / 2, self._row(kind)),
                href=self._period_link(start, ("milestones", "on")),
                text=self._dot_text(kind, start, number),
                radius=round(1.5 + 5 * (number / most) ** 0.5, 1),
            )
            for (kind, start), number in groups.items()
        ]

    def _dot_text(self, kind: str, start: date, number: int) -> str:
        return ngettext(
            "%(kind)s, %(period)s: %(number)d event",
            "%(kind)s, %(period)s: %(number)d events",
            number,
        ) % {
            "kind": Milestone.Kind(kind).label,
            "period": self._period_name(start),
            "number": number,
        }


def has_periods(rounds: int, milestones: int) -> bool:
    """Whether the picture of so many rounds and milestones bundles some of them by period."""
    return rounds > MOST_MARKS or milestones > MOST_DOTS


def pictures(
    rounds: Sequence[Outline],
    matching: Collection[int],
    milestones: Sequence[Milestone],
    query: Sequence[tuple[str, str]],
) -> list[Picture]:
    """The picture lying and upright."""
    words = Words(rounds, matching, milestones)
    return [
        Picture(rounds, matching, milestones, query, words, upright=upright)
        for upright in (False, True)
    ]
