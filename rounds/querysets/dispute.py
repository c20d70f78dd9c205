"""What sources disagree on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from rounds.querysets.part import NumberedPartQuerySet
from rounds.sources.querysets import FactQuerySet

if TYPE_CHECKING:
    from rounds.models import Claim


class DisputeQuerySet(NumberedPartQuerySet):
    def for_page(self) -> Self:
        return self.prefetch_related("sources", "claims__sources")


class ClaimQuerySet(FactQuerySet["Claim"]):
    def get_by_natural_key(self, number: int, dispute: int, round_number: int) -> Claim:
        return self.get(number=number, dispute__number=dispute, dispute__round__number=round_number)
