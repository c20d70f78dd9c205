"""What the API says of itself is valid, complete and true."""

import json
from typing import Any

import pytest
import schemathesis
import yaml
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from rounds.api.parameters import IN_GENERAL, selection
from rounds.exports.columns import Kind
from rounds.exports.examples import SITE, example_of
from rounds.exports.rows import Scope, rows_of
from rounds.exports.structured import text_of
from rounds.exports.tables import TABLES
from rounds.models import Edition

pytestmark = pytest.mark.django_db

# No row of the record has any of these yet.
ELSEWHERE = {"sessions.day", "sessions.address", "documents.language", "sources.archive_url"}

# Which topics, cities or years there are depends on the record; of others the reason is said.
NOT_SAID = [positive_data_acceptance]


@pytest.fixture(scope="module")
def schema(django_db_setup: None, django_db_blocker) -> dict[str, Any]:
    with django_db_blocker.unblock():
        return json.loads(Client().get("/api/v1/schema.json").content)


def test_it_is_made_without_a_warning(tmp_path):
    target = tmp_path / "schema.yaml"
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(target))
    assert yaml.safe_load(target.read_text())["openapi"] == "3.1.0"


def test_it_is_valid_and_the_same_in_both_formats(client, schema):
    OpenAPIV31SpecValidator(schema).validate()
    response = client.get("/api/v1/schema/")
    assert response.headers["Content-Type"] == "application/yaml"
    assert yaml.safe_load(response.content) == schema


def test_every_operation_parameter_and_field_is_described(schema):
    operations = [one["get"] for one in schema["paths"].values()]
    assert len({one["operationId"] for one in operations}) == len(operations) > 40
    for one in operations:
        assert one["summary"], one
        assert one["description"], one
        assert {"200", "400"} <= one["responses"].keys()
        assert all(answer["description"] for answer in one["responses"].values())
        for parameter in one.get("parameters", []):
            assert parameter["description"], parameter
            assert "examples" in parameter["schema"] or "example" in parameter
    for name, shape in schema["components"]["schemas"].items():
        for field, about in shape["properties"].items():
            assert about["description"], (name, field)
            is_nested = "$ref" in about.get("items", {}) or "allOf" in about
            assert is_nested or about.get("examples"), (name, field)


def test_every_parameter_has_its_sentence():
    for table in TABLES:
        filters, about = selection(table)
        assert filters.keys() == about.keys()
    parameters = {"modified_since", "page", "page_size", "fields"}
    assert parameters == IN_GENERAL.keys()


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_examples_are_in_the_record(table):
    rows = json.loads(text_of(list(rows_of(table, Scope(AnonymousUser(), root=SITE)))))
    for column in table.columns:
        name, example = f"{table.name}.{column.name}", example_of(table, column)
        assert example not in (None, ""), name
        is_own = not (
            column.kind is Kind.BOOLEAN or column.codes or column.refers_to or name in ELSEWHERE
        )
        # Of a summary, its first sentence is enough.
        if is_own:
            assert any(str(row[column.name]).startswith(str(example)) for row in rows), name


def test_examples_of_filters_find_something(client):
    for table in {id(selection(one).about): one for one in TABLES}.values():
        filters, about = selection(table)
        for name in filters:
            response = client.get(f"/api/v1/{table.name}/", {name: about[name].example})
            assert json.loads(response.content)["count"], name


few = settings(
    max_examples=4,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def try_out(operation, mode):
    @few
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case):
        plain = {"Accept-Encoding": "identity"}
        case.call_and_validate(headers=plain, excluded_checks=NOT_SAID)

    ask()


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_every_operation_keeps_what_the_schema_promises(mode):
    """Whatever is asked, with values that the schema allows and with others."""
    app = get_wsgi_application()
    promised = schemathesis.openapi.from_wsgi("/api/v1/schema.json", app)
    before, asked = Edition.objects.get().number, set()
    for result in promised.get_all_operations():
        operation = result.ok()
        if mode is GenerationMode.POSITIVE or operation.query:
            try_out(operation, mode)
            asked.add(operation.label)
    assert len(asked) > 40
    assert Edition.objects.get().number == before
