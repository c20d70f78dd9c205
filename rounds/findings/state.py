"""Where the process stands today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate

from rounds.access import Visitor
from rounds.findings.promises import Promise
from rounds.models import Outcome, Round
from rounds.querysets import Outline


def is_ahead(round_: Outline | Round, today: date) -> bool:
    """Whether a round is announced, and its last day not over."""
    return round_.status == Round.Status.ANNOUNCED and round_.end >= today


def is_overdue(round_: Outline | Round, today: date) -> bool:
    """Whether a round is announced for days that are over."""
    return round_.status == Round.Status.ANNOUNCED and round_.end < today


@dataclass(frozen=True)
class State:
    """The last round held, the next one announced, and what was promised of the one between.

    ``promise`` is the promise of the round after the last one, None where there was none or
    where that round is the one announced. ``announced`` is None where none is still to come,
    ``last`` where none was held.
    """

    last: Outline | None
    announced: Outline | None
    promise: Promise | None


def state_seen_by(
    user: Visitor, rounds: Sequence[Outline], today: date | None = None
) -> State | None:
    """The state as of ``today``, from all rounds that the visitor may see, oldest first.

    None where no round was held and none is announced.
    """
    today = today or localdate()
    last = next((row for row in reversed(rounds) if row.status == Round.Status.HELD), None)
    announced = next((row for row in rounds if is_ahead(row, today)), None)
    if last is None:
        return State(None, announced, None) if announced else None
    if announced and announced.number == last.number + 1:
        return State(last, announced, None)
    outcomes = Outcome.objects.visible_to(user).of([last.pk]).select_related("round")
    promised = next((one for one in outcomes if one.kind == Outcome.Kind.NEXT_ROUND), None)
    is_there = any(row.number == last.number + 1 for row in rounds)
    following = Round.objects.visible_to(user).numbered(last.number + 1) if is_there else ()
    promise = Promise(promised, next(iter(following), None), today) if promised else None
    return State(last, announced, promise)
