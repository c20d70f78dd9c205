"""Official papers of rounds."""

from __future__ import annotations

from typing import Self

from rounds.querysets.part import NumberedPartQuerySet

POINTS = ("sources", "paragraphs__sources", "paragraphs__topics")


class DocumentQuerySet(NumberedPartQuerySet):
    def for_page(self) -> Self:
        return self.prefetch_related(*POINTS)

    def with_points(self) -> Self:
        """By round, each with its points, their topics and the sources of both."""
        return self.by_round().prefetch_related(*POINTS)

    def without_address(self) -> Self:
        """Documents of which no text was found, by round."""
        return self.by_round().filter(url="")
