"""A time axis: where a day stands in a picture, lying or upright.

Along the axis runs time, across it stand lanes: from left to right and downwards, or downwards
and from left to right. All lengths are in SVG user units.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

# The months that a period may have. One of at least so many units can be pointed at.
PERIODS = (3, 6, *(12 * years for years in (1, 2, 5, 10, 25, 50, 100, 250, 500)))
SHORTEST_PERIOD = 29


@dataclass(frozen=True)
class Point:
    x: float
    y: float


@dataclass(frozen=True)
class Box:
    """A rectangle by its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> Point:
        return Point(round(self.x + self.width / 2, 1), round(self.y + self.height / 2, 1))


@dataclass(frozen=True)
class Band:
    """A stretch of the axis and its name."""

    box: Box
    label: str


def period_of(day: date, months: int) -> date:
    """First day of the period of so many months in which a day falls."""
    index = (day.year * 12 + day.month - 1) // months * months
    return date(max(index // 12, date.min.year), index % 12 + 1, 1)


def last_day(start: date, months: int) -> date:
    """Last day of the period of so many months that begins then; the calendar ends with 9999."""
    index = start.year * 12 + start.month - 1 + months - 1
    year, month = index // 12, index % 12 + 1
    if year > date.max.year:
        return date.max
    return date(year, month, monthrange(year, month)[1])


class Axis:
    """The whole years from the one of the first day to the one of the last.

    ``head`` is the room before the axis for the names of the rows, ``length`` its own.
    """

    def __init__(
        self,
        first: date,
        last: date,
        *,
        upright: bool,
        head: int | None = None,
        length: int | None = None,
    ) -> None:
        self.first_day, self.last_day = date(first.year, 1, 1), date(last.year, 12, 31)
        self.upright = upright
        years = last.year - first.year + 1
        self.head = head or (112 if upright else 130)
        self.side = 44 if upright else 26  # room beside it for the years
        self.length = length or (years * 84 if upright else 970)
        month = self.length / years / 12
        self.months = next(m for m in PERIODS if m * month >= SHORTEST_PERIOD)  # of a period

    @property
    def end(self) -> float:
        return self.head + self.length

    def along(self, day: date) -> float:
        days = (self.last_day - self.first_day).days + 1
        return self.head + (day - self.first_day).days / days * self.length

    def point(self, along: float, across: float) -> Point:
        along, across = round(along, 1), round(across, 1)
        return Point(across, along) if self.upright else Point(along, across)

    def box(self, along: float, across: float, length: float, depth: float) -> Box:
        sizes = [round(size, 1) for size in (along, across, length, depth)]
        along, across, length, depth = sizes
        if self.upright:
            return Box(across, along, depth, length)
        return Box(along, across, length, depth)

    def band(self, start: date, end: date, top: float, bottom: float, label: str) -> Band:
        along = self.along(start)
        return Band(self.box(along, top, self.along(end) - along, bottom - top), label)

    def years(self, depth: float) -> list[Band]:
        """The years, each from its first day to the next year's, across so deep a picture."""
        years = range(self.first_day.year, self.last_day.year + 1)
        step = -(-len(years) // 24)
        return [
            self.band(date(year, 1, 1), date(year, 12, 31), self.side - 8, depth, str(year))
            for year in years
            if (year - self.first_day.year) % step == 0
        ]
