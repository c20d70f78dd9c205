"""Median times of the search; run by ``make bench``."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from rounds.search.index import reindex
from rounds.search.query import Query
from rounds.search.results import groups
from tests.bench.test_pages import copy_rounds, deeper

pytestmark = pytest.mark.django_db


@pytest.fixture
def hundredfold(request):
    """A hundred times the rounds, with their index."""
    for copy in range(1, 100):
        copy_rounds(100 * copy)
    for kind in ("round", "agenda", "outcome"):
        reindex(kind)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


@pytest.mark.parametrize("query", ["prisoners", "syria"])
def test_search_a_hundred_times_the_rounds(hundredfold, benchmark, query):
    found = deeper(60, lambda: benchmark(lambda: groups(AnonymousUser(), Query(query))))
    assert found
