from datetime import date, timedelta

import pytest

from tests.factories import make_outcome, make_round
from tests.pages import get_page
from tests.promises import WINDOW

pytestmark = pytest.mark.django_db


def make_promise(number: int, **fields) -> None:
    """A round that promises the next one."""
    make_outcome(make_round(number), kind="next-round", **WINDOW | fields)


@pytest.fixture
def promises(blank) -> None:
    """Promises of rounds that came in time, 5 and 31 days late, and of one that is not recorded."""
    for number, days in enumerate([-1, 0, 5, 31], start=101):
        round_ = make_round(number, start=WINDOW["planned_to"] + timedelta(days))
        make_outcome(round_, kind="next-round", **WINDOW, planned_place="Astana")


def test_a_round_that_the_visitor_may_not_see_is_not_paired(client, editor_client, blank):
    make_promise(101)
    make_round(102, start=date(2025, 3, 1), publication="draft")
    page = get_page(client, "/promises/")
    expected = "The 102nd, promised for the first half of 2025, is not recorded."
    assert expected in page.one(".lede").text
    assert "/rounds/102/" not in page.html
    assert "2025, is not recorded" not in get_page(editor_client, "/promises/").text


def test_page_names_the_round_that_is_not_recorded(client, promises):
    page = get_page(client, "/promises/")
    expected = "The 105th, promised for the first half of 2025, is not recorded."
    assert expected in page.one(".lede").text
    window = "first half of 2025, Astana"
    assert ["Round 105", window, "Round 104", "–", "not recorded"] in page.rows
    assert page.has("#promise-104 .cite a")


def test_page_says_which_promise_was_missed_by_most_and_the_longest_gap(client, promises):
    lede = get_page(client, "/promises/").one(".lede p").text
    assert "The promise missed by most was that of round 104: 31 days." in lede
    expected = "The longest gap between rounds was that between rounds 103 and 104: 25 days."
    assert expected in lede


def test_the_record_has_its_longest_gap_before_2025(client):
    rows = get_page(client, "/promises/").rows
    assert [
        "Round 15",
        "March 2020, Nur-Sultan",
        "Round 14",
        "16–17 February 2021, Sochi",
        "322 days late, in Sochi",
    ] in rows


def test_page_sums_up_in_figures_and_leads_to_the_longest_slip(client, promises):
    page = get_page(client, "/promises/")
    figures = page.one("dl.figures")
    assert figures.facts == {
        "promises made": "4",
        "in time": "1",
        "late": "2",
        "median slip in days": "5",
        "longest slip in days": "31",
    }
    assert figures.links() == ["#promise-103"]
    assert "Round 104" in page.one("#promise-103 th").text


@pytest.mark.parametrize("number", [0, 1])
def test_without_promises_there_is_a_sentence_and_no_picture(client, blank, number):
    for one in range(number):
        make_round(101 + one)
    page = get_page(client, "/promises/")
    assert "No promise of a next round is recorded." in page.one(".lede").text
    assert page.one("dl.figures").facts == {"promises made": "0"}
    assert not page.has("table, svg.slips")


def test_a_promise_without_a_date_alone_is_shown(client, blank):
    make_outcome(make_round(101), kind="next-round", planned_place="Sochi")
    make_round(102)
    page = get_page(client, "/promises/")
    number, promised, at, _held, verdict = page.rows[-1]
    assert (number, promised, at) == ("Round 102", "no date, Sochi", "Round 101")
    assert "no date to miss" in verdict
    assert "median" not in page.text


def test_cancelled_promise_without_a_date_is_named(client, blank):
    make_outcome(make_round(101), kind="next-round")
    make_round(102, status="cancelled")
    lede = get_page(client, "/promises/").one(".lede").text
    assert "The 102nd, promised without a date, was not held." in lede


@pytest.mark.parametrize(
    ("status", "held", "verdict", "after"),
    [
        (
            "announced",
            "to be held 1–2 March 2025, Astana",
            "announced",
            "Round 102, 1–2 March 2025, Astana: announced",
        ),
        ("postponed", "postponed", "postponed", "Round 102: postponed"),
        ("cancelled", "cancelled", "not held", "Round 102: not held"),
        (
            "held",
            "1–2 March 2025, Astana",
            "in time",
            "Round 102, 1–2 March 2025, Astana: in time",
        ),
    ],
)
def test_list_and_round_say_the_same_of_a_promise(client, blank, status, held, verdict, after):
    make_promise(101)
    make_round(102, start=date(2025, 3, 1), status=status)
    row = get_page(client, "/promises/").rows[-1]
    assert row == ["Round 102", "first half of 2025", "Round 101", held, verdict]
    assert get_page(client, "/rounds/101/").one("#after .facts").facts == {
        "Promised": "first half of 2025, no place named",
        "Came of it": after,
    }


def test_round_says_that_the_promised_one_is_not_recorded(client, blank):
    make_promise(101)
    after = get_page(client, "/rounds/101/").one("#after .facts").facts
    assert after["Came of it"] == "The 102nd: not recorded. No further round is recorded."
