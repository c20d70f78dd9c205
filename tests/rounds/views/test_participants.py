import pytest

from tests.pages import get_page

pytestmark = pytest.mark.django_db


def test_when_did_iraq_first_come(client):
    facts = get_page(client, "/participants/iraq/").one(".facts").facts
    assert facts["First came"] == "Round 13, 2019"
    assert facts["Attended"].startswith("rounds 13–17, 19–")


def test_who_led_turkiye_at_the_17th_round(client):
    heads = get_page(client, "/participants/turkiye/").section("heads").rows
    spans = {head: rounds for head, rounds, *_ in heads}
    assert spans["Selçuk Ünal"] == "15–19"


def test_participant_says_what_is_disputed(client):
    notice = get_page(client, "/participants/qatar/").one(".notice").text
    assert "One source alone has it taking part, so no delegation is recorded." in notice


def test_absence_is_said_on_the_participant(client):
    strip = get_page(client, "/participants/united-states/").one(".strip")
    assert strip.texts(".absent")[:4] == ["9", "10", "11", "13"]
    assert strip.links(".absent")[0] == "/rounds/9/#delegation-united-states"


def test_participant_has_names_by_language(client):
    names = get_page(client, "/participants/united-nations/").section("naming")
    assert names.facts["Kazakh"] == "БҰҰ"
    assert "BM" in names.one("details").texts("bdi")
