"""What a release says of itself in files of its own: for readers, for Zenodo, for citing."""

from collections.abc import Iterator
from datetime import date
from html import escape
from typing import Any

import yaml

from rounds.exports.imprint import LICENCE_NAME, Imprint

ANONYMOUS = "Astana process tracker"  # the author where it is not said who runs the site
KINDS = ("added", "changed", "removed")


def citation(imprint: Imprint, day: date) -> str:
    """How the release is cited, as CITATION.cff (https://citation-file-format.github.io)."""
    said = {
        "cff-version": "1.2.0",
        "message": "Cite the dataset as below, and for a single fact the publications it names.",
        "type": "dataset",
        "title": imprint.title,
        "abstract": imprint.about,
        "authors": [_author(imprint)],
        "version": imprint.version,
        "date-released": day,
        "license": LICENCE_NAME,
        "url": imprint.address,
        "keywords": imprint.keywords,
    }
    return yaml.safe_dump(said, sort_keys=False, allow_unicode=True, width=100)


def _author(imprint: Imprint) -> dict[str, str]:
    author = {"name": imprint.publisher or ANONYMOUS}
    if imprint.publisher_url:
        author["website"] = imprint.publisher_url
    return author


def zenodo(imprint: Imprint, day: date, notes: str) -> dict[str, Any]:
    """The metadata of a deposit, as Zenodo takes it from .zenodo.json."""
    said = {
        "upload_type": "dataset",
        "title": imprint.title,
        "version": imprint.version,
        "publication_date": day.isoformat(),
        "description": f"<p>{escape(imprint.about)}</p>",
        "creators": [{"name": imprint.publisher or ANONYMOUS}],
        "access_right": "open",
        "license": LICENCE_NAME.lower(),
        "language": "eng",
        "keywords": imprint.keywords,
        "related_identifiers": [
            {"identifier": imprint.address, "relation": "isIdenticalTo", "resource_type": "dataset"}
        ],
    }
    return said | ({"notes": escape(notes)} if notes else {})


def changes_in_words(said: dict[str, Any]) -> str:
    """What a release has and what differs from the one before, as Markdown."""
    return "\n".join(_lines(said)) + "\n"


def _lines(said: dict[str, Any]) -> Iterator[str]:
    tables, before = said["tables"], said["before"]
    yield f"# {said['release']}\n"
    if said["notes"]:
        yield f"{said['notes']}\n"
    yield f"Edition {said['edition']} of the record, released on {said['released'][:10]}.\n"
    if not before:
        yield "The first release.\n"
        yield from (f"- {name}: {table['rows']}" for name, table in tables.items())
        return
    yield f"## Changes since {before}\n"
    differing = {name: table for name, table in tables.items() if any(counts(table).values())}
    if not differing:
        yield "None."
    for name, table in differing.items():
        told = ", ".join(f"{count} {kind}" for kind, count in counts(table).items() if count)
        yield f"- {name}: {told}"
    yield from (
        f"- {name}: no longer there" for name, table in tables.items() if "is_gone" in table
    )
    for name, table in differing.items():
        yield f"\n### {name}\n"
        yield from (f"- added: `{key}`" for key in table["added"])
        for key, fields in table["changed"].items():
            yield f"- changed: `{key}` ({', '.join(fields)})"
        yield from (f"- removed: `{key}`" for key in table["removed"])


def counts(table: dict[str, Any]) -> dict[str, int]:
    """How many rows of a table were added, changed, removed."""
    return {kind: len(table.get(kind, ())) for kind in KINDS}
