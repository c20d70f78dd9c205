"""Events around the rounds."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from rounds.sources.querysets import NamedFactQuerySet

if TYPE_CHECKING:
    from rounds.models import Milestone  # noqa: F401 (the base of its queryset names it)


class MilestoneQuerySet(NamedFactQuerySet["Milestone"]):
    def between(self, start: date | None, end: date | None) -> Self:
        """Milestones that begin from start up to, but not on, end; None leaves a side open."""
        milestones = self
        if start:
            milestones = milestones.filter(start__gte=start)
        if end:
            milestones = milestones.filter(start__lt=end)
        return milestones

    def renamings(self) -> Self:
        """The changes of a city's name."""
        return self.filter(kind=self.model.Kind.CITY_RENAMING)

    def with_sources(self, wanted: bool = True) -> Self:
        return self.prefetch_related("sources") if wanted else self.all()
