"""Back to an older version of the tables, and forward again."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings

ROOT = Path(__file__).parents[2]
# The rounds, the entries of the index, and how many the database's full text finds.
COUNT = """
import json
from rounds.models import Outcome, Round, SearchEntry
from rounds.search.kinds import KIND_OF
entries = SearchEntry.objects.of_kinds([KIND_OF[Outcome]])
hits = entries.filter(words__having="round")
print(json.dumps([Round.objects.count(), Outcome.objects.count(), entries.count(), hits.count()]))
"""


@pytest.fixture
def database(tmp_path: Path) -> Iterator[str]:
    """The address of an empty database of the kind that the tests run on."""
    if "sqlite" in settings.DATABASES["default"]["ENGINE"]:
        yield f"sqlite:///{tmp_path / 'astana.sqlite3'}"
        return
    address, name = os.environ["DATABASE_URL"], f"migrated_{uuid4().hex}"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield urlsplit(address)._replace(path=f"/{name}").geturl()
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.parametrize("is_filled", [True, False])
def test_tables_go_back_and_forth(database, is_filled):
    def manage(*command: str) -> str:
        result = subprocess.run(
            [sys.executable, "manage.py", *command, "--verbosity=0"],
            cwd=ROOT,
            env=os.environ | {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "tests.settings"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert result.returncode == 0, result.stderr
        return result.stdout

    def count() -> list[int]:
        return json.loads(manage("shell", "--no-imports", "--command", COUNT))

    manage("migrate")
    if is_filled:
        manage("load_record")
    before = count()
    assert all(before) == is_filled
    manage("migrate", "rounds", "0002")
    manage("migrate")
    assert count() == before
