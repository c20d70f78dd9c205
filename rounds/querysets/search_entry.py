"""The index of the search."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from rounds.access import Visitor, may_see_unpublished, visible

if TYPE_CHECKING:
    from rounds.models import SearchEntry  # noqa: F401 (the base of its queryset names it)


class SearchEntryQuerySet(models.QuerySet["SearchEntry"]):
    def visible_to(self, user: Visitor) -> Self:
        """Entries of no round, and those of the rounds that the visitor may see."""
        if may_see_unpublished(user):
            return self.all()
        return self.filter(Q(round__isnull=True) | visible(user, "round__"))

    def of_kinds(self, kinds: Collection[int]) -> Self:
        return self.filter(kind__in=kinds)

    def as_shown(self) -> Self:
        """With their rounds, and without the words by which they are found."""
        return self.select_related("round").defer("beginnings", "title_words", "words")

    def having(self, groups: Iterable[Collection[str]]) -> Self:
        """Entries with at least one word of each group; of no group: none."""
        wanted = " ".join("|".join(group) for group in groups)
        return self.filter(words__having=wanted) if wanted else self.none()
