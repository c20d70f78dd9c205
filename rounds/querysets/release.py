"""Named releases of the dataset."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models

if TYPE_CHECKING:
    from rounds.models import Release


class ReleaseQuerySet(models.QuerySet["Release"]):
    def newest_first(self) -> Self:
        """All of them; a later one is made later."""
        return self.order_by("-pk")

    def before(self, edition: Any) -> Self:
        """The one after which nothing was changed before the edition of that number.

        To make a release raises the edition, and changes nothing of what it holds.
        """
        return self.filter(edition=edition - 1)

    def newest(self) -> Release | None:
        """The last one, which citations name; None before the first."""
        return self.newest_first().first()
