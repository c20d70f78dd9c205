"""Which edition of the record there is."""

from django.db.models import Exists

from rounds.models import Edition, PendingChange


def current() -> Edition:
    """The edition as it stands in the database, one query.

    ``is_searched`` says whether the search has followed all its changes. Raises
    ``DatabaseError`` while the database is away, ``Edition.DoesNotExist`` before ``migrate``.
    """
    return Edition.objects.annotate(is_searched=~Exists(PendingChange.objects.all())).get()
