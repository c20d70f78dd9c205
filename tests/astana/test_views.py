import os
import subprocess
import sys

import pytest

from astana.errors import server_error
from tests.pages import get_page, page_of

ASK = """
import django
django.setup()
from django.test import Client
response = Client().get("/healthz")
print(response.status_code, response.content.decode())
"""


@pytest.mark.django_db
def test_healthz_answers(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


def test_healthz_tells_when_the_database_does_not_answer():
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": "sqlite:////no/such/folder/astana.sqlite3",
        "ALLOWED_HOSTS": "testserver",
    }
    result = subprocess.run(
        [sys.executable, "-c", ASK], env=environment, capture_output=True, text=True, check=False
    )
    assert result.stdout == "503 The database does not answer.\n\n"


@pytest.mark.django_db
def test_other_unknown_addresses_are_in_the_design(client):
    page = get_page(client, "/no/such/page/", status=404)
    assert page.one("h1").text == "There is no such page"


def test_a_fault_is_told_in_the_design(rf):
    response = server_error(rf.get("/"))
    assert response.status_code == 500
    assert "Something went wrong here" in page_of(response).one("h1").text
