"""Rounds larger than any so far."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from rounds.changes import together
from rounds.models import Round
from tests.addresses import admin_address
from tests.factories import make_agenda_item, make_delegation, make_member, make_round
from tests.forms import form_data
from tests.pages import get_page, page_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/admin/rounds/round/1/change/", "/admin/login/", "/"])
def test_what_is_too_much_is_said_in_the_design_of_the_site(editor_client, path):
    for data in (
        {f"field-{number}": "" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)},
        {"summary": "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)},
    ):
        body = "&".join(f"{name}={value}" for name, value in data.items())
        response = editor_client.post(path, body, "application/x-www-form-urlencoded")
        if path == "/":  # takes no form, so it reads none
            assert response.status_code == 405
            continue
        page = page_of(response)
        assert response.status_code == 413
        assert "Nothing was saved, and nothing is lost yet." in page.text
        assert page.has("header nav")


def test_too_many_files_are_said_to_be_files(editor_client):
    most = settings.DATA_UPLOAD_MAX_NUMBER_FILES
    files = [SimpleUploadedFile(f"{number}.yaml", b"[]") for number in range(most + 1)]
    response = editor_client.post("/admin/sheets/", {"files": files})
    page = page_of(response)
    assert response.status_code == 413
    assert f"At most {most} files are taken at once" in page.text
    assert "rows" not in page.one("main").text


def test_a_round_of_sixty_delegations_is_saved(editor_client):
    round_ = make_round(101)
    with together():
        for _ in range(60):
            make_member(make_delegation(round_))
        for _ in range(120):
            make_agenda_item(round_)
    address = admin_address(Round, "change", round_.pk)
    data = form_data(get_page(editor_client, address).one("#round_form"))
    assert 1_500 < sum(map(len, data.values())) < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS / 2
    last = data["agenda_items-119-id"]
    data["agenda_items-119-note"] = ["The last of all."]
    assert editor_client.post(address, data).status_code == 302
    assert round_.agenda_items.get(pk=last[0]).note == "The last of all."
    assert round_.delegations.count() == 60
