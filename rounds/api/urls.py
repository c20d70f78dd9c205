"""The addresses of the API, below that of its first page."""

from collections.abc import Iterator

from django.urls import URLPattern, path

from rounds.api import docs, keys
from rounds.api.views import ListsView, list_of, name_of, record_by
from rounds.exports.tables import TABLES, Table

ROOT = "api/v1/"


def records_of(table: Table) -> Iterator[URLPattern]:
    """The addresses of the records of a table; names stand with what they name."""
    if table.place is None:
        return
    for route in keys.routes(table):
        parts = "".join(f"<str:{step.name}>/" for step in route)
        yield path(f"{ROOT}{table.name}/{parts}", record_by(table, route), name=name_of_one(table))


def name_of_one(table: Table) -> str:
    return f"{name_of(table)}_record"


urlpatterns = [
    path(ROOT, ListsView.as_view(), name="api"),
    path(f"{ROOT}schema/", docs.schema_yaml, name="api_schema"),
    path(f"{ROOT}schema.json", docs.schema_json, name="api_schema_json"),
    path(f"{ROOT}docs/", docs.docs, name="api_docs"),
    *(path(f"{ROOT}{one.name}/", list_of(one), name=name_of(one)) for one in TABLES),
    *(pattern for one in TABLES for pattern in records_of(one)),
    path(f"{ROOT}<path:path>/", docs.nothing, name="api_nothing"),
]
