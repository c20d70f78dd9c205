"""The files of the dataset, read by readers that others wrote, hold what the database holds."""

import asyncio
import json
import sqlite3
from contextlib import closing
from datetime import date
from functools import reduce
from zipfile import ZipFile

import frictionless
import pandas as pd
import pytest
from datasette.app import Datasette

from rounds.dataset.files import NAMED
from rounds.exports.records import NAMES
from rounds.exports.resources import resources
from rounds.exports.tables import TABLES
from rounds.models import (
    AgendaItem,
    Claim,
    Commitment,
    Delegation,
    Dispute,
    Document,
    Evidence,
    FixedTerm,
    FixedTermName,
    Member,
    Milestone,
    Outcome,
    Paragraph,
    Round,
    Session,
)
from rounds.participants.models import Participant, ParticipantName, Person, PersonName
from rounds.sources.models import Source
from rounds.topics.models import Topic, TopicName
from tests.rounds.dataset.conftest import imprint

pytestmark = pytest.mark.django_db

# What tells objects apart in every file: a slug or number, or several of them.
SLUG = ("slug",)
NAME = ("named.slug", "language", "text")
KEYS = {
    Round: ("number",),
    Session: ("round.number", "kind", "day"),
    Delegation: ("round.number", "participant.slug"),
    Member: ("delegation.round.number", "delegation.participant.slug", "person.slug"),
    AgendaItem: ("round.number", "topic.slug", "stage"),
    Outcome: ("round.number", "number"),
    Document: ("round.number", "number"),
    Paragraph: ("document.round.number", "document.number", "order"),
    Commitment: SLUG,
    Evidence: ("commitment.slug", "number"),
    Dispute: ("round.number", "number"),
    Claim: ("dispute.round.number", "dispute.number", "number"),
    Topic: SLUG,
    Participant: SLUG,
    Person: SLUG,
    Milestone: SLUG,
    FixedTerm: SLUG,
    TopicName: NAME,
    ParticipantName: NAME,
    PersonName: NAME,
    FixedTermName: NAME,
    Source: SLUG,
}
WITHIN = {  # fewer queries for what the keys need
    Delegation: ("round", "participant"),
    Member: ("delegation__round", "delegation__participant", "person"),
    AgendaItem: ("round", "topic"),
    Paragraph: ("document__round",),
    Claim: ("dispute__round",),
    Commitment: ("round", "topic"),
    Evidence: ("commitment",),
    Milestone: ("related_round",),
    Person: ("participant",),
    **dict.fromkeys((Session, Outcome, Document, Dispute), ("round",)),
    **dict.fromkeys((TopicName, ParticipantName, PersonName, FixedTermName), ("named",)),
}
INTERNAL = {"publication", "url_key", "archive_key"}


def key_of(thing):
    """The key of an object by its fields: a number as such, several parts as one text."""
    if thing is None:
        return None
    parts = [reduce(getattr, path.split("."), thing) for path in KEYS[type(thing)]]
    return (
        parts[0]
        if len(parts) == 1
        else "_".join(str("" if p is None else p) for p in parts).rstrip("_")
    )


def is_list(field):
    """Whether it is no more than a list: what stands between is no object of its own."""
    return field.remote_field.through._meta.auto_created


def said_of(thing):
    """The fields of an object as the files have them."""
    said = {}
    for field in thing._meta.concrete_fields:
        if field.primary_key or field.name in INTERNAL or not (field.editable and field.serialize):
            continue
        value = getattr(thing, field.name)
        if field.related_model:
            value = key_of(value)
        elif hasattr(value, "code"):  # a country
            value = value.code
        said[field.name] = None if value == "" else value
    if isinstance(thing, Source) and not thing.published:
        said["published_precision"] = None
    for field in thing._meta.many_to_many:
        if is_list(field):
            said[field.name] = sorted(key_of(one) for one in getattr(thing, field.name).all())
    return said


def recorded(model):
    """All objects of a model by their keys."""
    lists = [one.name for one in model._meta.many_to_many if is_list(one)]
    rows = model._base_manager.select_related(*WITHIN.get(model, ())).prefetch_related(*lists)
    return {key_of(one): said_of(one) for one in rows}


def of_package(folder):
    """The rows of each table as pandas reads them by the types that the package declares."""
    described = json.loads((folder / "package" / "datapackage.json").read_text())
    types = dict.fromkeys(("string", "list", "date"), "str")
    types |= {"integer": "Int64", "boolean": "boolean"}
    for resource in described["resources"]:
        fields = {one["name"]: one for one in resource["schema"]["fields"]}
        frame = pd.read_csv(
            folder / "package" / resource["path"],
            dtype={name: types[one["type"]] for name, one in fields.items()},
            keep_default_na=False,
            na_values=resource["schema"]["missingValues"],
            encoding=resource["encoding"],
        )
        rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
        for row in rows:
            for name, field in fields.items():
                if field["type"] == "list":
                    row[name] = row[name].split(field["delimiter"]) if row[name] else []
                elif field["type"] == "date" and row[name]:
                    row[name] = date.fromisoformat(row[name])
        yield resource["name"], resource["schema"]["primaryKey"], rows


def of_database(folder):
    """The rows of each table as SQLite has them, by the kinds that it declares."""
    with closing(sqlite3.connect(folder / "astana.sqlite")) as connection:
        connection.row_factory = sqlite3.Row
        for resource in resources():
            rows = []
            for row in connection.execute(f'SELECT * FROM "{resource.name.replace("-", "_")}"'):
                said = dict(row)
                for column in resource.columns:
                    if column.kind == "array":
                        said[column.name] = json.loads(said[column.name])
                    elif column.kind == "date" and said[column.name]:
                        said[column.name] = date.fromisoformat(said[column.name])
                rows.append(said)
            yield resource.name, list(resource.key), rows


def of_document(folder):
    """The records of each noun with their parts, from the one document."""
    found = {table.name: [] for table in TABLES}
    dates = {table.name: [c.name for c in table.columns if c.kind == "date"] for table in TABLES}
    names = {"topics": "topic", "participants": "participant", "people": "person", "terms": "term"}

    def take(name, record):
        row = {}
        for key, value in record.items():
            if key == NAMES or (key in found and value and isinstance(value[0], dict)):
                for one in value:
                    take(f"{names[name]}-{NAMES}" if key == NAMES else key, one)
            elif key not in found or not isinstance(value, list) or key in ("sources", "topics"):
                row[key] = date.fromisoformat(value) if key in dates[name] and value else value
        found[name].append(row)

    for name, records in json.loads((folder / "astana.json").read_text()).items():
        if name != "about":
            for record in records:
                take(name, record)
    for table in TABLES:
        yield table.name, [table.key_column.name], found[table.name]


@pytest.fixture(scope="module")
def record(dataset, django_db_blocker):
    """All objects by their models and keys."""
    with django_db_blocker.unblock():
        return {table.model: recorded(table.model) for table in TABLES}


@pytest.mark.parametrize("read", [of_package, of_database, of_document])
def test_each_field_of_the_database_is_in_the_file(dataset, record, read):
    tables = {name: (key, rows) for name, key, rows in read(dataset)}
    for table in TABLES:
        (key,), rows = tables.pop(table.name)
        found = {row[key]: row for row in rows}
        expected = record[table.model]
        assert found.keys() == expected.keys(), table.name
        assert len(rows) == len(expected)
        for name, said in expected.items():
            # Parts stand in the document within what they belong to.
            of = {one: said[one] for one in said if one in found[name] or read is not of_document}
            assert {one: found[name][one] for one in of} == of, (table.name, name)
    if read is not of_document:
        expected = {
            (table.name, str(key), source)
            for table in TABLES
            for key, said in record[table.model].items()
            for source in said.get("sources", ())
        }
        _key, rows = tables.pop("citations")
        assert {(row["table"], row["fact"], row["source"]) for row in rows} == expected
        _key, rows = tables.pop("commitments-by")
        pairs = {(k, by) for k, said in record[Commitment].items() for by in said["by"]}
        assert {(row["commitment"], row["participant"]) for row in rows} == pairs
        _key, rows = tables.pop("paragraphs-topics")
        pairs = {(k, one) for k, said in record[Paragraph].items() for one in said["topics"]}
        assert {(row["paragraph"], row["topic"]) for row in rows} == pairs
    assert tables == {}


def test_frictionless_finds_no_error_in_the_package(dataset):
    report = frictionless.validate(str(dataset / "astana-datapackage.zip"))
    assert report.flatten(["title", "message"]) == []
    assert report.stats["tasks"] == len(resources())
    package = frictionless.Package(str(dataset / "package/datapackage.json"))
    assert (package.name, package.version) == ("astana", imprint().version)
    assert package.get_resource("delegations").schema.foreign_keys[0]["reference"] == {
        "resource": "rounds",
        "fields": ["number"],
    }


def test_frictionless_finds_what_is_broken(dataset, tmp_path):
    """So that it does look at types, sizes and keys of other tables."""
    for path in (dataset / "package").iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    people = tmp_path / "people.csv"
    text = people.read_text()
    assert ",russia," in text
    people.write_text(text.replace(",russia,", ",nowhere,", 1))
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    found = {type_ for (type_,) in report.flatten(["type"])}
    assert {"foreign-key", "hash-count"} <= found


def test_the_package_is_the_same_for_the_same_edition(dataset):
    for name in ("astana-datapackage.zip", "astana-sheets-yaml.zip", "astana.sqlite"):
        again = b"".join(NAMED[name].make(imprint()))
        assert again == (dataset / name).read_bytes(), name
    with ZipFile(dataset / "astana-datapackage.zip") as archive:
        assert archive.testzip() is None
        assert archive.namelist()[-2:] == ["CODEBOOK.md", "datapackage.json"]


def test_the_database_keeps_its_keys(dataset):
    with closing(sqlite3.connect(dataset / "astana.sqlite")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        connection.execute("PRAGMA foreign_keys = ON")
        for statement in (
            "INSERT INTO citations VALUES ('rounds', '1', 'nowhere')",
            "UPDATE delegations SET participant = 'nobody'",
            "UPDATE delegations SET attendance = 'perhaps'",
            "INSERT INTO rounds SELECT * FROM rounds LIMIT 1",
        ):
            with pytest.raises(sqlite3.IntegrityError):
                connection.execute(statement)
        found = connection.execute("SELECT rowid FROM agenda_fts WHERE agenda_fts MATCH 'hostages'")
        assert found.fetchall()


def test_datasette_serves_the_database(dataset):
    said = json.loads((dataset / "metadata.json").read_text())

    async def asked():
        site = Datasette([str(dataset / "astana.sqlite")], metadata=said)
        await site.invoke_startup()
        paths = ("/astana/rounds.json?_shape=objects&_sort=number", "/astana/delegations", "/")
        found = [await site.client.get(path) for path in paths]
        words = await site.client.get("/astana/agenda.json?_search=hostages&_shape=objects")
        for database in site.databases.values():
            database.close()
        return found, words

    (rounds, delegations, index), words = asyncio.run(asked())
    assert [row["number"] for row in rounds.json()["rows"]] == list(range(1, 23))
    assert rounds.json()["rows"][0]["city"] == "Astana"
    for page in (delegations, index):
        assert page.status_code == 200
        assert "CC BY 4.0" in page.text
    assert "Attended; stayed away, only where a source says so" in delegations.text
    assert words.json()["rows"]


def test_the_codebook_has_every_column_and_code(dataset):
    text = (dataset / "CODEBOOK.md").read_text()
    assert (dataset / "package" / "CODEBOOK.md").read_text() == text
    for resource in resources():
        assert f"\n## {resource.name}\n" in text
        for column in resource.columns:
            assert column.about, (resource.name, column.name)
            assert f"\n| `{column.name}` | " in text
            for code, label, meaning in column.codes:
                assert f"\n- `{code}` ({label}): {meaning}\n" in text
