"""Official papers of rounds."""

from __future__ import annotations

from typing import Self

from rounds.querysets.part import NumberedPartQuerySet


class DocumentQuerySet(NumberedPartQuerySet):
    def for_page(self) -> Self:
        return self.prefetch_related("sources", "paragraphs__sources", "paragraphs__topics")

    def with_points(self) -> Self:
        """By round, each with its sources, its points and their topics."""
        return self.by_round().prefetch_related("sources", "paragraphs__topics")

    def without_address(self) -> Self:
        """Documents of which no text was found, by round."""
        return self.by_round().filter(url="")
