"""How long the database may take for the server, and for everybody else."""

import os
import subprocess
import sys

import pytest

OPTIONS = "from django.db import connection as c; print(c.settings_dict['OPTIONS'].get('options'))"
SERVER, COMMAND = "import astana.wsgi", "import django; django.setup()"


def options(start: str, database: str) -> str:
    environment = {
        "PATH": os.environ["PATH"],
        "SECRET_KEY": "k" * 50,
        "ALLOWED_HOSTS": "localhost",
        "DJANGO_SETTINGS_MODULE": "astana.settings",
        "DATABASE_URL": database,
    }
    result = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", f"{start}; {OPTIONS}"],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return result.stdout.strip()


@pytest.mark.parametrize(
    ("start", "database", "expected"),
    [
        (SERVER, "postgres://u:p@h/n", "-c statement_timeout=15s"),
        (
            SERVER,
            "postgres://u:p@h/n?options=-c%20search_path=a",
            "-c search_path=a -c statement_timeout=15s",
        ),
        (COMMAND, "postgres://u:p@h/n", "None"),
        (SERVER, "sqlite:///:memory:", "None"),
    ],
)
def test_only_statements_of_the_server_are_ended(start, database, expected):
    assert options(start, database) == expected
