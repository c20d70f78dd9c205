"""The other ways into the record: topics, participants, people, sources, comparison."""

import re

import html5lib
import pytest

from rounds.models import AgendaItem, Delegation, Member, Round
from rounds.participants.models import Participant, Person
from rounds.sources.models import Source
from rounds.topics.models import Topic
from tests.factories import make_hidden_round, make_source
from tests.pages import text

pytestmark = pytest.mark.django_db

INDEXES = ["/topics/", "/participants/", "/people/", "/sources/", "/compare/"]
PAGES = [
    *INDEXES,
    "/topics/refugee-return/",
    "/topics/refugees/",
    "/participants/turkiye/",
    "/participants/qatar/",
    "/people/alexander-lavrentyev/",
    "/people/agnes-marcaillou/",
    "/sources/?language=ru&year=2017&round=1",
    "/sources/?year=1066",
    "/sources/tass-2017-01-24/",
    "/compare/21/22/",
    "/compare/22/22/",
    "/compare/22/99/",
    "/matrix/topics/?sort=frequency",
    "/matrix/attendance/?order=newest",
    "/promises/",
    "/disputes/",
    "/gaps/",
]


def words(client, address: str) -> str:
    return text(client.get(address).content.decode())


@pytest.mark.parametrize("address", PAGES)
def test_html_is_valid(client, address):
    response = client.get(address)
    html = response.content.decode()
    html5lib.HTMLParser(strict=True).parse(html)
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert sorted(ids) == sorted(set(ids))
    assert response.cookies == {}


@pytest.mark.parametrize("model", [Topic, Participant, Person, Source])
def test_every_object_has_its_page(client, model):
    for one in model.objects.all():
        response = client.get(one.get_absolute_url())
        assert response.status_code == 200, one.slug
        heading = re.search(r"<h1[^>]*>(.*?)</h1>", response.content.decode(), re.DOTALL).group(1)
        title = one.title if model is Source else str(one)
        assert title.split()[0].replace("'", "&#x27;").replace('"', "&quot;") in heading


def test_topics_have_a_strip_of_the_rounds(client):
    html = client.get("/topics/").content.decode()
    idlib = html.split('id="topic-idlib"')[1].split("</article>")[0]
    assert "17 rounds" in text(idlib)
    assert len(re.findall(r"<li>", idlib)) == 22
    assert 'href="/rounds/22/#topic-idlib"' in idlib


def test_topic_tells_round_by_round_what_was_said(client):
    html = client.get("/topics/refugee-return/").content.decode()
    said = text(html)
    for item in AgendaItem.objects.filter(topic__slug="refugee-return"):
        assert item.note.replace("'", "&#x27;") in html
    assert "First Round 4 , 3–4 May 2017" in said
    assert "Last Round 22 , 11–12 November 2024" in said
    assert "Most often with" in said


def test_refugee_return_was_never_announced_without_being_stated(client):
    said = words(client, "/topics/refugee-return/")
    assert "Announced rounds 18–20, 22 Discussed rounds 4, 13, 16–17, 21–22" in said
    assert "Announced, but not in the statement no round" in said
    said = words(client, "/topics/covid-19/")
    assert re.search(r"Announced, but not in the statement (no round|rounds [\d, –]+)", said)


def test_topics_first_in_a_joint_statement_in_2023(client):
    html = client.get("/topics/").content.decode()
    found = {
        article.split('"')[0]
        for article in html.split('id="topic-')[1:]
        if re.search(r"First in a joint statement: round \d+, 2023", article)
    }
    assert found == {"normalisation", "earthquake"}


def test_when_did_iraq_first_come(client):
    said = words(client, "/participants/iraq/")
    assert "First came Round 13 , 2019" in said
    assert "Attended rounds 13–17, 19–22" in said


def test_who_led_turkiye_at_the_17th_round(client):
    html = markup(client.get("/participants/turkiye/"))
    rows = re.findall(r'<tr><th scope="row">(.*?)</th><td data-label="Rounds">(.*?)</td>', html)
    spans = {text(who): when for who, when in rows}
    assert spans["Selçuk Ünal"] == "15–19"


def test_participant_says_what_is_disputed(client):
    said = words(client, "/participants/qatar/")
    assert "One source alone has it taking part, so no delegation is recorded." in said


def test_absence_is_said_on_the_participant(client):
    html = markup(client.get("/participants/united-states/"))
    absent = re.findall(r'class="cell absent" href="/rounds/(\d+)/', html)
    assert absent == ["9", "10", "11", "13"]


def test_person_has_positions_and_neighbours(client):
    said = words(client, "/people/ahmet-yildiz/")
    assert "Also spelt Ahmet Yildiz" in said
    assert "Succeeded Burak Akçapar" in said
    assert "Followed by Mustafa Yurdakul" in said
    member = Member.objects.get(person__slug="ahmet-yildiz")
    assert f"Round 21 24–25 January 2024 Head {member.position}" in said


def test_sources_are_filtered(client):
    html = markup(client.get("/sources/?language=ru&year=2021"))
    slugs = re.findall(r'<li><a href="/sources/([^"]+)/"', html)
    assert slugs
    for source in Source.objects.filter(slug__in=slugs):
        assert (source.language, source.published.year) == ("ru", 2021)


def test_source_tells_what_rests_on_it(client):
    source = Source.objects.get(slug="tass-2017-01-24")
    html = client.get("/sources/tass-2017-01-24/").content.decode()
    links = re.findall(r'class="what">agenda item</span> <a href="([^"]+)"', html)
    items = AgendaItem.objects.filter(sources=source)
    assert sorted(links) == sorted(
        f"/rounds/{item.round.number}/#topic-{item.topic.slug}" for item in items
    )


def test_comparison_says_what_changed(client):
    said = words(client, "/compare/21/22/")
    assert "Türkiye : Ahmet Yıldız → Mustafa Yurdakul" in said
    assert "Between them 291 days" in said
    assert words(client, "/rounds/22/").count("What changed since round 21") == 1


def test_comparison_in_the_other_order_leads_to_the_one_address(client):
    assert client.get("/compare/22/21/").url == "/compare/21/22/"
    assert client.get("/compare/?first=22&second=3").url == "/compare/22/3/"


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/compare/22/22/", "Round 22 does not differ from itself."),
        ("/compare/22/99/", "There is no round 99."),
        ("/compare/98/99/", "There are no rounds 98, 99."),
        ("/topics/refugees-return/", "There is no topic “refugees-return”"),
        ("/people/ahmed-yildiz/", "There is no person “ahmed-yildiz”"),
        ("/sources/tass-2017-01-99/", "There is no source “tass-2017-01-99”"),
        ("/participants/turkey/", "There is no participant “turkey”"),
    ],
)
def test_wrong_addresses_say_what_is_wrong(client, address, sentence):
    response = client.get(address)
    assert response.status_code == 404
    assert sentence in text(response.content.decode())


def test_near_matches_are_offered(client):
    near = words(client, "/people/ahmed-yildiz/")
    assert "Ahmet Yıldız" in near
    assert "Search for “ahmed-yildiz”" in near
    assert "Hostages, detainees and missing persons" in words(client, "/topics/prisoners/")


@pytest.mark.parametrize("address", [*PAGES, "/compare/22/101/"])
def test_a_draft_leaks_nowhere(client, address):
    draft = make_hidden_round()
    delegation = Delegation.objects.filter(round=draft).first()
    assert client.get(delegation.participant.get_absolute_url()).status_code == 200
    html = client.get(address).content.decode()
    assert "Unheard-of" not in html
    assert "/rounds/101/" not in html


def test_a_source_of_a_draft_supports_nothing_public(client):
    source = make_source(slug="only-for-the-draft")
    make_hidden_round().sources.add(source)
    assert "No published fact rests on it." in words(client, "/sources/only-for-the-draft/")


def test_every_fact_is_at_most_three_clicks_away(client):
    reached, found = {"/"}, {"/"}
    for _click in range(3):
        pages = [client.get(address).content.decode() for address in sorted(found)]
        link = re.compile(r'href="(/(?:\?milestones=on)?[^"#?]*)["#]')
        links = {address for html in pages for address in link.findall(html)}
        found = {one for one in links - reached if not one.startswith(("/static/", "/sources/"))}
        reached |= links
    for model in (Round, Topic, Participant, Person):
        assert {one.get_absolute_url() for one in model.objects.all()} <= reached
    relations = [relation.name for relation in Source._meta.related_objects]
    for source in Source.objects.prefetch_related(*(f"{name}_set" for name in relations)):
        is_cited = any(getattr(source, f"{name}_set").all() for name in relations)
        assert source.get_absolute_url() in reached or not is_cited
