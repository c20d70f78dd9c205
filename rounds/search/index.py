"""Writing the index of the search."""

from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef

from rounds.models import Edition, PendingChange, SearchEntry, SearchWord
from rounds.search.entries import entries_of
from rounds.search.kinds import KINDS, Kind
from rounds.search.words import LONGEST, folded, written

BATCH = 500
UPDATED = [
    field.attname
    for field in SearchEntry._meta.concrete_fields
    if field.name not in ("id", "kind", "object_id")
]


def reindex(kind: Kind, keys: Collection[int] | None = None) -> None:
    """Write the entries of the kind's objects with the keys; of all its objects for None.

    Entries of objects that are gone are dropped; also of those that SQLite's REPLACE puts others
    in the place of, of which no trigger tells.
    """
    entries = list(entries_of(kind, keys))
    SearchEntry.objects.bulk_create(
        entries,
        BATCH,
        update_conflicts=True,
        unique_fields=["kind", "object_id"],
        update_fields=UPDATED,
    )
    _remember_words(entries)
    is_there = Exists(kind.model._base_manager.filter(pk=OuterRef("object_id")))
    SearchEntry.objects.filter(~is_there, kind=kind.number).delete()


def _remember_words(entries: Iterable[SearchEntry]) -> None:
    """Note the words that readers see, in small letters where they are somewhere so written."""
    small: dict[str, SearchWord] = {}
    others: dict[str, SearchWord] = {}
    for one in entries:
        for shown in written(f"{one.title}\n{one.names}\n{one.text}"):
            word = folded(shown)[:LONGEST]
            known = small if shown.islower() else others
            known[word] = SearchWord(word=word, written=shown)
    SearchWord.objects.bulk_create(others.values(), BATCH, ignore_conflicts=True)
    SearchWord.objects.bulk_create(
        small.values(),
        BATCH,
        update_conflicts=True,
        unique_fields=["word"],
        update_fields=["written"],
    )


@transaction.atomic
def rebuild() -> None:
    """Write the whole index anew."""
    Edition.objects.lock()
    PendingChange.objects.all().delete()
    SearchEntry.objects.all().delete()
    SearchWord.objects.all().delete()
    for kind in KINDS:
        reindex(kind)
