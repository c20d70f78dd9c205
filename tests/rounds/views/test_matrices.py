import csv
import re
from io import StringIO

import pytest

from tests.factories import make_topic


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


@pytest.mark.django_db
def test_topic_matrix_leads_to_the_facts(client):
    html = client.get("/matrix/topics/").content.decode()
    row = html.split('<a href="/topics/chemical-weapons/">')[1].split("</tr>")[0]
    assert re.findall(r'href="([^"]+)" title="([^"]+)"', row) == [
        ("/rounds/11/#topic-chemical-weapons", "Discussed")
    ]
    assert row.count("nothing reported") == 21


@pytest.mark.django_db
def test_attendance_matrix_tells_states_apart(client):
    html = client.get("/matrix/attendance/").content.decode()
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
