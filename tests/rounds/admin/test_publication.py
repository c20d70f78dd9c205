"""How rounds get from a draft to their readers, who may lead them there, and by what ways."""

from datetime import date
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from astana.accounts.models import Entry
from rounds.desk.sheets.database import read_record
from rounds.desk.sheets.exporting import sheet_of_round
from rounds.desk.sheets.files import text_of
from rounds.models import Acknowledgement, Change, Delegation, LastEdit, Outcome, Round
from rounds.sources.models import Source
from tests.addresses import admin_address
from tests.factories import make_agenda_item, make_full_round, make_source, sourced
from tests.forms import form_data
from tests.pages import Part, get_page, page_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("blank")]


@pytest.fixture
def ready() -> Round:
    """A round in review against which nothing speaks."""
    round_ = make_full_round(23, publication="review", start=date(2026, 5, 12))
    Source.objects.update(published=date(2026, 5, 13))
    return round_


def client_of(user: User | None) -> Client:
    client = Client()
    if user:
        client.force_login(user)
    return client


def press(client: Client, round_: Round, step: str = "", *seen: str) -> Part:
    """The page of the round after one of the buttons was pressed."""
    address = reverse("admin:rounds_round_publication", args=[round_.pk])
    response = client.post(address, {"step": step, "seen": seen}, follow=True)
    round_.refresh_from_db()
    return page_of(response)


def form_of(client: Client, thing: Any) -> dict[str, list[str]]:
    page = get_page(client, admin_address(type(thing), "change", thing.pk))
    return form_data(page.one(f"#{thing._meta.model_name}_form"))


def save(client: Client, thing: Any, **fields: Any) -> Part:
    data = form_of(client, thing) | fields
    return page_of(client.post(admin_address(type(thing), "change", thing.pk), data, follow=True))


def buttons(client: Client, round_: Round) -> list[str]:
    page = get_page(client, admin_address(Round, "change", round_.pk))
    return page.texts("#publication [name=step]")


def test_a_round_goes_to_its_readers_and_back(editor_client, publisher_client, ready):
    Round.objects.update(publication="draft")
    steps = [
        (editor_client, ["Send to review"], "review", "review"),
        (editor_client, ["Back to draft"], "draft", "draft"),
        (editor_client, ["Send to review"], "review", "review"),
        (publisher_client, ["Publish", "Back to draft"], "publish", "published"),
        (publisher_client, ["Withdraw"], "withdraw", "draft"),
    ]
    for client, offered, step, publication in steps:
        assert buttons(client, ready) == offered
        press(client, ready, step)
        assert ready.publication == publication
        status = Client().get("/rounds/23/").status_code
        assert status == (200 if publication == "published" else 404)
    noted = Entry.objects.order_by("pk").values_list("action", "subject", "name")
    assert [one for one in noted if one[0] in ("published", "withdrawn")] == [
        ("published", "Round 23", "publisher"),
        ("withdrawn", "Round 23", "publisher"),
    ]
    told = LogEntry.objects.order_by("pk").values_list("change_message", flat=True)
    assert list(told) == [
        "Sent to review.",
        "Taken back to draft.",
        "Sent to review.",
        "Published.",
        "Withdrawn.",
    ]


def sheet(publication: str) -> str:
    """Round 23 as it is, but for its publication."""
    text = text_of(sheet_of_round(read_record(), 23), "yaml")
    now = Round.objects.get(number=23).publication
    return text.replace(f"publication: {now}", f"publication: {publication}")


NEW = (
    "- {number: 24, publication: review, start: 2027-01-01, end: 2027-01-02, city: Astana,"
    " country: Kazakhstan, summary: A, sources: [%s], status: announced}\n"
)


def upload(client: Client, content: str, name: str = "rounds.yaml", **fields: str) -> None:
    """Compare sheets with the record and apply them, as far as that is offered."""
    file = SimpleUploadedFile(name, content.encode())
    response = client.post(reverse("sheets"), {"files": file, **fields})
    if response.status_code == 200:
        for field in page_of(response).all("input[name=apply]"):
            data = {"apply": field.attributes["value"], "seen": "on"}
            client.post(reverse("sheets"), data)


def test_who_may_publish_by_what_way(editor, publisher, administrator, ready):
    """Readers of the admin, editors, publishers and who may do all: the button and the sheets."""
    viewer = User.objects.create_user("viewer", is_staff=True)
    viewer.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    chief = User.objects.create_superuser("chief")
    new = NEW % make_source(published=date(2026, 5, 13)).slug
    silent = new.replace("publication: review, ", "")
    form = form_of(client_of(chief), ready) | {"publication": "published"}
    screen, listed = admin_address(Round, "change", ready.pk), admin_address(Round, "changelist")
    action = {"action": "publish", "_selected_action": [ready.pk]}
    ways = {
        "button": lambda client: press(client, ready, "publish"),
        "form": lambda client: client.post(screen, form),
        "action": lambda client: client.post(listed, action),
        "sheet": lambda client: upload(client, sheet("published"), "round-23.yaml"),
        "new": lambda client: upload(client, new.replace("review", "published")),
        "tick": lambda client: upload(client, silent, publish="on"),
        "withdrawal": lambda client: upload(client, sheet("review"), "round-23.yaml"),
    }
    done: dict[str, list[str]] = {}
    for user in (None, viewer, editor, publisher, administrator, chief):
        client = client_of(user)
        for way, publish in ways.items():
            Round.objects.filter(number=24).delete()
            Round.objects.update(publication="published" if way == "withdrawal" else "review")
            publish(client)
            is_published = Round.objects.filter(publication="published").exists()
            if is_published != (way == "withdrawal"):
                done.setdefault(str(user), []).append(way)
    every = ["button", "sheet", "new", "tick", "withdrawal"]
    assert done == {"publisher": every, "administrator": every, "chief": every}


def test_what_is_refused_is_listed_with_links_to_where_it_is_mended(publisher_client, ready):
    Round.objects.update(summary="")
    ready.sources.clear()
    ready.delegations.filter(role="guarantor").delete()
    ready.agenda_items.all().delete()
    outcome = ready.outcomes.get()
    outcome.sources.clear()
    page = press(publisher_client, ready, "publish")
    assert ready.publication == "review"
    assert page.has(".messagelist .error")
    form, fact = (
        admin_address(Round, "change", ready.pk),
        admin_address(Outcome, "change", outcome.pk),
    )
    links = page.links("#publication .refusals a")
    assert links == [
        f"{form}#id_summary",
        f"{form}#id_sources",
        f"{form}#delegations-group",
        f"{form}#agenda_items-group",
        f"{fact}#id_sources",
    ]
    for link in links:
        address, _, place = link.partition("#")
        assert place in get_page(publisher_client, address).ids


def test_each_warning_is_acknowledged_stays_noted_and_comes_back(
    editor, editor_client, publisher_client, ready
):
    undated = [ready.sources.get(), ready.outcomes.get().sources.get()]
    Source.objects.filter(pk__in=[one.pk for one in undated]).update(published=None)
    page = press(publisher_client, ready, "publish")
    first, second = page.values("value", "#publication [name=seen]")
    assert len(page.all("#publication .warnings label")) == 2
    for link in page.links("#publication .warnings a"):
        address, _, place = link.partition("#")
        assert place in get_page(editor_client, address).ids
    page = press(editor_client, ready, "", first, "nonsense")
    assert page.values("value", "#publication [name=seen]") == [second]
    (noted,) = page.texts("#publication .noted li")
    assert undated[0].title in noted
    assert "editor" in noted
    press(publisher_client, ready, "publish", first)
    assert ready.publication == "review"
    Source.objects.filter(pk=undated[0].pk).update(url="https://example.org/elsewhere")
    page = press(publisher_client, ready, "publish", second)
    assert ready.publication == "review"  # as the first came back
    (again,) = page.values("value", "#publication [name=seen]")
    press(publisher_client, ready, "publish", again)
    assert ready.publication == "published"
    authors = list(Acknowledgement.objects.values_list("by__username", flat=True))
    assert authors == ["editor", "publisher", "publisher"]


def test_sheets_publish_what_the_button_would(publisher_client, ready):
    ready.agenda_items.all().delete()
    upload(publisher_client, sheet("published"), "round-23.yaml")
    assert not Round.objects.get().is_published
    make_agenda_item(ready)  # whose source has no day
    file = SimpleUploadedFile("round-23.yaml", sheet("published").encode())
    page = page_of(publisher_client.post(reverse("sheets"), {"files": file}))
    packed = page.one("input[name=apply]").attributes["value"]
    assert page.has("input[name=seen][required]")
    assert publisher_client.post(reverse("sheets"), {"apply": packed}).status_code == 422
    assert not Round.objects.get().is_published
    publisher_client.post(reverse("sheets"), {"apply": packed, "seen": "on"})
    assert Round.objects.get().is_published
    assert {one.by.username for one in Acknowledgement.objects.all()} == {"publisher"}


def test_another_than_the_last_editor_publishes(settings, publisher, publisher_client, ready):
    """Whatever was edited: the round, a part on its own page, one that is deleted or moved."""
    settings.REVIEW_REQUIRED = True
    chief = client_of(User.objects.create_superuser("chief"))
    other = make_full_round(24, publication="draft", start=date(2026, 8, 1))
    outcome, absent = ready.outcomes.get(), ready.delegations.get(attendance="absent")
    moved = sourced(Outcome.objects.create(round=ready, number=7, kind="other", text="A"))
    Source.objects.update(published=date(2026, 5, 13))
    position, gone = "delegations-0-members-0-position", "sessions-0-DELETE"
    until = Change.objects.latest("pk").pk
    edits = {
        "nothing": lambda: save(publisher_client, ready),
        "the round": lambda: save(publisher_client, ready, venue="A hall"),
        "a part of a part": lambda: save(publisher_client, ready, **{position: "Envoy"}),
        "a part that is gone": lambda: save(publisher_client, ready, **{gone: "on"}),
        "a part": lambda: save(publisher_client, outcome, text="They agreed again."),
        "a part that is as it was": lambda: publisher_client.post(
            reverse("restore", args=["rounds", "outcome", outcome.pk, until])
        ),
        "a part that moves": lambda: save(publisher_client, moved, round=[str(other.pk)]),
        "a part that goes": lambda: publisher_client.post(
            admin_address(Delegation, "delete", absent.pk), {"post": "yes"}
        ),
        "a sheet": lambda: upload(
            publisher_client, "- {round: 23, summary: Another.}\n", "summaries.yaml"
        ),
    }
    for what, edit in edits.items():
        Round.objects.filter(pk=ready.pk).update(publication="review")
        LastEdit.objects.all().delete()
        edit()
        page = press(publisher_client, ready, "publish")
        assert (ready.publication == "published") == (what == "nothing"), what
        assert page.has("#publication .waits") == (what != "nothing")
        upload(publisher_client, sheet("published"), "round-23.yaml")
        ready.refresh_from_db()
        assert (ready.publication == "published") == (what == "nothing"), what
        if what != "nothing":
            press(chief, ready, "publish")
            assert ready.publication == "published"


def test_whoever_leaves_what_is_published_incomplete_hears_of_it(
    editor_client, publisher_client, ready
):
    Round.objects.update(publication="published")
    delegation = ready.delegations.get(role="guarantor")
    page = save(editor_client, delegation, role="observer")
    said = "Round 23 is published though: It was held, and no guarantor is among its delegations."
    assert page.texts(".messagelist .warning") == [said]
    assert page.links(".messagelist .warning a") == [admin_address(Round, "change", ready.pk)]
    data = {"action": "delete_selected", "_selected_action": [ready.agenda_items.get().pk]}
    address = admin_address(type(ready.agenda_items.get()), "changelist")
    data |= {"post": "yes", "reason": "It was of another round."}
    page = page_of(publisher_client.post(address, data, follow=True))
    assert "nothing is on its agenda" in page.one(".messagelist .warning").text
    page = get_page(editor_client, admin_address(Round, "change", ready.pk))
    assert len(page.all("#publication .refusals li")) == 2
    assert page.one("#publication-refusals").text == "It is published, though these are missing"
    assert save(editor_client, ready, venue="A hall").has(".messagelist .warning")
    assert Round.objects.get().is_published


def test_the_form_shows_the_publication_and_takes_none(editor_client, ready):
    page = get_page(editor_client, admin_address(Round, "change", ready.pk))
    assert not page.has("[name=publication]")
    assert page.one("#publication-title").text == "Publication: In review"
    assert "publication" not in form_of(editor_client, ready)


def test_who_saves_a_page_that_was_open_leaves_the_publication_as_it_is(
    editor_client, publisher_client, ready
):
    form = form_of(editor_client, ready) | {"venue": ["A hall"]}
    press(publisher_client, ready, "publish")
    address = admin_address(Round, "change", ready.pk)
    told = page_of(editor_client.post(address, form))
    assert "Publication" in told.text  # that readers see by now what is saved
    editor_client.post(address, form_data(told.one("#round_form")))
    ready.refresh_from_db()
    assert (ready.venue, ready.publication) == ("A hall", "published")


def test_nobody_publishes_what_they_have_not_seen(editor_client, publisher_client, ready):
    """What is edited while the page is open is looked at first."""
    address = reverse("admin:rounds_round_publication", args=[ready.pk])
    page = get_page(publisher_client, admin_address(Round, "change", ready.pk))
    sent = form_data(page.one("#publication form:has([name=edit])")) | {"step": "publish"}
    save(editor_client, ready.outcomes.get(), text="They agreed on something else.")
    refused = page_of(publisher_client.post(address, sent, follow=True))
    assert "look at it once more" in refused.one(".messagelist .error").text
    sent = form_data(refused.one("#publication form:has([name=edit])")) | {"step": "publish"}
    publisher_client.post(address, sent)
    assert Round.objects.get().is_published


def test_of_several_who_lead_a_round_on_at_once_one_does(publisher_client, ready):
    press(publisher_client, ready, "publish")
    page = press(publisher_client, ready, "publish")
    assert "Meanwhile somebody else" in page.one(".messagelist .error").text
    assert Entry.objects.filter(action="published").count() == 1
