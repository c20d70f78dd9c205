"""Reading where nothing can be written: root may write anywhere, so another user tries it."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.folders import let_others_in

COPY = """
import os, sys
from pathlib import Path
from astana.backups.sqlite import SqliteStore
if os.geteuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
print(SqliteStore(Path(sys.argv[1])).copy(Path(sys.argv[2])).counts)
"""
READ = """
import os, sys
from astana.sqlite.base import DatabaseWrapper
from django.conf import settings
from astana import settings as ours
settings.configure(DATABASES={"default": {**ours.DATABASES["default"], "NAME": sys.argv[1]}})
from django.db import connection, OperationalError
assert connection.vendor == "sqlite"
if os.geteuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
for _request in range(2):
    with connection.cursor() as cursor:
        cursor.execute("SELECT word FROM words")
        print(*[row[0] for row in cursor.fetchall()])
        try:
            cursor.execute("INSERT INTO words VALUES ('more')")
        except OperationalError as error:
            print(error)
    connection.close_if_unusable_or_obsolete()
"""


@pytest.fixture
def folder(tmp_path) -> Path:
    let_others_in(tmp_path)
    return tmp_path


def database(folder: Path) -> Path:
    path = folder / "astana.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE words (word TEXT)")
        connection.execute("INSERT INTO words VALUES ('read')")
    connection.close()
    return path


def read(path: Path, script: str = READ, *more: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", script, path, *more],
        capture_output=True,
        text=True,
        check=False,
        env={
            **os.environ,
            "DATABASE_URL": "sqlite:////unused",
            "SECRET_KEY": "only-for-tests-" * 4,
        },
        cwd=Path(__file__).parents[3],
    )


def read_only(folder: Path) -> None:
    for path in folder.iterdir():
        path.chmod(0o444)
    folder.chmod(0o555)


def test_a_folder_that_cannot_be_written_is_read(folder):
    path = database(folder)
    read_only(folder)
    done = read(path)
    assert done.stdout.splitlines() == ["read", "attempt to write a readonly database"] * 2


def test_what_waits_in_the_log_is_read_too(folder):
    path = database(folder)
    other = sqlite3.connect(path)
    other.execute("INSERT INTO words VALUES ('too')")
    other.commit()
    read_only(folder)
    assert read(path).stdout.splitlines()[0] == "read too"
    other.close()


def test_a_log_that_cannot_be_read_is_not_left_out(folder):
    path = database(folder)
    other = sqlite3.connect(path)
    other.execute("INSERT INTO words VALUES ('too')")
    other.commit()
    path.with_name(f"{path.name}-shm").unlink()
    read_only(folder)
    done = read(path)
    assert "unable to open database file" in done.stderr
    assert done.stdout == ""
    other.close()


def test_a_database_that_is_not_there_is_a_fault(folder):
    read_only(folder)
    assert "unable to open database file" in read(folder / "none.sqlite3").stderr


def test_a_folder_that_cannot_be_written_is_backed_up(folder):
    (folder / "var").mkdir()
    (folder / "copies").mkdir()
    (folder / "copies").chmod(0o777)
    path = database(folder / "var")
    read_only(folder / "var")
    done = read(path, COPY, folder / "copies" / "copy")
    assert done.stdout.strip() == "{'words': 1}", done.stderr


def test_others_are_let_through_what_is_of_the_tests_alone(tmp_path):
    of_machine = tmp_path / "tmp"
    folder = of_machine / "pytest-of-root" / "record"
    folder.mkdir(parents=True)
    for one in (of_machine, folder.parent, folder):
        one.chmod(0o700)
    let_others_in(folder)
    modes = [one.stat().st_mode & 0o777 for one in (of_machine, folder.parent, folder)]
    assert modes == [0o700, 0o755, 0o755]
