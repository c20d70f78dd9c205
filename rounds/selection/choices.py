"""The choices of the filters, each with how many rounds it would leave."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from django.db.models import Model, Value

from rounds.access import keeper
from rounds.querysets import Outline
from rounds.selection.demands import OF_FACTS, OfFacts, is_every
from rounds.selection.filters import RoundFilterSet

# What the outline says of each round, by the names of the filters.
OF_ROUNDS: Mapping[str, Callable[[Outline], str]] = {
    "city": lambda row: row.city,
    "country": lambda row: row.country,
    "year": lambda row: str(row.start.year),
}

COUNTED = {*OF_ROUNDS, *(name for demand in OF_FACTS for name in demand.names)}

Row = tuple[int, tuple[str, ...]]  # the key of a round, and the values of a fact of it


class Counts:
    """How many rounds each choice of a filter would leave.

    The other filters apply. So do the values of the same filter where every one must be there;
    otherwise each choice is counted as if it were the only one.
    """

    def __init__(self, filterset: RoundFilterSet) -> None:
        self.filterset, self.chosen = filterset, filterset.chosen
        self._by_name: dict[str, Mapping[str, int]] = {}

    def of(self, name: str) -> Mapping[str, int]:
        """By the value of each choice; what is not there leaves none."""
        if name not in self._by_name:
            self._by_name[name] = self._counted(name)
        return self._by_name[name]

    def _counted(self, name: str) -> Mapping[str, int]:
        if value := OF_ROUNDS.get(name):
            others = self.filterset.meeting_others((name,))
            return Counter(value(row) for row in self.filterset.outline if row.pk in others)
        demand = next(one for one in OF_FACTS if name in one.names)
        return {value: len(rounds) for value, rounds in self._rounds(demand, name).items()}

    def _rounds(self, demand: OfFacts, name: str) -> dict[str, set[int]]:
        """For each value of a filter the keys of the rounds that choosing it would leave."""
        is_joint = bool(demand.subject) and is_every(self.chosen)
        if is_joint and name == demand.subject and name in self.chosen:
            there = self.filterset.meeting_all()
        else:
            there = self.filterset.meeting_others(demand.names)
        place = demand.names.index(name)
        beside = [(i, self._wanted(one)) for i, one in enumerate(demand.names) if one != name]
        found: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
        for round_, values in self._rows[OF_FACTS.index(demand)]:
            if round_ in there and all(not wanted or values[i] in wanted for i, wanted in beside):
                found[values[place]][round_].add(values[0])
        # With a stage or role goes every one of the topics or participants.
        needed = self._wanted(demand.subject) if is_joint and place else set()
        return {
            value: {round_ for round_, subjects in rounds.items() if subjects >= needed}
            for value, rounds in found.items()
        }

    def _wanted(self, name: str) -> set[str]:
        """The chosen values of a filter as they stand in an address."""
        value = self.chosen.get(name, ())
        return {str(one.slug if isinstance(one, Model) else one) for one in value}  # type: ignore[attr-defined]

    @cached_property
    def _rows(self) -> Mapping[int, list[Row]]:
        """The values of all facts that may meet a demand, of whichever rounds, by its place."""
        keep: Any = keeper(self.filterset.user)
        rows: Mapping[int, list[Row]] = keep("choices", make=_read)
        return rows


def _read() -> dict[int, list[Row]]:
    """All in one query."""
    parts = []
    for place, demand in enumerate(OF_FACTS):
        columns = [*demand.columns.values(), Value("")][:2]
        parts.append(demand.facts({}).order_by().values_list(Value(place), "round", *columns))
    found: dict[int, list[Row]] = {place: [] for place in range(len(OF_FACTS))}
    for place, round_, *values in parts[0].union(*parts[1:]):
        if None not in values:  # such as of a delegation without people
            found[place].append((round_, tuple(values)))
    return found
