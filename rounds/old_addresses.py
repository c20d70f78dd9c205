"""What was public under another slug or number: where it is now.

An address that was given out is cited, so it leads on for as long as its object is there.
Whatever has the address now comes before what had it.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db.models import Model, QuerySet
from django.db.models.signals import post_save, pre_save

from rounds.access import public
from rounds.models import FACTS, OldAddress, Round
from rounds.sources.models import Source
from rounds.wording.signs import storable

_FORMER = "_former_key"  # of an object that is being saved


@cache
def addressed_models() -> dict[type[Model], str]:
    """The models whose objects have an address of their own, each with the field that is in it."""
    models: list[type[Model]] = [*FACTS, Source]
    return {model: field for model in models if (field := _key_of(model))}


def _key_of(model: type[Model]) -> str:
    if model is Round:
        return "number"
    return "slug" if any(field.name == "slug" for field in model._meta.fields) else ""


def renewed(objects: QuerySet[Any], keys: Iterable[Any]) -> dict[str, str]:
    """For each key that was an object's, and is none's now, the one which that object has."""
    model = objects.model
    rows = OldAddress.objects.filter(
        model=model._meta.label_lower, key__in={storable(str(key)) for key in keys}
    )
    leads = dict(rows.values_list("key", "object_id"))
    if not leads:
        return {}
    field = addressed_models()[model]
    taken = objects.filter(**{f"{field}__in": list(leads)}).values_list(field, flat=True)
    for key in map(str, taken):
        del leads[key]
    now = dict(objects.filter(pk__in=leads.values()).values_list("pk", field))
    return {key: str(now[pk]) for key, pk in leads.items() if pk in now}


def former_keys(objects: Iterable[Model]) -> dict[int, list[str]]:
    """The keys that objects of one model had, by their primary keys; none that is in use again."""
    found: dict[int, list[str]] = {}
    by_key = {one.pk: one for one in objects}
    if not by_key:
        return found
    model = type(next(iter(by_key.values())))
    field = addressed_models()[model]
    taken = {str(getattr(one, field)) for one in by_key.values()}
    rows = OldAddress.objects.filter(model=model._meta.label_lower, object_id__in=by_key)
    for old in rows:
        if old.key not in taken:
            found.setdefault(old.object_id, []).append(old.key)
    return found


def lead(model: type[Model], key: Any, pk: int) -> None:
    """From now on let that slug or number lead to the object with that primary key."""
    OldAddress.objects.update_or_create(
        model=model._meta.label_lower, key=str(key), defaults={"object_id": pk}
    )


def lead_all(model: type[Model], former: int, pk: int) -> None:
    """Let all that led to one object lead to another."""
    rows = OldAddress.objects.filter(model=model._meta.label_lower, object_id=former)
    rows.update(object_id=pk)


def note(model: type[Model], pk: int, before: Any, after: Any) -> None:
    """Let the key that an object had before lead to it, and not what it has now."""
    lead(model, before, pk)
    OldAddress.objects.filter(model=model._meta.label_lower, key=str(after), object_id=pk).delete()


def forget_lost() -> None:
    """Forget what leads to objects that are gone, before others get their primary keys."""
    for model in addressed_models():
        rows = OldAddress.objects.filter(model=model._meta.label_lower)
        rows.exclude(object_id__in=model._base_manager.values("pk")).delete()


def _compare(
    sender: type[Model],
    instance: Model,
    raw: bool = False,
    update_fields: Iterable[str] | None = None,
    **kwargs: Any,
) -> None:
    """See whether what is to be saved gives up a key under which it is public."""
    field = addressed_models()[sender]
    if raw or instance.pk is None or (update_fields is not None and field not in update_fields):
        return
    stored = sender._base_manager.filter(pk=instance.pk)
    before = stored.values_list(field, flat=True).first()
    is_other = before is not None and before != getattr(instance, field)
    if is_other and stored.filter(public(sender)).exists():
        setattr(instance, _FORMER, before)


def _note(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    before = instance.__dict__.pop(_FORMER, None)
    if before is not None:
        note(sender, instance.pk, before, getattr(instance, addressed_models()[sender]))


def watch() -> None:
    """Note from now on which keys are given up; the app config calls this once."""
    for model in addressed_models():
        pre_save.connect(_compare, sender=model)
        post_save.connect(_note, sender=model)
