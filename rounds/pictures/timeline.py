"""The picture of the whole process: where each mark stands on a time axis.

The same picture is laid out lying, and upright for narrow screens.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from rounds.findings.neighbours import neighbours
from rounds.models import Milestone, Round
from rounds.pictures.axis import Axis, Band, Box, Point, last_day, period_of
from rounds.pictures.bundles import bundled
from rounds.pictures.links import TARGET, Link, area_around
from rounds.querysets import Outline
from rounds.wording.dates import Precision, window, written

LANE = TARGET  # distance of two lanes of marks
BAR = 76  # length of the longest bar
GAP = 14  # between the rounds and the milestones
NARROWEST = 334  # width of the upright picture: at 320 pixels a lane takes 24
MOST_MARKS = 60  # more rounds than these are drawn as bars
PERIOD = ("date_after", "date_before")  # the parameters by which a mark leads to its period
AFTERMATH = timedelta(days=1096)  # after the last round: milestones that are later are told of
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
    """A round, by the shape of its city; hollow if it is only announced."""

    at: Point
    label: str
    shape: str
    is_hollow: bool
    matches: bool
    link: Link


@dataclass(frozen=True)
class Bar:
    """The rounds of a period, and within them those that match."""

    box: Box
    matching: Box
    link: Link


@dataclass(frozen=True)
class Dot:
    """A milestone, or ``number`` of them that are too close to each other to be told apart."""

    at: Point
    number: int
    link: Link


class Words:
    """Text and address of each mark, by the keys of rounds and milestones; for both layouts."""

    def __init__(
        self,
        rounds: Sequence[Outline],
        matching: Collection[int],
        milestones: Sequence[Milestone],
    ) -> None:
        self.rounds: dict[int, tuple[str, str]] = {}
        if not has_periods(len(rounds)):
            self.rounds = {
                row.pk: (_round_text(row, row.pk in matching), row.get_absolute_url())
                for row in rounds
            }
        self.kinds = {str(value): str(label) for value, label in Milestone.Kind.choices}
        self.addresses = {one.pk: one.get_absolute_url() for one in milestones}

    def of_milestones(self, those: Sequence[Milestone]) -> tuple[str, str]:
        """Of one or several of them, in the order of their days; the list has the last first."""
        kinds = {one.kind for one in those}
        text = (
            gettext("%(title)s, %(dates)s (%(kind)s)")
            if len(kinds) == 1
            else gettext("%(title)s, %(dates)s")
        )
        return text % {
            "title": _title(those),
            "dates": _days(those),
            "kind": self.kinds[those[0].kind],
        }, self.addresses[those[-1].pk]


def _title(milestones: Sequence[Milestone]) -> str:
    number = len(milestones)
    if number == 1:
        return milestones[0].title
    text = ngettext("%(number)d milestone", "%(number)d milestones", number)
    return text % {"number": number}


def _days(milestones: Sequence[Milestone]) -> str:
    """From the first to the last, no finer than those of each are known."""
    known = {one.date_precision for one in milestones}
    coarsest = [one for one in Precision.values if one in known][-1]
    last = max(one.end or one.start for one in milestones)
    return written(milestones[0].start, last, coarsest)


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
        end = min(rounds[-1].end, date.max - AFTERMATH) + AFTERMATH
        near = [milestone.start for milestone in milestones if milestone.start <= end]
        last = max([rounds[-1].end, *near])
        self.axis = Axis(rounds[0].start, last, upright=upright, head=26 if upright else None)
        first, last = self.axis.first_day, self.axis.last_day
        self.milestones = [m for m in milestones if first <= m.start <= last]
        self.earlier = sum(m.start < first for m in milestones)
        self.later = sum(m.start > last for m in milestones)

        self.cities = list(dict.fromkeys(row.city for row in rounds))
        self.has_bars = has_periods(len(rounds))
        placed = [] if self.has_bars else [(self.axis.along(row.start), row) for row in rounds]
        self.places = bundled(placed, LANE)
        self.lanes = max((place.lane + 1 for place in self.places), default=0)
        kinds = {milestone.kind for milestone in self.milestones}
        self.kinds = [kind for kind in Milestone.Kind if kind in kinds]

    @property
    def width(self) -> float:
        return self.depth if self.upright else self.end

    @property
    def height(self) -> float:
        return self.end if self.upright else self.depth

    @property
    def end(self) -> float:
        """Along the axis, where what can be pointed at of the last day ends."""
        return self.axis.end + TARGET / 2

    @property
    def depth(self) -> float:
        """Across the axis."""
        if self.upright:
            return max(NARROWEST, self.rows_from + LANE * self.lanes_of_milestones)
        return self.rows_from + LANE * len(self.kinds) + 6

    @property
    def lanes_to(self) -> float:
        lanes = BAR + 4 if self.has_bars else LANE * self.lanes
        return self.axis.side + lanes

    @property
    def rows_from(self) -> float:
        return self.lanes_to + GAP

    @property
    def lanes_of_milestones(self) -> int:
        """In the upright picture, which has no room for a row of each kind."""
        return max(1, int((NARROWEST - self.rows_from) // LANE))

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
        """The rows of milestones by kind, with the place of their names."""
        return [
            (self.axis.point(self.axis.head - 10, self._row(place)), str(kind.label))
            for place, kind in enumerate(self.kinds)
        ]

    def _row(self, place: int) -> float:
        return self.rows_from + LANE * (place + 0.5)

    @property
    def earlier_href(self) -> str:
        """The end of the timeline, where the milestones before the axis stand."""
        return f"{reverse('rounds:list')}?milestones=on&order=oldest"

    @property
    def later_href(self) -> str:
        """The beginning of the timeline, where the milestones after the axis stand."""
        return f"{reverse('rounds:list')}?milestones=on"

    @property
    def legend(self) -> list[tuple[str, str]]:
        """Shape and name of each city, by first appearance."""
        return [(self._shape(city), city) for city in self.cities]

    def _shape(self, city: str) -> str:
        return ("circle", "square", "ring", "diamond")[min(self.cities.index(city), 3)]

    @property
    def has_announced(self) -> bool:
        return any(row.status == Round.Status.ANNOUNCED for row in self.all_rounds)

    @cached_property
    def marks(self) -> list[RoundMark]:
        return [self._mark(place.things[0], place.along, place.lane) for place in self.places]

    def _mark(self, row: Outline, along: float, lane: int) -> RoundMark:
        text, href = self.words.rounds[row.pk]
        at = self.axis.point(along, self.axis.side + LANE * (lane + 0.5))
        return RoundMark(
            at=at,
            label=str(row.number),
            shape=self._shape(row.city),
            is_hollow=row.status == Round.Status.ANNOUNCED,
            matches=row.pk in self.matching,
            link=self._link(href, text, area_around(at)),
        )

    def _link(self, href: str, text: str, area: Box) -> Link:
        return Link.of(href, text, area, self.width, self.height)

    @cached_property
    def bars(self) -> list[Bar]:
        if not self.has_bars:
            return []
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
                link=self._link(
                    self._period_link(start),
                    self._bar_text(start, matches[start], total),
                    self._bar(start, 1),
                ),
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
        first = max(start, self.axis.first_day)
        last = min(last_day(start, self.axis.months), self.axis.last_day)
        along = self.axis.along(first)
        length = self.axis.along(last) - along - 0.7  # a gap between two
        return self.axis.box(along, self.lanes_to - size, length, size)

    def _period_name(self, start: date) -> str:
        if self.axis.months > 3:
            return window(start, last_day(start, self.axis.months))
        return gettext("%(year)d, quarter %(quarter)d") % {
            "year": start.year,
            "quarter": (start.month + 2) // 3,
        }

    def _period_link(self, start: date) -> str:
        last = last_day(start, self.axis.months)
        dates = zip(PERIOD, (start.isoformat(), last.isoformat()), strict=True)
        return f"{reverse('rounds:list')}?{urlencode([*self.query, *dates])}"

    @cached_property
    def dots(self) -> list[Dot]:
        if self.upright:
            return self._dots(self.milestones, 0, self.lanes_of_milestones)
        return [
            dot
            for place, kind in enumerate(self.kinds)
            for dot in self._dots([m for m in self.milestones if m.kind == kind], place, 1)
        ]

    def _dots(self, milestones: Sequence[Milestone], row: int, lanes: int) -> list[Dot]:
        """Their marks in so many lanes, from that row on."""
        placed = [(self.axis.along(one.start), one) for one in milestones]
        dots = []
        for bundle in bundled(placed, LANE, lanes):
            at = self.axis.point(bundle.along, self._row(row + bundle.lane))
            text, href = self.words.of_milestones(bundle.things)
            link = self._link(href, text, area_around(at))
            dots.append(Dot(at, len(bundle.things), link))
        return dots

    @property
    def has_bundles(self) -> bool:
        return any(dot.number > 1 for dot in self.dots)

    @property
    def links(self) -> list[Link]:
        """Those of all marks; drawn after them, so that no mark covers a name."""
        marks: list[RoundMark | Bar | Dot] = [*self.bars, *self.marks, *self.dots]
        return [mark.link for mark in marks]


def has_periods(rounds: int) -> bool:
    """Whether the picture of so many rounds bundles them by period."""
    return rounds > MOST_MARKS


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
