"""Which edition of the record there is."""

from functools import cache
from typing import Any

from django.db.models import Exists

from rounds.models import Edition, PendingChange


def current() -> Edition:
    """The edition as it stands in the database, one query.

    ``is_searched`` says whether the search has followed all its changes. Raises
    ``DatabaseError`` while the database is away, ``Edition.DoesNotExist`` before ``migrate``.
    """
    for edition in Edition.objects.raw(*_query()):
        return edition
    raise Edition.DoesNotExist


@cache
def _query() -> tuple[str, tuple[Any, ...]]:
    """The query as the database gets it: it is asked so often that writing it costs more."""
    is_searched = ~Exists(PendingChange.objects.all())
    return Edition.objects.annotate(is_searched=is_searched).query.sql_with_params()
