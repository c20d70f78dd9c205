"""What somebody did at once, and who: the rows that the triggers keep, signed.

The admin says who works for as long as a request lasts; what is done in one transaction then is
one revision. Rows that came and went in it, or are again as they were, are no part of it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Max
from django.dispatch import Signal

from rounds.models import Change, Edition, Revision

Row = tuple[Any, ...]


@dataclass
class Signature:
    """Who works, and how; ``since`` is the last row that somebody else wrote."""

    user: User | None
    comment: str
    since: int = 0
    reason: str = ""
    is_typo: bool = False
    revision: Revision | None = None
    is_told: bool = False  # readers see what is changed
    lacks_reason: bool = False


# Sent with a revision, its changes and its signature, within its transaction; again, with
# ``has_grown``, when there are more.
signed = Signal()

_signature: ContextVar[Signature | None] = ContextVar("signature", default=None)


@contextmanager
def signed_by(user: User) -> Iterator[None]:
    """Whatever is edited meanwhile is signed by the user."""
    token = _signature.set(Signature(user, "", _last()))
    try:
        yield
    finally:
        _signature.reset(token)


@contextmanager
def as_one(comment: str) -> Iterator[None]:
    """What is edited within this transaction is a revision of its own.

    Of what nobody says who did it or how, as a command that fills the record, there is none.
    """
    outer = _signature.get()
    if outer is None and not comment:
        yield
        return
    user = outer.user if outer else None
    token = _signature.set(Signature(user, comment or (outer.comment if outer else ""), _last()))
    try:
        yield
    finally:
        _signature.reset(token)


def current() -> Signature | None:
    """By whom and how what is edited now is signed."""
    return _signature.get()


def give_reason(reason: str, *, is_typo: bool = False) -> None:
    """Say why what is edited in this transaction is changed; readers are told, if it is public."""
    if signature := _signature.get():
        signature.reason, signature.is_typo = reason, is_typo


def _last() -> int:
    return Change.objects.aggregate(last=Max("pk"))["last"] or 0


def sign(**kwargs: Any) -> None:
    """Put the rows that were written in this transaction into the revision."""
    signature = _signature.get()
    if signature is None:
        return
    rows = Change.objects.filter(revision=None, pk__gt=signature.since)
    if connection.vendor == "postgresql":  # where others may have written meanwhile
        rows = rows.filter(edition__in=Edition.objects.values("number"))
    changes = list(rows)
    if not changes:
        return
    revision, has_grown = signature.revision, signature.revision is not None
    if revision and Revision.objects.filter(pk=revision.pk).exists():
        changes = [*revision.changes.all(), *changes]
    else:
        revision = _new(signature)
    left = merged(changes)
    kept = {one.pk for one in left}
    Change.objects.filter(pk__in=[one.pk for one in changes if one.pk not in kept]).delete()
    Change.objects.filter(pk__in=kept).update(revision=revision)
    for one in left:
        if one.is_merged:  # type: ignore[attr-defined]
            one.save(update_fields=["after", "parent"])
    if left:
        signature.revision = revision
        told = {"changes": left, "signature": signature, "has_grown": has_grown}
        signed.send(sender=None, revision=revision, **told)
    else:
        revision.delete()
        signature.revision = None


def forget_beginning() -> None:
    """Forget what was added past the site, once a first record is there: it has no history yet."""
    Change.objects.filter(revision=None)._raw_delete(DEFAULT_DB_ALIAS)


def _new(signature: Signature) -> Revision:
    user = signature.user
    name = user.get_username() if user else ""
    return Revision.objects.create(user=user, name=name, comment=signature.comment)


def merged(changes: list[Change]) -> list[Change]:
    """One change for each row, from what it was at first to what it is at last.

    Those that come to nothing are left out. ``is_merged`` are those that now say otherwise than
    they are stored.
    """
    by_row: dict[Row, list[Change]] = {}
    for one in changes:
        by_row.setdefault(identity(one), []).append(one)
    found = []
    for some in by_row.values():
        kept, last = some[0], some[-1]
        kept.is_merged = len(some) > 1  # type: ignore[attr-defined]
        if kept.is_merged:  # type: ignore[attr-defined]
            kept.after, kept.parent = last.after, last.parent
        if not is_same(kept.before, kept.after, kept.model):
            found.append(kept)
    return found


def identity(change: Change) -> Row:
    """What tells a row from others: its key, or what it links, as it may come again."""
    model = apps.get_model(change.model)
    if not model._meta.auto_created:
        return (change.model, change.key)
    row: Any = change.before or change.after
    return (change.model, *content_of_link(row))


def content_of_link(row: dict[str, Any]) -> Row:
    return tuple(sorted((name, value) for name, value in row.items() if name != "id"))


def is_same(before: Any, after: Any, model: str) -> bool:
    """Whether two states of a row say the same."""
    if before and after and apps.get_model(model)._meta.auto_created:
        return content_of_link(before) == content_of_link(after)
    return bool(before == after)
