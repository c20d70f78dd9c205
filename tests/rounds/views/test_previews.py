"""A round before it is published, shown to whoever has the link and to nobody else."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from rounds.desk.previews import address_of, make_link
from rounds.models import PreviewLink, Round
from tests.addresses import admin_address
from tests.factories import make_full_round, make_hidden_round, make_milestone
from tests.pages import Part, assert_valid, get_page, page_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("blank")]


@pytest.fixture
def draft() -> Round:
    """A draft between a published round and another draft that says a word nobody else says."""
    make_full_round(22, start=date(2024, 5, 1))
    make_hidden_round("Quokkaville")
    return make_full_round(100, publication="draft", start=date(2024, 5, 20), city="Bilbytown")


@pytest.fixture
def address(draft, editor) -> str:
    return address_of(make_link(draft, editor))


def press(client: Client, round_: Round, **sent: object) -> Part:
    address = reverse("admin:rounds_round_publication", args=[round_.pk])
    return page_of(client.post(address, sent, follow=True))


def test_whoever_has_the_link_sees_the_whole_round_and_no_other_draft(client, draft, address):
    make_milestone(title="Wombatfest", related_round=draft, start=draft.start)
    response = client.get(address)
    assert_valid(response)
    page = page_of(response)
    assert "Bilbytown" in page.one("h1 + p").text
    for part in (draft.outcomes.get(), draft.delegations.get(role="guarantor").head.person):
        assert str(part) in page.text
    assert "Quokkaville" not in response.content.decode()
    assert page.one(".banner").text.startswith("Preview.")
    assert not page.has(".report")


def test_nobody_keeps_or_lists_it_and_no_cookie_is_set(client, editor_client, address):
    for visitor in (client, editor_client):
        response = visitor.get(address)
        assert response.headers["Cache-Control"] == "private, no-store"
        assert "noindex" in response.headers["X-Robots-Tag"]
        assert "noindex" in page_of(response).one("meta[name=robots]").attributes["content"]
        assert response.cookies == {}
        assert visitor.post(address).status_code == 405
    # Editors see by it what everybody sees: nothing to edit, and nothing of other drafts.
    assert not page_of(editor_client.get(address)).has("a[href^='/admin/']")


def test_nothing_else_is_open_by_it(client, draft, address):
    """Wherever the preview leads that is not public, nothing is found."""
    page = get_page(client, address)
    leads = {one.partition("#")[0] for one in page.links("main a") if one.startswith("/")}
    private = {
        "/rounds/100/",
        draft.agenda_items.get().topic.get_absolute_url(),
        draft.commitments.get().get_absolute_url(),
        draft.delegations.get(role="guarantor").head.person.get_absolute_url(),
    }
    assert private - {"/rounds/100/"} <= leads
    assert {one: client.get(one).status_code for one in private} == dict.fromkeys(private, 404)
    assert "Bilbytown" not in client.get("/").content.decode()


def test_a_link_ends_after_a_week_and_can_be_withdrawn(client, editor_client, draft):
    page = press(editor_client, draft, preview="on")
    (link,) = [one for one in page.links("#publication .previews li a") if "/preview/" in one]
    path = link.removeprefix("http://testserver")
    assert client.get(path).status_code == 200
    week = timezone.now() - timedelta(days=7)
    PreviewLink.objects.update(at=week + timedelta(minutes=1))
    assert client.get(address_of(PreviewLink.objects.get())).status_code == 200
    assert client.get(path).status_code == 410  # its time is a part of it
    PreviewLink.objects.update(at=week)
    ended = client.get(address_of(PreviewLink.objects.get()))
    assert_valid(ended)
    assert ended.status_code == 410
    assert "Bilbytown" not in ended.content.decode()
    PreviewLink.objects.update(at=timezone.now())
    found = PreviewLink.objects.get()
    press(editor_client, draft, end=found.pk)
    assert client.get(address_of(found)).status_code == 410


def test_a_link_that_was_made_up_leads_nowhere(client, address):
    for made_up in ("/preview/1/", f"{address[:-2]}x/", "/preview/1-1:x/", "/preview/%00/"):
        assert client.get(made_up).status_code == 404


def test_what_is_published_is_at_its_own_address(client, draft, address):
    Round.objects.filter(pk=draft.pk).update(publication="published")
    assert client.get(address).headers["Location"] == "/rounds/100/"


def test_who_only_looks_makes_no_links(client, stranger, editor_client, draft):
    client.force_login(stranger)
    press(client, draft, preview="on")
    press(Client(), draft, preview="on")
    assert not PreviewLink.objects.exists()
    page = get_page(editor_client, admin_address(Round, "change", draft.pk))
    assert page.has("#publication [name=preview]")
