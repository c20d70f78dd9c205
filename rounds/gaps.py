"""What the record does not have, and what rests on little."""

from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby

from rounds.careers import ranges
from rounds.citations import sources_by_round
from rounds.models import AgendaItem, Delegation, Document, Outcome, Round, Session
from rounds.participants.models import Participant
from rounds.querysets import Visitor


@dataclass
class Footing:
    """How well a round is sourced.

    ``single`` gives for each kind of fact how many rest on one source only.
    """

    round: Round
    source_count: int
    single: dict[str, int] = field(default_factory=dict)

    @property
    def single_count(self) -> int:
        return sum(self.single.values())


def footings(user: Visitor) -> list[Footing]:
    """The rounds that a visitor may see, those with the fewest sources first."""
    rounds = list(Round.objects.visible_to(user))
    cited = sources_by_round([round_.pk for round_ in rounds])
    found = {one.number: Footing(one, len(cited.get(one.pk, ()))) for one in rounds}
    for model in (Session, Delegation, AgendaItem, Outcome, Document):
        kind = str(model._meta.verbose_name_plural)
        for number, count in Counter(model.objects.visible_to(user).on_one_source()).items():
            found[number].single[kind] = count
    return sorted(found.values(), key=lambda one: (one.source_count, one.round.number))


@dataclass(frozen=True)
class HeadGap:
    """A participant with the rounds that it attended without a recorded head."""

    participant: Participant
    delegations: list[Delegation]

    @property
    def written(self) -> str:
        return ranges(delegation.round.number for delegation in self.delegations)


def head_gaps(user: Visitor) -> list[HeadGap]:
    """Heads of delegation that are not recorded, by participant."""
    delegations = Delegation.objects.visible_to(user).without_head()
    groups = groupby(delegations, lambda delegation: delegation.participant)
    return [HeadGap(participant, list(group)) for participant, group in groups]
