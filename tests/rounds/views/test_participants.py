import pytest

from tests.factories import make_delegation, make_member, make_participant, make_person, make_round
from tests.pages import get_page

pytestmark = pytest.mark.django_db


def test_when_did_iraq_first_come(client):
    facts = get_page(client, "/participants/iraq/").one(".facts").facts
    assert facts["First came"] == "Round 13, 2019"
    assert facts["Attended"].startswith("rounds 13–17, 19–")


def test_who_led_turkiye_at_the_17th_round(client):
    page = get_page(client, "/participants/turkiye/")
    rows = {number: rest for number, *rest in page.section("by-round").rows}
    assert rows["Round 17"][:3] == [
        "21–22 December 2021",
        "Selçuk Ünal",
        "Director General for Syria at the Foreign Ministry",
    ]
    assert "Selçuk Ünal rounds 15–19" in page.one(".facts").facts["Led by"]


def test_each_round_has_its_own_line_with_the_position_of_its_day(client, blank):
    participant = make_participant()
    person = make_person(participant=participant, name="Ann")
    for number, position in ((101, "Envoy"), (102, "Minister"), (103, "")):
        delegation = make_delegation(make_round(number), participant=participant)
        make_member(delegation, person=person, position=position, is_head=True)
    rows = get_page(client, participant.get_absolute_url()).section("by-round").rows
    assert [row[0::2] for row in rows] == [
        ["Round", "Head of delegation", "Attendance"],
        ["Round 101", "Ann", "Attended"],
        ["Round 102", "Ann", "Attended"],
        ["Round 103", "Ann", "Attended"],
    ]
    assert [row[3] for row in rows[1:]] == ["Envoy", "Minister", "not recorded"]


def test_a_head_that_is_not_recorded_is_said_to_be_so(client, blank):
    participant = make_participant()
    for number, attendance in ((101, "attended"), (102, "announced"), (103, "absent")):
        make_delegation(make_round(number), participant=participant, attendance=attendance)
    page = get_page(client, participant.get_absolute_url())
    rows = page.section("by-round").rows
    assert [row[2] for row in rows[1:]] == ["not recorded", "not recorded", "stayed away–"]
    assert [row[4] for row in rows[1:]] == ["Attended", "Announced only", "Stayed away"]
    assert "Led by" not in page.one(".facts").facts


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
