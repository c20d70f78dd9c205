"""Median times of the pages that lead into the record; run by ``make bench``."""

import pytest

from tests.bench.test_pages import plain_templates, visit

__all__ = ["plain_templates", "visit"]

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address",
    [
        "/topics/",
        "/topics/refugee-return/",
        "/participants/",
        "/participants/turkiye/",
        "/people/",
        "/people/alexander-lavrentyev/",
        "/sources/",
        "/sources/tass-2017-01-24/",
        "/matrix/topics/",
        "/matrix/attendance/",
        "/promises/",
        "/compare/21/22/",
        "/disputes/",
        "/gaps/",
    ],
)
def test_a_way_into_the_record(visit, address):
    assert visit(address).status_code == 200
