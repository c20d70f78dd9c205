"""What stands so close together on an axis that it needs more lanes, or is shown as one."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


@dataclass
class Bundle(Generic[Thing]):
    """Things in one lane that are shown as one, in order; mostly a single one."""

    lane: int
    first: float
    last: float
    things: list[Thing]

    @property
    def along(self) -> float:
        """Its place on the axis, in the middle between its first and its last."""
        return round((self.first + self.last) / 2, 1)

    def add(self, along: float, thing: Thing) -> None:
        self.last = along
        self.things.append(thing)


def bundled(
    things: Iterable[tuple[float, Thing]], distance: float, lanes: int | None = None
) -> list[Bundle[Thing]]:
    """The things, each with its place and in order of it, in as few lanes as keep them apart.

    In each lane they are at least the distance from each other. Where all ``lanes`` are taken,
    a thing joins the one nearest before it; None sets no limit.
    """
    found: list[Bundle[Thing]] = []
    ends: list[Bundle[Thing]] = []  # the last of each lane
    for along, thing in things:
        place = round(along, 1)
        lane = next(
            (lane for lane, end in enumerate(ends) if end.along + distance <= place), len(ends)
        )
        if lanes is not None and lane == lanes:
            max(ends, key=lambda end: end.along).add(place, thing)
            continue
        bundle = Bundle(lane, place, place, [thing])
        ends[lane : lane + 1] = [bundle]
        found.append(bundle)
    return found
