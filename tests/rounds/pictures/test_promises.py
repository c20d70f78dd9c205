from datetime import timedelta

import pytest

from rounds.pictures.promises import Shape, SlipPicture
from tests.factories import make_outcome, make_round
from tests.promises import WINDOW, track

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("narrow", [False, True])
def test_every_window_of_the_picture_ends_on_one_line(narrow):
    picture = SlipPicture(track().promises, narrow=narrow)
    drawn = [slip for slip in picture.slips if slip.window_x is not None]
    assert (len(picture.slips), len(drawn)) == (21, 20)
    for slip in drawn:
        assert slip.window_x + slip.window_width == pytest.approx(picture.zero, abs=3)
        assert (slip.mark_x > picture.zero) == slip.promise.is_late
        assert (slip.mark_x < slip.window_x) == slip.promise.is_early
    assert drawn[-1].mark_x == picture.zero
    assert drawn[-1].shape == Shape.CROSS


@pytest.mark.parametrize("narrow", [False, True])
def test_words_in_the_picture_begin_behind_the_mark_and_fit(narrow):
    picture = SlipPicture(track().promises, narrow=narrow)
    for slip in picture.slips:
        assert slip.words_x >= max(picture.zero, slip.mark_x or 0) + picture.GAP - 0.1
        assert slip.words_x + len(slip.promise.verdict) * picture.LETTER <= picture.width + 0.2


def test_legend_has_the_shapes_that_occur():
    assert SlipPicture(track().promises).legend == [Shape.CIRCLE, Shape.SQUARE, Shape.CROSS]


@pytest.mark.parametrize("late", [0, 1, 9, 59, 60, 322, 999, 40_000])
def test_axis_has_a_few_round_numbers(blank, late):
    make_outcome(make_round(101), kind="next-round", **WINDOW)
    make_round(102, start=WINDOW["planned_to"] + timedelta(late))
    picture = SlipPicture(track().promises)
    assert 1 <= len(picture.ticks) <= 5
    assert all(x <= picture.width for x, _days in picture.ticks)
