"""The points of official papers."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Self

from rounds.sources.querysets import FactQuerySet

if TYPE_CHECKING:
    from rounds.models import Paragraph


class ParagraphQuerySet(FactQuerySet["Paragraph"]):
    def get_by_natural_key(self, order: int, document: int, round_number: int) -> Paragraph:
        return self.get(
            order=order, document__number=document, document__round__number=round_number
        )

    def per_topic(self) -> Counter[tuple[int, int]]:
        """How many points each topic has in each round's statement, by topic's and round's key."""
        documents: Any = self.related("document")
        points = self.filter(document__in=documents.statements()).exclude(topics=None)
        return Counter(points.order_by().values_list("topics", "document__round"))

    def with_mentions(self) -> Self:
        return super().with_mentions().prefetch_related("topics__names")
