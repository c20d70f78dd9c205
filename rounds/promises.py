"""What was promised about the next round, and what came of it."""

from dataclasses import dataclass
from functools import cached_property

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
