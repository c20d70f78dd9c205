"""Editors who save at the same time: each gets a turn, and nothing is lost."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.auth.models import User
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rounds.models import AgendaItem, Round, SearchEntry
from tests.addresses import admin_address
from tests.forms import form_data
from tests.pages import page_of

EDITORS, TIMES = 6, 3
Form = dict[str, list[str]]


@pytest.fixture
def threads(django_db_setup, django_db_blocker, tmp_path) -> Iterator[ThreadPoolExecutor]:
    """Threads that see a copy of the record, in which what they write stays."""
    settings = connections.settings["default"]
    name = settings["NAME"]
    with django_db_blocker.unblock():
        copy = copied(str(tmp_path / "copy.sqlite3"))
        settings["NAME"] = copy
        try:
            with ThreadPoolExecutor(EDITORS) as found:
                yield found
                for _ in range(EDITORS):
                    found.submit(connections.close_all)
        finally:
            settings["NAME"] = name
            if connection.vendor == "postgresql":
                with connection._nodb_cursor() as cursor:
                    cursor.execute(f"DROP DATABASE {copy} WITH (FORCE)")


def copied(path: str) -> str:
    """The name of a copy of the database of the tests."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with sqlite3.connect(path) as copy:
            connection.connection.backup(copy)
        copy.close()
        return path
    name, copy = connection.settings_dict["NAME"], f"{connection.settings_dict['NAME']}_copy"
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {copy} TEMPLATE {name}")
    return copy


def in_threads(threads: ThreadPoolExecutor, work: Callable, *values):
    """What the work gives for each value, each in a thread of its own that closes its doors."""

    def done(*given):
        try:
            return work(*given)
        finally:
            connections.close_all()

    return list(threads.map(done, *values))


@pytest.mark.django_db
def test_others_wait_for_little_of_a_save(editor_client, round_22):
    address = admin_address(Round, "change", round_22.pk)
    form = form_data(page_of(editor_client.get(address)).one("#round_form"))
    form["agenda_items-0-note"] = ["Changed."]
    form["delegations-0-note"] = ["Changed."]
    with CaptureQueriesContext(connection) as queries:
        assert editor_client.post(address, form).status_code == 302
    statements = [query["sql"].split()[0] for query in queries]
    written = [place for place, word in enumerate(statements) if word in ("INSERT", "UPDATE")]
    assert written[-1] - written[0] < 75


def test_six_editors_save_different_rounds_at_once(threads):
    barrier = Barrier(EDITORS)
    numbers = list(range(1, EDITORS + 1))

    def enter(number: int) -> list[int]:
        client = Client(raise_request_exception=False)
        user, _ = User.objects.get_or_create(
            username=f"editor-{number}", is_staff=True, is_superuser=True
        )
        client.force_login(user)
        address = admin_address(Round, "change", Round.objects.get(number=number).pk)
        found = []
        for time in range(TIMES):
            form = form_data(page_of(client.get(address)).one("#round_form"))
            # The words of all, in an order of one's own, and one that only this edit has.
            words = [f"commonword{(number * 7 + place * 5) % 40}" for place in range(40)]
            form["agenda_items-0-note"] = [" ".join([*words, f"edit{number}x{time}"])]
            barrier.wait(60)
            found.append(client.post(address, form).status_code)
        return found

    assert in_threads(threads, enter, numbers) == [[302] * TIMES] * EDITORS

    def found(number: int) -> tuple[bool, int]:
        word = f"edit{number}x{TIMES - 1}"
        notes = AgendaItem.objects.filter(round__number=number, note__endswith=word)
        return notes.exists(), SearchEntry.objects.filter(text__endswith=word).count()

    assert in_threads(threads, found, numbers) == [(True, 1)] * EDITORS


def test_two_editors_who_enter_the_same_round_both_get_an_answer(threads):
    barrier = Barrier(2)

    def enter(name: str) -> int:
        client = Client(raise_request_exception=False)
        user, _ = User.objects.get_or_create(username=name, is_staff=True, is_superuser=True)
        client.force_login(user)
        page = page_of(client.get(admin_address(Round, "add")))
        form = form_data(page.one("#round_form")) | {
            "number": ["101"],
            "start": ["2027-05-01"],
            "end": ["2027-05-01"],
            "city": ["Astana"],
            "country": ["KZ"],
            "sources": ["1"],
        }
        barrier.wait(60)
        return client.post(admin_address(Round, "add"), form).status_code

    assert sorted(in_threads(threads, enter, ["one", "other"])) == [200, 302]


def test_of_two_who_save_the_same_round_at_once_one_is_asked(threads):
    barrier = Barrier(2)

    def enter(name: str) -> int:
        client = Client(raise_request_exception=False)
        user, _ = User.objects.get_or_create(username=name, is_staff=True, is_superuser=True)
        client.force_login(user)
        address = admin_address(Round, "change", Round.objects.get(number=5).pk)
        form = form_data(page_of(client.get(address)).one("#round_form"))
        form["venue"] = [f"The hotel of {name}"]
        barrier.wait(60)
        response = client.post(address, form)
        assert (b"_question-1" in response.content) == (response.status_code == 200)
        return response.status_code

    assert sorted(in_threads(threads, enter, ["one", "other"])) == [200, 302]
