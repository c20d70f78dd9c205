"""Who comes while a page is made, while the record is edited, or while both go on."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import count
from threading import Event
from time import sleep
from unittest import mock

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import RequestFactory

from rounds import editions
from rounds.models import Edition, Round
from rounds.pages.middleware import PagesMiddleware
from rounds.pages.watch import Watch

pytestmark = pytest.mark.django_db


def test_who_comes_while_edits_go_on_gets_the_page_made_last(settings):
    """Not the one from before the edits, which may have no end."""
    settings.EDITION_SECONDS = 0
    asked, go_on = Event(), Event()
    made = []

    def current() -> Edition:
        edition = Edition(number=len(made), changed_at=datetime.now(UTC))
        edition.is_searched = True
        return edition

    def make(request) -> HttpResponse:
        made.append(request)
        page = f"page {len(made)}"
        if len(made) == 3:
            asked.set()
            go_on.wait(5)
        return HttpResponse(page)

    middleware = PagesMiddleware(make)

    def ask() -> bytes:
        return middleware(RequestFactory().get("/")).content

    with mock.patch("rounds.editions.current", current), ThreadPoolExecutor(1) as pool:
        assert [ask(), ask()] == [b"page 1", b"page 2"]
        slow = pool.submit(ask)
        assert asked.wait(5)
        assert ask() == b"page 2"
        go_on.set()
        assert slow.result() == b"page 3"


def test_who_comes_while_an_old_page_is_made_anew_waits(settings):
    """A page that was read long ago may show what was withdrawn since."""
    settings.EDITION_SECONDS = 0
    asked, go_on = Event(), Event()
    edition = Edition(number=1, changed_at=datetime.now(UTC))
    edition.is_searched = True

    def make(request) -> HttpResponse:
        if edition.number > 1:
            asked.set()
            go_on.wait(5)
        return HttpResponse(f"page {edition.number}")

    middleware = PagesMiddleware(make)

    def ask() -> bytes:
        return middleware(RequestFactory().get("/")).content

    with (
        mock.patch("rounds.editions.current", return_value=edition),
        mock.patch("rounds.pages.kept.MOMENT", -1),
        ThreadPoolExecutor(8) as pool,
    ):
        assert ask() == b"page 1"
        edition.number = 2
        first = pool.submit(ask)
        assert asked.wait(5)
        others = [pool.submit(ask) for _ in range(5)]
        go_on.set()
        assert {one.result() for one in (first, *others)} == {b"page 2"}


def test_fifty_at_once_make_a_page_once(settings):
    settings.EDITION_SECONDS = 60
    made, all_there = [], Event()

    def make(request) -> HttpResponse:
        made.append(request)
        all_there.wait(5)
        return HttpResponse("a page")

    middleware = PagesMiddleware(make)
    edition = editions.current()
    with (
        mock.patch("rounds.editions.current", return_value=edition),
        ThreadPoolExecutor(50) as pool,
    ):
        asked = [pool.submit(middleware, RequestFactory().get("/")) for _ in range(50)]
        while not made:
            sleep(0.01)
        all_there.set()
        answers = {one.result().content for one in asked}
    assert answers == {b"a page"}
    assert len(made) == 1


def test_no_reader_waits_for_somebody_who_writes(client):
    outcome = Round.objects.get(number=22).outcomes.first()
    type(outcome).objects.filter(pk=outcome.pk).update(text="A quokka.")
    locked = OperationalError("locked")
    with mock.patch("rounds.pages.watch.catch_up", side_effect=locked) as follow:
        assert client.get("/rounds/22/").status_code == 200
    follow.assert_called_with(waits=False)
    assert not editions.current().is_searched
    client.get("/")  # the next reader tries again
    assert editions.current().is_searched


@pytest.fixture
def slow_look(settings, monkeypatch) -> Iterator[tuple[Watch, Event, Event]]:
    """A watch whose second look lasts until it may go on, and when that began."""
    settings.EDITION_SECONDS = 0
    began, go_on = Event(), Event()
    looks = count(1)

    def current() -> Edition:
        edition = Edition(number=next(looks), changed_at=datetime.now(UTC))
        edition.is_searched = True
        if edition.number == 2:
            began.set()
            go_on.wait(5)
        return edition

    monkeypatch.setattr("rounds.editions.current", current)
    monkeypatch.setattr("rounds.pages.watch.MOMENT", -1)  # what was seen was seen long ago
    watch = Watch()
    assert watch.known().number == 1
    yield watch, began, go_on
    go_on.set()


def test_who_comes_after_a_long_time_waits_for_a_look(slow_look):
    watch, began, go_on = slow_look
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(watch.known)
        assert began.wait(5)
        other = pool.submit(watch.known)
        sleep(0.05)
        go_on.set()
        assert first.result().number == 2
        assert other.result().number >= 2


def test_nobody_waits_for_a_look_that_does_not_end(slow_look, monkeypatch):
    monkeypatch.setattr("rounds.pages.watch.PATIENCE", 0.05)
    watch, began, go_on = slow_look
    with ThreadPoolExecutor(1) as pool:
        pool.submit(watch.known)
        assert began.wait(5)
        assert watch.known().number == 1
        go_on.set()
