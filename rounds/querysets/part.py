"""What belongs to one round."""

from __future__ import annotations

from typing import Any, NamedTuple, Self

from rounds.sources.querysets import FactQuerySet


class RoundReport(NamedTuple):
    """What a cell of a matrix says of a subject; both are named by their keys."""

    subject: int
    round: int
    state: str
    remark: str = ""


class RoundPartQuerySet(FactQuerySet[Any]):
    """Parts of rounds."""

    def for_page(self) -> Self:
        """With what the page of the round shows."""
        return self.prefetch_related("sources")


class NumberedPartQuerySet(RoundPartQuerySet):
    def get_by_natural_key(self, number: int, round_number: int) -> Any:
        return self.get(number=number, round__number=round_number)

    def by_round(self) -> Self:
        """In the order of the rounds and of their own numbers, with the rounds."""
        return self.select_related("round").order_by("round__number", "number")
