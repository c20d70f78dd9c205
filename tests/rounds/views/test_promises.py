import re
from datetime import date

import pytest

from tests.factories import make_outcome, make_round
from tests.promises import WINDOW

pytestmark = pytest.mark.django_db


def text(client, address: str = "/promises/") -> str:
    html = client.get(address).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_a_round_that_the_visitor_may_not_see_is_not_paired(client, editor_client, blank):
    make_outcome(make_round(101), kind="next-round", **WINDOW)
    make_round(102, start=date(2025, 3, 1), publication="draft")
    assert "The 102nd, promised for the first half of 2025, was not held." in text(client)
    assert "/rounds/102/" not in client.get("/promises/").content.decode()
    assert "was not held" not in text(editor_client)


def test_page_names_the_round_that_was_never_held(client):
    said = text(client)
    assert "The 23rd, promised for the first half of 2025, was not held." in said
    assert re.search(r"Round 23 first half of 2025, Astana( \d+)+ Round 22 – not held", said)


def test_page_says_which_promise_was_missed_by_most(client):
    assert "The promise missed by most was that of round 15: 322 days." in text(client)


def test_page_says_the_longest_gap(client):
    expected = "The longest gap between rounds was that between rounds 14 and 15: 433 days."
    assert expected in text(client)


def test_page_sums_up_in_figures_and_leads_to_the_longest_slip(client):
    html = client.get("/promises/").content.decode()
    figures = dict(re.findall(r"<dt>([^<]+)</dt><dd>(?:<a [^>]+>)?([\d.,]+)", html))
    assert figures == {
        "promises made": "21",
        "in time": "11",
        "late": "7",
        "median slip in days": "0",
        "longest slip in days": "322",
    }
    assert '<a href="#promise-14">322</a>' in html
    assert 'id="promise-14"' in html


@pytest.mark.parametrize("number", [0, 1])
def test_without_promises_there_is_a_sentence_and_no_picture(client, blank, number):
    for one in range(number):
        make_round(101 + one)
    response = client.get("/promises/")
    html = response.content.decode()
    assert response.status_code == 200
    assert "No promise of a next round is recorded." in html
    assert "<table" not in html
    assert 'class="slips' not in html
    assert "<dd>0</dd>" in html


def test_a_promise_without_a_date_alone_is_shown(client, blank):
    make_outcome(make_round(101), kind="next-round", planned_place="Sochi")
    make_round(102)
    said = text(client)
    assert re.search(r"Round 102 no date, Sochi \d+ Round 101 .* no date to miss", said)
    assert "median" not in said


def test_cancelled_promise_without_a_date_is_named(client, blank):
    make_outcome(make_round(101), kind="next-round")
    make_round(102, status="cancelled")
    assert "The 102nd, promised without a date, was not held." in text(client)


@pytest.mark.parametrize(
    ("status", "row", "after"),
    [
        (
            "announced",
            "to be held 1–2 March 2025, Astana announced",
            "Round 102 , 1–2 March 2025, Astana: announced",
        ),
        ("postponed", "postponed postponed", "Round 102 : postponed"),
        ("cancelled", "cancelled not held", "Round 102 : not held"),
        ("held", "1–2 March 2025, Astana in time", "Round 102 , 1–2 March 2025, Astana: in time"),
    ],
)
def test_list_and_round_say_the_same_of_a_promise(client, blank, status, row, after):
    make_outcome(make_round(101), kind="next-round", **WINDOW)
    make_round(102, start=date(2025, 3, 1), status=status)
    assert re.search(rf"Round 102 first half of 2025 \d+ Round 101 {row}", text(client))
    said = text(client, "/rounds/101/")
    assert "first half of 2025, no place named" in said
    assert after in said


def test_round_says_that_the_promised_one_was_not_held(client):
    expected = "The 23rd: not held. No further round is recorded."
    assert expected in text(client, "/rounds/22/")
