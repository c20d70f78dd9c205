import re

import pytest

from rounds.models import Round
from rounds.promises import Record, SlipPicture, promise_of

pytestmark = pytest.mark.django_db


def promise(number: int):
    return promise_of(
        Round.objects.get(number=number), Round.objects.filter(number=number + 1).first()
    )


@pytest.mark.parametrize(
    ("number", "days_late", "is_elsewhere"),
    [
        (3, 0, False),  # promised for 3–4 May 2017, held then
        (4, -7, False),  # promised from 11 July, held on the 4th
        (10, 0, False),  # no place named
        (11, 74, False),  # promised for Astana, which was called Nur-Sultan by then
        (14, 322, True),  # promised for Nur-Sultan in March 2020, held in Sochi in 2021
        (22, None, False),  # never held
    ],
)
def test_promise_against_what_was_held(number, days_late, is_elsewhere):
    kept = promise(number)
    assert (kept.days_late, kept.is_elsewhere) == (days_late, is_elsewhere)


def test_promise_without_a_date_is_neither_kept_nor_late():
    assert promise(1).days_late is None


def test_no_promise_was_made_at_the_second_round():
    assert promise(2) is None


def text(client) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", client.get("/promises/").content.decode()).split())


def test_page_says_which_promise_was_missed_by_most(client):
    assert "The promise missed by most was that of round 15: 322 days." in text(client)


def test_page_says_the_longest_gap(client):
    expected = "The longest gap between rounds was that between rounds 14 and 15: 433 days."
    assert expected in text(client)


def test_page_says_that_the_23rd_was_never_held(client):
    promise = r"Round 22 1 January 2025 – 30 June 2025, Astana( \d+)+ – not held"
    assert re.search(promise, text(client))


def test_figures_are_counted_from_the_data():
    record = Record(list(Round.objects.with_outcomes()))
    late = sorted(max(one.days_late, 0) for one in record.dated)
    assert len(late) == 19
    assert record.median_slip == late[9]
    assert len(record.promises) == 21
    assert [one.outcome.round.number for one in record.never_held] == [22]


def test_picture_places_windows_and_rounds_by_date():
    record = Record(list(Round.objects.with_outcomes()))
    slips = SlipPicture(record.promises).slips
    assert len(slips) == 20
    assert [slip.held_x is None for slip in slips] == [False] * 19 + [True]
    for slip in slips[:-1]:
        if slip.promise.is_late:
            assert slip.held_x > slip.window_x + slip.window_width - 3
