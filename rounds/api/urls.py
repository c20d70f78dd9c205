"""The addresses of the API, below that of its first page."""

from collections.abc import Iterator

from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter

from rounds.api import docs, keys
from rounds.api.views import ListsView, list_of, name_of, record_by
from rounds.exports.columns import BETWEEN, Kind
from rounds.exports.tables import TABLES, Table

ROOT = "api/v1/"


class Digits(StringConverter):
    """A number as it is written, so that what follows it is told apart."""

    regex = "[0-9]+"


class Anything(StringConverter):
    """Any path, with line breaks in it too."""

    regex = "(?s:.+)"


register_converter(Digits, "digits")
register_converter(Anything, "anything")


def records_of(table: Table) -> Iterator[URLPattern]:
    """The addresses of the records of a table; names stand with what they name."""
    if table.place is None:
        return
    for route in keys.routes(table):
        parts = BETWEEN.join(f"<{converter_of(step)}:{step.name}>" for step in route)
        yield path(f"{ROOT}{table.name}/{parts}/", record_by(table, route), name=name_of_one(table))


def converter_of(step: keys.Step) -> str:
    return "digits" if step.kind is Kind.INTEGER else "str"


def name_of_one(table: Table) -> str:
    return f"{name_of(table)}_record"


urlpatterns = [
    path(ROOT, ListsView.as_view(), name="api"),
    path(f"{ROOT}schema/", docs.schema_yaml, name="api_schema"),
    path(f"{ROOT}schema.json", docs.schema_json, name="api_schema_json"),
    path(f"{ROOT}docs/", docs.docs, name="api_docs"),
    *(path(f"{ROOT}{one.name}/", list_of(one), name=name_of(one)) for one in TABLES),
    *(pattern for one in TABLES for pattern in records_of(one)),
    path(f"{ROOT}<anything:path>/", docs.nothing, name="api_nothing"),
]
