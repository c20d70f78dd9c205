"""Sheets in the admin: by the same code as the commands, for editors alone."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from rounds.desk.sheets.database import read_record
from rounds.desk.sheets.exporting import Sheets, sheet_of_round
from rounds.desk.sheets.files import LARGEST, text_of
from rounds.models import Round
from rounds.topics.models import Topic
from tests.factories import make_round, make_source
from tests.pages import get_page, page_of
from tests.record import empty

pytestmark = pytest.mark.django_db

SUMMARY = "- {round: 22, summary: Another summary of it.}\n"
DOWNLOADS = ["/admin/sheets/record-yaml.zip", "/admin/sheets/round-22.json"]


def upload(client: Client, content: str | bytes, name: str = "summaries.yaml", **fields: str):
    raw = content.encode() if isinstance(content, str) else content
    data = {"files": SimpleUploadedFile(name, raw), **fields}
    return client.post(reverse("sheets"), data)


def apply(client: Client, response):
    packed = page_of(response).one("input[name=apply]").attributes["value"]
    return client.post(
        reverse("sheets"), {"apply": packed, "seen": "on", "reason": "It is tested."}, follow=True
    )


@pytest.fixture
def viewer(db) -> User:
    """Staff that may see all and change nothing."""
    user = User.objects.create_user("viewer", password="secret", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    return user


@pytest.fixture
def client_of(request):
    def client_of(name: str) -> Client:
        client = Client()
        if name != "anonymous":
            client.force_login(request.getfixturevalue(name))
        return client

    return client_of


@pytest.mark.parametrize(
    ("who", "page", "download", "sent"),
    [
        ("anonymous", 302, 302, 302),
        ("stranger", 302, 302, 302),
        ("viewer", 200, 200, 403),
        ("editor", 200, 200, 200),
    ],
)
def test_who_may_do_what(client_of, who, page, download, sent):
    client = client_of(who)
    assert client.get(reverse("sheets")).status_code == page
    assert {client.get(address).status_code for address in DOWNLOADS} == {download}
    assert upload(client, SUMMARY).status_code == sent
    assert client.post(reverse("sheets"), {"apply": "x"}).status_code in (sent, 422)
    assert Round.objects.get(number=22).summary != "Another summary of it."


@pytest.mark.parametrize("missing", ["view_unpublished_round", "add_outcome", "change_source"])
def test_who_lacks_one_permission_uploads_nothing(editor, client_of, missing):
    permissions = editor.groups.get().permissions
    permissions.remove(*permissions.filter(codename=missing))
    assert upload(client_of("editor"), SUMMARY).status_code == 403


def test_an_upload_without_a_token_is_refused(editor):
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    assert upload(client, SUMMARY).status_code == 403


def test_an_upload_shows_the_differences_and_applies_them(editor_client, round_22):
    before = round_22.summary
    response = upload(editor_client, SUMMARY)
    page = page_of(response)
    assert page.one("#differences h3").text == "Changed round 22"
    assert page.texts("#differences tbody tr > *") == [
        "summary",
        f"“{before}”",
        "“Another summary of it.”",
    ]
    assert page.texts("#differences .counts li") == [
        "0 objects are added",
        "1 is changed",
        "0 are removed",
        "0 are unchanged",
        "0 are in the database and not in the sheets, and stay",
    ]
    assert Round.objects.get(number=22).summary == before
    assert (
        "The sheets were brought into the record." in page_of(apply(editor_client, response)).text
    )
    assert Round.objects.get(number=22).summary == "Another summary of it."
    assert LogEntry.objects.get().change_message == "By sheet."


def test_what_stays_is_folded_behind_what_changes(editor_client):
    file = editor_client.get("/admin/sheets/round-18.yaml").content
    Round.objects.filter(number=18).update(summary="Another.")
    page = page_of(upload(editor_client, file, "round-18.yaml"))
    assert page.texts("#differences h3") == ["Changed round 18"]
    kinds = {one.one("summary").text: one for one in page.all("details details")}
    others = Round.objects.exclude(number=18).count()
    assert len(kinds[f"{others} rounds"].all("li")) == others
    assert not page.has("details[open]")


def test_all_that_would_be_written_is_shown(editor_client):
    same = f"text: X, theme: regional, sources: [{make_source().slug}]"
    topics = "\n".join(f"- {{id: new-{n}, label: New {n}, {same}}}" for n in range(600))
    page = page_of(upload(editor_client, topics, "topics.yaml"))
    assert len(page.all("#differences .added")) == 600
    assert page.has("input[name=apply]")


def test_parts_are_removed_where_that_is_asked_for(client_of, editor, round_22):
    client = client_of("editor")
    sheet = sheet_of_round(read_record(), 22)["rounds"]
    gone = sheet[0]["delegations"].pop()
    content = text_of(sheet)
    page = page_of(upload(client, content, "rounds.yaml"))
    assert not page.all("#differences .removed")
    response = upload(client, content, "rounds.yaml", prune="on")
    label = f"round 22, delegation {gone['party']}"
    assert page_of(response).texts("#differences .removed h3") == [f"Removed {label}"]
    apply(client, response)
    assert not round_22.delegations.filter(participant__slug=gone["party"]).exists()
    assert LogEntry.objects.filter(object_id=str(round_22.pk)).exists()


def test_who_may_not_delete_removes_nothing_by_sheets(editor_client, editor, round_22):
    response = upload(editor_client, SUMMARY, prune="on")
    assert response.status_code == 200
    for group in editor.groups.all():
        group.permissions.remove(Permission.objects.get(codename="delete_delegation"))
    assert not get_page(editor_client, reverse("sheets")).all("#prune")
    assert upload(editor_client, SUMMARY, prune="on").status_code == 403
    packed = page_of(response).one("input[name=apply]").attributes["value"]
    assert editor_client.post(reverse("sheets"), {"apply": packed}).status_code == 403


def test_nothing_is_applied_but_what_was_shown(editor_client):
    response = upload(editor_client, SUMMARY)
    Topic.objects.filter(slug="hostages").update(label="Captives")
    again = apply(editor_client, response)
    assert "The record was changed meanwhile." in page_of(again).text
    assert Round.objects.get(number=22).summary != "Another summary of it."
    apply(editor_client, again)
    assert Round.objects.get(number=22).summary == "Another summary of it."


def test_a_forged_application_is_refused(editor_client):
    response = editor_client.post(reverse("sheets"), {"apply": "forged"})
    assert response.status_code == 422
    assert page_of(response).texts("#faults li") == ["Upload the sheets once more."]


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("summaries.yaml", "- {round: 22}", "“summary” is missing."),
        ("summaries.yaml", b"\xff", "not a text in UTF-8"),
        ("glossary.yaml", "- {term: Çéà}".encode("latin-1"), "not a text in UTF-8"),
        ("summaries.yaml", b"x" * (LARGEST + 10), "The file is larger than"),
        ("<script>.yaml", "- {}", "What this is follows from neither"),
    ],
)
def test_faults_are_shown(editor_client, name, content, fault):
    response = upload(editor_client, content, name)
    assert response.status_code == 422
    assert fault in page_of(response).one("#faults li").text


def test_no_file_is_said(editor_client):
    response = editor_client.post(reverse("sheets"), {})
    assert page_of(response).texts("#faults li") == ["There is no sheet."]


def test_the_whole_record_is_downloaded_and_uploaded(editor_client):
    archive = ZipFile(BytesIO(editor_client.get("/admin/sheets/record-yaml.zip").content))
    files = {name: archive.read(name) for name in archive.namelist()}
    assert files == {name: b"".join(pieces) for name, pieces in Sheets().files("yaml")}
    data = {"files": [SimpleUploadedFile(name, content) for name, content in files.items()]}
    page = page_of(editor_client.post(reverse("sheets"), data))
    assert page.texts("#differences .counts li")[:2] == ["0 objects are added", "0 are changed"]
    assert not page.has("input[name=apply]")


@pytest.mark.parametrize("form", ["yaml", "json"])
def test_the_archive_that_was_downloaded_is_uploaded(editor_client, round_22, form):
    archive = editor_client.get(f"/admin/sheets/record-{form}.zip").content
    Round.objects.filter(number=22).update(summary="Another.")
    shown = upload(editor_client, archive, f"record-{form}.zip")
    assert page_of(shown).texts("#differences h3") == ["Changed round 22"]
    apply(editor_client, shown)
    assert Round.objects.get(number=22).summary == round_22.summary


@pytest.mark.parametrize("form", ["yaml", "json"])
def test_a_round_is_downloaded_with_all_that_it_names(editor_client, publisher, form):
    editor_client.force_login(publisher)
    response = editor_client.get(f"/admin/sheets/round-4.{form}")
    assert response.headers["Content-Disposition"] == f'attachment; filename="round-4.{form}"'
    empty()
    shown = upload(editor_client, response.content, f"round-4.{form}")
    assert apply(editor_client, shown).status_code == 200
    assert [one.number for one in Round.objects.all()] == [4]
    assert editor_client.get(f"/admin/sheets/round-4.{form}").content == response.content


@pytest.mark.parametrize("address", ["round-999.yaml", "round-4.xlsx", "record-xlsx.zip"])
def test_what_is_not_there_is_not_found(editor_client, address):
    assert editor_client.get(f"/admin/sheets/{address}").status_code == 404


def test_the_page_has_neither_scripts_nor_styles_of_its_own(editor_client):
    page = get_page(editor_client, reverse("sheets"))
    assert not page.has("main style, main [style], main script:not([src]), main [onclick]")


def test_the_index_leads_to_the_sheets(editor_client):
    assert reverse("sheets") in get_page(editor_client, reverse("admin:index")).links("#content a")


def test_the_page_takes_few_queries(editor_client, django_assert_max_num_queries):
    make_round(101)
    editor_client.get(reverse("sheets"))
    with django_assert_max_num_queries(8):
        editor_client.get(reverse("sheets"))
