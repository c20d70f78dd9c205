import csv
from datetime import date, timedelta
from io import StringIO

import pytest

from rounds.models import AgendaItem, Delegation
from rounds.topics.models import Topic
from rounds.views.matrices import COLUMNS
from tests.factories import make_round, make_topic
from tests.pages import Part, get_page
from tests.record import ROUND_NUMBERS

pytestmark = pytest.mark.django_db


def row_of(page: Part, address: str) -> Part:
    """The row of the topic or participant with that page."""
    return page.one(f'.matrix tr:has(> th > a[href="{address}"])')


@pytest.mark.parametrize("address", ["/matrix/topics/", "/matrix/attendance/"])
def test_an_unknown_order_is_said_and_the_default_marked(client, address):
    page = get_page(client, f"{address}?sort=nonsense")
    expected = "There is no order “nonsense”. There are: first, frequency, name."
    assert page.one(".notice").text.startswith(expected)
    assert "first appearance" in page.texts(".matrix-order strong")


@pytest.mark.parametrize("address", ["/matrix/topics.csv", "/matrix/attendance.csv"])
def test_an_unknown_order_of_the_csv_is_a_bad_request(client, address):
    response = client.get(f"{address}?order=nonsense")
    assert response.status_code == 400
    assert "There is no order “nonsense”." in response.content.decode()


def test_topic_matrix_leads_to_the_facts(client):
    row = row_of(get_page(client, "/matrix/topics/"), "/topics/chemical-weapons/")
    cell = row.all("td a")[0]
    assert cell.attributes["href"] == "/rounds/11/#topic-chemical-weapons"
    assert cell.attributes["title"] == "Discussed, Statement, 1 point recorded"
    reported = AgendaItem.objects.filter(topic__slug="chemical-weapons")
    assert len(row.all("td a")) == reported.values("round").distinct().count()
    assert row.texts("td")[:22].count("nothing reported") == 21


def test_attendance_matrix_tells_states_apart(client):
    row = row_of(get_page(client, "/matrix/attendance/"), "/participants/united-states/")
    assert row.links("a.absent")[:4] == [
        f"/rounds/{number}/#delegation-united-states" for number in (9, 10, 11, 13)
    ]
    assert row.texts("td")[:22].count("not reported") == 10
    assert "Attended, George Krol" in row.texts("td")


def test_the_same_matrix_as_csv(client):
    response = client.get("/matrix/topics.csv?sort=name")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0] == ["topic", "name", *(f"round_{number}" for number in ROUND_NUMBERS)]
    assert [row[1] for row in rows[1:]] == sorted(Topic.objects.values_list("label", flat=True))
    (weapons,) = [row for row in rows if row[0] == "chemical-weapons"]
    assert weapons[12] == "discussed; statement"


def test_attendance_as_csv_has_what_the_table_of_delegations_has(client):
    text = client.get("/matrix/attendance.csv").content.decode("utf-8-sig")
    found = {
        (int(column.removeprefix("round_")), row["participant"], state)
        for row in csv.DictReader(StringIO(text))
        for column, states in row.items()
        if column.startswith("round_") and states
        for state in states.split("; ")
    }
    assert found == set(
        Delegation.objects.values_list("round__number", "participant__slug", "attendance")
    )


@pytest.mark.parametrize("address", ["/matrix/topics.csv", "/matrix/attendance.csv"])
def test_spreadsheets_know_the_letters_of_the_csv(client, address):
    assert client.get(address).content.startswith(b"\xef\xbb\xbf")


def test_csv_of_a_dangerous_name(client):
    make_topic(label="=SUM(A1)")
    assert ",'=SUM(A1)," in client.get("/matrix/topics.csv").content.decode()


def test_the_newest_rounds_come_first_and_lead_to_earlier_ones(client, blank):
    for number in range(101, 101 + COLUMNS + 3):
        make_round(number, start=date(2020, 1, 1) + timedelta(number))
    newest = get_page(client, "/matrix/topics/")
    assert newest.links(".matrix thead a") == [f"/rounds/{n}/" for n in range(104, 129)]
    assert newest.links(".pages a") == ["?page=2"]
    earlier = get_page(client, "/matrix/topics/?order=newest&page=2")
    assert earlier.links(".matrix thead a") == ["/rounds/103/", "/rounds/102/", "/rounds/101/"]
    assert earlier.links(".pages a") == ["?order=newest&page=1"]
    assert "Rounds 101 to 103" in earlier.one(".pages").text
    (heading, *_rows) = csv.reader(StringIO(client.get("/matrix/topics.csv").content.decode()))
    assert len(heading) == 2 + COLUMNS + 3
