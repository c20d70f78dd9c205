"""The shapes of the API's answers, made from the columns of the tables."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from drf_spectacular.drainage import set_override
from rest_framework import serializers

from rounds.exports import tables
from rounds.exports.columns import Column, Kind
from rounds.exports.examples import SITE, example_of
from rounds.exports.records import key_of
from rounds.exports.tables import NAMED, Table, parts_of

Shape = type[serializers.Serializer[Any]]
Fields = dict[str, Any]

KINDS: Mapping[Kind, Any] = {
    Kind.TEXT: serializers.CharField,
    Kind.INTEGER: serializers.IntegerField,
    Kind.BOOLEAN: serializers.BooleanField,
    Kind.DATE: serializers.DateField,
    Kind.LIST: serializers.ListField,
}


def described(kind: Any, schema: dict[str, Any], example: Any, **options: Any) -> Any:
    """A field of that kind with its JSON Schema and an example."""
    # Of a class of its own: the serializers make each field anew.
    own = type(kind.__name__, (kind,), {})
    set_override(own, "field", schema | {"examples": [example]})
    return own(**options)


def field_of(table: Table, column: Column) -> Any:
    """The field of a column. None is required: ``fields`` may leave each of them out."""
    about = column.about
    options: dict[str, Any] = {"required": False}
    schema: dict[str, Any] = {"type": str(column.kind)}
    if column.kind is Kind.LIST:
        options["child"] = serializers.CharField()
        schema["items"] = {"type": "string"}
    else:
        options["allow_null"] = not column.is_required
    if column.kind is Kind.DATE:
        schema = {"type": "string", "format": "date"}
    if column == tables.ADDRESS:
        schema["format"] = "uri"
    elif column.is_address:
        schema["format"] = "iri"  # with the letters of any language
    if codes := column.codes:
        schema["enum"] = [one.code for one in codes]
        told = (f"* `{one.code}` ({one.label}): {one.meaning}" for one in codes)
        about = "\n".join([about, "", *told])
        if not column.is_required:
            schema["enum"].append(None)
    if column.refers_to:
        about = f"{about} {gettext('Key of a row in %(table)s.') % {'table': column.refers_to}}"
    options["help_text"] = about.strip()
    return described(KINDS[column.kind], schema, example_of(table, column), **options)


@cache
def row_of(table: Table) -> Shape:
    """The shape of a row, as lists have it."""
    return _shape(table, "", {one.name: field_of(table, one) for one in table.columns})


@cache
def record_of(table: Table) -> Shape:
    """The shape of a row with all that is part of it."""
    parts = _parts(table)
    if not parts:
        return row_of(table)
    fields = {one.name: field_of(table, one) for one in table.columns}
    return _shape(table, "Record", fields | parts)


@cache
def _part_of(table: Table) -> Shape:
    """The shape of a row within what it is part of, which it does not repeat."""
    above = (table.parent, "round")
    columns = [one for one in table.columns if one.name not in above]
    fields = {one.name: field_of(table, one) for one in columns}
    return _shape(table, "Part", fields | _parts(table))


def _parts(table: Table) -> Fields:
    return {
        key_of(part): _part_of(part)(many=True, required=False, help_text=part.about)
        for part in parts_of(table)
    }


def _shape(table: Table, kind: str, fields: Fields) -> Shape:
    members = {**fields, "__doc__": table.about}
    return type(f"{table.model.__name__}{kind}Serializer", (serializers.Serializer,), members)


def only(shape: serializers.Serializer[Any], names: Iterable[str]) -> serializers.Serializer[Any]:
    """The shape with no fields but these."""
    for name in set(shape.fields) - set(names):
        del shape.fields[name]
    return shape


ADDRESS = {"type": "string", "format": "uri"}


class AboutSerializer(serializers.Serializer[Any]):
    """What an answer says of itself."""

    title = described(
        serializers.CharField, {"type": "string"}, "Round 4", help_text=_("What it holds.")
    )
    address = described(
        serializers.URLField, ADDRESS, f"{SITE}/api/v1/rounds/4/", help_text=_("Its address.")
    )
    site = described(
        serializers.URLField, ADDRESS, f"{SITE}/", help_text=_("The site that it is from.")
    )
    edition = described(
        serializers.IntegerField,
        {"type": "integer"},
        4211,
        allow_null=True,
        help_text=_("The edition of the record: a number that rises with each change."),
    )
    changed = described(
        serializers.DateTimeField,
        {"type": "string", "format": "date-time"},
        "2026-01-31T12:00:00Z",
        allow_null=True,
        help_text=_("When the record changed last."),
    )
    licence = described(
        serializers.URLField,
        ADDRESS,
        "https://creativecommons.org/licenses/by/4.0/",
        help_text=_("The licence under which it may be used."),
    )


@cache
def answer_of(table: Table) -> Shape:
    """The shape of the answer with one record: about it, itself, and the sources it names."""
    name = singular(table)
    members = {
        "about": AboutSerializer(help_text=_("What this answer is.")),
        name: record_of(table)(help_text=table.about),
        "sources": row_of(NAMED["sources"])(
            many=True, help_text=_("The sources that it names by their slugs, each once.")
        ),
        "__doc__": table.about,
    }
    bases = (serializers.Serializer,)
    return type(f"{table.model.__name__}AnswerSerializer", bases, members)


def singular(table: Table) -> str:
    """Under which key an answer has a record of the table."""
    name = table.model.__name__
    return "".join(f"_{one.lower()}" if one.isupper() else one for one in name).strip("_")


class ListsSerializer(serializers.Serializer[Any]):
    """Where the lists of the API are."""

    about = AboutSerializer(help_text=_("What this answer is."))
    docs = described(
        serializers.URLField,
        ADDRESS,
        f"{SITE}/api/v1/docs/",
        help_text=_("Where the API is described, to try it out."),
    )
    schema = described(
        serializers.URLField,
        ADDRESS,
        f"{SITE}/api/v1/schema.json",
        help_text=_("The same for programs: OpenAPI 3.1."),
    )
    lists = described(
        serializers.DictField,
        {"type": "object", "additionalProperties": ADDRESS},
        {"rounds": f"{SITE}/api/v1/rounds/"},
        help_text=_("The address of each list, by its name."),
    )


SENTENCES = {"type": "array", "items": {"type": "string"}}


class FaultsSerializer(serializers.Serializer[Any]):
    """What of a request makes no sense."""

    errors = described(
        serializers.DictField,
        {"type": "object", "additionalProperties": SENTENCES},
        {"topic": ["“turkey” is not a topic here. Choose one from the list."]},
        help_text=_("For each parameter what is wrong with it, in sentences."),
    )


class NotThereSerializer(serializers.Serializer[Any]):
    """Why nothing is there."""

    errors = described(
        serializers.ListField,
        SENTENCES,
        ["There is no 4/turkey among the delegations."],
        help_text=_("What is not there, in a sentence."),
    )
