"""What stands at the foot of every page."""

import pytest

from rounds.wording.languages import direction
from tests.pages import get_page

pytestmark = pytest.mark.django_db
LANGUAGES = ["en", "ru", "tr", "fa", "ar", "kk"]


@pytest.mark.parametrize("address", ["/", "/rounds/22/", "/no/such/page/"])
def test_a_folded_note_says_in_six_languages_what_the_site_is(client, address):
    status = 404 if "no" in address.split("/") else 200
    note = get_page(client, address, status).one("footer .languages")
    assert "open" not in note.attributes
    assert note.values("lang", "summary > *") == LANGUAGES
    assert note.values("lang", "p") == LANGUAGES
    for lang in LANGUAGES:
        assert note.one(f'p[lang="{lang}"]').attributes["dir"] == direction(lang)


def test_the_note_is_short(client):
    note = get_page(client, "/").one("footer .languages")
    assert len(note.html.encode()) < 2_500
