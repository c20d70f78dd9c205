from datetime import date, timedelta
from statistics import median

import pytest

from rounds.findings.promises import Fate, promise_of
from rounds.models import Outcome, Round
from rounds.pictures.promises import Shape, shape_of
from tests.factories import make_outcome, make_round
from tests.promises import TODAY, WINDOW, track

pytestmark = pytest.mark.django_db


def promise(number: int):
    return promise_of(
        Round.objects.get(number=number), Round.objects.filter(number=number + 1).first()
    )


def promised(following: Round | None = None, today: date = TODAY, **fields):
    """A promise of the 102nd round, made at the 101st, beside what followed."""
    round_ = make_round(101)
    make_outcome(round_, kind="next-round", **WINDOW | fields)
    return promise_of(round_, following, today)


@pytest.mark.parametrize(
    ("number", "fate", "days_late", "is_elsewhere"),
    [
        (1, Fate.UNDATED, None, False),
        (3, Fate.IN_TIME, 0, False),  # promised for 3–4 May 2017, held then
        (4, Fate.EARLY, -7, False),  # promised from 11 July, held on the 4th
        (10, Fate.IN_TIME, 0, False),  # no place named
        (11, Fate.LATE, 74, False),  # promised for Astana, which was called Nur-Sultan by then
        (14, Fate.LATE, 322, True),  # promised for Nur-Sultan in March 2020, held in Sochi in 2021
    ],
)
def test_promise_against_what_was_held(number, fate, days_late, is_elsewhere):
    found = promise(number)
    assert (found.fate, found.days_late, found.is_elsewhere) == (fate, days_late, is_elsewhere)


def test_no_promise_was_made_at_the_second_round():
    assert promise(2) is None


@pytest.mark.parametrize(
    ("status", "fate", "shape"),
    [
        ("held", Fate.IN_TIME, Shape.CIRCLE),
        ("announced", Fate.ANNOUNCED, Shape.RING),
        ("postponed", Fate.POSTPONED, Shape.PAUSE),
        ("cancelled", Fate.NOT_HELD, Shape.CROSS),
    ],
)
def test_fate_follows_the_status_of_the_next_round(status, fate, shape):
    following = make_round(102, start=date(2025, 3, 1), status=status)
    found = promised(following)
    assert (found.fate, shape_of(found)) == (fate, shape)
    assert (found.held == following) == (status == "held")


@pytest.mark.parametrize(
    ("today", "fate"),
    [
        (date(2024, 1, 1), Fate.OPEN),
        (date(2025, 6, 30), Fate.OPEN),  # the last promised day
        (date(2025, 7, 1), Fate.UNRECORDED),
    ],
)
def test_without_a_next_round_a_promise_is_open_until_its_last_day(today, fate):
    assert promised(today=today).fate == fate


def test_without_a_next_round_a_promise_without_a_date_stays_open():
    assert promised(planned_from=None, planned_to=None).fate == Fate.OPEN


def test_a_cancelled_round_is_not_held_even_before_the_last_day():
    following = make_round(102, start=date(2025, 3, 1), status="cancelled")
    assert promised(following, today=date(2025, 1, 1)).fate == Fate.NOT_HELD


@pytest.mark.parametrize(
    ("place", "city", "is_elsewhere"),
    [
        ("Astana", "Astana", False),
        ("Astana", "Nur-Sultan", False),
        ("Nur-Sultan", "Astana", False),
        ("Astana", "Sochi", True),
        ("", "Sochi", False),
    ],
)
def test_elsewhere_is_another_city_whatever_its_name(place, city, is_elsewhere):
    following = make_round(102, start=date(2025, 3, 1), city=city)
    found = promised(following, planned_place=place)
    assert found.is_elsewhere == is_elsewhere
    assert shape_of(found) == (Shape.SQUARE if is_elsewhere else Shape.CIRCLE)


@pytest.mark.parametrize(
    ("start", "city", "verdict"),
    [
        (date(2024, 12, 30), "Astana", "2 days early"),
        (date(2024, 12, 31), "Astana", "1 day early"),
        (date(2025, 1, 1), "Astana", "in time"),
        (date(2025, 6, 30), "Astana", "in time"),
        (date(2025, 6, 30), "Sochi", "in time, in Sochi"),
        (date(2025, 7, 1), "Astana", "1 day late"),
        (date(2025, 7, 31), "Sochi", "31 days late, in Sochi"),
    ],
)
def test_verdict_says_how_late_and_where(start, city, verdict):
    found = promised(make_round(102, start=start, city=city), planned_place="Astana")
    assert found.verdict == verdict


@pytest.mark.parametrize(
    ("first", "last", "verdict"),
    [
        (date(2025, 1, 10), date(2025, 1, 20), "in time"),  # it may have begun then
        (date(2024, 12, 1), date(2024, 12, 24), "8 days late"),
        (date(2025, 2, 2), date(2025, 2, 20), "2 days early"),
    ],
)
def test_a_round_known_by_its_month_is_not_counted_finer_than_that(first, last, verdict):
    following = make_round(
        102, start=date(2025, 1, 1), end=date(2025, 1, 31), date_precision="month"
    )
    following.end = date(2025, 1, 31)
    assert promised(following, planned_from=first, planned_to=last).verdict == verdict


def test_promises_are_paired_by_number_whatever_the_status(blank):
    first, second, third = (
        make_round(101, start=date(2024, 11, 1)),
        make_round(102, start=date(2025, 3, 1), status="postponed"),
        make_round(103, start=date(2025, 9, 1)),
    )
    for round_ in (first, second):
        make_outcome(round_, kind="next-round", **WINDOW)
    found = track().promises
    assert [one.following for one in found] == [second, third]
    assert [one.verdict for one in found] == ["postponed", "63 days late"]


def test_figures_are_counted_from_the_data():
    found = track()
    held = set(Round.objects.filter(status="held").values_list("number", flat=True))
    windows = Outcome.objects.exclude(planned_from=None)
    ends = dict(windows.values_list("round__number", "planned_to"))
    days = [max(one.days_late, 0) for one in found.dated]
    assert sorted(one.number for one in found.dated) == sorted(held & {one + 1 for one in ends})
    assert found.median_slip == median(days)
    assert len(found.in_time) + len(found.early) + len(found.late) == len(days)
    assert {one.outcome.round.number for one in found.unrecorded} == {
        number for number, end in ends.items() if number + 1 not in held and end < TODAY
    }


def test_median_and_longest_slip_of_three(blank):
    for number, days in enumerate([0, 5, 31], start=101):
        round_ = make_round(number, start=WINDOW["planned_to"] + timedelta(days))
        make_outcome(round_, kind="next-round", **WINDOW)
    make_round(104, start=WINDOW["planned_to"] + timedelta(90))
    found = track()
    assert [one.days_late for one in found.promises] == [5, 31, 90]
    assert (found.median_slip, found.longest_slip.days_late) == (31, 90)
