"""Keeping the index current: it follows every change of the record."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model

from astana.readiness import missing_migrations
from rounds.access import EDITED_APPS
from rounds.models import Delegation, Edition, Member, PendingChange, Round, SearchEntry
from rounds.names import Name
from rounds.search.index import rebuild, reindex
from rounds.search.kinds import KIND_OF
from rounds.sources.models import Source
from rounds.triggers import is_said_with_parent, parent_of

Keys = dict[type[Model], set[int]]


def catch_up(*, waits: bool = True, **kwargs: Any) -> None:
    """Follow the changes that the index has still to follow, and forget them.

    Edits by way of the models are followed in their transaction; what passes these by waits for
    the next edit or reader. Raises ``DatabaseError`` where somebody writes just now and
    ``waits`` is false.
    """
    with nullcontext() if waits else at_once(), transaction.atomic():
        Edition.objects.lock(waits=waits)
        changes = list(PendingChange.objects.all())
        if any(change.key is None for change in changes):
            rebuild()
        elif changes:
            _follow(changes)
        PendingChange.objects.all().delete()


@contextmanager
def at_once() -> Iterator[None]:
    """Let SQLite wait for others that write no longer than a reader notices."""
    if connection.vendor != "sqlite":
        yield
        return
    patience = round(connection.settings_dict["OPTIONS"].get("timeout", 5) * 1_000)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 100")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {patience}")


def _follow(changes: Iterable[PendingChange]) -> None:
    """Write the entries that the changes concern, each once, and drop those of deleted objects."""
    touched: Keys = defaultdict(set)
    parents: Keys = defaultdict(set)
    for change in changes:
        model, key, parent = apps.get_model(change.model), change.key, change.parent
        if parent is not None and (field := parent_of(model)):
            parents[field.related_model].add(parent)
        if is_said_with_parent(model):
            model, key = parent_of(model).related_model, parent
        touched[model].add(key)  # type: ignore[arg-type]
    for model, keys in parents.items():
        touched[Round] |= keys if model is Round else _rounds_of(model, keys)
    renumbered = set(touched[Round])
    for model, keys in list(touched.items()):
        for other, others in _naming(model, keys):
            touched[other] |= others
            touched[Round] |= _rounds_of(other, others)
    reindex({KIND_OF[model]: keys for model, keys in touched.items() if keys and model in KIND_OF})
    _weigh_parts(renumbered)


def _naming(model: type[Model], keys: Collection[int]) -> Iterator[tuple[type[Model], set[int]]]:
    """The objects of other kinds that say what the objects of the model are called."""
    if model is Round:  # parts say its number by its address
        return
    relations: Any = model._meta.related_objects
    for relation in relations:
        other, key = relation.related_model, "pk"
        if issubclass(other, Name) or other is SearchEntry or model is Source:
            continue
        if relation.many_to_many and not relation.through._meta.auto_created:
            continue  # its foreign keys are among the relations too
        found = other._base_manager.filter(**{f"{relation.field.name}__in": keys})
        if other is Member:
            other, key = Delegation, "delegation"
        yield other, set(found.values_list(key, flat=True))


def _weigh_parts(rounds: Collection[int]) -> None:
    """Let the parts of rounds, whose days may have changed, stand where these do."""
    for entry in SearchEntry.objects.of_kinds([KIND_OF[Round]]).filter(object_id__in=rounds):
        parts = SearchEntry.objects.filter(round=entry.object_id).exclude(weight=entry.weight)
        parts.update(weight=entry.weight)


def _rounds_of(model: Any, keys: Collection[int]) -> set[int]:
    if not model.path_to_round:
        return set()
    return set(model.objects.filter(pk__in=keys).values_list(model.path_to_round, flat=True))


def lag() -> str:
    """A sentence on the changes that the index has still to follow; empty where there are none."""
    waiting = PendingChange.objects.count()
    if not waiting:
        return ""
    written_for = PendingChange.objects.earliest("pk").edition - 1
    return (
        f"It is of edition {written_for}, {waiting} changes wait; "
        "the next reader or edit lets it follow them."
    )


def after_migrate(**kwargs: Any) -> None:
    """The rules of the index may have changed with the code, which fits the newest tables alone."""
    if not missing_migrations(*EDITED_APPS):
        rebuild()
