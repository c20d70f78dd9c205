"""What changed from one round to another."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from rounds.models import AgendaItem, Delegation, Member, Round
from rounds.participants.models import Participant
from rounds.topics.models import Topic
from rounds.wording.places import same_city

Attendance = Delegation.Attendance


@dataclass(frozen=True)
class Move:
    """A topic at both rounds that is not at the same stages."""

    topic: Topic
    before: list[AgendaItem]
    after: list[AgendaItem]


@dataclass(frozen=True)
class HeadChange:
    """A participant at both rounds whose recorded head is another person."""

    participant: Participant
    before: Member
    after: Member


class Comparison:
    """The differences between two rounds, the earlier named ``before``.

    Both rounds are loaded with their agenda, delegations and outcomes.
    """

    def __init__(self, before: Round, after: Round) -> None:
        self.before, self.after = before, after

    @property
    def both(self) -> tuple[Round, Round]:
        return self.before, self.after

    @property
    def are_held(self) -> bool:
        """Whether both were held: what is only announced has lost no topic and no delegation."""
        return all(one.status == Round.Status.HELD for one in self.both)

    @property
    def days_between(self) -> int:
        """Days from the last day of the one to the first day of the other."""
        return (self.after.start - self.before.end).days

    @property
    def moved_city(self) -> bool:
        return not same_city(self.before.city, self.after.city)

    @cached_property
    def came(self) -> list[Topic]:
        """Topics of the later round only."""
        return [topic for topic in self._after if topic not in self._before]

    @cached_property
    def went(self) -> list[Topic]:
        """Topics of the earlier round only."""
        return [topic for topic in self._before if topic not in self._after]

    @cached_property
    def moved(self) -> list[Move]:
        return [
            Move(topic, self._before[topic], items)
            for topic, items in self._after.items()
            if topic in self._before and _stages(items) != _stages(self._before[topic])
        ]

    @cached_property
    def kept(self) -> list[Topic]:
        """Topics at the same stages of both rounds."""
        moved = {move.topic for move in self.moved}
        return [topic for topic in self._after if topic in self._before and topic not in moved]

    @cached_property
    def joined(self) -> list[Delegation]:
        """Delegations that attended the later round and are not reported to have at the earlier."""
        return self._only(self.after, self.before)

    @cached_property
    def left(self) -> list[Delegation]:
        """Delegations that attended the earlier round and are not reported at the later.

        Not the same as staying away: see ``stayed_away``.
        """
        named = {one.participant_id for one in self.after.delegations.all()}
        return [
            one for one in self._only(self.before, self.after) if one.participant_id not in named
        ]

    @cached_property
    def stayed_away(self) -> list[Delegation]:
        """Delegations of which a source says that they stayed away from the later round."""
        return [one for one in self.after.delegations.all() if one.attendance == Attendance.ABSENT]

    @property
    def same_delegations(self) -> bool:
        return _attended(self.before) == _attended(self.after)

    @cached_property
    def heads(self) -> list[HeadChange]:
        before = {one.participant_id: one.head for one in self.before.delegations.all()}
        changes = []
        for one in self.after.delegations.all():
            old, new = before.get(one.participant_id), one.head
            if old and new and old.person_id != new.person_id:
                changes.append(HeadChange(one.participant, old, new))
        return changes

    @cached_property
    def _before(self) -> dict[Topic, list[AgendaItem]]:
        return _by_topic(self.before.agenda_items.all())

    @cached_property
    def _after(self) -> dict[Topic, list[AgendaItem]]:
        return _by_topic(self.after.agenda_items.all())

    @staticmethod
    def _only(one: Round, other: Round) -> list[Delegation]:
        there = _attended(other)
        return [
            delegation
            for delegation in one.delegations.all()
            if delegation.attendance == Attendance.ATTENDED
            and delegation.participant_id not in there
        ]


def _attended(round_: Round) -> set[int]:
    """The keys of the participants that attended."""
    return {
        one.participant_id
        for one in round_.delegations.all()
        if one.attendance == Attendance.ATTENDED
    }


def _by_topic(items: Iterable[AgendaItem]) -> dict[Topic, list[AgendaItem]]:
    found: dict[Topic, list[AgendaItem]] = {}
    for item in items:
        found.setdefault(item.topic, []).append(item)
    return found


def _stages(items: Iterable[AgendaItem]) -> set[str]:
    return {item.stage for item in items}
