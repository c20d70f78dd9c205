from datetime import date, timedelta
from itertools import combinations

import pytest

from rounds.models import Milestone
from rounds.pictures.axis import Box
from rounds.pictures.links import TARGET
from rounds.pictures.timeline import Picture, pictures
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
    assert second.at.x - first.at.x >= TARGET or second.at.y - first.at.y >= TARGET
    assert (first.shape, third.shape) == ("circle", "square")
    assert first.link.href == "/rounds/1/"


def test_marks_say_whether_they_match():
    first, second, third = lying(ROUNDS, matching=[1]).marks
    assert (first.matches, second.matches, third.matches) == (True, False, False)
    assert first.link.text == "Round 1, 23–24 January 2017, Astana"
    assert second.link.text == "Round 2, 15–16 February 2017, Astana (does not match)"


@pytest.mark.parametrize(
    ("matching", "text"),
    [
        ([1], "Round 1, 1–2 January 2017, Astana, Cancelled"),
        ([], "Round 1, 1–2 January 2017, Astana, Cancelled (does not match)"),
    ],
)
def test_cancelled_rounds_are_said(matching, text):
    (mark,) = lying([row(1, date(2017, 1, 1), status="cancelled")], matching=matching).marks
    assert mark.link.text == text


def test_a_long_gap_is_a_silence():
    (silence,) = lying(ROUNDS).silences
    assert silence.label == "no round for 529 days"
    assert lying(ROUNDS[:2]).silences == []


def test_axis_runs_to_the_last_event():
    picture = lying(ROUNDS, milestones=[milestone(1, date(2021, 3, 1))])
    assert [year.label for year in picture.years] == ["2017", "2018", "2019", "2020", "2021"]


def test_the_picture_keeps_to_the_rounds():
    for picture in pictures(ROUNDS, set(), [milestone(1, date(2107, 6, 1))], []):
        assert [year.label for year in picture.years] == ["2017", "2018"]
        assert (picture.dots, picture.later, picture.earlier) == ([], 1, 0)


def test_milestones_have_a_row_for_each_kind():
    events = [milestone(1, date(2017, 5, 1)), milestone(2, date(2017, 6, 1), "military")]
    picture = lying(ROUNDS, milestones=[*events, milestone(3, date(2015, 1, 1), "congress")])
    assert [name for _, name in picture.rows] == ["Summit", "Military event"]
    assert [dot.at.y for dot in picture.dots] == [at.y for at, _ in picture.rows]
    assert picture.earlier == 1
    assert picture.dots[0].link.text == "M 1, 1 May 2017 (Summit)"


def test_upright_swaps_the_axes():
    flat, upright = pictures(ROUNDS, {1}, [], [])
    assert [mark.at.x for mark in flat.marks] == sorted(mark.at.x for mark in flat.marks)
    assert [mark.at.y for mark in upright.marks] == sorted(mark.at.y for mark in upright.marks)


def test_many_rounds_are_bars_by_quarter():
    rounds = [row(n, date(2017, 1, 1) + timedelta(days=n)) for n in range(1, 366)]
    picture = pictures(rounds, {row.pk for row in rounds[:30]}, [], [("topic", "idlib")])[0]
    assert picture.marks == []
    assert [bar.link.text for bar in picture.bars] == [
        "2017, quarter 1: 30 of 89 rounds match",
        "2017, quarter 2: 0 of 91 rounds match",
        "2017, quarter 3: 0 of 92 rounds match",
        "2017, quarter 4: 0 of 92 rounds match",
        "2018, quarter 1: 0 of 1 round matches",
    ]
    assert picture.bars[1].link.href == (
        "/?topic=idlib&date_after=2017-04-01&date_before=2017-06-30"
    )
    assert picture.bars[2].box.height == 76


@pytest.mark.parametrize(
    ("years", "name"),
    [
        (9, "first half of 2001: 0 of 8 rounds match"),
        (20, "2001: 0 of 4 rounds match"),
        (70, "2000 – 2004: 0 of 5 rounds match"),
    ],
)
def test_bars_of_many_years_are_wide_enough_to_be_pointed_at(years, name):
    days = [date(2001 + n * years // 71, n % 6 + 1, 1) for n in range(71)]
    picture = lying([row(n, day) for n, day in enumerate(days)])
    assert picture.bars[0].link.text == name
    assert picture.bars[0].link.area.x == picture.axis.head
    assert min(bar.link.area.width for bar in picture.bars[1:-1]) >= TARGET
    assert len(picture.years) < 25


@pytest.mark.parametrize("first", [1, 2017, 9980])
def test_bars_stand_until_the_end_of_the_calendar(first):
    rounds = [row(n, date(first, 1, n % 28 + 1)) for n in range(1, 70)]
    rounds.append(row(70, date(9999, 12, 30)))
    events = [milestone(n, date(9999, 12, 31)) for n in range(200)]
    for picture in pictures(rounds, {1}, events, []):
        assert picture.bars[-1].link.href.endswith("&date_before=9999-12-31")
        assert sum(dot.number for dot in picture.dots) == len(events)


def test_milestones_close_together_are_told_as_such():
    days = [date(2017, 5, 1), date(2017, 5, 4), date(2018, 1, 1)]
    events = [milestone(n, day) for n, day in enumerate(days)]
    both, alone = lying(ROUNDS, milestones=events).dots
    assert (both.number, alone.number) == (2, 1)
    assert both.link.text == "2 milestones, 1–4 May 2017 (Summit)"
    assert both.link.href == events[1].get_absolute_url()  # which the list has first
    assert lying(ROUNDS, milestones=events).has_bundles
    assert not lying(ROUNDS, milestones=events[1:]).has_bundles


def test_a_bundle_is_dated_no_finer_than_its_milestones():
    events = [milestone(1, date(2017, 5, 4)), milestone(2, date(2017, 5, 6))]
    events[1].end, events[1].date_precision = date(2017, 6, 30), "month"
    (both,) = lying(ROUNDS, milestones=events).dots
    assert both.link.text == "2 milestones, May – June 2017 (Summit)"


def test_upright_milestones_of_all_kinds_share_as_many_lanes_as_fit():
    days = [date(2017, 5, 1 + n) for n in range(20)]
    kinds = ["summit", "military"] * 10
    events = [milestone(n, day, kinds[n]) for n, day in enumerate(days)]
    _, upright = pictures(ROUNDS, set(), events, [])
    assert sum(dot.number for dot in upright.dots) == len(events)
    assert len({dot.at.x for dot in upright.dots}) == upright.lanes_of_milestones > 1
    several = max(upright.dots, key=lambda dot: dot.number)
    assert several.link.text == f"{several.number} milestones, 7–20 May 2017"
    assert upright.width == 334


def overlap(one: Box, other: Box) -> bool:
    across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    down = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    return across > 0.01 and down > 0.01


@pytest.mark.parametrize("step", [5, 20, 45])
def test_areas_do_not_overlap_and_names_stay_within_the_picture(step):
    days = [date(2017, 1, 1) + timedelta(days=step * n) for n in range(60)]
    rounds = [row(n, day) for n, day in enumerate(days)]
    kinds = ("summit", "military", "political")
    events = [milestone(n, day, kinds[n % 3]) for n, day in enumerate(days)]
    for picture in pictures(rounds, set(), events, []):
        links = picture.links
        areas = [link.area for link in links]
        pairs = combinations(areas, 2)
        assert not [pair for pair in pairs if overlap(*pair)]
        assert {(area.width, area.height) for area in areas} == {(TARGET, TARGET)}
        for link in links:
            assert link.area.x >= 0
            assert link.area.x + link.area.width <= picture.width + 0.1
            assert link.area.y + link.area.height <= picture.height + 0.1
            assert 0 <= link.name.x < link.name.x + link.name.width <= picture.width + 0.1
            assert link.name.width > picture.width / 8
            assert not overlap(link.name, link.area)


@pytest.mark.parametrize("status", ["announced", "held", "postponed", "cancelled"])
def test_an_announced_round_is_hollow(status):
    picture = lying([*ROUNDS, row(4, date(2027, 5, 1), status=status)])
    is_announced = status == "announced"
    assert [mark.is_hollow for mark in picture.marks] == [False, False, False, is_announced]
    assert picture.has_announced == is_announced


@pytest.mark.parametrize("picture", pictures([], set(), [], []))
def test_without_rounds_there_is_no_picture(picture):
    assert picture.is_empty
