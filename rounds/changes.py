"""The record was edited.

What was edited stands in ``PendingChange``, whatever did it (see rounds.triggers). Edits by way
of the models are told at once: whoever follows them connects to ``happened``, which is sent
within their transaction.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import Signal

from rounds.revisions import as_one
from rounds.triggers import record_models

happened = Signal()

_are_together: ContextVar[bool] = ContextVar("are_together", default=False)


@contextmanager
def together(comment: str = "") -> Iterator[None]:
    """Many edits in one transaction, which are followed at its end: that is faster.

    In the history they are one revision; the comment says how they came about.
    """
    if _are_together.get():
        yield
        return
    token = _are_together.set(True)
    try:
        with transaction.atomic(), as_one(comment):
            yield
            happened.send(sender=None)
    finally:
        _are_together.reset(token)


def _edited(**kwargs: Any) -> None:
    if not _are_together.get():
        happened.send(sender=None)


def _deleted(instance: Model, origin: Model | QuerySet[Any], **kwargs: Any) -> None:
    """What goes along with another object is followed with that, which goes last."""
    if isinstance(instance, origin.model if isinstance(origin, QuerySet) else type(origin)):
        _edited()


def watch() -> None:
    """Hear of every save and delete from now on; the app config calls this once."""
    for model in record_models():
        post_save.connect(_edited, sender=model)
        post_delete.connect(_deleted, sender=model)
        for field in model._meta.many_to_many:
            m2m_changed.connect(_edited, sender=field.remote_field.through)
