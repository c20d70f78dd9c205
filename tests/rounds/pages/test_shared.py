"""Several workers share their pages where a cache is set; none needs it."""

import gzip
from unittest import mock

import pytest
from django.core.cache import caches
from django.http import HttpResponse
from django.test import RequestFactory
from redis import ConnectionError as NoConnection

from rounds.pages.middleware import PagesMiddleware

pytestmark = pytest.mark.django_db

GZIPPED = gzip.compress(b"Another page.")


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
    one = worker()
    cache = caches["default"]
    with mock.patch.object(cache, "get", side_effect=NoConnection("away")) as get:
        for number in (22, 22, 21):
            asked = RequestFactory().get(f"/rounds/{number}/")
            assert one(asked).content == b"A page."
        assert get.call_count == 1  # it is not waited for again at once
    assert made == ["/rounds/22/", "/rounds/21/"]
    assert "cannot be had" in caplog.text


@pytest.mark.parametrize("garbage", [b"garbage", b"{}\n", b"[]\nx", b"", b"\x80\x04"])
def test_what_a_cache_has_that_is_no_page_is_made_anew(worker, made, garbage):
    with mock.patch.object(caches["default"], "get", return_value=garbage):
        assert worker()(RequestFactory().get("/rounds/22/")).content == b"A page."
    assert made == ["/rounds/22/"]


@pytest.mark.parametrize(
    "text", [b"", b"no gzip", GZIPPED[:-9], GZIPPED], ids=["empty", "not packed", "cut", "another"]
)
def test_a_page_whose_text_was_changed_is_made_anew(worker, made, text):
    worker()(RequestFactory().get("/rounds/22/"))
    real = caches["default"].get

    def changed(name: str) -> bytes:
        about, _, _ = real(name).partition(b"\n")
        return about + b"\n" + text

    with mock.patch.object(caches["default"], "get", changed):
        assert worker()(RequestFactory().get("/rounds/22/")).content == b"A page."
    assert len(made) == 2


def test_a_page_is_given_as_it_was_made(worker):
    first, second = (worker()(RequestFactory().get("/rounds/22/")) for _ in range(2))
    assert dict(first.items()) == dict(second.items())
    assert first.status_code == second.status_code


def test_a_cache_that_is_back_is_used_again(worker, made, monkeypatch):
    monkeypatch.setattr("rounds.pages.shared.PAUSE", 0)
    one = worker()
    with mock.patch.object(caches["default"], "get", side_effect=NoConnection("away")):
        one(RequestFactory().get("/rounds/22/"))
    worker()(RequestFactory().get("/rounds/22/"))
    assert made == ["/rounds/22/"]
