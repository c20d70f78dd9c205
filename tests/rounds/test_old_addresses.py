"""What was public under another slug or number is found there for ever."""

from typing import Any

import pytest
from django.test import Client

from rounds.models import FixedTerm, Milestone, OldAddress, Round
from rounds.old_addresses import addressed_models
from rounds.topics.models import Topic
from tests.addresses import admin_address
from tests.factories import make_agenda_item, make_fixed_term, make_milestone, make_round
from tests.forms import form_data
from tests.pages import get_page, page_of

pytestmark = pytest.mark.django_db

ON_OTHER_PAGES = {FixedTerm, Milestone}  # their slugs stand in fragments


def change(thing: Any, key: Any) -> None:
    setattr(thing, addressed_models()[type(thing)], key)
    thing.save()


def lead(client: Client, address: str, status: int = 301) -> str:
    """Where an address leads for ever."""
    response = client.get(address)
    assert response.status_code == status, address
    return response.headers.get("Location", "")


def test_every_kind_is_found_under_what_it_was_called(client):
    for model in addressed_models().keys() - ON_OTHER_PAGES:
        objects: Any = model._default_manager
        thing = objects.earliest("pk")
        first = thing.get_absolute_url()
        for key in (301, 302) if model is Round else ("second", "third"):
            before = thing.get_absolute_url()
            change(thing, key)
            query = "?stage=statement" if model is Topic else ""
            assert lead(client, before + query) == thing.get_absolute_url() + query
        assert lead(client, first) == thing.get_absolute_url(), "not by way of another"
        assert client.get(thing.get_absolute_url()).status_code == 200


def test_what_stands_on_other_pages_is_found_there(client):
    change(term := make_fixed_term(slug="cease"), "ceasefire")
    page = get_page(client, "/glossary/")
    assert page.one(f'[id="{term.anchor}"] #term-cease')
    change(make_milestone(slug="sochi"), "summit")
    old = "/?milestones=on&page=milestone-sochi"
    new = "/?milestones=on&page=milestone-summit"
    assert lead(client, old) == f"{new}#milestone-summit"
    assert get_page(client, new).has("#milestone-summit")
    change(Round.objects.get(number=5), 501)
    assert lead(client, "/?page=round-5") == "/?page=round-501#round-501"
    assert lead(client, "/?page=round-9999", status=404) == ""


def test_pages_of_several_and_filters_are_asked_anew(client):
    change(Topic.objects.get(slug="hostages"), "captives")
    change(Round.objects.get(number=21), 500)
    for old, new in {
        "/?topic=hostages&topic=idlib&year=2018": "/?topic=captives&topic=idlib&year=2018",
        "/commitments/?round=21": "/commitments/?round=500",
        "/sources/?round=21": "/sources/?round=500",
        "/compare/21/22/": "/compare/500/22/",
        "/statements/compare/21/22/": "/statements/compare/500/22/",
        "/statements/topics/hostages/": "/statements/topics/captives/",
    }.items():
        assert lead(client, old) == new
        assert client.get(new, follow=True).status_code == 200
    for wrong in ("/?topic=%00", "/commitments/?round=99999999999999999999", "/?person=x"):
        assert client.get(wrong).status_code == 200


def test_nothing_leads_to_a_draft_nor_from_the_name_it_had(client, editor_client):
    round_ = make_round(101, publication="draft")
    change(round_, 102)
    assert not OldAddress.objects.exists(), "nobody could cite it"
    round_.publication = "published"
    round_.save()
    change(round_, 103)
    item = make_agenda_item(round_)
    change(item.topic, "another")
    assert lead(client, "/rounds/102/") == "/rounds/103/"
    round_.publication = "draft"
    round_.save()
    old = OldAddress.objects.get(model="topics.topic").key
    for address in ("/rounds/102/", f"/topics/{old}/", f"/?topic={old}"):
        assert "Location" not in client.get(address).headers
    assert lead(client, "/rounds/102/", status=404) == ""
    assert lead(editor_client, "/rounds/102/") == "/rounds/103/"


def test_what_has_an_address_now_comes_first(client):
    change(Topic.objects.get(slug="hostages"), "captives")
    other = Topic.objects.get(slug="idlib")
    change(other, "hostages")
    assert get_page(client, "/topics/hostages/").one("h1").text.startswith("Idlib")
    change(other, "idlib")
    assert lead(client, "/topics/hostages/") == "/topics/idlib/", "who had it last"
    assert client.get("/topics/idlib/").status_code == 200


def test_the_admin_notes_it_too(client, editor_client):
    topic = Topic.objects.get(slug="hostages")
    address = admin_address(Topic, "change", topic.pk)
    data = form_data(page_of(editor_client.get(address)).one("#topic_form"))
    assert editor_client.post(address, data | {"slug": "captives"}).status_code == 302
    assert lead(client, "/topics/hostages/") == "/topics/captives/"


def test_the_admin_gives_no_old_slug_to_another(editor_client):
    former = Topic.objects.get(slug="hostages")
    change(former, "captives")
    other = Topic.objects.get(slug="idlib")

    def send(topic: Topic) -> list[str]:
        address = admin_address(Topic, "change", topic.pk)
        data = form_data(get_page(editor_client, address).one("#topic_form"))
        response = editor_client.post(address, data | {"slug": ["hostages"]})
        return [] if response.status_code == 302 else page_of(response).texts(".errorlist li")

    said = "Links to this address lead to what had it before. Choose another."
    assert send(other) == [said]
    assert send(former) == []
