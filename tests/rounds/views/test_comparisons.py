import pytest

from tests.pages import get_page

pytestmark = pytest.mark.django_db


def test_comparison_says_what_changed(client):
    changes = get_page(client, "/compare/21/22/").one(".changes")
    assert changes.facts["Between them"] == "291 days"
    assert "Türkiye: Ahmet Yıldız → Mustafa Yurdakul" in changes.texts("li")


def test_a_round_says_what_changed_since_the_one_before(client):
    since = get_page(client, "/rounds/22/").one("#changes")
    assert since.one("h2").text == "What changed since round 21"
    assert since.one(".changes").facts == get_page(client, "/compare/21/22/").one(".changes").facts


def test_comparison_in_the_other_order_leads_to_the_one_address(client):
    assert client.get("/compare/22/21/").url == "/compare/21/22/"
    assert client.get("/compare/?first=22&second=3").url == "/compare/22/3/"


@pytest.mark.parametrize("number", ["0", "10000", "9223372036854775808", "9" * 5000, "x", ""])
def test_what_is_no_number_of_a_round_is_said(client, number):
    notice = get_page(client, f"/compare/?first=3&second={number}").one(".notice").text
    assert notice.startswith("with round: “")
    assert "is not the number of a round. Choose one from the list." in notice
    assert "is not the number" not in get_page(client, "/compare/?unknown=1").text


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/compare/22/22/", "Round 22 does not differ from itself."),
        ("/compare/22/9999/", "There is no round 9999."),
        ("/compare/9998/9999/", "There are no rounds 9998, 9999."),
    ],
)
def test_what_cannot_be_compared_is_said(client, address, sentence):
    assert sentence in get_page(client, address, status=404).one(".notice").text
