"""Which filter to give up where no round matches all of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from rounds.querysets import RoundQuerySet
from rounds.selection.demands import Chosen, OfFacts, is_every
from rounds.selection.filters import RoundFilterSet
from rounds.selection.words import Part, Selection


@dataclass(frozen=True)
class Relaxation:
    """A filter to give up, and how many rounds that would leave."""

    text: str
    rest: str
    count: int


def relaxations(selection: Selection) -> list[Relaxation]:
    """The single applied values without which there would be rounds, most first.

    ``selection`` matches no round.
    """
    counts = Without(selection.filterset)
    found = [Relaxation(part.text, part.rest, counts.count(part)) for part in selection.parts]
    return sorted((one for one in found if one.count), key=lambda one: -one.count)


class Without:
    """How many rounds there would be without a value, in few queries for many values.

    Giving up one value of several changes nothing where any of them would do: it only demands
    more.
    """

    def __init__(self, filterset: RoundFilterSet) -> None:
        self.filterset, self.chosen = filterset, filterset.chosen
        self.rounds: RoundQuerySet = filterset.queryset
        self.demands = filterset.demands

    def count(self, part: Part) -> int:
        """How many rounds match without the part."""
        demand = next(one for one in self.demands if part.name in one.names)
        others = self.filterset.meeting_others(demand.names)
        rest = self._rest(part)
        if not others or not rest.keys() & set(demand.names):
            return len(others)
        if part.name not in rest:
            return demand.narrow(self.rounds.with_keys(others), rest).count()
        if part.name in self._lacking:
            return self._lacking[part.name].get(part.value.pk, 0)
        return 0

    def _rest(self, part: Part) -> Chosen:
        """The chosen values without that of the part."""
        value = self.chosen[part.name]
        left = [one for one in value if one != part.value] if isinstance(value, list) else []
        rest = {name: one for name, one in self.chosen.items() if name != part.name}
        return rest | ({part.name: left} if left else {})

    @cached_property
    def _lacking(self) -> Mapping[str, Mapping[int, int]]:
        """By filter, for the key of each value how many rounds lack it alone of all."""
        found: dict[str, Mapping[int, int]] = {}
        for demand in self.demands if is_every(self.chosen) else ():
            if isinstance(demand, OfFacts) and (wanted := self.chosen.get(demand.subject)):
                rounds = self.rounds.with_keys(self.filterset.meeting_others(demand.names))
                facts = demand.facts(self.chosen)
                found[demand.subject] = rounds.lacking_one(facts, demand.subject, wanted)
        return found
