"""What tables and documents hold is what the database holds, field by field."""

import json
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pandas
import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Field, ManyToManyField, Model
from django.test import Client

from rounds.exports.columns import Column, Kind
from rounds.exports.meanings import VOCABULARIES
from rounds.exports.records import Records, cited_in, record_in
from rounds.exports.rows import ChangedMeanwhileError, Scope, rows_of
from rounds.exports.separated import defused
from rounds.exports.tables import NAMED, TABLES, Table
from rounds.models import BOOKS, FACTS, Round, Term, TermName
from rounds.sources.models import Source
from rounds.views.formats import EDITED
from tests.factories import make_outcome, make_source

pytestmark = pytest.mark.django_db

EVERYBODY = AnonymousUser()
ROOT = "http://testserver"
TYPES = {Kind.INTEGER: "Int64", Kind.BOOLEAN: "boolean", Kind.TEXT: "string", Kind.LIST: "string"}
# What is no field that readers see.
LEFT_OUT = {"id", "publication", "dead_since", "dead_key", "url_key", "archive_key", "people"}
names_key: Callable[[Any], str] = lambda one: f"{one.named.slug}_{one.language}_{one.text}"  # noqa: E731
# The key of an object, written out.
KEYS: dict[str, Callable[[Any], str | int]] = {
    "rounds": lambda one: one.number,
    "sessions": lambda one: "_".join(map(str, filter(None, (one.round.number, one.kind, one.day)))),
    "delegations": lambda one: f"{one.round.number}_{one.participant.slug}",
    "members": lambda one: f"{KEYS['delegations'](one.delegation)}_{one.person.slug}",
    "agenda": lambda one: f"{one.round.number}_{one.topic.slug}_{one.stage}",
    "outcomes": lambda one: f"{one.round.number}_{one.number}",
    "documents": lambda one: f"{one.round.number}_{one.number}",
    "paragraphs": lambda one: f"{KEYS['documents'](one.document)}_{one.order}",
    "evidence": lambda one: f"{one.commitment.slug}_{one.number}",
    "disputes": lambda one: f"{one.round.number}_{one.number}",
    "claims": lambda one: f"{KEYS['disputes'](one.dispute)}_{one.number}",
    "topic-names": names_key,
    "participant-names": names_key,
    "person-names": names_key,
    "term-names": names_key,
}


def key_of(one: Any) -> str | int:
    table = next(table for table in TABLES if isinstance(one, table.model))
    return KEYS.get(table.name, lambda one: one.slug)(one)


def stored(one: Any, name: str) -> Any:
    """What the object has in that column, read from its own fields."""
    if name in ("id", "address"):
        fact = getattr(one, "delegation", one)  # on whose line its members stand
        return key_of(one) if name == "id" else ROOT + fact.get_absolute_url()
    if name == "last_verdict":
        return str(one.state)
    if name == "evidence":
        return [f"{one.slug}_{number}" for number in sorted(e.number for e in one.evidence.all())]
    if name == "published_precision" and one.published is None:
        return None
    if name == "round":
        above = one
        while not hasattr(above, "round"):
            above = getattr(above, next(k for k in ABOVE if hasattr(above, k)))
        return above.round.number
    field: Field[Any, Any] = type(one)._meta.get_field(name)
    value = getattr(one, name)
    if isinstance(field, ManyToManyField):
        return sorted(other.slug for other in value.all())
    if isinstance(value, Model):
        return key_of(value)
    return (
        str(getattr(value, "code", value)) if isinstance(value, str) or name == "country" else value
    )


ABOVE = ("document", "commitment", "dispute", "delegation")


def objects_of(table: Table) -> dict[str | int, Any]:
    """All objects by their keys: on the record of the fixtures everything used is public."""
    rows = table.model._default_manager.all()
    if hasattr(rows, "visible_to"):
        rows = rows.visible_to(EVERYBODY)
    lists = [field.name for field in table.model._meta.many_to_many if field.name != "people"]
    return {key_of(one): one for one in rows.prefetch_related(*lists)}


def in_cell(value: Any) -> Any:
    if isinstance(value, list):
        value = "; ".join(value)
    if value == "":
        return None
    return defused(value) if isinstance(value, str) else value


def test_every_model_of_the_record_is_a_table():
    nouns = {*FACTS, Source} | {table.model for table in TABLES if "name" in table.name}
    assert {table.model for table in TABLES} >= nouns - {Term, TermName}
    assert not {table.model for table in TABLES} & set(BOOKS)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_field_that_readers_see_is_a_column(table):
    fields = [*table.model._meta.concrete_fields, *table.model._meta.many_to_many]
    names = {column.name for column in table.columns}
    assert {field.name for field in fields} - names <= LEFT_OUT
    assert all(column.about for column in table.columns)
    assert table.about
    assert len(names) == len(table.columns)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_table_holds_what_the_database_holds(client, table):
    response = client.get(f"/{table.name}.csv")
    text = response.getvalue()
    assert text.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in text
    columns = [one for one in table.columns if one.kind is not Kind.DATE]
    frame = pandas.read_csv(
        BytesIO(text),
        dtype={one.name: TYPES[one.kind] for one in columns},
        parse_dates=[one.name for one in table.columns if one.kind is Kind.DATE],
        keep_default_na=False,
        na_values=[""],
    )
    more = ["passages", "passage_sources"] if table.name == "rounds" else []
    assert list(frame.columns) == [column.name for column in table.columns] + more
    objects = objects_of(table)
    key = table.key_column.name
    assert sorted(frame[key]) == sorted(defused(k) if isinstance(k, str) else k for k in objects)
    by_cell = {in_cell(k): one for k, one in objects.items()}
    for row in frame.to_dict("records"):
        one = by_cell[row[key]]
        for column in table.columns:
            found = None if pandas.isna(row[column.name]) else row[column.name]
            found = found.date() if column.kind is Kind.DATE and found else found
            assert found == in_cell(stored(one, column.name)), (row[key], column.name)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_references_lead_to_rows(table):
    rows = list(rows_of(table, Scope(EVERYBODY)))
    for column in (one for one in table.columns if one.refers_to):
        other = NAMED[column.refers_to]
        keys = {row[other.key_column.name] for row in rows_of(other, Scope(EVERYBODY))}
        for row in rows:
            value = row[column.name]
            assert value is None or {*(value if isinstance(value, list) else [value])} <= keys


def flat(record: dict[str, Any], *above: str) -> list[tuple[str, dict[str, Any]]]:
    """A record and all its parts, each with its place among them."""
    found = [("/".join(above), record)]
    for name, value in record.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            found += [pair for part in value for pair in flat(part, *above, name)]
    return found


def test_the_document_of_rounds_holds_what_the_database_holds(client):
    response = client.get("/rounds.json")
    document = json.loads(response.getvalue())
    assert list(document) == ["about", "rounds", "sources"]
    parts: dict[str, list[dict[str, Any]]] = {}
    for record in document["rounds"]:
        for place, part in flat(record, "rounds"):
            parts.setdefault(place.rpartition("/")[2], []).append(part)
    expected = [table for table in TABLES if table.path_to_round is not None]
    assert set(parts) == {table.name for table in expected}
    for table in expected:
        objects = objects_of(table)
        assert len(parts[table.name]) == len(objects), table.name
        for part in parts[table.name]:
            one = objects[part[table.key_column.name]]
            for column in table.columns:
                # What it is part of is above it; parts stand in it, and are looked at themselves.
                if column.name in part and column.refers_to not in parts:
                    found = stored(one, column.name)
                    found = found.isoformat() if isinstance(found, date) else found
                    assert part[column.name] == (None if found == "" else found)
    cited = {slug for record in document["rounds"] for slug in cited_in(record)}
    assert [source["slug"] for source in document["sources"]] == sorted(cited)
    assert [record["number"] for record in document["rounds"]] == sorted(
        Round.objects.values_list("number", flat=True), reverse=True
    )


def test_a_round_is_the_same_by_itself(client):
    alone = client.get("/rounds/22.json").json()
    among = client.get("/rounds.json").json()
    (record,) = [one for one in among["rounds"] if one["number"] == 22]
    assert {key: value for key, value in record.items() if key != "passages"} == alone["round"]
    assert [source["slug"] for source in alone["sources"]] == sorted(set(cited_in(record)))
    assert all(source in among["sources"] for source in alone["sources"])


def test_tables_take_the_filters_of_the_timeline(client):
    address = "?topic=hostages&stage=statement&order=oldest"
    numbers = [one["number"] for one in client.get(f"/rounds.json{address}").json()["rounds"]]
    assert len(numbers) == 10
    assert numbers == sorted(numbers)
    rows = pandas.read_csv(BytesIO(client.get(f"/agenda.csv{address}").getvalue()))
    assert list(dict.fromkeys(rows["round"])) == numbers
    assert {"agenda", "statement"} <= {*rows["stage"]}
    cited = pandas.read_csv(BytesIO(client.get(f"/citations.csv{address}").getvalue()))
    assert {int(one) for one in cited[cited["table"] == "rounds"]["fact"]} == set(numbers)


def test_rounds_say_by_which_facts_they_match(client):
    address = "?topic=hostages&stage=statement&year=2022"
    (record, *_others) = client.get(f"/rounds.json{address}").json()["rounds"]
    (passage,) = record["passages"]
    assert passage["title"] == "Hostages, detainees and missing persons"
    assert passage["label"] == "Statement"
    assert passage["text"] == "Mutual releases of detainees and abductees are to continue."
    assert passage["address"] == "http://testserver/rounds/19/#topic-hostages"
    assert passage["sources"]
    rows = pandas.read_csv(BytesIO(client.get(f"/rounds.csv{address}").getvalue()))
    row = rows[rows["number"] == 19].iloc[0]
    assert row["passages"] == (
        "Hostages, detainees and missing persons (Statement): "
        "Mutual releases of detainees and abductees are to continue."
    )
    assert row["passage_sources"] == "; ".join(passage["sources"])
    assert set(passage["sources"]) <= {one["slug"] for one in sources_of(client, address)}


def sources_of(client: Client, address: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"/rounds.json{address}").json()["sources"]
    return found


def test_tables_take_the_filters_of_their_pages(client):
    kept = client.get("/commitments.json?verdict=kept").json()["commitments"]
    assert {one["last_verdict"] for one in kept} == {"kept"}
    assert all(one["evidence"] for one in kept)
    russian = client.get("/sources.json?language=ru").json()["sources"]
    assert {one["language"] for one in russian} == {"ru"}
    assert len(russian) == Source.objects.visible_to(EVERYBODY).filter(language="ru").count()


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (
            "/rounds.json?topic=x",
            {
                "topic": [
                    "“x” is not a topic here. Choose one from the list.",
                    "The list: the slugs in /topics.csv.",
                ]
            },
        ),
        ("/topics.json?x=1", {"x": ["There is no such parameter here. There are: none."]}),
        (
            "/rounds.json?order=newest&order=oldest",
            {"order": ["It takes one value: leave all but one out."]},
        ),
        (
            "/matrix/topics.json?sort=x",
            {"sort": ["There is no order “x”. There are: first, frequency, name."]},
        ),
    ],
)
def test_what_makes_no_sense_is_refused_by_its_name(client, address, expected):
    response = client.get(address)
    assert response.status_code == 400
    assert response.json() == {"errors": expected}
    plain = client.get(address.replace(".json", ".csv"))
    assert plain.status_code == 400
    assert plain.headers["Content-Type"] == "text/plain; charset=utf-8"
    lines = [f"{name}: {' '.join(said)}\n" for name, said in expected.items()]
    assert plain.content.decode() == "".join(lines)


@pytest.mark.parametrize(
    "address", ["/rounds.xlsx", "/rounds/9999.json", "/rounds/22.csv", "/x.csv"]
)
def test_what_is_not_there_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_a_round_with_another_number_now_leads_on(client, publisher_client, round_22):
    round_22.number = 122
    round_22.save()
    assert client.get("/rounds/22.json").status_code in (301, 404)


def test_what_a_spreadsheet_would_run_is_defused(client, round_22):
    make_outcome(round_22, text='=HYPERLINK("https://example.org")').sources.add(make_source())
    text = client.get("/outcomes.csv").getvalue().decode()
    assert '"\'=HYPERLINK(""https://example.org"")"' in text
    assert '"=HYPERLINK' in client.get("/outcomes.json").getvalue().decode().replace("\\", "")


def test_of_a_day_that_is_not_known_no_precision_is_told(client):
    source = make_source(published=None)
    make_outcome(Round.objects.get(number=22)).sources.add(source)
    rows = {row["slug"]: row for row in client.get("/sources.json").json()["sources"]}
    assert rows[source.slug]["published_precision"] is None
    assert {one["published_precision"] for one in rows.values() if one["published"]} >= {"day"}
    found = client.get(f"/api/v1/sources/{source.slug}/").json()["source"]
    assert found["published_precision"] is None


def test_long_documents_stream_and_short_ones_are_whole(client, monkeypatch):
    whole = client.get("/rounds.json")
    assert not whole.streaming
    monkeypatch.setattr("rounds.views.formats.WHOLE", 10_000)
    streamed = client.get("/rounds.json")
    assert streamed.streaming
    assert streamed.getvalue() == whole.content


def test_what_changes_while_it_is_read_is_read_again(client, monkeypatch):
    whole, reads = client.get("/rounds.json").json()["rounds"], []

    def read(table: Table, scope: Scope) -> Records:
        """At first as if round 22 had been taken away after its parts were read."""
        records = Records(table, scope)
        reads.append(table.name)
        if len(reads) == 1:
            records._rows = [row for row in records._rows if row[2]["number"] != 22]
        return records

    monkeypatch.setattr("rounds.views.exports.Records", read)
    assert client.get("/rounds.json").json()["rounds"] == whole
    assert len(reads) == 2

    monkeypatch.setattr("rounds.exports.rows.Groups.end", fail)
    response = client.get("/rounds.json")
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "5"
    assert response.json() == {"errors": [EDITED]}
    assert client.get("/api/v1/rounds/22/").json() == {"errors": [EDITED]}
    assert client.get("/agenda.csv").content.decode() == f"{EDITED}\n"


def test_a_record_that_is_gone_is_no_record():
    with pytest.raises(ChangedMeanwhileError):
        record_in(NAMED["rounds"], Scope(EVERYBODY, rounds=[0]))


def fail(groups: object) -> None:
    raise ChangedMeanwhileError


def test_columns_say_which_codes_there_are():
    (stage,) = [one for one in NAMED["agenda"].columns if one.name == "stage"]
    assert stage.codes[1] == (
        "discussed",
        "Discussed",
        "It was reported as a subject of the talks.",
    )
    assert Column("x", Kind.TEXT).codes == []


def test_every_code_has_a_meaning():
    told = set()
    for table in TABLES:
        for column in table.columns:
            if column.codes:
                told.update(code.code for code in column.codes)
                codes = [code for code, _label in column.field.flatchoices if code]
                assert [one.code for one in column.codes] == codes
                assert all(one.meaning.endswith(".") for one in column.codes)
    for vocabulary, meanings in VOCABULARIES.items():
        assert list(meanings) == list(vocabulary), vocabulary
        assert told.issuperset(meanings), vocabulary  # of no table that is gone


def test_records_of_each_table_have_their_parts():
    topic = next(iter(Records(NAMED["topics"], Scope(EVERYBODY))))
    assert {one["language"] for one in topic["names"]} >= {"ru", "tr", "ar"}
    assert "named" not in topic["names"][0]
