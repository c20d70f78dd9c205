from datetime import datetime
from typing import Any, Self

from django.db import connection, models

KEEPING = 0x4D455353  # what the lock is called among those of the database


class MessageQuerySet(models.QuerySet[Any]):
    """What readers wrote."""

    def one_at_a_time(self) -> None:
        """Let no other transaction keep a message before this one ends, so that none is missed.

        On SQLite one alone writes anyway.
        """
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [KEEPING])

    def received_since(self, moment: datetime) -> Self:
        return self.filter(received__gte=moment)

    def saying(self, **said: str) -> Self:
        """Those that say just that, of just that place."""
        return self.filter(**said)
