"""The dataset as a Data Package 2.0: tables as CSV, and a descriptor that says what they hold.

https://datapackage.org/standard/data-package/
"""

import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

from rounds.exports.archives import zipped
from rounds.exports.codebook import codebook
from rounds.exports.columns import Column, Kind
from rounds.exports.imprint import LICENCE, LICENCE_NAME, NAME, Imprint
from rounds.exports.resources import Resource, resources
from rounds.exports.rows import Scope
from rounds.exports.separated import BETWEEN, SIGN, table_lines
from rounds.exports.tables import ADDRESS

PROFILES = "https://datapackage.org/profiles/2.0"
DESCRIPTOR = "datapackage.json"
CODEBOOK = "CODEBOOK.md"
LINES = 500  # that go into the archive at once

Json = dict[str, Any]


def package(scope: Scope, imprint: Imprint) -> Iterator[bytes]:
    """The package as a zip archive, piece by piece."""
    return zipped(_files(scope, imprint), imprint.at)


def _files(scope: Scope, imprint: Imprint) -> Iterator[tuple[str, Iterable[bytes]]]:
    described = []
    for resource in sorted(resources(), key=lambda one: one.name):
        counted = Counted(_lines(resource, scope))
        yield path_of(resource), counted
        described.append(
            describe(resource) | {"bytes": counted.size, "hash": f"sha256:{counted.digest}"}
        )
    yield CODEBOOK, [codebook(imprint).encode()]
    yield DESCRIPTOR, [text_of(descriptor(imprint, described)).encode()]


def text_of(said: Json) -> str:
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def path_of(resource: Resource) -> str:
    return f"{resource.name}.csv"


def _lines(resource: Resource, scope: Scope) -> Iterator[bytes]:
    """The lines of a table, some at once; as the standard has them without a byte order mark."""
    lines = table_lines(resource.columns, resource.rows(scope))
    found = [next(lines).removeprefix(SIGN)]
    for line in lines:
        found.append(line)
        if len(found) == LINES:
            yield "".join(found).encode()
            found.clear()
    yield "".join(found).encode()


class Counted:
    """Pieces that are counted as they pass by."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces, self._digest = pieces, sha256()
        self.size = 0

    @property
    def digest(self) -> str:
        return self._digest.hexdigest()

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            self.size += len(piece)
            self._digest.update(piece)
            yield piece


def descriptor(imprint: Imprint, described: list[Json]) -> Json:
    """What the package says of itself and its tables."""
    said: Json = {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": NAME,
        "title": imprint.title,
        "description": imprint.about,
        "homepage": imprint.address,
        "version": imprint.version,
        "created": imprint.at.isoformat(),
        "keywords": imprint.keywords,
        "licenses": [
            {
                "name": LICENCE_NAME,
                "path": LICENCE,
                "title": "Creative Commons Attribution 4.0",
            }
        ],
        "sources": [{"title": "The publications that sources.csv names"}],
    }
    if imprint.release:
        said["id"] = imprint.address
    if imprint.publisher:
        contributor = {"title": imprint.publisher, "roles": ["publisher"]}
        if imprint.publisher_url:
            contributor["path"] = imprint.publisher_url
        said["contributors"] = [contributor]
    return said | {"resources": described}


def describe(resource: Resource) -> Json:
    """What is said of a table, but for what its file holds."""
    return {
        "$schema": f"{PROFILES}/dataresource.json",
        "name": resource.name,
        "type": "table",
        "path": path_of(resource),
        "title": resource.title,
        "description": resource.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema(resource),
    }


def schema(resource: Resource) -> Json:
    """The Table Schema of a table."""
    said: Json = {
        "$schema": f"{PROFILES}/tableschema.json",
        "fields": [field(column, resource) for column in resource.columns],
        "missingValues": [""],
        "primaryKey": list(resource.key),
    }
    foreign = [
        {
            "fields": [column.name],
            "reference": {"resource": table, "fields": [key]},
        }
        for column, table, key in resource.references
    ]
    return said | ({"foreignKeys": foreign} if foreign else {})


def field(column: Column, resource: Resource) -> Json:
    """What is said of a column."""
    constraints: Json = {}
    if column.is_required:
        constraints["required"] = True
    if resource.key == (column.name,):
        constraints["unique"] = True
    said: Json = {"name": column.name, "type": column.kind.value, "description": column.about}
    if column.kind is Kind.LIST:
        said |= {"type": "list", "delimiter": BETWEEN, "itemType": "string"}
    if column.is_address or column is ADDRESS:
        said["format"] = "uri"
    if codes := column.codes:
        constraints["enum"] = [one.code for one in codes]
        said["categories"] = [
            {"value": one.code, "label": one.label, "description": one.meaning} for one in codes
        ]
    if column.kind is Kind.BOOLEAN:
        said |= {"trueValues": ["true"], "falseValues": ["false"]}
    return said | ({"constraints": constraints} if constraints else {})
