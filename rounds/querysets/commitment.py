"""What was promised at rounds, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from rounds.querysets.part import RoundPartQuerySet
from rounds.sources.querysets import FactQuerySet

if TYPE_CHECKING:
    from rounds.models import Commitment, Evidence


class CommitmentQuerySet(RoundPartQuerySet):
    def get_by_natural_key(self, slug: str) -> Commitment:
        return self.get(slug=slug)

    def of_slug(self, slug: str) -> Commitment | None:
        return self.filter(slug=slug).first()

    def for_page(self) -> Self:
        return self.select_related("topic").prefetch_related("sources", "by", "evidence__sources")

    def by_round(self) -> Self:
        """In the order of the rounds, with these."""
        return self.select_related("round").order_by("round__number", "pk")

    def with_words(self) -> Self:
        commitments = super().with_words().select_related("topic")
        return commitments.prefetch_related("topic__names", "by__names")


class EvidenceQuerySet(FactQuerySet["Evidence"]):
    def get_by_natural_key(self, number: int, slug: str) -> Evidence:
        return self.get(number=number, commitment__slug=slug)
