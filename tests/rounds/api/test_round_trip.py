"""What the API holds is what the tables hold, of which tests hold each to the database."""

import json

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from rounds.api.parameters import selection
from rounds.api.serializers import singular
from rounds.exports.records import Records
from rounds.exports.rows import Scope, rows_of
from rounds.exports.structured import text_of
from rounds.exports.tables import TABLES, Row, Table

pytestmark = pytest.mark.django_db

ROOT = "http://testserver"


def as_json(value: object) -> object:
    return json.loads(text_of(value))


def walked(client: Client, table: Table) -> list[Row]:
    rows, address = [], f"/api/v1/{table.name}/?page_size=200"
    while address:
        page = json.loads(client.get(address).content)
        rows += page["results"]
        address = page["next"]
    assert len(rows) == page["count"]
    return rows


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_list_has_every_row_field_by_field(client, table):
    is_newest_first = "order" in selection(table).filters
    scope = Scope(AnonymousUser(), newest_first=is_newest_first, root=ROOT)
    assert walked(client, table) == as_json(list(rows_of(table, scope)))


@pytest.mark.parametrize("table", [one for one in TABLES if one.place], ids=lambda one: one.name)
def test_records_are_found_by_their_keys_with_all_their_parts(client, table):
    stored = as_json(list(Records(table, Scope(AnonymousUser(), root=ROOT))))
    for record in stored[:: max(1, len(stored) // 5)]:
        key = str(record[table.key_column.name]).strip("/")
        response = client.get(f"/api/v1/{table.name}/{key}/")
        assert response.status_code == 200, key
        assert json.loads(response.content)[singular(table)] == record
