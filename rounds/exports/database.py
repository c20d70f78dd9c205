"""The dataset as a file of SQLite, and what Datasette says of it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from itertools import islice
from tempfile import NamedTemporaryFile
from typing import Any

from django.db.models import SlugField

from rounds.exports.columns import Column, Kind, Value
from rounds.exports.imprint import LICENCE, NAME, Imprint
from rounds.exports.resources import Resource, resources
from rounds.exports.rows import Scope
from rounds.exports.structured import text_of

TYPES = {Kind.INTEGER: "INTEGER", Kind.BOOLEAN: "INTEGER"}  # what is none of these is TEXT
CHUNK = 500  # rows that are written at once
PIECE = 256 * 1024  # bytes that are given at once


def database(scope: Scope, imprint: Imprint) -> Iterator[bytes]:
    """The file, piece by piece once it is made; until then empty pieces tell that it goes on.

    It is made beside, or in memory where no file can be written.
    """
    try:
        beside = NamedTemporaryFile(suffix=".sqlite")  # noqa: SIM115 - below
    except OSError:
        with closing(sqlite3.connect(":memory:")) as connection:
            yield from _filled(connection, scope, imprint)
            yield connection.serialize()
        return
    with beside:
        with closing(sqlite3.connect(beside.name)) as connection:
            connection.execute("PRAGMA journal_mode = OFF")  # what fails half-way is thrown away
            connection.execute("PRAGMA synchronous = OFF")
            yield from _filled(connection, scope, imprint)
        while piece := beside.read(PIECE):
            yield piece


def _filled(connection: sqlite3.Connection, scope: Scope, imprint: Imprint) -> Iterator[bytes]:
    """Fill a database; gives nothing, often."""
    connection.execute("CREATE TABLE dataset (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
    connection.executemany("INSERT INTO dataset VALUES (?, ?)", _said(imprint).items())
    searches = _searches_words(connection)
    for resource in resources():
        connection.execute(_table(resource))
        places = ", ".join("?" for _ in resource.columns)
        insert = f"INSERT INTO {_quoted(table_name(resource.name))} VALUES ({places})"  # noqa: S608
        rows = iter(resource.rows(scope))
        names = [column.name for column in resource.columns]
        while some := [[_stored(row[name]) for name in names] for row in islice(rows, CHUNK)]:
            connection.executemany(insert, some)
            yield b""
        for statement in _indexes(resource):
            connection.execute(statement)
        if searches:
            for statement in _words(resource):
                connection.execute(statement)
    connection.commit()
    if broken := connection.execute("PRAGMA foreign_key_check").fetchone():
        raise ValueError(f"A row of {broken[0]} refers to none of {broken[2]}.")


def _searches_words(connection: sqlite3.Connection) -> bool:
    """Whether it can; some builds of SQLite search no words."""
    found = connection.execute("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'").fetchone()
    return found is not None


def table_name(name: str) -> str:
    """The name of a table, which needs no quotes in SQL."""
    return name.replace("-", "_")


def _said(imprint: Imprint) -> dict[str, str]:
    return {
        "title": imprint.title,
        "about": imprint.about,
        "version": imprint.version,
        "edition": str(imprint.edition),
        "changed": imprint.at.isoformat(),
        "address": imprint.address,
        "licence": LICENCE,
    }


def _quoted(name: str) -> str:
    return f'"{name}"'


def _text(value: str) -> str:
    """A text in SQL."""
    return "'" + value.replace("'", "''") + "'"


def _table(resource: Resource) -> str:
    lines = [_column(column) for column in resource.columns]
    lines.append(f"PRIMARY KEY ({', '.join(map(_quoted, resource.key))})")
    lines += [
        f"FOREIGN KEY ({_quoted(column.name)}) REFERENCES {_quoted(table_name(table))} ({key})"
        for column, table, key in resource.references
    ]
    said = ",\n  ".join(lines)
    return f"CREATE TABLE {_quoted(table_name(resource.name))} (\n  {said}\n)"


def _column(column: Column) -> str:
    name = _quoted(column.name)
    words = [name, TYPES.get(column.kind, "TEXT")]
    if column.is_required or column.kind is Kind.LIST:
        words.append("NOT NULL")
    if column.kind is Kind.BOOLEAN:
        words.append(f"CHECK ({name} IN (0, 1))")
    if codes := column.codes:
        words.append(f"CHECK ({name} IN ({', '.join(_text(one.code) for one in codes)}))")
    return " ".join(words)


def _stored(value: Value) -> str | int | None:
    match value:
        case bool():
            return int(value)
        case list():
            return text_of(value)
        case date():
            return value.isoformat()
    return value


def _indexes(resource: Resource) -> Iterator[str]:
    table = table_name(resource.name)
    for column, _target, _key in resource.references:
        if column.name != resource.key[0]:
            index = _quoted(f"{table}_{column.name}")
            yield f"CREATE INDEX {index} ON {_quoted(table)} ({_quoted(column.name)})"


def _words(resource: Resource) -> Iterator[str]:
    """What makes the texts of a table searchable by words; Datasette finds it by itself."""
    columns = ", ".join(_quoted(column.name) for column in searched(resource))
    if columns:
        table = table_name(resource.name)
        index = _quoted(f"{table}_fts")
        yield f"CREATE VIRTUAL TABLE {index} USING fts5 ({columns}, content={_quoted(table)})"
        yield f"INSERT INTO {index} ({index}) VALUES ('rebuild')"  # noqa: S608


def searched(resource: Resource) -> list[Column]:
    """The columns that are words of ours or of a publication."""
    return [
        column
        for column in resource.columns
        if column.kind is Kind.TEXT and column.field and not column.refers_to
        if not (column.codes or column.is_address or isinstance(column.field, SlugField))
    ]


def metadata(imprint: Imprint) -> dict[str, Any]:
    """What ``datasette astana.sqlite --metadata metadata.json`` says of the file."""
    tables = {
        table_name(resource.name): {
            "title": resource.title,
            "description": resource.about,
            "columns": {column.name: column.about for column in resource.columns},
            "facets": _facets(resource),
        }
        for resource in resources()
    }
    common = {
        "license": "CC BY 4.0",
        "license_url": LICENCE,
        "source": imprint.title,
        "source_url": imprint.address,
        "about": imprint.version,
        "about_url": f"{imprint.root}/about/",
    }
    said = {"title": imprint.title, "description": imprint.about} | common
    return said | {"databases": {NAME: said | {"tables": tables}}}


def _facets(resource: Resource) -> list[str | dict[str, str]]:
    """The columns by which rows are counted: codes of a vocabulary."""
    return [column.name for column in resource.columns if column.codes]
