from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from rounds.sources.models import Source


class SourceQuerySet(models.QuerySet["Source"]):
    def get_by_natural_key(self, slug: str) -> Source:
        return self.get(slug=slug)

    def by_date(self) -> Self:
        """Oldest first; sources without a date come last."""
        return self.order_by(models.F("published").asc(nulls_last=True), "slug")
