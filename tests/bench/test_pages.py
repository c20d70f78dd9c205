"""Median times of the main pages; run by ``make bench``."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/", "/?topic=hostages", "/rounds/22/", "/search/?q=syria"])
def test_the_record(visit, address):
    response = visit(address)
    assert response.status_code == 200
