import re

import pytest

from tests.pages import text

pytestmark = pytest.mark.django_db


def words(client, address: str) -> str:
    return text(client.get(address).content.decode())


def test_when_did_iraq_first_come(client):
    said = words(client, "/participants/iraq/")
    assert "First came Round 13 , 2019" in said
    assert "Attended rounds 13–17, 19–22" in said


def test_who_led_turkiye_at_the_17th_round(client):
    html = client.get("/participants/turkiye/").content.decode()
    rows = re.findall(r'<tr><th scope="row">(.*?)</th><td data-label="Rounds">(.*?)</td>', html)
    spans = {text(who): when for who, when in rows}
    assert spans["Selçuk Ünal"] == "15–19"


def test_participant_says_what_is_disputed(client):
    said = words(client, "/participants/qatar/")
    assert "One source alone has it taking part, so no delegation is recorded." in said


def test_absence_is_said_on_the_participant(client):
    html = client.get("/participants/united-states/").content.decode()
    absent = re.findall(r'class="cell absent" href="/rounds/(\d+)/', html)
    assert absent == ["9", "10", "11", "13"]
