import re

import pytest

from rounds.models import AgendaItem
from rounds.sources.models import Source
from tests.factories import make_hidden_round, make_source
from tests.pages import text

pytestmark = pytest.mark.django_db


def words(client, address: str) -> str:
    return text(client.get(address).content.decode())


def test_sources_are_filtered(client):
    html = client.get("/sources/?language=ru&year=2021").content.decode()
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


def test_a_source_of_a_draft_supports_nothing_public(client):
    source = make_source(slug="only-for-the-draft")
    make_hidden_round().sources.add(source)
    assert "No published fact rests on it." in words(client, "/sources/only-for-the-draft/")
