"""Facts, by the sources that they name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.db.models import Count

if TYPE_CHECKING:
    from rounds.sources.models import Source

SomeFact = TypeVar("SomeFact", bound=models.Model, covariant=True)


class FactQuerySet(models.QuerySet[SomeFact]):
    """Facts, which name their sources."""

    def citing(self, source: Source) -> Self:
        """Facts that rest on the source."""
        return self.filter(sources=source)

    def on_one_source(self) -> Self:
        """Facts that rest on a single source."""
        counted = self.model._default_manager.alias(source_total=Count("sources"))
        # Grouped by the key alone: SQLite takes long to group by every column of a row.
        return self.filter(pk__in=counted.filter(source_total=1).order_by().values("pk"))
