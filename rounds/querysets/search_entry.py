"""The index of the search."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Protocol, Self

from django.db import models

if TYPE_CHECKING:
    from rounds.models import SearchEntry  # noqa: F401 (the base of its queryset names it)


class Numbered(Protocol):
    """A kind of entries, by its number in the index."""

    @property
    def number(self) -> int: ...


class SearchEntryQuerySet(models.QuerySet["SearchEntry"]):
    def of_kinds(self, kinds: Iterable[Numbered]) -> Self:
        return self.filter(kind__in=[kind.number for kind in kinds])

    def as_shown(self) -> Self:
        """With their rounds, and without the words by which they are found."""
        return self.select_related("round").defer("beginnings", "title_words", "words")

    def having(self, groups: Iterable[Collection[str]]) -> Self:
        """Entries with at least one word of each group; of no group: none."""
        return self.filter(having(groups))


def having(groups: Iterable[Collection[str]]) -> models.Q:
    """That entries have at least one word of each group; of no group: that none has."""
    wanted = " ".join("|".join(group) for group in groups)
    return models.Q(words__having=wanted) if wanted else models.Q(pk__in=())
