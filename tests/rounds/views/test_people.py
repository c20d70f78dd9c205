import pytest

from rounds.models import Member
from tests.pages import text

pytestmark = pytest.mark.django_db


def words(client, address: str) -> str:
    return text(client.get(address).content.decode())


def test_person_has_positions_and_neighbours(client):
    said = words(client, "/people/ahmet-yildiz/")
    assert "Also spelt Ahmet Yildiz" in said
    assert "Succeeded Burak Akçapar" in said
    assert "Followed by Mustafa Yurdakul" in said
    member = Member.objects.get(person__slug="ahmet-yildiz")
    assert f"Round 21 24–25 January 2024 Head {member.position}" in said
