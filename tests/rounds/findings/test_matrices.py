from datetime import date

import pytest

from rounds.findings.matrices import (
    Columns,
    Matrix,
    Sort,
    Strip,
    attendance_matrix,
    person_strip,
    topic_matrix,
)
from rounds.models import Delegation, Member
from rounds.participants.models import Participant
from rounds.querysets import Outline, RoundReport
from rounds.topics.models import Topic
from tests.factories import make_participant, make_person

ROUNDS = [
    Outline(10 * n, n, date(2017, n, 1), date(2017, n, 2), "day", "Astana", "KZ", "held")
    for n in (1, 2, 3)
]


def matrix() -> Matrix:
    topics = [Topic(pk=1, label="Beta", theme="security"), Topic(pk=2, label="Alpha")]
    reports = [
        RoundReport(1, 10, "statement"),
        RoundReport(1, 10, "agenda"),
        RoundReport(2, 20, "agenda", "a remark"),
        RoundReport(2, 30, "agenda"),
    ]
    return topic_matrix(ROUNDS, topics, reports)


def labels(found: Matrix) -> list[str]:
    return [str(row.subject) for row in found.rows]


def test_cells_show_the_furthest_state_and_say_all():
    first, second = matrix().rows
    assert [cell.state for cell in first.cells] == ["statement", "", ""]
    assert first.cells[0].said == "Announced, Statement"
    assert second.cells[1].said == "Announced, a remark"


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("first", ["Beta", "Alpha"]),
        ("frequency", ["Alpha", "Beta"]),
        ("name", ["Alpha", "Beta"]),
    ],
)
def test_rows_are_sorted(sort, order):
    assert labels(matrix().sorted(Sort(sort), Columns.OLDEST)) == order


def test_columns_can_start_with_the_newest():
    found = matrix().sorted(Sort.FIRST, Columns.NEWEST)
    assert [row.number for row in found.rounds] == [3, 2, 1]
    assert [cell.round.number for cell in found.rows[0].cells] == [3, 2, 1]


def test_columns_can_start_with_the_most_reported():
    topics = [Topic(pk=1, label="Beta"), Topic(pk=2, label="Alpha")]
    reports = [RoundReport(1, 20, "agenda"), RoundReport(1, 30, "agenda")]
    reports.append(RoundReport(2, 30, "agenda"))
    found = topic_matrix(ROUNDS, topics, reports).sorted(Sort.NAME, Columns.FREQUENCY)
    assert [row.number for row in found.rounds] == [3, 2, 1]
    assert [bool(cell.states) for cell in found.rows[0].cells] == [True, False, False]


def topic_strip(*reports: tuple[int, str]) -> Strip:
    topic = Topic(pk=1, slug="idlib", label="Idlib")
    (strip,) = topic_matrix(ROUNDS, [topic], [RoundReport(1, *one) for one in reports]).rows
    return strip


def test_a_topic_shows_the_furthest_stage_and_says_all():
    strip = topic_strip((10, "statement"), (10, "agenda"), (30, "discussed"))
    assert [(cell.number, cell.state, cell.text, cell.href) for cell in strip.cells] == [
        (1, "statement", "Round 1: Announced, Statement", "/rounds/1/#topic-idlib"),
        (2, "", "Round 2: nothing reported", ""),
        (3, "discussed", "Round 3: Discussed", "/rounds/3/#topic-idlib"),
    ]
    assert len(strip.reported) == 2
    assert strip.first_stated.number == 1
    assert dict(strip.by_state) == {"Announced": "1", "Discussed": "3", "Statement": "1"}
    assert strip.not_stated == ""


def test_a_topic_announced_but_not_stated():
    strip = topic_strip((10, "agenda"), (20, "agenda"), (20, "discussed"))
    assert strip.not_stated == "1–2"


@pytest.mark.parametrize(
    ("attendance", "text"),
    [("attended", "Attended"), ("absent", "Stayed away"), ("announced", "Announced only")],
)
def test_attendance_is_told_apart(attendance, text):
    jordan, reports = Participant(pk=1, slug="jordan"), [RoundReport(1, 20, attendance)]
    (strip,) = attendance_matrix(ROUNDS, [jordan], reports).rows
    cell = strip.cells[1]
    assert (cell.state, cell.text) == (attendance, f"Round 2: {text}")
    assert cell.href == "/rounds/2/#delegation-jordan"


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
