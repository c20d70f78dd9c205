"""What changed since a moment, by the rows that the triggers of the database keep.

An object has changed when its own row, its lists, its names or its parts have; a fact also when
its round was published since, as readers see it since then; and what facts refer to, such as a
topic or a source, when a fact that everybody may see has changed that refers to it: so it may be
public since then. More may be given than changed, never less. Nothing is told of drafts: they
count where everybody sees the object anyway.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q, QuerySet

from rounds import editions
from rounds.access import PUBLISHED, references, seen_by
from rounds.models import Change, Round
from rounds.triggers import parent_of, record_models


def modified_since(objects: QuerySet[Any], moment: datetime) -> QuerySet[Any]:
    """Those that changed at that moment or later.

    What was there before the first change that is kept has no history: asked for a moment
    before that, all are given.
    """
    first = Change.objects.order_by("pk").values_list("at", flat=True).first()
    if moment <= (first or editions.current().changed_at):
        return objects
    # SQLite compares moments as texts, of which the triggers write another number of digits.
    return objects.filter(_changed(objects.model, moment.replace(microsecond=0)))


def _changed(model: type[Model], moment: datetime, *, with_parts: bool = True) -> Q:
    condition = _edited(model, moment) if with_parts else _edited_itself(model, moment)
    if path := getattr(model, "path_to_round", "") or getattr(model, "public_with", ""):
        condition |= Q(**{f"{path}__in": _published(moment)})
    for keys in _referring(model, moment):
        condition |= Q(pk__in=keys)
    return condition


def _edited(model: type[Model], moment: datetime) -> Q:
    """The condition on what has changed itself or in its parts."""
    condition = _edited_itself(model, moment, below=_below(model))
    for part in filter(_below, _below(model)):
        parts = part._base_manager.order_by().filter(_edited(part, moment))
        condition |= Q(pk__in=parts.values(parent_of(part).attname))
    return condition


def _edited_itself(
    model: type[Model], moment: datetime, below: Iterable[type[Model]] | None = None
) -> Q:
    """The condition on what has changed in its own row or in one below, by itself of its lists."""
    changes = _changes(moment)
    lists = [one for one in _below(model) if one._meta.auto_created]
    labels = [_label(one) for one in (lists if below is None else below)]
    condition = Q(pk__in=changes.filter(model=_label(model)).values("key"))
    return condition | Q(pk__in=changes.filter(model__in=labels).values("parent"))


def _changes(moment: datetime) -> QuerySet[Change]:
    return Change.objects.order_by().filter(at__gte=moment)


def _published(moment: datetime) -> QuerySet[Any, Any]:
    """The keys of the rounds that became public."""
    published = _changes(moment).filter(model=_label(Round), after__publication=PUBLISHED)
    return published.exclude(before__publication=PUBLISHED).values("key")


def _referring(model: type[Model], moment: datetime) -> Iterator[QuerySet[Any, Any]]:
    """The keys of what is referred to by something public that has changed."""
    if getattr(model, "path_to_round", None) is not None:
        return  # facts refer to facts as parts do
    for relation in references(model):
        other, field = relation.related_model, relation.field
        rows = seen_by(AnonymousUser(), other._base_manager.order_by())
        rows = rows.filter(_changed(other, moment, with_parts=False))
        if relation.many_to_many:
            rows = relation.through._base_manager.order_by().filter(
                **{f"{field.m2m_field_name()}__in": rows.values("pk")}
            )
            yield rows.values(field.m2m_reverse_field_name())
        else:
            yield rows.filter(**{f"{field.name}__isnull": False}).values(field.attname)


@cache
def _below(model: type[Model]) -> tuple[type[Model], ...]:
    """The models whose rows belong to objects of the model: parts, lists and names."""
    return tuple(
        one
        for one in record_models()
        if (field := parent_of(one)) is not None and field.related_model is model
    )


def _label(model: type[Model]) -> str:
    return model._meta.label_lower
