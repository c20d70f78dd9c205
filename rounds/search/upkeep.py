"""Keeping the index current: it follows every edit, in the same transaction."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

from django.db import connection
from django.db.models import Model

from rounds.changes import Edit
from rounds.models import Delegation, Member, Round, SearchEntry
from rounds.search.index import rebuild, reindex
from rounds.search.kinds import KIND_OF

Keys = dict[type[Model], set[int]]


def follow(edits: Collection[Edit], **kwargs: Any) -> None:
    """Write the entries that the edits concern, each once, and drop those of deleted objects."""
    saved: Keys = defaultdict(set)
    deleted: Keys = defaultdict(set)
    for edit in edits:
        (deleted if edit.is_deleted else saved)[edit.model].add(edit.key)
        saved[Round] |= edit.rounds
    for model, keys in deleted.items():
        _forget(model, keys)
        saved[model] |= keys  # a savepoint may have brought some of them back
    for model, keys in list(saved.items()):
        for other, others in _naming(model, keys):
            saved[other] |= others
            saved[Round] |= _rounds_of(other, others)
    for model, keys in saved.items():
        if keys and model in KIND_OF:
            reindex(KIND_OF[model], keys)
    _weigh_parts({edit.key for edit in edits if edit.model is Round})


def _naming(model: type[Model], keys: Collection[int]) -> Iterator[tuple[type[Model], set[int]]]:
    """The objects of other kinds that say what the objects of the model are called."""
    if model is Round:  # parts say its number by its address
        return
    for relation in model._meta.related_objects:
        if relation.one_to_many:
            other, key = relation.related_model, "pk"
            if other is Member:
                other, key = Delegation, "delegation"
            found = relation.related_model._base_manager.filter(
                **{f"{relation.field.name}__in": keys}
            )
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


def _forget(model: type[Model], keys: Collection[int]) -> None:
    if model is Round:
        SearchEntry.objects.filter(round__in=keys).delete()
    elif model in KIND_OF:
        SearchEntry.objects.filter(kind=KIND_OF[model].number, object_id__in=keys).delete()


def after_migrate(**kwargs: Any) -> None:
    """The rules of the index may have changed with the code."""
    if SearchEntry._meta.db_table in connection.introspection.table_names():
        rebuild()
