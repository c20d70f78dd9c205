"""The files of an edition are made once, and kept where something can be kept."""

import hashlib
from dataclasses import replace
from pathlib import Path
from time import monotonic

import pytest

from rounds.dataset import kept
from rounds.dataset.files import NAMED, File
from rounds.exports.rows import ChangedMeanwhileError
from rounds.models import Round
from tests.rounds.dataset.conftest import imprint

pytestmark = pytest.mark.django_db
CONTENT = [b"one", b"", b"two"]


@pytest.fixture
def folder(settings, tmp_path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def made() -> list[str]:
    """What was made, in its order."""
    return []


@pytest.fixture
def file(made) -> File:
    def make(_imprint):
        made.append("file")
        yield from CONTENT

    return File("some.txt", "some", "some", "text/plain", make)


def given(file: File) -> bytes:
    return b"".join(kept.pieces(file, imprint()))


def test_a_file_is_made_once_for_each_edition(folder, file, made, round_22):
    assert (given(file), given(file), made) == (b"onetwo", b"onetwo", ["file"])
    digest = hashlib.sha256(b"onetwo").hexdigest()
    assert kept.size_of(file, imprint(), monotonic() + 60) == (6, digest)
    assert made == ["file"]
    round_22.venue = "Another hall"
    round_22.save()
    assert (given(file), made) == (b"onetwo", ["file", "file"])


def test_of_all_that_was_kept_the_last_is_left(folder, file):
    for number in range(kept.FOLDERS + 2):
        of_site = replace(imprint(), root=f"https://{number}.example.org")
        assert b"".join(kept.pieces(file, of_site)) == b"onetwo"
    assert len(list((folder / "editions").iterdir())) == kept.FOLDERS


def test_what_changes_meanwhile_is_not_kept(folder, file, made):
    before = imprint()

    def make(_imprint):
        yield b"one"
        Round.objects.filter(number=22).update(venue="Another hall")

    changed = File("some.txt", "some", "some", "text/plain", make)
    assert b"".join(kept.pieces(changed, before)) == b"one"
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_of_what_does_not_go_together_no_size_is_known(folder):
    def make(_imprint):
        yield b"one"
        raise ChangedMeanwhileError

    torn = File("some.txt", "some", "some", "text/plain", make)
    assert kept.size_of(torn, imprint(), monotonic() + 60) is None
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_what_is_broken_off_leaves_nothing(folder, file):
    pieces = kept.pieces(file, imprint())
    next(pieces)
    pieces.close()
    assert kept.size_of(file, imprint(), monotonic() - 1) is None
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_where_nothing_can_be_kept_files_are_given_all_the_same(settings, tmp_path, monkeypatch):
    name = "metadata.json"
    whole = b"".join(NAMED[name].make(imprint()))
    (tmp_path / "file").touch()
    settings.DATA_DIR = tmp_path / "file"
    assert given(NAMED[name]) == whole
    settings.DATA_DIR = tmp_path / "full"

    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(kept.Path, "replace", full)
    assert given(NAMED[name]) == whole
    assert [path for path in (tmp_path / "full").rglob("*") if path.is_file()] == []


def test_a_database_is_made_in_memory_where_no_file_can_be(monkeypatch):
    beside = b"".join(NAMED["astana.sqlite"].make(imprint()))

    def full(**kwargs):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("rounds.exports.database.NamedTemporaryFile", full)
    assert len(b"".join(NAMED["astana.sqlite"].make(imprint()))) == len(beside)
