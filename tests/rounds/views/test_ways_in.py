"""The pages of all rooms but the timeline and the rounds."""

import re

import html5lib
import pytest

from rounds.models import Delegation
from tests.factories import make_hidden_round
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


@pytest.mark.parametrize("address", [*PAGES, "/compare/22/101/"])
def test_a_draft_leaks_nowhere(client, address):
    draft = make_hidden_round()
    delegation = Delegation.objects.filter(round=draft).first()
    assert client.get(delegation.participant.get_absolute_url()).status_code == 200
    html = client.get(address).content.decode()
    assert "Unheard-of" not in html
    assert "/rounds/101/" not in html
