import pytest

from tests.pages import text

pytestmark = pytest.mark.django_db


def words(client, address: str) -> str:
    return text(client.get(address).content.decode())


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/compare/22/22/", "Round 22 does not differ from itself."),
        ("/compare/22/99/", "There is no round 99."),
        ("/compare/98/99/", "There are no rounds 98, 99."),
        ("/topics/refugees-return/", "There is no topic “refugees-return”"),
        ("/people/ahmed-yildiz/", "There is no person “ahmed-yildiz”"),
        ("/sources/tass-2017-01-99/", "There is no source “tass-2017-01-99”"),
        ("/participants/turkey/", "There is no participant “turkey”"),
    ],
)
def test_wrong_addresses_say_what_is_wrong(client, address, sentence):
    response = client.get(address)
    assert response.status_code == 404
    assert sentence in text(response.content.decode())


def test_near_matches_are_offered(client):
    near = words(client, "/people/ahmed-yildiz/")
    assert "Ahmet Yıldız" in near
    assert "Search for “ahmed-yildiz”" in near
    assert "Hostages, detainees and missing persons" in words(client, "/topics/prisoners/")
