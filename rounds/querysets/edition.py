"""The edition of the record."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connections, models

if TYPE_CHECKING:
    from rounds.models import Edition


class EditionQuerySet(models.QuerySet["Edition"]):
    def lock(self, *, waits: bool = True) -> Edition:
        """The edition, which nobody else raises before the end of the transaction.

        So nobody else changes the record before. Raises ``OperationalError`` where somebody else
        has it and ``waits`` is false; SQLite locks the whole database as a transaction begins.
        """
        has_locks = connections[self.db].features.has_select_for_update_nowait
        return self.select_for_update(nowait=has_locks and not waits).get()

    def beginning(self) -> datetime:
        """Since when this database has the record."""
        edition = self.get()
        return edition.begun_at or edition.changed_at
