from datetime import date

import pytest

from rounds.findings.matrices import Columns, Matrix, Sort, defused
from rounds.querysets import Outline, RoundReport
from rounds.topics.models import Topic

ROUNDS = [
    Outline(10 * n, n, date(2017, n, 1), date(2017, n, 2), "day", "Astana", "KZ", "held")
    for n in (1, 2, 3)
]

LABELS = {"agenda": "Announced", "statement": "Joint statement"}


def matrix() -> Matrix:
    topics = [Topic(pk=1, label="Beta", theme="security"), Topic(pk=2, label="Alpha")]
    reports = [
        RoundReport(1, 10, "statement"),
        RoundReport(1, 10, "agenda"),
        RoundReport(2, 20, "agenda", "a remark"),
        RoundReport(2, 30, "agenda"),
    ]
    return Matrix(ROUNDS, topics, reports, LABELS, Topic.get_theme_display)


def labels(found: Matrix) -> list[str]:
    return [str(row.subject) for row in found.rows]


def test_cells_show_the_furthest_state_and_say_all():
    first, second = matrix().rows
    assert [cell.state for cell in first.cells] == ["statement", "", ""]
    assert first.cells[0].said == "Announced, Joint statement"
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
    found = Matrix(
        ROUNDS, topics, [*reports, RoundReport(2, 30, "agenda")], LABELS, Topic.get_theme_display
    ).sorted(Sort.NAME, Columns.FREQUENCY)
    assert [row.number for row in found.rounds] == [3, 2, 1]
    assert [bool(cell.states) for cell in found.rows[0].cells] == [True, False, False]


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "\n=1", "＝1"])
def test_csv_cells_are_no_formulas(value):
    assert defused(value) == f"'{value}"
