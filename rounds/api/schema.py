"""How the API is described: OpenAPI 3.1, made from the tables and the parameters."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiExample, OpenApiParameter

from rounds.api import keys
from rounds.api.parameters import (
    IN_GENERAL,
    LARGEST,
    PAGE_SIZE,
    About,
    schema_of,
    selection,
)
from rounds.exports.columns import BETWEEN, Kind
from rounds.exports.examples import example_of
from rounds.exports.tables import TABLES, Table


class Described(AutoSchema):
    """The description of a view of the API, which says itself what it is about."""

    def get_auth(self) -> list[dict[str, Any]]:
        return []  # no key

    def get_operation_id(self) -> str:
        return str(self.view.operation)

    def get_tags(self) -> list[str]:
        return [self.view.table.name] if hasattr(self.view, "table") else ["lists"]

    def get_summary(self) -> str:
        return str(self.view.summary())

    def get_description(self) -> str:
        return str(self.view.description())

    def get_request_serializer(self) -> None:
        return None

    def get_override_parameters(self) -> list[Any]:
        return list(self.view.described_parameters())

    def get_response_serializers(self) -> dict[int, Any]:
        return dict(self.view.answers())


def of_list(table: Table) -> Iterator[OpenApiParameter]:
    """The parameters of a list, described."""
    filters, about = selection(table)
    for name, one in filters.items():
        yield asked(name, about[name], schema_of(name, one))
    yield asked("modified_since", IN_GENERAL["modified_since"], {"type": "string"})
    sizes = {"page": (1, None), "page_size": (PAGE_SIZE, LARGEST)}
    for name, (default, most) in sizes.items():
        schema = {"type": "integer", "minimum": 1, "default": default}
        yield asked(name, IN_GENERAL[name], schema | ({"maximum": most} if most else {}))
    yield of_fields([column.name for column in table.columns])


def of_fields(names: list[str]) -> OpenApiParameter:
    """The parameter that says which fields are wanted."""
    items = {"type": "string", "enum": names}
    about = IN_GENERAL["fields"]._replace(example=names[:2])
    return asked("fields", about, {"type": "array", "items": items}, is_separated=True)


def asked(
    name: str, about: About, schema: dict[str, Any], *, is_separated: bool = False
) -> OpenApiParameter:
    """A parameter; what is separated has its values in one, by commas."""
    is_list = schema["type"] == "array"
    return OpenApiParameter(
        name,
        schema | {"examples": [about.example]},
        description=str(about.text),
        style="form" if is_list else None,
        explode=(not is_separated) if is_list else None,
    )


def of_keys(table: Table, route: tuple[keys.Step, ...]) -> Iterator[OpenApiParameter]:
    """The parts of the key of a record, which stand in its address."""
    columns = {column.name: column for column in table.columns}
    values = str(example_of(table, table.key_column)).split(BETWEEN)
    # The last part is not in the key where it is not known.
    values += [str(example_of(table, columns[step.name])) for step in route[len(values) :]]
    for step, value in zip(route, values[: len(route)], strict=True):
        schema: dict[str, Any] = {"type": "string", "minLength": 1}
        example: Any = value
        if step.kind is Kind.INTEGER:
            schema, example = {"type": "integer", "minimum": 0, "maximum": 9999}, int(value)
        yield OpenApiParameter(
            step.name,
            schema,
            OpenApiParameter.PATH,
            description=str(step.field.help_text or step.field.verbose_name),
            examples=[OpenApiExample(value, value=example)],
        )


def completed(result: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """Say of each kind of record what it is, where its operations stand together.

    Of the parts of an address there is one example, which forms are filled with.
    """
    operations = (one for path in result["paths"].values() for one in path.values())
    for parameter in (one for each in operations for one in each.get("parameters", ())):
        if examples := parameter.pop("examples", None):
            parameter["example"] = next(iter(examples.values()))["value"]
    about = [{"name": one.name, "description": one.about} for one in TABLES]
    result["tags"] = [{"name": "lists", "description": gettext("What there is.")}, *about]
    return result
