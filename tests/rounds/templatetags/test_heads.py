"""What those who share a page learn of it."""

import pytest

from rounds.templatetags.heads import locale_with_territory
from tests.addresses import NOT_FOUND, PAGES
from tests.pages import get_page

pytestmark = pytest.mark.django_db


def shared(page):
    """What the page says by Open Graph; each thing once."""
    found = page.all('meta[property^="og:"]')
    said = {one.attributes["property"]: one.attributes["content"] for one in found}
    assert len(said) == len(found)
    return said


def test_every_page_says_what_it_is_when_it_is_shared(client):
    for address in [one for one in PAGES if "/rounds/" not in one] + ["/rounds/22/"]:
        page = get_page(client, address)
        said = shared(page)
        title = page.one("head title").text
        assert title.startswith(said["og:title"]), address
        assert said["og:title"].strip(), address
        description = page.one('meta[name="description"]').attributes["content"]
        assert said["og:description"] == description
        assert "\n" not in description
        assert description.strip()
        assert said["og:site_name"] == "Astana process tracker"
        assert said["og:locale"] == "en_GB"
        assert page.links('head link[rel="canonical"]') == [said["og:url"]]


def test_the_timeline_is_the_site_and_others_are_articles(client):
    timeline = shared(get_page(client, "/"))
    assert timeline["og:type"] == "website"
    assert timeline["og:title"] == "Timeline · Astana process tracker"
    round_ = shared(get_page(client, "/rounds/22/"))
    assert round_["og:type"] == "article"
    assert round_["og:title"] == "Round 22: 11–12 November 2024, Astana"


def test_pages_that_cannot_be_found_have_a_title_too(client):
    assert get_page(client, NOT_FOUND[0], 404).one("head title").text.strip()


@pytest.mark.parametrize(
    ("language", "locale"), [("en", "en_GB"), ("tr", "tr_TR"), ("fa", "fa_IR")]
)
def test_a_locale_has_its_territory(language, locale):
    assert locale_with_territory(language) == locale
