"""What differs between two releases, row by row, as their databases have it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from rounds.exports.database import table_name
from rounds.exports.resources import Resource, resources
from rounds.exports.tables import ADDRESS

Json = dict[str, Any]
LEFT_OUT = {ADDRESS.name}  # it follows from the key and the site


def differences(before: Path | None, after: Path) -> Json:
    """By the name of each table how many rows it has, and which were added, changed, removed.

    Rows are named by their keys; of what was changed, the columns. Nothing is said of what has
    keys alone, since it follows from lists of other tables. With nothing before, the rows are
    counted alone.
    """
    found: Json = {}
    with closing(_opened(after)) as new:
        for resource in resources():
            if len(resource.key) < len(resource.columns):
                found[resource.name] = {"rows": _count(new, resource)}
        if before:
            with closing(_opened(before)) as old:
                for resource in resources():
                    if resource.name in found:
                        found[resource.name] |= _differing(old, new, resource)
                gone = sorted(_tables(old) - _tables(new))
                found |= {name: {"rows": 0, "is_gone": True} for name in gone}
    return found


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    return connection


def _tables(connection: sqlite3.Connection) -> set[str]:
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return {name for (name,) in rows if "_fts" not in name}


def _count(connection: sqlite3.Connection, resource: Resource) -> int:
    table = table_name(resource.name)  # which needs no care: it is ours
    (count,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
    return int(count)


def _rows(connection: sqlite3.Connection, resource: Resource) -> Iterator[tuple[str, Json]]:
    (key,) = resource.key
    table = table_name(resource.name)
    if table in _tables(connection):
        for row in connection.execute(f"SELECT * FROM {table}"):  # noqa: S608
            said = dict(row)
            yield str(said.pop(key)), said


def _differing(old: sqlite3.Connection, new: sqlite3.Connection, resource: Resource) -> Json:
    before = dict(_rows(old, resource))
    added: list[str] = []
    changed: dict[str, list[str]] = {}
    for key, row in _rows(new, resource):
        earlier = before.pop(key, None)
        if earlier is None:
            added.append(key)
            continue
        # A column that only one of them has is no change of the row.
        names = [name for name in row if name in earlier and name not in LEFT_OUT]
        if fields := [name for name in names if row[name] != earlier[name]]:
            changed[key] = fields
    return {"added": added, "changed": changed, "removed": list(before)}
