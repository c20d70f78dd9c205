import pytest

from rounds.models import AgendaItem
from rounds.sources.models import Source
from tests.factories import make_hidden_round, make_source
from tests.pages import get_page

pytestmark = pytest.mark.django_db


def test_sources_are_filtered(client):
    page = get_page(client, "/sources/?language=ru&year=2021")
    found = Source.objects.filter(language="ru", published__year=2021)
    assert found
    assert sorted(page.links(".sources a")) == sorted(one.get_absolute_url() for one in found)


def test_source_tells_what_rests_on_it(client):
    supports = get_page(client, "/sources/tass-2017-01-24/").section("supports")
    links = [
        link
        for fact in supports.all("li")
        if fact.one(".what").text == "agenda item"
        for link in fact.links()
    ]
    items = AgendaItem.objects.filter(sources__slug="tass-2017-01-24")
    assert sorted(links) == sorted(
        f"/rounds/{item.round.number}/#topic-{item.topic.slug}" for item in items
    )


def test_a_source_of_a_draft_supports_nothing_public(client):
    source = make_source(slug="only-for-the-draft")
    make_hidden_round().sources.add(source)
    supports = get_page(client, "/sources/only-for-the-draft/").section("supports")
    assert "No published fact rests on it." in supports.text
