"""The sitemap, read as search engines read it, and the one address of each page."""

from datetime import UTC, datetime
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from rounds.models import Change, PublicChange, Round
from rounds.sitemaps import SECTIONS, Pages
from rounds.templatetags.navigation import SECTIONS as NAVIGATION
from tests.addresses import NOT_FOUND, OF_THE_MOMENT, PAGES
from tests.factories import make_full_round, make_round
from tests.pages import get_page, public_page

pytestmark = pytest.mark.django_db

SITE = "http://testserver"
SPACE = {"": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def listed(client, address: str) -> dict[str, str]:
    """The addresses of a sitemap, each with the day of its last change or ""."""
    response = client.get(address)
    assert response.headers["Content-Type"] == "application/xml"
    root = ElementTree.fromstring(response.content)  # noqa: S314 - our own
    return {one.findtext("loc", "", SPACE): one.findtext("lastmod", "", SPACE) for one in root}


def all_listed(client) -> dict[str, dict[str, str]]:
    """All pages by section."""
    return {
        name: listed(client, urlsplit(address).path)
        for name, address in zip(SECTIONS, listed(client, "/sitemap.xml"), strict=True)
    }


def canonical(address: str) -> list[str]:
    return public_page(address).links('head link[rel="canonical"]')


def test_every_address_of_the_sitemap_is_a_page_and_its_one_address(client):
    found = all_listed(client)
    for name, pages in found.items():
        for address in list(pages)[:: len(pages) // 50 + 1]:  # of the many sources some
            assert canonical(address.removeprefix(SITE)) == [address], name
    paths = {address.removeprefix(SITE) for pages in found.values() for address in pages}
    navigation = {reverse(view) for _name, views in NAVIGATION for view, _label in views}
    assert navigation <= paths
    pairs = ("/search/", "/compare/2", "/statements/compare/")  # which are asked for
    wanted = {path for path in PAGES if "?" not in path and not path.startswith(pairs)}
    assert wanted <= paths


def test_each_page_says_when_readers_were_last_told_something_else(client, blank):
    first, second = make_full_round(101), make_full_round(102)
    make_round(103, publication="draft")
    topic = first.agenda_items.get().topic
    written = Change.objects.filter(model="rounds.round")
    for round_, month in ((first, 3), (second, 5)):
        written.filter(key=round_.pk).update(at=datetime(2020, month, 1, tzinfo=UTC))
    Round.objects.filter(pk=first.pk).update(summary="Another one.")  # of which nothing was told
    assert listed(client, "/sitemap-rounds.xml") == {
        f"{SITE}/rounds/101/": "2020-03-01",
        f"{SITE}/rounds/102/": "2020-05-01",
    }
    topics = listed(client, "/sitemap-topics.xml")
    assert topics[SITE + topic.get_absolute_url()] == "2020-03-01"
    for day, address, is_typo in (
        (1, f"/rounds/101/#topic-{topic.slug}", False),
        (2, "/rounds/101/#outcome-1", True),
    ):
        PublicChange.objects.create(
            at=datetime(2021, 7, day, tzinfo=UTC),
            page_model="rounds.round",
            page_key=first.pk,
            address=address,
            fact="a fact",
            is_typo=is_typo,
        )
    assert listed(client, "/sitemap-rounds.xml")[f"{SITE}/rounds/101/"] == "2021-07-01"
    topics = listed(client, "/sitemap-topics.xml")
    assert topics[SITE + topic.get_absolute_url()] == "2021-07-01"
    assert listed(client, "/sitemap-lists.xml")[f"{SITE}/"] == "2021-07-01"


def test_a_section_of_too_many_pages_is_several_sitemaps(client, monkeypatch):
    monkeypatch.setattr(Pages, "limit", 10)
    index = listed(client, "/sitemap.xml")
    parts = [one.removeprefix(SITE) for one in index if "/sitemap-rounds.xml" in one]
    assert parts == [f"/sitemap-rounds.xml{part}" for part in ("", "?p=2", "?p=3")]
    assert sum(len(listed(client, part)) for part in parts) == Round.objects.count()
    for part in ("4", "0", "x"):
        get_page(client, f"/sitemap-rounds.xml?p={part}", 404)


def test_every_page_names_its_one_address():
    for address in PAGES:
        (found,) = canonical(address)
        assert canonical(found.removeprefix(SITE)) == [found], address
    for address in (*OF_THE_MOMENT, *NOT_FOUND):
        page = public_page(address, 404 if address in NOT_FOUND else 200)
        assert not page.has('link[rel="canonical"]'), address


@pytest.mark.parametrize(
    ("address", "one"),
    [
        (
            "/?stage=agenda&utm_source=x&topic=idlib&order=newest",
            "/?topic=idlib&stage=agenda",
        ),
        ("/?page=round-10&city=Astana&city=Sochi", "/?city=Sochi"),
        ("/?order=oldest&page=round-3&view=table", "/?order=oldest&view=table"),
        ("/rounds/22/?x=1", "/rounds/22/"),
        ("/sources/?page=2&page=3", "/sources/?page=3"),
        ("/search/?q=&kind=", "/search/?q="),
    ],
)
def test_what_changes_nothing_is_no_part_of_the_one_address(address, one):
    assert canonical(address) == [SITE + one]


def test_what_has_wrong_values_is_not_to_be_listed(client):
    for address in ("/?topic=x", "/sources/?year=1066", "/?unknown=1&year=x"):
        assert client.get(address).headers["X-Robots-Tag"] == "noindex"
    assert "X-Robots-Tag" not in client.get("/?topic=idlib").headers


def test_robots_are_told_where_not_to_look(client):
    response = client.get("/robots.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    rules = response.content.decode().splitlines()
    assert "Disallow: /*?" in rules  # which the parser of Python does not know
    robots = RobotFileParser()
    robots.parse(rules)
    assert robots.site_maps() == [f"{SITE}/sitemap.xml"]
    for agent in ("Googlebot", "Twitterbot"):
        for path in ("/", "/rounds/22/", "/topics/idlib/", "/embed/rounds/22/", "/sitemap.xml"):
            assert robots.can_fetch(agent, path), path
        for path in ("/admin/", "/admin/login/", "/report/", "/preview/1-1:x/"):
            assert not robots.can_fetch(agent, path), path
    assert not robots.can_fetch("Googlebot", "/search/?q=idlib")
    assert robots.can_fetch("Twitterbot", "/?topic=idlib")
