"""Parts of pages are kept for everybody, for as long as the record stays as it is."""

from collections.abc import Iterator

import pytest
from cachetools import LRUCache
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from rounds import kept
from rounds.models import Round
from tests.factories import make_full_round, make_round
from tests.pages import get_page

pytestmark = pytest.mark.usefixtures("kept_parts")


class Record:
    """A record of which only the edition is known, and parts that count how often they are made."""

    def __init__(self) -> None:
        self.edition = 1
        self.made = 0

    def make(self) -> str:
        self.made += 1
        return f"part {self.made}"


@pytest.fixture
def record(monkeypatch) -> Iterator[Record]:
    found = Record()
    monkeypatch.setattr(kept, "_read", lambda: found.edition)
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield found
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


def asked(record: Record, *key: str, method: str = "GET") -> str:
    """What one request gets for a key."""
    request_started.send(None, environ={"REQUEST_METHOD": method})
    try:
        return kept.part(*key, make=record.make)
    finally:
        request_finished.send(None)


def test_a_part_is_made_once(record):
    assert [asked(record, "card", "1") for _ in range(3)] == ["part 1"] * 3
    assert asked(record, "card", "2") == "part 2"


def test_another_edition_has_its_own_parts(record):
    assert asked(record, "card") == "part 1"
    record.edition = 2
    assert asked(record, "card") == asked(record, "card") == "part 2"


def test_each_language_has_its_own_parts(record):
    assert asked(record, "card") == "part 1"
    with override("ru"):
        assert asked(record, "card") == "part 2"


def test_outside_of_requests_nothing_is_kept(record):
    assert kept.part("card", make=record.make) == "part 1"
    assert kept.part("card", make=record.make) == "part 2"


def test_who_writes_keeps_nothing(record):
    assert asked(record, "card", method="POST") == "part 1"
    assert asked(record, "card") == "part 2"


def test_a_request_sees_one_edition(record):
    request_started.send(None, environ={"REQUEST_METHOD": "GET"})
    assert kept.part("card", make=record.make) == "part 1"
    record.edition = 2
    assert kept.part("card", make=record.make) == "part 1"
    request_finished.send(None)
    assert asked(record, "card") == "part 2"


def test_what_was_made_during_an_edit_serves_no_later_request(record):
    def make_while_it_is_edited() -> str:
        record.edition = 2
        return "old or new"

    request_started.send(None, environ={"REQUEST_METHOD": "GET"})
    assert kept.part("card", make=make_while_it_is_edited) == "old or new"
    request_finished.send(None)
    assert asked(record, "card") == "part 1"


def test_what_was_used_longest_ago_goes_first(record, monkeypatch):
    few = LRUCache(1_000, lambda made: made[1])
    monkeypatch.setattr(kept, "_parts", few)
    for number in range(20):
        asked(record, "first")
        asked(record, f"card {number}")
    assert asked(record, "first") == "part 1"
    assert asked(record, "card 0") != "part 2"
    assert few.currsize <= 1_000


def test_what_is_too_large_is_made_each_time(record, monkeypatch):
    monkeypatch.setattr(kept, "_parts", LRUCache(10, lambda made: made[1]))
    assert [asked(record, "card"), asked(record, "card")] == ["part 1", "part 2"]


@pytest.mark.parametrize(
    ("value", "more"),
    [("x" * 5_000, "x" * 10_000), ([1] * 500, [1] * 1_000), ({1: "x"}, {1: ("x" * 5_000,)})],
)
def test_weight_grows_with_what_is_kept(value, more):
    assert kept.weight(more) - kept.weight(value) >= 4_000


@pytest.mark.django_db
def test_an_edit_is_seen_by_the_next_visitor(client):
    assert "dunnart" not in get_page(client, "/").text
    # One edit: PostgreSQL raises the edition once a transaction, and the test is one.
    Round.objects.filter(number=22).update(summary="A dunnart was seen.", city="Dunnartburg")
    page = get_page(client, "/")
    assert "A dunnart was seen." in page.one("#round-22").text
    assert "Dunnartburg (1)" in page.texts("#id_city option")


@pytest.mark.django_db
def test_what_editors_see_is_neither_kept_nor_taken_from_there(client, editor_client, blank):
    make_round(101)
    make_round(102, publication="draft", city="Dunnartburg")
    for _ in range(2):
        assert "Dunnartburg" in get_page(editor_client, "/").text
        assert "Dunnartburg" not in get_page(client, "/").text


@pytest.mark.django_db
def test_what_a_page_is_made_of_is_read_once(client, stranger):
    def asked_of_the_record(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return sum("rounds_edition" not in query["sql"] for query in queries)

    assert asked_of_the_record("/") > 10
    assert asked_of_the_record("/") == 0
    client.get("/?date_before=2039-12-30")
    assert asked_of_the_record("/?date_before=2039-12-31") == 1
    visitor = Client()
    visitor.force_login(stranger)
    assert visitor.get("/").content == client.get("/").content


@pytest.mark.django_db
def test_the_legend_says_what_the_marks_of_a_selection_mean(client, blank):
    make_full_round(101)
    explained = "does not match the filters"
    for address, is_said in (("/?order=oldest", False), ("/?city=Astana", True), ("/", False)):
        assert (explained in get_page(client, address).one(".lying .legend").text) == is_said
