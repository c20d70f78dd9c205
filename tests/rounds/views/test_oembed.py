"""What other sites ask in order to show a page of this one as a card."""

from xml.etree import ElementTree

import pytest
from django.utils.http import urlencode

from tests.factories import make_round
from tests.pages import get_page, read

pytestmark = pytest.mark.django_db

SITE = "http://testserver"
# Pages with cards, and the addresses of these.
CARDS = {
    "/rounds/22/": "/embed/rounds/22/",
    "/topics/hostages/": "/embed/topics/hostages/",
    "/topics/hostages/?stage=statement": "/embed/topics/hostages/",
    "/": "/embed/timeline/",
    "/?view=table&year=2018&topic=hostages&order=newest&milestones=on&page=1": (
        "/embed/timeline/?topic=hostages&year=2018"
    ),
    "/embed/rounds/22/?theme=dark": "/embed/rounds/22/",
}
NO_CARDS = [
    f"{SITE}/rounds/9999/",
    f"{SITE}/topics/x/",
    f"{SITE}/?topic=x",
    f"{SITE}/about/",
    f"{SITE}/admin/",
    f"{SITE}/no/such/page/",
    "http://example.org/rounds/22/",
    "http://testserver.example.org/rounds/22/",
    "http://user@testserver/rounds/22/",
    "ftp://testserver/rounds/22/",
    "http://[/rounds/22/",
    "/rounds/22/",
    "\0",
    "x" * 8_000,
]


def ask(client, **asked):
    return client.get("/oembed/", asked)


@pytest.mark.parametrize("page", CARDS)
def test_a_page_is_shown_by_its_card(client, page):
    response = ask(client, url=SITE + page)
    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    found = response.json()
    frame = read(found.pop("html")).one("iframe").attributes
    assert frame["src"] == SITE + CARDS[page]
    assert frame["title"] == found.pop("title")
    assert (int(frame["width"]), int(frame["height"])) == (found["width"], found["height"])
    assert client.get(frame["src"]).status_code == 200
    assert found == {
        "version": "1.0",
        "type": "rich",
        "provider_name": "Astana process tracker",
        "provider_url": f"{SITE}/",
        "cache_age": 86_400,
        "width": 600,
        "height": found["height"],
    }


def test_a_card_comes_as_xml(client):
    page = f"{SITE}/topics/hostages/"
    response = ask(client, url=page, maxwidth=320, format="xml")
    assert response.headers["Content-Type"] == "text/xml; charset=utf-8"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    root = ElementTree.fromstring(response.content)  # noqa: S314 - our own
    assert root.tag == "oembed"
    found = {name: str(value) for name, value in ask(client, url=page, maxwidth=320).json().items()}
    assert {one.tag: one.text for one in root} == found
    assert ask(client, url=f"{SITE}/?q=a%1Bb", format="xml").status_code == 200


def test_a_card_is_no_larger_than_is_asked(client):
    found = ask(client, url=f"{SITE}/", maxwidth=320, maxheight=200, dnt=1, format="json").json()
    assert (found["width"], found["height"]) == (320, 200)
    found = ask(client, url=f"{SITE}/", maxwidth=9999, maxheight=9999).json()
    assert found["width"] == 600


@pytest.mark.parametrize("url", NO_CARDS)
def test_what_has_no_card_is_not_found(client, url):
    response = ask(client, url=url)
    assert response.status_code == 404
    assert response.json()["errors"].keys() == {"url"}
    assert response.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("asked", "status", "name"),
    [
        ({}, 400, "url"),
        ({"url": ""}, 400, "url"),
        ({"url": f"{SITE}/", "maxwidth": "-1"}, 400, "maxwidth"),
        ({"url": f"{SITE}/", "maxwidth": "0"}, 400, "maxwidth"),
        ({"url": f"{SITE}/", "maxheight": "٣"}, 400, "maxheight"),
        ({"url": f"{SITE}/", "maxheight": "9" * 5_000}, 400, "maxheight"),
        ({"url": f"{SITE}/", "format": "yaml"}, 400, "format"),
        ({"url": f"{SITE}/x/", "format": "xml"}, 404, "url"),
    ],
)
def test_what_makes_no_sense_is_refused(client, asked, status, name):
    response = ask(client, **asked)
    assert response.status_code == status
    assert response.json()["errors"].keys() == {name}


@pytest.mark.parametrize("page", ["/rounds/22/", "/topics/hostages/", "/?topic=hostages&year=2018"])
def test_a_page_offers_its_card(client, page):
    found = get_page(client, page)
    (link,) = found.links('head link[type="application/json+oembed"]')
    assert link == f"{SITE}/oembed/?{urlencode({'url': SITE + page})}"
    card = client.get(link).json()
    code = read(found.one("#embed-code").text).one("iframe").attributes
    assert code["src"] == read(card["html"]).one("iframe").attributes["src"]
    assert (code["width"], code["loading"]) == ("100%", "lazy")
    assert found.links(".embed p a") == [code["src"].removeprefix(SITE)]


def test_what_not_everybody_sees_and_what_is_wrong_offers_no_card(client, editor_client, blank):
    make_round(101, publication="draft")
    for found in (get_page(editor_client, "/rounds/101/"), get_page(client, "/?topic=x")):
        assert not found.has('.embed, link[type="application/json+oembed"]')
