from itertools import pairwise

import pytest

from rounds.pictures.bundles import bundled


def shown(places, lanes=None):
    found = bundled([(place, place) for place in places], 10, lanes)
    return [(bundle.lane, bundle.along, bundle.things) for bundle in found]


def test_what_is_too_close_takes_another_lane():
    assert shown([0, 4, 8, 12]) == [(0, 0, [0]), (1, 4, [4]), (2, 8, [8]), (0, 12, [12])]


def test_where_no_lane_is_free_it_joins_the_one_before():
    assert shown([0, 4, 13, 30], lanes=1) == [(0, 2, [0, 4]), (0, 13, [13]), (0, 30, [30])]
    assert shown([0, 4, 8], lanes=2) == [(0, 0, [0]), (1, 6, [4, 8])]


@pytest.mark.parametrize("lanes", [1, 2, 3])
def test_bundles_of_a_lane_keep_their_distance(lanes):
    found = bundled([(n * 1.7, n) for n in range(200)], 10, lanes)
    assert sorted(thing for one in found for thing in one.things) == list(range(200))
    for lane in range(lanes):
        places = [one.along for one in found if one.lane == lane]
        assert all(after - before >= 10 for before, after in pairwise(places))


def test_nothing_is_no_bundle():
    assert bundled([], 10, 1) == []
