import csv
import re
from datetime import date
from io import StringIO

import pytest

from rounds.findings.matrices import Columns, Matrix, Sort, defused
from rounds.querysets import Outline, RoundReport
from rounds.topics.models import Topic
from tests.factories import make_topic
from tests.pages import markup

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


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/matrix/topics/", "/matrix/attendance/"])
def test_an_unknown_order_is_said_and_the_default_marked(client, address):
    html = client.get(f"{address}?sort=nonsense").content.decode()
    assert "There is no order “nonsense”. There are: first, frequency, name, oldest" in html
    assert "<strong>first appearance</strong>" in html


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/matrix/topics.csv", "/matrix/attendance.csv"])
def test_an_unknown_order_of_the_csv_is_a_bad_request(client, address):
    response = client.get(f"{address}?order=nonsense")
    assert response.status_code == 400
    assert "There is no order “nonsense”." in response.content.decode()


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "\n=1", "＝1"])
def test_csv_cells_are_no_formulas(value):
    assert defused(value) == f"'{value}"


@pytest.mark.django_db
def test_topic_matrix_leads_to_the_facts(client):
    html = markup(client.get("/matrix/topics/"))
    row = html.split('<a href="/topics/chemical-weapons/">')[1].split("</tr>")[0]
    assert re.findall(r'href="([^"]+)" title="([^"]+)"', row) == [
        ("/rounds/11/#topic-chemical-weapons", "Discussed")
    ]
    assert row.count("nothing reported") == 21


@pytest.mark.django_db
def test_attendance_matrix_tells_states_apart(client):
    html = markup(client.get("/matrix/attendance/"))
    row = html.split('<a href="/participants/united-states/">')[1].split("</tr>")[0]
    absent = re.findall(r'class="absent" href="/rounds/(\d+)/', row)
    assert absent == ["9", "10", "11", "13"]
    assert row.count("not reported") == 10
    assert "Attended, George Krol" in row


@pytest.mark.django_db
def test_the_same_matrix_as_csv(client):
    response = client.get("/matrix/topics.csv?sort=name")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(StringIO(response.content.decode())))
    assert rows[0] == ["Topic", *(f"Round {number}" for number in range(1, 23))]
    assert len(rows) == 29
    assert [row[0] for row in rows[1:3]] == ["COVID-19", "Ceasefire"]
    (weapons,) = [row for row in rows if row[0] == "Chemical weapons"]
    assert weapons[11] == "Discussed"


@pytest.mark.django_db
def test_csv_of_a_dangerous_name(client):
    make_topic(label="=SUM(A1)")
    assert "'=SUM(A1)," in client.get("/matrix/topics.csv").content.decode()
