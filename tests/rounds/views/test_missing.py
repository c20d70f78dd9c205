import pytest

from tests.pages import get_page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/topics/refugees-return/", "There is no topic “refugees-return”"),
        ("/people/ahmed-yildiz/", "There is no person “ahmed-yildiz”"),
        ("/sources/tass-2017-01-99/", "There is no source “tass-2017-01-99”"),
        ("/participants/turkey/", "There is no participant “turkey”"),
    ],
)
def test_wrong_addresses_say_what_is_wrong(client, address, sentence):
    assert get_page(client, address, status=404).one("h1").text == sentence


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/people/ahmed-yildiz/", "Ahmet Yıldız"),
        ("/topics/prisoners/", "Hostages, detainees and missing persons"),
    ],
)
def test_near_matches_and_a_search_are_offered(client, address, name):
    page = get_page(client, address, status=404)
    assert name in page.texts("main li a")
    slug = address.split("/")[2]
    (search,) = [link for link in page.all("main p a") if link.text == f"Search for “{slug}”"]
    assert search.attributes["href"] == f"/search/?q={slug}"
