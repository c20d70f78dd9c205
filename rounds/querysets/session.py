"""Sessions of rounds."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from rounds.querysets.part import RoundPartQuerySet

if TYPE_CHECKING:
    from rounds.models import Session


class SessionQuerySet(RoundPartQuerySet):
    def get_by_natural_key(self, kind: str, day: date | None, round_number: int) -> Session:
        return self.get(kind=kind, day=day, round__number=round_number)

    def without_day(self) -> Self:
        """Sessions whose day is not recorded, by round."""
        return self.filter(day=None).select_related("round").order_by("round__number", "pk")
