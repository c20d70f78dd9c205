"""Median times of the addresses that cost most, beside that of ``/``; run by ``make bench``."""

import pytest

from tests.worst import worst_addresses

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("place", range(4))
def test_the_timeline_at_its_worst(visit, place):
    addresses = [one for one in worst_addresses() if one.startswith("/?")]
    assert visit(addresses[place]).status_code == 200
