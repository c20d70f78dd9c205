"""Official papers of rounds."""

from __future__ import annotations

from typing import Self

from django.db.models import Case, F, OuterRef, Subquery, When
from django.db.models.lookups import Exact

from rounds.querysets.part import NumberedPartQuerySet


class DocumentQuerySet(NumberedPartQuerySet):
    def for_page(self) -> Self:
        papers = self.prefetch_related("sources", "paragraphs__sources", "paragraphs__topics")
        return papers._told_apart()

    def with_points(self) -> Self:
        """By round, each with its sources, its points and their topics."""
        papers = self.by_round().prefetch_related("sources", "paragraphs__topics")
        return papers._told_apart()

    def _told_apart(self) -> Self:
        """With what ``is_statement`` says of each."""
        return self.annotate(is_statement=self._is_first_of_its_round())

    def statements(self) -> Self:
        """What counts as the statement of each round.

        That is the first paper of the chief kind among those of which points are recorded: a
        paper without any says nothing of what it has or lacks.
        """
        return self.filter(self._is_first_of_its_round())

    def _is_first_of_its_round(self) -> Exact:
        kinds = (When(kind=kind, then=n) for n, kind in enumerate(self.model.Kind.values))
        recorded = self.model._default_manager.filter(paragraphs__isnull=False)
        chief = recorded.filter(round=OuterRef("round")).order_by(Case(*kinds), "number")
        return Exact(F("pk"), Subquery(chief.values("pk")[:1]))

    def with_gists(self) -> Self:
        """By round, each with what its points say."""
        return self.by_round().prefetch_related("paragraphs")

    def without_address(self) -> Self:
        """Documents of which no text was found, by round."""
        return self.by_round().filter(url="")
