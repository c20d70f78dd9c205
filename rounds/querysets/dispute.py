"""What sources disagree on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from rounds.access import Visitor, visible
from rounds.sources.querysets import FactQuerySet

if TYPE_CHECKING:
    from rounds.models import Claim


class ClaimQuerySet(FactQuerySet["Claim"]):
    def get_by_natural_key(self, number: int, dispute: int, round_number: int) -> Claim:
        return self.get(number=number, dispute__number=dispute, dispute__round__number=round_number)

    def visible_to(self, user: Visitor) -> Self:
        return self.filter(visible(user, "dispute__round__"))
