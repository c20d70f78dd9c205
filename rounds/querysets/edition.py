"""The edition of the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from rounds.models import Edition


class EditionQuerySet(models.QuerySet["Edition"]):
    def lock(self) -> Edition:
        """The edition, which nobody else raises before the end of the transaction.

        So nobody else changes the record before.
        """
        return self.select_for_update().get()
