"""What came out of rounds."""

from __future__ import annotations

from collections.abc import Collection
from typing import Self

from rounds.querysets.part import NumberedPartQuerySet


class OutcomeQuerySet(NumberedPartQuerySet):
    def of_kinds(self, kinds: Collection[str]) -> Self:
        """Outcomes of any of the kinds; of whichever where none is given."""
        return self.filter(kind__in=kinds) if kinds else self
