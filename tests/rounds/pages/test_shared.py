"""Several workers share their pages where a cache is set; none needs it."""

from unittest import mock

import pytest
from django.core.cache import caches
from django.http import HttpResponse
from django.test import RequestFactory
from redis import ConnectionError as NoConnection

from rounds.pages.middleware import PagesMiddleware

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> list[str]:
    return []


@pytest.fixture
def worker(settings, made):
    """A worker that shares its pages with the others, and counts what it makes."""
    settings.CACHE_URL = "redis://127.0.0.1:1/0"
    caches["default"].clear()  # in the tests it is in memory

    def make(request) -> HttpResponse:
        made.append(request.get_full_path())
        return HttpResponse("A page.")

    return lambda: PagesMiddleware(make)


def test_a_page_that_one_worker_made_is_given_by_the_others(worker, made, raise_edition):
    for _ in range(3):
        assert worker()(RequestFactory().get("/rounds/22/")).content == b"A page."
    assert made == ["/rounds/22/"]
    raise_edition()
    worker()(RequestFactory().get("/rounds/22/"))
    assert len(made) == 2


def test_workers_keep_their_own_pages_while_the_cache_is_away(worker, made, caplog):
    away = NoConnection("away")
    one = worker()
    with (
        mock.patch.object(caches["default"], "get", side_effect=away),
        mock.patch.object(caches["default"], "set", side_effect=away),
    ):
        for _ in range(3):
            assert one(RequestFactory().get("/rounds/22/")).content == b"A page."
    assert made == ["/rounds/22/"]
    assert "cannot be read" in caplog.text
