"""An edit happened: which objects were saved or deleted, and at which rounds.

Whoever follows edits connects to ``happened``, which is sent within their transaction.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Model, QuerySet
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.dispatch import Signal

from rounds.models import FACTS, Delegation, Member, Round
from rounds.sources.models import Source

FOLLOWED: tuple[type[Model], ...] = (*FACTS, Member, Source)

happened = Signal()  # sent with ``edits``, a list of them


class Edit(NamedTuple):
    """One object that was saved or deleted.

    ``rounds`` are the keys of the rounds that it belongs to, or belonged to before.
    """

    model: type[Model]
    key: int
    rounds: frozenset[int]
    is_deleted: bool = False


# The edits within ``together``, each once and in order; None outside of it.
waiting: ContextVar[dict[Edit, None] | None] = ContextVar("waiting", default=None)


@contextmanager
def together() -> Iterator[None]:
    """Many edits in one transaction, which are followed at its end: that is faster."""
    if waiting.get() is not None:
        yield
        return
    edits: dict[Edit, None] = {}
    token = waiting.set(edits)
    try:
        with transaction.atomic():
            yield
            _send(edits)
    finally:
        waiting.reset(token)


def _send(edits: Iterable[Edit]) -> None:
    happened.send(sender=None, edits=list(edits))


def _note(edits: Iterable[Edit]) -> None:
    """Tell of edits: at once, or at the end of ``together``."""
    found = waiting.get()
    if found is None:
        with transaction.atomic():
            _send(edits)
    else:
        found.update(dict.fromkeys(edits))


def _edit(thing: Any, *, is_deleted: bool = False) -> Edit:
    """The edit of an object as it is. That of a member is one of its delegation."""
    model = type(thing)
    if isinstance(thing, Member):
        delegation = Delegation._base_manager.filter(pk=thing.delegation_id)
        return Edit(Delegation, thing.delegation_id, _keys(delegation.values_list("round")))
    path = getattr(model, "path_to_round", None)
    if path is None:
        rounds: frozenset[int] = frozenset()
    elif "__" in path:
        rounds = _keys(model._base_manager.filter(pk=thing.pk).values_list(path))
    else:
        rounds = frozenset([getattr(thing, f"{path}_id") if path else thing.pk])
    return Edit(model, thing.pk, rounds, is_deleted)


def _keys(rows: QuerySet[Any, Any]) -> frozenset[int]:
    return frozenset(row[0] for row in rows)


def _before_save(instance: Any, **kwargs: Any) -> None:
    """Remember to what a part belongs so far, which it may be about to leave."""
    instance._left = None
    if not instance._state.adding and getattr(instance, "path_to_round", None):
        stored = type(instance)._base_manager.filter(pk=instance.pk).first()
        instance._left = stored and _edit(stored)


def _after_save(instance: Any, **kwargs: Any) -> None:
    _note(edit for edit in (instance._left, _edit(instance)) if edit)


def _before_delete(instance: Any, **kwargs: Any) -> None:
    instance._left = _edit(instance, is_deleted=True)


def _after_delete(instance: Any, origin: Any, **kwargs: Any) -> None:
    """Tell of it; of what goes with its round only where other edits of it may wait."""
    deleted = origin.model if isinstance(origin, QuerySet) else type(origin)
    goes_along = deleted is Round and not isinstance(instance, Round)
    if not goes_along or waiting.get() is not None:
        _note([instance._left])


def watch() -> None:
    """Hear of every save and delete from now on; the app config calls this once."""
    for model in FOLLOWED:
        pre_save.connect(_before_save, sender=model)
        post_save.connect(_after_save, sender=model)
        pre_delete.connect(_before_delete, sender=model)
        post_delete.connect(_after_delete, sender=model)
