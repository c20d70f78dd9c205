"""Which edition of the record there is."""

from functools import cache
from typing import Any

from django.db.models import Exists, OuterRef, Subquery

from rounds.models import Edition, PendingChange, Release


def current() -> Edition:
    """The edition as it stands in the database, one query.

    ``is_searched`` says whether the search has followed all its changes, ``release`` names the
    release of the dataset that holds what it holds, ``newest_release`` the last one whatever was
    edited since, each None without one. Raises
    ``DatabaseError`` while the database is away, ``Edition.DoesNotExist`` before ``migrate``.
    """
    for edition in Edition.objects.raw(*_query()):
        return edition
    raise Edition.DoesNotExist


@cache
def _query() -> tuple[str, tuple[Any, ...]]:
    """The query as the database gets it: it is asked so often that writing it costs more."""
    is_searched = ~Exists(PendingChange.objects.all())
    release = Subquery(Release.objects.before(OuterRef("number")).values("name")[:1])
    newest_release = Subquery(Release.objects.newest_first().values("name")[:1])
    editions = Edition.objects.annotate(
        is_searched=is_searched, release=release, newest_release=newest_release
    )
    return editions.query.sql_with_params()
