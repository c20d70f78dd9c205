"""Median times of the pages that lead into the record; run by ``make bench``."""

import pytest

from tests.addresses import WAYS_IN

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", WAYS_IN)
def test_a_way_into_the_record(visit, address):
    assert visit(address).status_code == 200
