"""What a value is, as its field in the model says: its type, its limits, what it is without."""

from datetime import date
from functools import cache
from typing import Any, NamedTuple

from django.core import validators
from django.db import models
from django_countries.fields import CountryField

from rounds.desk.sheets.shape import Shape, Value

KEYS = ("slug", "number")  # fields by which something is referred to


def key_of(model: type[models.Model]) -> str:
    """The field by which objects of the model are referred to."""
    names = {one.name for one in model._meta.fields}
    return next(name for name in KEYS if name in names)


class Field(NamedTuple):
    """A value of a shape with its field."""

    value: Value
    field: Any

    @property
    def target(self) -> type[models.Model] | None:
        """The model that it refers to."""
        return self.field.related_model

    @property
    def is_list(self) -> bool:
        return self.field.many_to_many

    @property
    def empty(self) -> Any:
        """What stands where there is nothing."""
        if self.is_list:
            return []
        if self.field.null:
            return None
        return self.default if self.field.has_default() else ""

    @property
    def default(self) -> Any:
        """What the model has for it unless it is told; None where it has nothing."""
        return self.field.get_default() if self.field.has_default() else None

    @property
    def when_new(self) -> Any:
        """What a new object gets where it is left out."""
        return self.empty if self.value.absent is None else self.value.absent

    @property
    def means_default(self) -> bool:
        """Whether leaving it out means the default, not that nothing is said of it."""
        return self.field.has_default() and not self.value.is_kept

    @property
    def is_required(self) -> bool:
        return not (self.field.blank or self.field.null or self.field.has_default())

    def read(self, stored: Any) -> Any:
        """What the database has, as a sheet says it."""
        if isinstance(stored, date):
            return stored.isoformat()
        if self.value.by_name:
            return _names(self.value).get(stored, stored)
        if isinstance(self.field, CountryField):
            return str(stored or "")
        return stored

    def stored(self, written: Any) -> Any:
        """What a sheet says, as the model has it."""
        if self.value.by_name:
            written = self.value.by_name().get(written, written)
        return self.field.to_python(written)

    def normal(self, written: Any) -> Any:
        """What a sheet says, without the ways of writing that mean the same."""
        if written is None:
            return self.empty
        if isinstance(self.field, models.CharField | models.TextField):
            return str(written).strip()
        return written

    def schema(self) -> dict[str, Any]:
        found = _type(self)
        if self.field.null or (self.field.blank and not self.is_list):
            found = _or_null(found)
        return found | {"description": self.value.about or str(self.field.help_text)}


@cache
def _names(value: Value) -> dict[str, str]:
    assert value.by_name  # noqa: S101
    return {code: name for name, code in value.by_name().items()}


def fields_of(shape: Shape) -> dict[str, Field]:
    """The fields of a shape by their keys."""
    return _fields(shape)


@cache
def _fields(shape: Shape) -> dict[str, Field]:
    return {
        key: Field(value, shape.model._meta.get_field(value.field_name))
        for key, value in shape.values.items()
    }


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    if "enum" in schema:
        return schema | {"enum": [*schema["enum"], None]}
    types = schema["type"]
    return schema | {"type": [*([types] if isinstance(types, str) else types), "null"]}


def _type(one: Field) -> dict[str, Any]:
    field = one.field
    if one.is_list:
        least = {} if field.blank else {"minItems": 1}
        return {"type": "array", "items": _reference(field), "uniqueItems": True} | least
    if field.related_model:
        return _reference(field)
    if one.value.by_name:
        return {"enum": list(one.value.by_name())}
    if isinstance(field, CountryField):
        return {"type": "string", "pattern": "^[A-Z]{2}$"}
    if field.choices:
        return {"enum": [choice for choice, _label in field.choices]}
    return _plain(field)


def _reference(field: Any) -> dict[str, Any]:
    target = field.related_model
    key = target._meta.get_field(key_of(target))
    return {"type": "integer"} if isinstance(key, models.IntegerField) else {"type": "string"}


def _plain(field: Any) -> dict[str, Any]:
    if isinstance(field, models.BooleanField):
        return {"type": "boolean"}
    if isinstance(field, models.DateField):
        return {"type": "string", "format": "date"}
    if isinstance(field, models.IntegerField):
        limits = {
            validators.MinValueValidator: "minimum",
            validators.MaxValueValidator: "maximum",
        }
        # Of those that the model names: Django adds what fits into the database at hand.
        named = vars(field)["_validators"]
        found = {limits[type(one)]: one.limit_value for one in named if type(one) in limits}
        return {"type": "integer", "minimum": 0} | found
    text: dict[str, Any] = {"type": ["string", "integer"]}
    if field.max_length:
        text["maxLength"] = field.max_length
    if isinstance(field, models.SlugField):
        text = {**text, "type": "string", "pattern": "^[-a-zA-Z0-9_]+$"}
    if not field.blank:
        text["minLength"] = 1
    return text
