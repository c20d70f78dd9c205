"""Expressions of the process in all languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from rounds.sources.querysets import NamedFactQuerySet

if TYPE_CHECKING:
    from rounds.models import FixedTerm  # noqa: F401 (the base of its queryset names it)


class FixedTermQuerySet(NamedFactQuerySet["FixedTerm"]):
    def with_mentions(self) -> Self:
        return super().with_mentions().prefetch_related("names")

    def for_page(self) -> Self:
        """With what the glossary shows."""
        return self.prefetch_related("names", "sources")
