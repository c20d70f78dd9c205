from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from rounds.sources.models import Source


class SourceQuerySet(models.QuerySet["Source"]):
    def get_by_natural_key(self, slug: str) -> Source:
        return self.get(slug=slug)

    def of_slug(self, slug: str) -> Source | None:
        return self.filter(slug=slug).first()

    def newest(self) -> Self:
        """Newest first; sources without a date come last."""
        return self.order_by(models.F("published").desc(nulls_last=True), "slug")

    def undated(self) -> Self:
        return self.filter(published=None).order_by("publisher", "slug")

    def in_language(self, code: str) -> Self:
        return self.filter(language=code)

    def published_in(self, year: int) -> Self:
        return self.filter(published__year=year)

    def by_publisher(self, words: str) -> Self:
        """Sources whose publisher's name contains the words."""
        return self.filter(publisher__icontains=words)

    def with_keys(self, keys: Collection[int]) -> Self:
        return self.filter(pk__in=keys)
