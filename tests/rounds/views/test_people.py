import pytest

from rounds.models import Member
from rounds.participants.models import Person
from tests.factories import make_delegation, make_member, make_round
from tests.pages import get_page

pytestmark = pytest.mark.django_db


def test_person_has_positions_and_neighbours(client):
    page = get_page(client, "/people/ahmet-yildiz/")
    facts = page.one(".facts").facts
    assert facts["Succeeded"] == "Burak Akçapar"
    assert facts["Followed by"] == "Mustafa Yurdakul"
    member = Member.objects.get(person__slug="ahmet-yildiz")
    assert ["Round 21", "24–25 January 2024", "Head", member.position] in page.rows


def test_person_has_names_by_language(client):
    person = Person.objects.get(slug="ali-asghar-khaji")
    names = get_page(client, person.get_absolute_url()).section("naming")
    labels = list(person.names.filter(is_label=True))
    assert len(labels) == 5
    assert names.facts["Turkish"] == "Ali Asgar Hacı seen in a page in that language"
    assert names.facts["Russian"].endswith("not seen in a page")
    shown = [
        (one.attributes["lang"], one.attributes["dir"], one.text) for one in names.all("bdi[lang]")
    ]
    assert ("ar", "rtl", "علي أصغر خاجي") in shown
    assert ("kk", "ltr", "Али Асгар Хаджи") in shown
    assert [text for _lang, _dir, text in shown] == [name.text for name in labels]
    assert "Ali Asghar Khadji" in names.facts["Also spelt"]


def test_native_names_tell_their_language(client):
    page = get_page(client, "/people/")
    lavrentyev = "Александр Лаврентьев"
    assert page.one('a[href="/people/alexander-lavrentyev/"] + bdi').attributes["lang"] == "ru"
    assert lavrentyev in page.texts('bdi[lang="ru"]')


def test_person_without_names_has_no_section(client, blank):
    person = make_member(make_delegation(make_round(101))).person
    assert not get_page(client, person.get_absolute_url()).has("#naming")
