"""Median times of the main pages; run by ``make bench``."""

from datetime import date, timedelta
from itertools import count

import pytest

from tests.bench.conftest import asked

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/?topic=hostages",
        "/rounds/22/",
        "/search/?q=syria",
        "/statements/",
        "/statements/topics/sovereignty/",
        "/statements/compare/19/20/",
    ],
)
def test_the_record(visit, address):
    response = visit(address)
    assert response.status_code == 200


def test_a_new_address_that_shows_all_rounds(client, timed):
    days = (date(2030, 1, 1) + timedelta(number) for number in count())
    asked(client, "/?date_before=2029-12-31")
    response = timed(lambda: asked(client, f"/?date_before={next(days)}"))
    assert response.status_code == 200
