"""Links to what a page shows in other formats."""

import pytest
from django.contrib.auth.models import AnonymousUser

from rounds.models import Commitment
from rounds.participants.models import Participant, Person
from rounds.selection.formats import FORMATS
from rounds.sources.models import Source
from rounds.topics.models import Topic
from tests.factories import make_agenda_item, make_commitment, make_round, make_topic
from tests.pages import get_page

pytestmark = pytest.mark.django_db

# Pages of nouns, with what of their address their formats keep.
NOUNS = {
    "/topics/": "/topics",
    "/participants/": "/participants",
    "/people/": "/people",
    "/disputes/": "/disputes",
    "/statements/": "/statements",
    "/glossary/": "/terms",
    "/sources/?page=1&language=ru": "/sources|?language=ru",
    "/commitments/?verdict=kept&topic=idlib": "/commitments|?topic=idlib&verdict=kept",
    "/matrix/topics/?sort=name&page=1": "/matrix/topics|?sort=name",
    "/matrix/attendance/": "/matrix/attendance",
}


def test_the_timeline_leads_to_each_format_of_what_it_shows(client):
    address = "/?topic=hostages&stage=statement&view=table&page=1&milestones=on&order=oldest"
    page = get_page(client, address)
    links = page.links("#formats a[type]")
    assert len(links) == len(FORMATS)
    (subscription,) = page.links("#formats .formats a:not([type])")
    assert subscription in [f"webcal://testserver{link}" for link in links if ".ics" in link]
    assert [link.partition("?")[2] for link in links] == [
        "topic=hostages&stage=statement&order=oldest"
    ] * len(FORMATS)
    assert set(links) <= set(page.links('head link[rel="alternate"]'))
    for link in links:
        assert client.get(link).status_code == 200, link


def test_a_wrong_value_leads_to_no_format(client):
    assert get_page(client, "/?topic=nothing").all(".formats") == []
    assert get_page(client, "/sources/?language=xx").all(".formats") == []


def test_a_round_leads_to_its_formats(client):
    page = get_page(client, "/rounds/22/")
    links = page.links(".formats a[type]")
    assert "webcal://testserver/rounds/22.ics" in page.links(".formats a")
    assert len(links) == sum(bool(one.of_round) for one in FORMATS)
    assert all(client.get(link).status_code == 200 for link in links)


@pytest.mark.parametrize(("address", "expected"), NOUNS.items())
def test_the_page_of_a_noun_leads_to_its_tables(client, address, expected):
    path, _, query = expected.partition("|")
    page = get_page(client, address)
    endings = ("csv", "json", "bib", "ris", "csl.json")[: 5 if path == "/sources" else 2]
    assert page.links(".formats a") == [f"{path}.{ending}{query}" for ending in endings]
    assert page.links('head link[rel="alternate"]')[-len(endings) :] == page.links(".formats a")
    assert {client.get(link).status_code for link in page.links(".formats a")} == {200}


FOLLOWED = {
    "/topics/hostages/?stage=statement": "/topics/hostages/feed.atom",
    "/participants/turkiye/": "/participants/turkiye/feed.atom",
    "/changes/": "/changes.atom",
    "/changes/?round=22&page=1": "/changes.atom?round=22",
}


@pytest.mark.parametrize(("address", "feed"), FOLLOWED.items())
def test_a_page_leads_to_its_feed(client, address, feed):
    page = get_page(client, address)
    assert page.links(".formats a")[:1] == [feed]
    assert page.links('head link[rel="alternate"][type="application/atom+xml"]') == [feed]
    assert client.get(feed).status_code == 200


def test_a_page_leads_to_its_record(client):
    for model in (Topic, Participant, Person, Commitment, Source):
        thing = model.objects.visible_to(AnonymousUser()).order_by("pk").last()
        page = get_page(client, thing.get_absolute_url())
        record = f"/api/v1{thing.get_absolute_url()}"
        assert page.links(".formats a")[-1] == record
        link = 'head link[rel="alternate"][type="application/json"]'
        assert page.links(link) == [record]
        assert client.get(record).json()["about"]["address"] == f"http://testserver{record}"


def test_what_is_not_public_leads_to_no_record(client, editor_client, blank):
    draft = make_round(101, publication="draft")
    commitment = make_commitment(draft)
    topic = make_topic()
    make_agenda_item(draft, topic=topic)
    for thing in (commitment, topic):
        page = get_page(editor_client, thing.get_absolute_url())
        assert not page.has('[href^="/api/v1/"][type]')


def test_a_draft_is_taken_along_by_nobody(editor_client, round_22):
    round_22.publication = "draft"
    round_22.save()
    assert get_page(editor_client, "/rounds/22/").all(".formats") == []
