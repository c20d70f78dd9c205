"""The whole record as one document of JSON."""

from collections.abc import Iterator

from rounds.exports.imprint import LICENCE, Imprint
from rounds.exports.records import Records
from rounds.exports.rows import Scope
from rounds.exports.structured import text_of
from rounds.exports.tables import TABLES


def whole(scope: Scope, imprint: Imprint) -> Iterator[bytes]:
    """The document: each noun under its name, with all that is part of it; the sources once."""
    about = {
        "title": imprint.title,
        "description": imprint.about,
        "version": imprint.version,
        "edition": imprint.edition,
        "changed": imprint.at,
        "address": imprint.address,
        "licence": LICENCE,
    }
    yield f'{{"about": {text_of(about)}'.encode()
    for table in TABLES:
        if not table.parent:
            yield f",\n{text_of(table.name)}: [".encode()
            for place, record in enumerate(Records(table, scope)):
                yield ((",\n" if place else "\n") + text_of(record)).encode()
            yield b"\n]"
    yield b"}\n"
