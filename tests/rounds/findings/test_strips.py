from datetime import date

import pytest

from rounds.findings.strips import attendance_strip, person_strip, reports_by_key, topic_strip
from rounds.models import Delegation, Member
from rounds.querysets import Outline
from tests.factories import make_participant, make_person

ROUNDS = [
    Outline(10 * n, n, date(2017, n, 1), date(2017, n, 2), "day", "Astana", "KZ", "held")
    for n in (1, 2, 3)
]


def test_a_topic_shows_the_furthest_stage_and_says_all():
    strip = topic_strip(ROUNDS, "idlib", [(10, "statement"), (10, "agenda"), (30, "discussed")])
    assert [(cell.number, cell.state, cell.text, cell.href) for cell in strip.cells] == [
        (1, "statement", "Round 1: Announced, Joint statement", "/rounds/1/#topic-idlib"),
        (2, "", "Round 2: nothing reported", ""),
        (3, "discussed", "Round 3: Discussed", "/rounds/3/#topic-idlib"),
    ]
    assert len(strip.reported) == 2
    assert strip.first_stated.number == 1
    assert dict(strip.by_state) == {"Announced": "1", "Discussed": "3", "Joint statement": "1"}
    assert strip.not_stated == ""


def test_a_topic_announced_but_not_stated():
    strip = topic_strip(ROUNDS, "idlib", [(10, "agenda"), (20, "agenda"), (20, "discussed")])
    assert strip.not_stated == "1–2"


@pytest.mark.parametrize(
    ("attendance", "text"),
    [("attended", "Attended"), ("absent", "Stayed away"), ("announced", "Announced only")],
)
def test_attendance_is_told_apart(attendance, text):
    cell = attendance_strip(ROUNDS, "jordan", [(20, attendance)]).cells[1]
    assert (cell.state, cell.text) == (attendance, f"Round 2: {text}")


@pytest.mark.django_db
def test_a_person_led_or_came_or_was_announced():
    person = make_person(participant=make_participant(slug="narnia"))
    parts = [("attended", True), ("attended", False), ("announced", True)]
    members = []
    for row, (attendance, is_head) in zip(ROUNDS, parts, strict=True):
        delegation = Delegation(round_id=row.pk, attendance=attendance)
        members.append(Member(delegation=delegation, person=person, is_head=is_head))
    cells = person_strip(ROUNDS, person, members).cells
    assert [cell.state for cell in cells] == ["head", "member", "announced"]
    assert cells[0].text == "Round 1: head of the delegation"
    assert cells[0].href == "/rounds/1/#delegation-narnia"


def test_reports_are_grouped_by_subject():
    rows = [(1, 10, "agenda"), (2, 10, "agenda"), (1, 20, "statement")]
    assert reports_by_key(rows) == {
        1: [(10, "agenda"), (20, "statement")],
        2: [(10, "agenda")],
    }
