"""Writing the index of the search."""

from collections.abc import Collection, Iterable, Iterator, Mapping

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


def reindex(wanted: Mapping[Kind, Collection[int]]) -> None:
    """Write the entries of the objects with the keys, by their kinds.

    Entries of objects that are gone are dropped; also of those that SQLite's REPLACE puts others
    in the place of, of which no trigger tells.
    """
    _write(wanted)
    for kind in wanted:
        is_there = Exists(kind.model._base_manager.filter(pk=OuterRef("object_id")))
        SearchEntry.objects.filter(~is_there, kind=kind.number).delete()


def _write(wanted: Mapping[Kind, Collection[int] | None]) -> None:
    entries = [entry for kind, keys in wanted.items() for entry in entries_of(kind, keys)]
    SearchEntry.objects.bulk_create(
        entries,
        BATCH,
        update_conflicts=True,
        unique_fields=["kind", "object_id"],
        update_fields=UPDATED,
    )
    _remember_words(entries)


def _remember_words(entries: Iterable[SearchEntry]) -> None:
    """Note the words that readers see, in small letters where they are somewhere so written."""
    small: dict[str, str] = {}
    others: dict[str, str] = {}
    for one in entries:
        for shown in written(f"{one.title}\n{one.names}\n{one.text}"):
            known = small if shown.islower() else others
            known[folded(shown)[:LONGEST]] = shown
    for word in small:
        others.pop(word, None)
    SearchWord.objects.bulk_create(_words(others), BATCH, ignore_conflicts=True)
    SearchWord.objects.bulk_create(
        _words(small),
        BATCH,
        update_conflicts=True,
        unique_fields=["word"],
        update_fields=["written"],
    )


def _words(found: Mapping[str, str]) -> Iterator[SearchWord]:
    return (SearchWord(word=word, written=shown) for word, shown in found.items())


@transaction.atomic
def rebuild() -> None:
    """Write the whole index anew."""
    Edition.objects.lock()
    PendingChange.objects.all().delete()
    SearchEntry.objects.all().delete()
    SearchWord.objects.all().delete()
    _write(dict.fromkeys(KINDS))
