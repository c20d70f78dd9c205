"""The cards that other sites show in a frame."""

import gzip
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.http import HttpResponse

from rounds import urls
from rounds.models import OldAddress, Round
from rounds.topics.models import Topic
from tests.addresses import (
    EMBEDS,
    EMBEDS_OF_NOTHING,
    FORMATS,
    NOT_FOUND,
    OF_THE_MOMENT,
    PAGES,
    PARENTS,
    WAYS_IN,
)
from tests.factories import make_delegation, make_full_round, make_round
from tests.pages import answer, assert_valid, get_page, page_of

pytestmark = pytest.mark.django_db

OTHERS = [*FORMATS, "/admin/login/", "/healthz"]
MOST = 15_000  # bytes of a card with all that it loads


def may_be_framed(response: HttpResponse) -> bool:
    headers = response.headers
    policy = set(headers["Content-Security-Policy"].split("; "))
    if "X-Frame-Options" in headers:
        assert headers["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in policy
        return False
    assert {"default-src 'none'", "script-src 'none'", "form-action 'none'"} <= policy
    assert not [one for one in policy if one.startswith("frame-ancestors")]
    return True


def test_only_cards_may_be_framed(editor_client):
    cards = [*EMBEDS, *EMBEDS_OF_NOTHING]
    assert [one for one in cards if not may_be_framed(answer(one))] == []
    pages = {*PAGES, *OF_THE_MOMENT, *NOT_FOUND, *PARENTS, *OTHERS}
    assert [one for one in pages if may_be_framed(answer(one))] == []
    seen = ["/admin/", *WAYS_IN]
    assert [one for one in seen if may_be_framed(editor_client.get(one))] == []
    allowed = {one.name for one in urls.urlpatterns if hasattr(one.callback, "is_framed")}
    assert allowed == {"embed_round", "embed_timeline", "embed_topic"}


@pytest.mark.parametrize("address", [*EMBEDS, *EMBEDS_OF_NOTHING])
def test_a_card_is_small_and_leads_out_of_its_frame(client, address):
    response = client.get(address)
    assert response.status_code == EMBEDS_OF_NOTHING.get(address, 200)
    assert response.cookies == {}
    assert_valid(response)
    page = page_of(response)
    assert page.one("base").attributes == {"target": "_blank"}
    assert page.one('meta[name="robots"]').attributes["content"] == "noindex"
    assert not page.has("script, style, [style], header, nav, img")
    (sheet,) = page.links('link[rel="stylesheet"]')
    assert sheet.endswith("css/embed.css")
    parts = [response.content, Path(finders.find("css/embed.css")).read_bytes()]
    assert sum(len(gzip.compress(part)) for part in parts) < MOST
    for link in page.all("main > :not(.strip) a, footer a"):
        assert (link.attributes["target"], link.attributes["rel"]) == ("_blank", "noopener")


def test_the_card_of_a_round_says_what_it_was_about(client):
    page = get_page(client, "/embed/rounds/22/")
    assert page.one("h1").text == "Round 22"
    assert page.one(".when").text == "11–12 November 2024, Astana, Kazakhstan"
    assert page.texts("dt") == ["Guarantors led by", "In the statement"]
    assert "Russia: Alexander Lavrentyev" in page.texts("dd")
    assert "Idlib" in page.texts("dd")[-1]
    # As many as its record names; its page also cites what came after it.
    assert "The facts of this round rest on 47 sources · edition" in page.one("footer").text
    assert page.links("link[rel=canonical]") == ["http://testserver/rounds/22/"]
    assert set(page.links("h1 a, footer a")) == {"/rounds/22/", "/"}


def test_the_card_of_a_round_says_what_is_not_recorded(client, blank):
    held = make_round(101)
    assert get_page(client, "/embed/rounds/101/").texts("dd") == ["not recorded", "not recorded"]
    make_delegation(held, role="guarantor")
    assert "not recorded" in get_page(client, "/embed/rounds/101/").texts("dd")[0]
    make_round(102, status="announced")
    page = get_page(client, "/embed/rounds/102/")
    assert page.one(".status").text == "Announced"
    assert not page.has("dd")


def test_the_card_of_a_topic_shows_its_rounds(client):
    page = get_page(client, "/embed/topics/hostages/")
    assert page.one("h1").text == "Hostages, detainees and missing persons"
    assert len(page.all(".strip li")) == Round.objects.count()
    assert page.texts(".rounds li")[0] == "Round 22, 11–12 November 2024: Announced, Discussed"
    assert "This topic, round by round, rests on" in page.one("footer").text
    assert page.links("link[rel=canonical]") == ["http://testserver/topics/hostages/"]


def test_the_card_of_a_timeline_lists_the_first_and_counts_the_others(client):
    page = get_page(client, "/embed/timeline/?topic=hostages&stage=statement&theme=dark")
    title = "Rounds with “Hostages, detainees and missing persons” in the statement: 10 of 22"
    assert page.one("h1").text == title
    assert page.texts(".rounds a") == [f"Round {n}" for n in (19, 17, 16, 11, 10, 9, 8, 7)]
    assert "and 2 more" in page.one("main").text
    address = "/?topic=hostages&stage=statement"
    assert set(page.links("h1 a, main > p a")) == {address}
    assert "These rounds rest on" in page.one("footer").text
    assert page.links("link[rel=canonical]") == [f"http://testserver{address}"]
    oldest = get_page(client, "/embed/timeline/?order=oldest")
    assert oldest.texts(".rounds a")[0] == "Round 1"
    assert get_page(client, "/embed/timeline/?year=2018&topic=hostages").has(".rounds")


def test_a_card_is_light_or_dark_as_its_address_says(client):
    assert "data-theme" not in get_page(client, "/embed/rounds/22/").one("html").attributes
    for theme in ("light", "dark"):
        page = get_page(client, f"/embed/rounds/22/?theme={theme}")
        assert page.one("html").attributes["data-theme"] == theme


def test_a_wrong_address_is_said_on_the_card(client):
    page = get_page(client, "/embed/timeline/?topic=x&foo=1", 400)
    assert page.texts("dt") == ["foo"]
    assert get_page(client, "/embed/timeline/?topic=x", 400).texts("dt") == ["topic"]
    assert get_page(client, "/embed/rounds/22/?theme=pink", 400).texts("dt") == ["theme"]
    page = get_page(client, "/embed/topics/x/", 404)
    assert page.one("h1").text == "There is no topic “x”."
    assert page.links("main a") == ["/topics/"]


def test_the_card_of_what_moved_leads_to_where_it_is(client):
    topic = Topic.objects.get(slug="hostages")
    topic.slug = "detainees"
    topic.save()
    assert OldAddress.objects.exists()
    for old, new in {
        "/embed/topics/hostages/": "/embed/topics/detainees/",
        "/embed/timeline/?topic=hostages": "/embed/timeline/?topic=detainees",
    }.items():
        response = client.get(old)
        assert (response.status_code, response.headers["Location"]) == (301, new)
        assert "X-Frame-Options" not in response.headers


def test_a_card_shows_editors_what_everybody_sees(editor_client, blank):
    make_full_round(101)
    make_full_round(102, publication="draft")
    get_page(editor_client, "/rounds/102/")
    get_page(editor_client, "/embed/rounds/102/", 404)
    assert get_page(editor_client, "/embed/timeline/").texts(".rounds a") == ["Round 101"]
