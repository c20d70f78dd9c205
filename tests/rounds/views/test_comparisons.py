import pytest

from tests.pages import text

pytestmark = pytest.mark.django_db


def words(client, address: str) -> str:
    return text(client.get(address).content.decode())


def test_comparison_says_what_changed(client):
    said = words(client, "/compare/21/22/")
    assert "Türkiye : Ahmet Yıldız → Mustafa Yurdakul" in said
    assert "Between them 291 days" in said
    assert words(client, "/rounds/22/").count("What changed since round 21") == 1


def test_comparison_in_the_other_order_leads_to_the_one_address(client):
    assert client.get("/compare/22/21/").url == "/compare/21/22/"
    assert client.get("/compare/?first=22&second=3").url == "/compare/22/3/"
