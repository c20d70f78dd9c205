"""Who changed what, by the log of the admin."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q

from rounds.admin.opened.conflicts import Conflict
from rounds.admin.opened.stored import Key, key_of
from rounds.wording.clock import clock


def name_authors(conflicts: Sequence[Conflict], one: Model, since: datetime) -> None:
    """Give conflicts who did it and when, as far as the log tells.

    ``one`` is the object whose page it is. Parts are logged with the object on whose page they
    were changed.
    """
    keys = {key_of(one), *(conflict.key for conflict in conflicts)}
    entries = list(
        LogEntry.objects.filter(about(keys), action_time__gte=since)
        .select_related("user")
        .order_by("-action_time")
    )
    authors = {entry.user_id for entry in entries}
    for conflict in conflicts:
        found = [entry for entry in entries if tells_of(entry, conflict)]
        if not found and len(authors) == 1:
            found = entries
        if found:
            conflict.who, conflict.when = called(found[0].user), clock(found[0].action_time)


def called(user: AbstractBaseUser) -> str:
    """What colleagues know a user by."""
    full: str = getattr(user, "get_full_name", str)()
    return full or user.get_username()


def about(keys: set[Key]) -> Q:
    """The condition on entries of the log about one of the objects."""
    found = Q()
    for label in {label for label, _pk in keys}:
        kind = ContentType.objects.get_for_model(apps.get_model(label))
        found |= Q(content_type=kind, object_id__in=[pk for one, pk in keys if one == label])
    return found


def tells_of(entry: LogEntry, conflict: Conflict) -> bool:
    """Whether an entry tells of what a conflict is about: of the row itself, or of a part."""
    label, pk = conflict.key
    kind = apps.get_model(label)
    kind_of_entry = ContentType.objects.get_for_id(entry.content_type_id or 0).model_class()
    is_itself = kind_of_entry is kind and entry.object_id == pk
    named = {one.name.casefold() for one in conflict.differences}
    for told in _told(entry):
        fields = {str(name).casefold() for name in told.get("fields", ())}
        if "name" not in told:
            if is_itself and (not fields or fields & named):
                return True
        elif (
            told["name"] == str(kind._meta.verbose_name)
            and str(told.get("object")) in conflict.place
        ):
            return True
    return False


def _told(entry: LogEntry) -> Iterator[dict[str, Any]]:
    """What an entry says was changed, added and deleted."""
    try:
        parts = json.loads(entry.change_message)
    except ValueError:
        parts = []
    found = [one for part in parts if isinstance(part, dict) for one in part.values()]
    yield from ([one for one in found if isinstance(one, dict)] or [{}])
