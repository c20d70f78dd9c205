from datetime import timedelta

import pytest

from rounds.models import Round
from rounds.pictures.promises import Shape, SlipPicture
from tests.factories import make_outcome, make_round
from tests.promises import WINDOW, track

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("narrow", [False, True])
def test_every_window_of_the_picture_ends_on_one_line(narrow):
    promises = track().promises
    picture = SlipPicture(promises, narrow=narrow)
    drawn = [slip for slip in picture.slips if slip.window_x is not None]
    assert [slip.promise for slip in picture.slips] == promises
    assert [slip.promise for slip in drawn] == [one for one in promises if one.window]
    for slip in drawn:
        assert slip.window_x + slip.window_width == pytest.approx(picture.zero, abs=3)
        assert (slip.mark_x > picture.zero) == slip.promise.is_late
        assert (slip.mark_x < slip.window_x) == slip.promise.is_early


@pytest.mark.parametrize("narrow", [False, True])
def test_words_in_the_picture_begin_behind_the_mark_and_fit(narrow):
    picture = SlipPicture(track().promises, narrow=narrow)
    for slip in picture.slips:
        assert slip.words_x >= max(picture.zero, slip.mark_x or 0) + picture.GAP - 0.1
        assert slip.words_x + len(slip.promise.verdict) * picture.LETTER <= picture.width + 0.2


@pytest.mark.parametrize(("status", "shape"), [("cancelled", Shape.CROSS), (None, Shape.DASH)])
def test_what_did_not_come_is_marked_on_the_last_promised_day(blank, status, shape):
    make_outcome(make_round(101), kind="next-round", **WINDOW)
    if status:
        make_round(102, status=status)
    picture = SlipPicture(track().promises)
    (slip,) = picture.slips
    assert (slip.mark_x, slip.shape) == (picture.zero, shape)


def test_legend_has_the_shapes_that_occur(blank):
    for number, city in ((101, "Astana"), (102, "Sochi"), (103, "Sochi")):
        round_ = make_round(number, start=WINDOW["planned_from"], city=city)
        make_outcome(round_, kind="next-round", **WINDOW, planned_place="Sochi")
    assert SlipPicture(track().promises).legend == [Shape.CIRCLE, Shape.DASH]
    Round.objects.filter(number=103).update(city="Astana")
    assert SlipPicture(track().promises).legend == [Shape.CIRCLE, Shape.SQUARE, Shape.DASH]


@pytest.mark.parametrize("late", [0, 1, 9, 59, 60, 322, 999, 40_000, 2_912_000])
def test_axis_has_a_few_round_numbers(blank, late):
    make_outcome(make_round(101), kind="next-round", **WINDOW)
    make_round(102, start=WINDOW["planned_to"] + timedelta(late))
    picture = SlipPicture(track().promises)
    assert 1 <= len(picture.ticks) <= 5
    assert all(x <= picture.width for x, _days in picture.ticks)
