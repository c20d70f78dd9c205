"""Releases of the dataset: all of one or nothing, and for good."""

import hashlib
import json
import shutil
import sqlite3
from contextlib import closing
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
import yaml
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError

from rounds.dataset import releases
from rounds.models import Edition, Outcome, Release
from tests.factories import make_full_round, make_hidden_round, make_source

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("blank")]
SITE = "https://astana.example.org"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> Path:
    settings.DATA_DIR = tmp_path
    settings.SITE_URL = SITE
    settings.OPERATOR = {"name": "A newsroom", "url": "https://example.org/", "email": ""}
    return tmp_path / "releases"


def release(name: str, **options: str) -> Release:
    call_command("release_data", name, verbosity=0, **{"site": SITE, **options})
    return Release.objects.get(name=name)


def contents(folder: Path) -> dict[str, bytes]:
    files = [one for one in folder.rglob("*") if one.is_file()]
    return {str(one.relative_to(folder)): one.read_bytes() for one in files}


def test_a_release_is_frozen_and_says_what_changed_since(folder):
    round_ = make_full_round(22)
    edition = Edition.objects.get().number
    first = release("2026.1", notes="The first & only.")
    assert (first.edition, first.site, first.notes) == (edition, SITE, "The first & only.")
    assert Edition.objects.get().number > edition  # pages name it from now on
    frozen = contents(folder / "2026.1")

    source = make_source(slug="new-source")
    round_.venue = "Another hall"
    round_.save()
    round_.sources.add(source)
    outcome = Outcome.objects.get(round=round_)
    (unused,) = outcome.sources.values_list("slug", flat=True)  # which is not public by itself
    outcome.delete()
    second = release("2026.2")
    told = {
        name: {kind: table[kind] for kind in ("added", "changed", "removed") if table[kind]}
        for name, table in second.changes["tables"].items()
    }
    assert {name: table for name, table in told.items() if table} == {
        "rounds": {"changed": {"22": ["venue", "sources"]}},
        "outcomes": {"removed": ["22_1"]},
        "sources": {"added": ["new-source"], "removed": [unused]},
    }
    words = (folder / "2026.2" / "CHANGES.md").read_text()
    assert "\n## Changes since 2026.1\n" in words
    assert "\n- changed: `22` (venue, sources)\n" in words
    assert contents(folder / "2026.1") == frozen

    release("2026.10")
    assert "\nNone.\n" in (folder / "2026.10" / "CHANGES.md").read_text()
    assert Release.objects.newest().name == "2026.10"


def test_a_release_has_all_that_a_deposit_needs(folder):
    make_full_round(22)
    made = release("2026.1", notes="First.")
    files = contents(folder / "2026.1")
    sums = dict(line.split("  ")[::-1] for line in files["SHA256SUMS"].decode().splitlines())
    assert sums == {
        name: hashlib.sha256(content).hexdigest()
        for name, content in files.items()
        if name != "SHA256SUMS"
    }
    assert {(one["name"], one["size"]) for one in made.files} == {
        (name, len(content)) for name, content in files.items()
    }
    address = f"{SITE}/data/releases/2026.1/"
    citation = yaml.safe_load(files["CITATION.cff"])
    assert (citation["cff-version"], citation["type"]) == ("1.2.0", "dataset")
    assert (citation["version"], citation["url"]) == ("2026.1", address)
    assert citation["date-released"] == made.day
    assert citation["authors"] == [{"name": "A newsroom", "website": "https://example.org/"}]
    zenodo = json.loads(files[".zenodo.json"])
    assert (zenodo["upload_type"], zenodo["version"]) == ("dataset", "2026.1")
    assert zenodo["related_identifiers"][0]["identifier"] == address
    with closing(sqlite3.connect(folder / "2026.1" / "astana.sqlite")) as connection:
        (found,) = connection.execute("SELECT address FROM rounds WHERE number = 22").fetchone()
    assert found == f"{SITE}/rounds/22/"


@pytest.mark.parametrize(
    "name",
    [
        *("", "2026", "2026.0", "2026.01", "26.1", "2026.1.1", "2026.1000", "v2026.1", "latest"),
        *("../2026.1", "2026.1/", "2026.1\n", "٢٠٢٦.1"),
    ],
)
def test_a_malformed_name_is_refused_first(folder, name):
    with pytest.raises(CommandError, match="is no name of a release"):
        release(name, site="")
    assert not folder.exists()


def test_what_cannot_be_released_is_refused_and_nothing_is_written(folder, settings):
    settings.SITE_URL = ""
    for site, sentence in (("", "what they begin with"), ("astana.org", "no address of a site")):
        with pytest.raises(CommandError, match=sentence):
            release("2026.2", site=site)
    assert not folder.exists()
    release("2026.2")
    before, edition = contents(folder), Edition.objects.get().number
    with pytest.raises(CommandError, match=r"There is a release 2026\.2 already"):
        release("2026.2")
    with pytest.raises(CommandError, match="would come before"):
        release("2026.1")
    (folder / "2026.3").mkdir()
    with pytest.raises(CommandError, match="does not know it"):
        release("2026.3")
    shutil.move(folder / "2026.2", folder / "away")
    with pytest.raises(CommandError, match="nobody can tell what changed"):
        release("2026.4")
    shutil.move(folder / "away", folder / "2026.2")
    assert (contents(folder), Edition.objects.get().number) == (before, edition)
    assert Release.objects.count() == 1


@pytest.mark.parametrize(
    "step", ["_written", "_synced", "differences", "raise_edition", "Path.rename"]
)
def test_a_release_that_fails_half_way_leaves_none(folder, monkeypatch, step):
    calls = []

    def fails(*args):
        calls.append(args)
        raise OSError(28, "No space left on device", "some file")

    monkeypatch.setattr(f"rounds.dataset.releases.{step}", fails)
    with pytest.raises(CommandError, match="cannot be written: No space left on device"):
        release("2026.1")
    assert calls
    assert list(folder.iterdir()) == []
    assert not Release.objects.exists()
    monkeypatch.undo()


@pytest.mark.parametrize("step", ["database.database", "database._words", "releases.raise_edition"])
def test_a_database_that_fails_half_way_leaves_none(folder, monkeypatch, step):
    def fails(*args):
        name = "disk I/O error"
        raise DatabaseError(name) if "edition" in step else sqlite3.OperationalError(name)

    room = "dataset" if "edition" in step else "exports"
    monkeypatch.setattr(f"rounds.{room}.{step}", fails)
    with pytest.raises(CommandError, match="cannot be written: disk I/O error"):
        release("2026.1")
    assert list(folder.iterdir()) == []
    assert not Release.objects.exists()


def test_what_a_killed_release_left_goes_with_the_next(folder):
    (folder / ".killed").mkdir(parents=True)
    (folder / ".killed" / "astana.json").touch()
    release("2026.1")
    assert [one.name for one in folder.iterdir()] == ["2026.1"]


def test_a_release_that_an_older_database_does_not_know_is_entered_again(folder):
    made = release("2026.1", notes="First.")
    Release.objects.all().delete()
    call_command("release_data", "2026.1", "--register", verbosity=0)
    again = Release.objects.get()
    for name in ("name", "edition", "changed_at", "released_at", "site", "notes", "changes"):
        assert getattr(again, name) == getattr(made, name), name
    assert again.files == made.files

    Release.objects.all().delete()
    (folder / "2026.1" / "astana.json").write_text("{}")
    with pytest.raises(CommandError, match=r"is not as it was: astana\.json"):
        call_command("release_data", "2026.1", "--register")
    with pytest.raises(CommandError, match="holds no release that is whole"):
        call_command("release_data", "2026.2", "--register")
    assert not Release.objects.exists()


def test_notes_are_a_text_or_a_file(folder, tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("Of a file.\n")
    assert release("2026.1", notes=str(path)).notes == "Of a file."
    assert release("2026.2", notes="x" * 5_000).notes == "x" * 5_000
    for number, text in enumerate(("https://example.org/notes", "<i>x</i>", "~5 or/and 6."), 3):
        assert release(f"2026.{number}", notes=text).notes == text
    with pytest.raises(CommandError, match="The notes are no text"):
        release("2026.9", notes="a\0b")
    for name in ("/none/notes", "./notes", "~/my notes", "var/notes", "notes.txt", "my notes.md"):
        with pytest.raises(CommandError, match="There is no file"):
            release("2026.9", notes=name)
    path.write_bytes(b"\xff")
    for unread in (path, tmp_path):
        with pytest.raises(CommandError, match="The notes cannot be read"):
            release("2026.9", notes=str(unread))
    assert Release.objects.count() == 5


def test_a_release_holds_nothing_of_a_draft(folder):
    make_full_round(22)
    make_hidden_round("quokkaville")
    release("2026.1")
    for name, content in contents(folder).items():
        for one in unpacked(content) if name.endswith(".zip") else [content]:
            assert b"quokkaville" not in one, name


def unpacked(content: bytes) -> list[bytes]:
    with ZipFile(BytesIO(content)) as archive:
        return [archive.read(one) for one in archive.namelist()]


def test_names_are_in_the_order_of_their_numbers():
    assert releases._order("2026.9") < releases._order("2026.10") < releases._order("2027.1")
