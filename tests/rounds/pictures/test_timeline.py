from datetime import date, timedelta

import pytest

from rounds.models import Milestone
from rounds.pictures.timeline import MARK, Picture, pictures
from rounds.querysets import Outline


def row(number: int, start: date, city: str = "Astana", status: str = "held") -> Outline:
    return Outline(number, number, start, start + timedelta(1), "day", city, "KZ", status)


def milestone(pk: int, start: date, kind: str = "summit") -> Milestone:
    return Milestone(pk=pk, slug=f"m-{pk}", title=f"M {pk}", start=start, place="X", kind=kind)


def lying(rounds, matching=(), milestones=()) -> Picture:
    return pictures(rounds, set(matching), list(milestones), [])[0]


ROUNDS = [
    row(1, date(2017, 1, 23)),
    row(2, date(2017, 2, 15)),
    row(3, date(2018, 7, 30), "Sochi"),
]


def test_marks_stand_by_date_and_do_not_touch():
    first, second, third = lying(ROUNDS).marks
    assert first.at.x < second.at.x < third.at.x
    assert abs(second.at.x - first.at.x) > 2 * MARK or second.at.y - first.at.y > 2 * MARK
    assert (first.shape, third.shape) == ("circle", "square")
    assert first.href == "/rounds/1/"


def test_marks_say_whether_they_match():
    first, second, third = lying(ROUNDS, matching=[1]).marks
    assert (first.matches, second.matches, third.matches) == (True, False, False)
    assert first.text == "Round 1, 23–24 January 2017, Astana"
    assert second.text == "Round 2, 15–16 February 2017, Astana (does not match)"


@pytest.mark.parametrize(
    ("matching", "text"),
    [
        ([1], "Round 1, 1–2 January 2017, Astana, Cancelled"),
        ([], "Round 1, 1–2 January 2017, Astana, Cancelled (does not match)"),
    ],
)
def test_cancelled_rounds_are_said(matching, text):
    (mark,) = lying([row(1, date(2017, 1, 1), status="cancelled")], matching=matching).marks
    assert mark.text == text


def test_a_long_gap_is_a_silence():
    (silence,) = lying(ROUNDS).silences
    assert silence.label == "no round for 529 days"
    assert lying(ROUNDS[:2]).silences == []


def test_axis_runs_to_the_last_event():
    picture = lying(ROUNDS, milestones=[milestone(1, date(2021, 3, 1))])
    assert [year.label for year in picture.years] == ["2017", "2018", "2019", "2020", "2021"]


def test_milestones_have_a_row_for_each_kind():
    events = [milestone(1, date(2017, 5, 1)), milestone(2, date(2017, 6, 1), "military")]
    picture = lying(ROUNDS, milestones=[*events, milestone(3, date(2015, 1, 1), "congress")])
    assert [name for _, name in picture.rows] == ["Summit", "Military event"]
    assert [dot.at.y for dot in picture.dots] == [at.y for at, _ in picture.rows]
    assert picture.earlier == 1
    assert picture.dots[0].text == "M 1, 1 May 2017 (Summit)"


def test_upright_swaps_the_axes():
    flat, upright = pictures(ROUNDS, {1}, [], [])
    assert [mark.at.x for mark in flat.marks] == sorted(mark.at.x for mark in flat.marks)
    assert [mark.at.y for mark in upright.marks] == sorted(mark.at.y for mark in upright.marks)
    assert upright.height > upright.width


def test_many_rounds_are_bars_by_quarter():
    rounds = [row(n, date(2017, 1, 1) + timedelta(days=n)) for n in range(1, 366)]
    picture = pictures(rounds, {row.pk for row in rounds[:30]}, [], [("topic", "idlib")])[0]
    assert picture.marks == []
    assert [bar.text for bar in picture.bars] == [
        "2017, quarter 1: 30 of 89 rounds match",
        "2017, quarter 2: 0 of 91 rounds match",
        "2017, quarter 3: 0 of 92 rounds match",
        "2017, quarter 4: 0 of 92 rounds match",
        "2018, quarter 1: 0 of 1 round matches",
    ]
    assert picture.bars[1].href == ("/?topic=idlib&date_after=2017-04-01&date_before=2017-06-30")
    assert picture.bars[2].box.height == 76


def test_many_years_are_bars_by_year():
    rounds = [row(n, date(1950 + n, 1, 1)) for n in range(1, 71)]
    assert len(lying(rounds).bars) == 70
    assert len(lying(rounds).years) < 25


def test_many_milestones_are_one_dot_a_quarter():
    events = [milestone(n, date(2017, 1, 1) + timedelta(days=n % 300)) for n in range(1, 400)]
    picture = lying(ROUNDS, milestones=events)
    assert len(picture.dots) == 4
    assert picture.dots[0].text == "Summit, 2017, quarter 1: 179 events"
    assert picture.dots[0].href.endswith("date_before=2017-03-31&milestones=on")


@pytest.mark.parametrize(("first", "days"), [(2017, "-01-01"), (9980, "-10-01")])
def test_many_marks_stand_until_the_end_of_the_calendar(first, days):
    rounds = [row(n, date(first, 1, n % 28 + 1)) for n in range(1, 70)]
    rounds.append(row(70, date(9999, 12, 30)))
    events = [milestone(n, date(9999, 12, 31)) for n in range(200)]
    for picture in pictures(rounds, {1}, events, []):
        expected = f"/?date_after=9999{days}&date_before=9999-12-31"
        assert picture.bars[-1].href == expected
        assert picture.dots[-1].href == f"{expected}&milestones=on"


@pytest.mark.parametrize("picture", pictures([], set(), [], []))
def test_without_rounds_there_is_no_picture(picture):
    assert picture.is_empty
