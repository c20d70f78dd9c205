from datetime import datetime
from typing import Any, Self

from django.db import models


class MessageQuerySet(models.QuerySet[Any]):
    """What readers wrote."""

    def received_since(self, moment: datetime) -> Self:
        return self.filter(received__gte=moment)

    def saying(self, **said: str) -> Self:
        """Those that say just that, of just that place."""
        return self.filter(**said)
