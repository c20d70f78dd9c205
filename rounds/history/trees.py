"""What belongs to an object: its parts, names and lists, those that are gone too."""

from functools import cache

from django.db.models import Model, Q

from rounds.models import Change
from rounds.triggers import parent_of, record_models


@cache
def branches() -> dict[type[Model], list[type[Model]]]:
    """The models whose objects belong to those of another, by that one."""
    found: dict[type[Model], list[type[Model]]] = {}
    for model in record_models():
        if field := parent_of(model):
            found.setdefault(field.related_model, []).append(model)
    return found


def belonging_to(model: type[Model], key: int) -> Q:
    """The condition on changes of an object or of something that belongs, or belonged, to it."""
    return Q(model=model._meta.label_lower, key=key) | _below(model, {key})


def told_of(model: type[Model], key: int) -> Q:
    """The same, and what was merged into the object."""
    merged = Q(model=model._meta.label_lower, parent=key, after__isnull=True)
    return belonging_to(model, key) if parent_of(model) else belonging_to(model, key) | merged


def _below(model: type[Model], keys: set[int]) -> Q:
    condition = Q(pk__in=())
    for branch in branches().get(model, ()):
        condition |= Q(model=branch._meta.label_lower, parent__in=keys)
        if branch in branches():
            condition |= _below(branch, _keys(branch, keys))
    return condition


def _keys(branch: type[Model], parents: set[int]) -> set[int]:
    """The keys of all that ever belonged to one of the parents."""
    changed = Change.objects.filter(model=branch._meta.label_lower, parent__in=parents)
    there = branch._base_manager.filter(**{f"{parent_of(branch).attname}__in": parents})
    return {*changed.values_list("key", flat=True), *there.values_list("pk", flat=True)}
