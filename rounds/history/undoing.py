"""Back to what an object was, with all that belongs to it; and back what was deleted.

Rows that differ are taken away and written as they were, so two that changed places are in
nobody's way.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.contrib.auth import get_permission_codename
from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, IntegrityError, connection, transaction
from django.db.models import Model, Q
from django.utils.text import capfirst
from django.utils.translation import gettext

from rounds.access import PUBLISH, PUBLISHED, Visitor, has_page, public
from rounds.changes import together
from rounds.history.things import Things, made
from rounds.history.trees import belonging_to
from rounds.models import Change
from rounds.old_addresses import addressed_models, note
from rounds.revisions import content_of_link, is_same, merged
from rounds.triggers import parent_of, record_models

# Who publishes looks at the whole; what an object said before is no reason to.
STAYING = {"publication"}
MOMENT = timedelta(seconds=1)


class RefusedError(Exception):
    """What was cannot be again; a sentence on each reason."""

    def __init__(self, reasons: list[str]) -> None:
        self.reasons = reasons
        super().__init__(" ".join(reasons))


def back_to(model: type[Model], key: int, until: int) -> list[Change]:
    """What to change so that the object is as it was after that row of the history."""
    later = Change.objects.filter(belonging_to(model, key), pk__gt=until).order_by("-pk")
    return [one for one in merged([_inverse(row) for row in later]) if _differs(one)]


def _inverse(row: Change) -> Change:
    return Change(
        model=row.model, key=row.key, parent=row.parent, before=row.after, after=row.before
    )


def _differs(change: Change) -> bool:
    """Whether something is left to change, once what stays is put in its place."""
    if change.before and change.after:
        for field in apps.get_model(change.model)._meta.concrete_fields:
            stays = field.name in STAYING or not (field.editable or field.primary_key)
            if stays and field.column in change.before:
                change.after[field.column] = change.before[field.column]
    return not is_same(change.before, change.after, change.model)


def deletions() -> list[Change]:
    """What was deleted and is not there, the last first; not what comes back with another."""
    found: list[Change] = []
    for model in record_models():
        if model._meta.auto_created:
            continue
        label, parent = model._meta.label_lower, parent_of(model)
        rows = Change.objects.filter(model=label, after__isnull=True)
        rows = rows.exclude(key__in=model._base_manager.values("pk"))
        if parent:
            rows = rows.filter(parent__in=parent.related_model._base_manager.values("pk"))
        last = {row.key: row for row in rows.select_related("revision").order_by("pk")}
        found += last.values()
    return sorted(found, key=lambda row: -row.pk)


def with_what_went(change: Change) -> list[Change]:
    """What to do so that something deleted is there again, with all that went with it.

    What referred to it then, and was led to something else at the same time, does so again.
    """
    together_with = Q(revision=change.revision_id)
    if change.revision_id is None:  # past the site: what was deleted in that moment
        moment = (change.at - MOMENT, change.at + MOMENT)
        together_with = Q(revision=None, at__range=moment)
    rows = list(Change.objects.filter(together_with, before__isnull=False).order_by("pk"))
    back = {(change.model, change.key): change}
    grows = True
    while grows:
        grows = False
        for row in rows:
            is_new = (row.model, row.key) not in back
            if is_new and any(one in back for one in _lost(row).values()):
                back[row.model, row.key] = row
                grows = True
    return [one for row in back.values() if (one := _undone(row))]


def _undone(row: Change) -> Change | None:
    """The way back from a change, unless there is nothing to do, or something came after it."""
    last = Change.objects.filter(model=row.model, key=row.key).latest("pk")
    if row.after is None:
        return _inverse(row) if last.after is None else None
    if last.after is None or any(last.after[name] != row.after[name] for name in _lost(row)):
        return None
    before = row.before or {}
    after = last.after | {name: before[name] for name in _lost(row)}
    return Change(model=row.model, key=row.key, parent=row.parent, before=last.after, after=after)


def _lost(row: Change) -> dict[str, tuple[str, Any]]:
    """What a row referred to before the change and not after it, by column: model and key."""
    before, after = row.before or {}, row.after or {}
    model = apps.get_model(row.model)
    return {
        name: one for name, one in references(model, before).items() if after.get(name) != one[1]
    }


def references(model: type[Model], row: dict[str, Any]) -> dict[str, tuple[str, Any]]:
    """What a row of the table refers to, by column: model and key."""
    return {
        str(field.column): (field.related_model._meta.label_lower, row[str(field.column)])
        for field in model._meta.concrete_fields
        if field.related_model and row.get(str(field.column)) is not None
    }


def may(user: Visitor, changes: Iterable[Change]) -> bool:
    """Whether the user may do all of this; a list is changed with its owner."""
    wanted = set()
    for one in changes:
        model = apps.get_model(one.model)
        owner: Any = model._meta.auto_created
        action = "change"
        if not owner and not (one.before and one.after):
            action = "delete" if one.before else "add"
        options = (owner or model)._meta
        wanted.add(f"{options.app_label}.{get_permission_codename(action, options)}")
        if action == "add" and one.after and one.after.get("publication") == PUBLISHED:
            wanted.add(PUBLISH)
        # As elsewhere, pages that everybody may see go by who publishes alone.
        seen = model._base_manager.filter(public(model), pk=one.key)
        if action == "delete" and has_page(model) and seen.exists():
            wanted.add(PUBLISH)
    return user.has_perms(wanted)


def missing(changes: Iterable[Change]) -> list[str]:
    """A sentence on each thing that what is to be refers to, and that is gone."""
    changes = list(changes)
    coming = {(one.model, one.key) for one in changes if one.after}
    going = {(one.model, one.key) for one in changes if not one.after}
    wanted: dict[str, set[int]] = defaultdict(set)
    for one in changes:
        if one.after:
            for label, key in references(apps.get_model(one.model), one.after).values():
                if (label, key) not in coming:
                    wanted[label].add(key)
    sentences, things = [], Things()
    for label, keys in wanted.items():
        model = apps.get_model(label)
        there = set(model._base_manager.filter(pk__in=keys).values_list("pk", flat=True))
        lost = {key for key in keys if key not in there or (label, key) in going}
        for key in sorted(lost):
            sentence = gettext("%(kind)s “%(name)s” is gone. Bring it back first.")
            kind = capfirst(str(model._meta.verbose_name))
            sentences.append(sentence % {"kind": kind, "name": things.name(model, key)})
    return sentences


def write(changes: list[Change], comment: str) -> None:
    """Do it, all of it; raises ``RefusedError`` where something stands in the way."""
    if lost := missing(changes):
        raise RefusedError(lost)
    try:
        with together(comment), transaction.atomic():  # so that the reasons can be looked up
            _write(changes)
            tables = {apps.get_model(one.model)._meta.db_table for one in changes}
            connection.check_constraints(sorted(tables))
    except IntegrityError as error:
        raise RefusedError(list(_in_the_way(changes)) or [str(error)]) from error


def _write(changes: list[Change]) -> None:
    by_model: dict[type[Model], list[Change]] = defaultdict(list)
    for one in changes:
        by_model[apps.get_model(one.model)].append(one)
    renamed = list(_renamed(by_model))
    for model, some in by_model.items():
        keys = [one.before["id"] for one in some if one.before]
        model._base_manager.filter(pk__in=keys)._raw_delete(DEFAULT_DB_ALIAS)
    for model, some in by_model.items():
        rows = [one.after for one in some if one.after]
        if model._meta.auto_created:
            rows = list(_new_links(model, rows))
        model._base_manager.bulk_create([made(model, row) for row in rows])
    for model, key, before, after in renamed:
        note(model, key, before, after)


def _new_links(model: type[Model], rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The rows of a table between two that are not there, without the keys that they had."""
    for row in rows:
        content = dict(content_of_link(row))
        if not model._base_manager.filter(**content).exists():
            yield content


def _renamed(by_model: dict[type[Model], list[Change]]) -> Iterator[tuple[Any, int, Any, Any]]:
    """What is public under a slug or number that it gives up."""
    for model, field in addressed_models().items():
        other = {
            one.key: (one.before[field], one.after[field])
            for one in by_model.get(model, ())
            if one.before and one.after and one.before[field] != one.after[field]
        }
        seen = model._base_manager.filter(public(model), pk__in=other)
        for key in seen.values_list("pk", flat=True) if other else ():
            yield model, key, *other[key]


def _in_the_way(changes: Iterable[Change]) -> Iterator[str]:
    """Why the objects may not be as they were."""
    for one in changes:
        model = apps.get_model(one.model)
        if one.after and not model._meta.auto_created:
            thing = made(model, one.after)
            thing._state.adding = one.before is None
            try:
                thing.validate_unique()
                thing.validate_constraints()
            except ValidationError as error:
                kind = capfirst(str(model._meta.verbose_name))
                name = Things().name(model, one.key)
                yield f"{kind} “{name}”: {' '.join(error.messages)}"
