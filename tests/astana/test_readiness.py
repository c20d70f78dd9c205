"""What those are told who watch the site."""

import os
import subprocess
import sys

import pytest
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.db import DatabaseError
from django.db.migrations.recorder import MigrationRecorder

from astana import readiness

WELL = "database: ok\nmigrations: ok\nstatic files: ok\n"
PROBES = ["/healthz", "/readyz"]
ASK = """
import django
django.setup()
from django.test import Client
for address in ("/healthz", "/readyz"):
    response = Client().get(address)
    print(response.status_code, response.content.decode())
"""


@pytest.fixture
def checks(monkeypatch):
    monkeypatch.setattr(readiness, "CHECKS", dict(readiness.CHECKS))


def ask(client, status: int) -> str:
    response = client.get("/readyz")
    assert response.status_code == status
    return response.content.decode()


def test_the_process_is_alive_without_a_database(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_ready_says_a_line_for_each_check(client, django_assert_max_num_queries):
    assert WELL in ask(client, 200)
    with django_assert_max_num_queries(5):
        ask(client, 200)


@pytest.mark.django_db
@pytest.mark.parametrize("address", PROBES)
def test_probes_are_answered_for_any_host_over_plain_http(client, settings, address):
    settings.SECURE_SSL_REDIRECT = True
    response = client.get(address, headers={"Host": "10.0.0.5:8000"})
    assert response.status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("address", PROBES)
def test_probes_are_kept_by_nobody_and_set_no_cookie(editor_client, address):
    response = editor_client.get(address)
    assert response.headers["Cache-Control"] == "no-store"
    assert not response.cookies
    assert "Vary" not in response.headers


@pytest.mark.django_db
def test_a_migration_that_was_not_run_is_named(client):
    applied = MigrationRecorder.Migration.objects.filter(app="rounds")
    last = applied.latest("name")
    applied.filter(name=last.name).delete()
    assert f"migrations: Run “manage.py migrate”; missing: rounds.{last.name}." in ask(client, 503)
    MigrationRecorder.Migration.objects.create(app="rounds", name=last.name)
    assert WELL in ask(client, 200)


@pytest.mark.django_db
def test_static_files_that_were_not_collected_are_told(client, tmp_path, monkeypatch):
    storage = ManifestStaticFilesStorage(location=tmp_path)
    monkeypatch.setattr(readiness, "staticfiles_storage", storage)
    assert "static files: Run “manage.py collectstatic”, and start the site" in ask(client, 503)
    storage.hashed_files = {"css/base.css": "css/base.0123.css"}
    storage.save_manifest()
    assert WELL in ask(client, 200)
    storage.hashed_files = {}
    assert "They were collected after the start" in ask(client, 503)


@pytest.mark.django_db
def test_an_app_may_add_a_check(client, checks):
    readiness.add("index", lambda: "It is not current.")
    assert ask(client, 503).endswith("index: It is not current.\n")


def test_a_check_may_find_the_database_gone(client, checks):
    def fail() -> str:
        raise DatabaseError

    readiness.CHECKS.clear()
    readiness.add("index", fail)
    assert ask(client, 503) == "index: The database does not answer.\n"


@pytest.mark.parametrize(
    ("database", "fault"),
    [
        (
            "/no/such/folder/astana.sqlite3",
            "database: The database does not answer.\nmigrations: T",
        ),
        (":memory:", "database: ok\nmigrations: Run “manage.py migrate”; missing: accounts."),
    ],
)
def test_it_is_not_ready_without_a_database_or_its_tables(database, fault):
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": f"sqlite:///{database}",
    }
    result = subprocess.run(
        [sys.executable, "-c", ASK], env=environment, capture_output=True, text=True, check=False
    )
    assert result.stdout.startswith(f"200 ok\n\n503 {fault}")
