"""What belongs to one round."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple, Self

from rounds.access import Visitor, visible
from rounds.querysets.round import RoundQuerySet
from rounds.sources.querysets import FactQuerySet


class RoundReport(NamedTuple):
    """What a cell of a matrix says of a subject; both are named by their keys."""

    subject: int
    round: int
    state: str
    remark: str = ""


class RoundPartQuerySet(FactQuerySet[Any]):
    """Parts of rounds; a visitor sees those of the rounds that he or she may see."""

    def visible_to(self, user: Visitor) -> Self:
        return self.filter(visible(user, "round__"))

    def of(self, rounds: RoundQuerySet | Collection[int]) -> Self:
        """Parts of those rounds, given as a queryset or by their keys."""
        return self.filter(round__in=rounds)


class NumberedPartQuerySet(RoundPartQuerySet):
    def get_by_natural_key(self, number: int, round_number: int) -> Any:
        return self.get(number=number, round__number=round_number)

    def by_round(self) -> Self:
        """In the order of the rounds and of their own numbers, with the rounds."""
        return self.select_related("round").order_by("round__number", "number")

    def with_claims(self) -> Self:
        """Disputes with their claims, and the sources of both."""
        return self.prefetch_related("sources", "claims__sources")

    def without_address(self) -> Self:
        """Documents of which no text was found."""
        return self.by_round().filter(url="")
