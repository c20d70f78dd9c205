"""The files in which the record is given out as a whole. Each has what is public, and no more."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from rounds.desk.sheets.exporting import Sheets
from rounds.exports import codebook, database, package, structured, whole
from rounds.exports.archives import zipped
from rounds.exports.imprint import NAME, Imprint
from rounds.exports.rows import Scope

Making = Iterator[bytes]


@dataclass(frozen=True)
class File:
    """A file of the dataset. ``make`` gives it piece by piece; an empty piece is none."""

    name: str
    title: StrOrPromise
    about: StrOrPromise
    media_type: str
    make: Callable[[Imprint], Making]


def scope_of(imprint: Imprint) -> Scope:
    """What everybody may see, with addresses of the site that the imprint names."""
    return Scope(AnonymousUser(), root=imprint.root)


def _package(imprint: Imprint) -> Making:
    return package.package(scope_of(imprint), imprint)


def _whole(imprint: Imprint) -> Making:
    return whole.whole(scope_of(imprint), imprint)


def _database(imprint: Imprint) -> Making:
    return database.database(scope_of(imprint), imprint)


def _metadata(imprint: Imprint) -> Making:
    yield (structured.text_of(database.metadata(imprint)) + "\n").encode()


def _codebook(imprint: Imprint) -> Making:
    yield codebook.codebook(imprint).encode()


def _sheets(form: str, imprint: Imprint) -> Making:
    return zipped(Sheets(AnonymousUser()).files(form), imprint.at)


ZIP, JSON = "application/zip", "application/json"
DATABASE = f"{NAME}.sqlite"
FILES = (
    File(
        f"{NAME}-datapackage.zip",
        _("Data Package"),
        _(
            "All tables as CSV with their types, keys and descriptions in datapackage.json "
            "(Frictionless Data Package 2.0), and the codebook."
        ),
        ZIP,
        _package,
    ),
    File(
        DATABASE,
        _("SQLite"),
        _("The same tables as a database, with foreign keys and a search by words."),
        "application/vnd.sqlite3",
        _database,
    ),
    File(
        "metadata.json",
        _("Metadata for Datasette"),
        _("What Datasette shows beside that database: titles, descriptions, the licence."),
        JSON,
        _metadata,
    ),
    File(
        f"{NAME}.json",
        _("JSON"),
        _("The whole record in one document: each noun with all its parts, the sources once."),
        JSON,
        _whole,
    ),
    File(
        f"{NAME}-sheets-yaml.zip",
        _("Sheets, YAML"),
        _("The record as files to read and to edit, as another copy of this site takes them in."),
        ZIP,
        partial(_sheets, "yaml"),
    ),
    File(
        f"{NAME}-sheets-json.zip",
        _("Sheets, JSON"),
        _("The same sheets as JSON."),
        ZIP,
        partial(_sheets, "json"),
    ),
    File(
        "CODEBOOK.md",
        _("Codebook"),
        _("Every table, column and code in words."),
        "text/markdown",
        _codebook,
    ),
)
NAMED = {file.name: file for file in FILES}
