import pytest

from rounds.models import FixedTerm
from tests.factories import make_fixed_term, make_name
from tests.pages import get_page

pytestmark = pytest.mark.django_db


def test_every_fixed_term_is_listed_with_its_wordings(client):
    page = get_page(client, "/glossary/")
    for term in FixedTerm.objects.for_page():
        place = page.one(f'section[id="{term.anchor}"]')
        assert place.one("h2").text == term.term
        wordings = {(one.attributes["lang"], one.text) for one in place.all("bdi")}
        assert wordings == {(name.language, name.text) for name in term.names.all()}
        assert len(place.links(".cite a")) == term.sources.count()
        assert place.texts(".note") == ([term.note] if term.note else [])


def test_wordings_run_the_way_of_their_language(client):
    page = get_page(client, "/glossary/")
    directions = {one.attributes["lang"]: one.attributes["dir"] for one in page.all(".naming bdi")}
    assert directions == {"ru": "ltr", "tr": "ltr", "kk": "ltr", "fa": "rtl", "ar": "rtl"}


def test_the_usual_wording_comes_first(client, blank):
    term = make_fixed_term(slug="quokka")
    make_name(term, "кокки", language="ru", is_seen=True)
    make_name(term, "кокка", language="ru", is_label=True, is_seen=True)
    make_name(term, "kokka", language="tr", is_label=True)
    make_name(term, "quokk")
    place = get_page(client, "/glossary/").one("#term-quokka")
    assert place.facts == {
        "Russian (ru)": "кокка · кокки",
        "Turkish (tr)": "kokka by the usual practice of that language, not seen in a page",
        "Any language": "quokk by the usual practice of that language, not seen in a page",
    }
