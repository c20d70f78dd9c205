"""What is stored of an object and of its rows, as plain texts that can be compared."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django.db.models import Model
from django.forms.models import _get_foreign_key
from django.http import HttpRequest

Key = tuple[str, str]  # label of the model, and primary key
MANY = ","


class Row(NamedTuple):
    """A stored object with its values as plain texts, and the key of the row that it is in."""

    one: Model
    values: dict[str, str]
    above: Key | None


class Branch(NamedTuple):
    """Rows of a kind on the page of another object: their model, the field to it, their own."""

    model: type[Model]
    to_parent: Any
    branches: "list[Branch]"


def key_of(one: Model) -> Key:
    return one._meta.label_lower, str(one.pk)


def plain(value: Any) -> str:
    """A value as a text; the same for a stored one and for one that was entered."""
    if value is None:
        return ""
    if isinstance(value, Model):
        return str(value.pk)
    if not isinstance(value, str) and isinstance(value, Iterable):
        return MANY.join(sorted({plain(one) for one in value}))
    return "\n".join(str(value).strip().splitlines())


def fields_of(model: type[Model], to_parent: Any = None) -> Iterator[Any]:
    """What an editor may change of an object, but not where it belongs."""
    for field in model._meta.concrete_fields:
        if field.editable and not field.primary_key and field is not to_parent:
            yield field
    for field in model._meta.many_to_many:
        if field.remote_field.through._meta.auto_created:  # type: ignore[union-attr]
            yield field


def branches_of(model: type[Model], inlines: Iterable[Any], request: HttpRequest) -> list[Branch]:
    """The kinds of rows that inlines show on the page of a model's object."""
    found = []
    for inline in inlines:
        below = inline.get_inline_instances(request) if getattr(inline, "inlines", ()) else ()
        to_parent = _get_foreign_key(model, inline.model, fk_name=inline.fk_name)
        found.append(Branch(inline.model, to_parent, branches_of(inline.model, below, request)))
    return found


def rows_of(one: Model, branches: Iterable[Branch]) -> dict[Key, Row]:
    """An object, none if it is gone, and all rows on its page as they are stored now."""
    kept = type(one)._base_manager.filter(pk=one.pk)
    return dict(_read(list(kept), None, branches))


def _read(some: list[Any], to_parent: Any, branches: Iterable[Branch]) -> Iterator[tuple[Key, Row]]:
    if not some:
        return
    model = type(some[0])
    values = values_of(model, some, to_parent)
    for one in some:
        above = None
        if to_parent:
            parent = to_parent.remote_field.model._meta.label_lower
            above = (parent, str(getattr(one, to_parent.attname)))
        yield key_of(one), Row(one, values[one.pk], above)
    keys = [one.pk for one in some]
    for branch in branches:
        below = branch.model._base_manager.filter(**{f"{branch.to_parent.name}__in": keys})
        yield from _read(list(below), branch.to_parent, branch.branches)


def values_of(
    model: type[Model], some: Iterable[Any], to_parent: Any
) -> Mapping[Any, dict[str, str]]:
    """The values of objects by their primary keys; one query for each relation to many."""
    found: dict[Any, dict[str, str]] = {one.pk: {} for one in some}
    for field in fields_of(model, to_parent):
        if field.many_to_many:
            owner, other = field.m2m_column_name(), field.m2m_reverse_name()
            pairs = field.remote_field.through._base_manager.filter(
                **{f"{field.m2m_field_name()}__in": list(found)}
            ).values_list(owner, other)
            many: dict[Any, list[Any]] = {key: [] for key in found}
            for key, value in pairs:
                many[key].append(value)
            for key, values in many.items():
                found[key][field.name] = plain(values)
        else:
            for one in some:
                found[one.pk][field.name] = plain(getattr(one, field.attname))
    return found
