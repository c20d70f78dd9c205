import pytest

from rounds.models import Member
from tests.pages import get_page

pytestmark = pytest.mark.django_db


def test_person_has_positions_and_neighbours(client):
    page = get_page(client, "/people/ahmet-yildiz/")
    facts = page.one(".facts").facts
    assert facts["Also spelt"] == "Ahmet Yildiz"
    assert facts["Succeeded"] == "Burak Akçapar"
    assert facts["Followed by"] == "Mustafa Yurdakul"
    member = Member.objects.get(person__slug="ahmet-yildiz")
    assert ["Round 21", "24–25 January 2024", "Head", member.position] in page.rows
