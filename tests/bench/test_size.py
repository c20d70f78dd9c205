"""Times with a hundred times the rounds, and their ratios to those of the record as it is.

Run by ``make bench``.
"""

import json
from collections.abc import Callable, Iterator
from itertools import product
from time import perf_counter
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import connection
from django.test import Client

from rounds.kept import forget
from rounds.models import AgendaItem, Delegation, Outcome
from rounds.search.index import rebuild
from rounds.search.query import Query
from rounds.search.results import did_you_mean, groups
from tests.bench.conftest import asked, deeper
from tests.bench.large import copy_rounds

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hundredfold")]


ADDRESSES = [
    "/",
    "/?topic=hostages",
    "/rounds/22/",
    "/search/?q=prisoners",
    "/matrix/topics/",
    "/matrix/attendance/",
]
# They may take at most twice as long. Every hit of a search is counted, and there are 4,600.
MOST = {"/search/?q=prisoners": 3}


State = tuple[str, bool]  # an address, and whether the record was just edited


@pytest.fixture(scope="module")
def little(django_db_setup: None, django_db_blocker) -> dict[State, float]:
    """What each address takes with the record as it is."""
    client, states = Client(), product(ADDRESSES, (False, True))
    with django_db_blocker.unblock():
        return {state: taken(client, *state) for state in states}


def taken(client: Client, address: str, is_edited: bool) -> float:
    """The least time of a page, as a multiple of that of some work which is always the same.

    The two are done in turn, so that it says little how busy the machine is. After an edit
    nothing is kept.
    """
    asked(client, address)
    pages, yardsticks = [], []
    for _ in range(30):
        if is_edited:
            forget()
        pages.append(seconds(lambda: asked(client, address)))
        yardsticks.append(seconds(lambda: json.loads(json.dumps(list(range(20_000)), indent=1))))
    return min(pages) / min(yardsticks)


def seconds(call: Callable[[], Any]) -> float:
    start = perf_counter()
    deeper(60, call)
    return perf_counter() - start


@pytest.fixture(scope="module")
def hundredfold(little: dict[State, float], django_db_blocker) -> Iterator[None]:
    """A hundred times the rounds, committed: a transaction reads slowly what it added itself."""
    with django_db_blocker.unblock():
        for copy in range(1, 100):
            copy_rounds(copy, (Delegation, AgendaItem, Outcome))
        rebuild()  # or the first search would follow each of the changes
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("ANALYZE")
        yield
        call_command("flush", interactive=False, verbosity=0)
        call_command("load_record", verbosity=0)


@pytest.mark.parametrize("is_edited", [False, True], ids=["kept", "edited"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_takes_little_longer(client, visit, little, capsys, address, is_edited):
    assert visit(address).status_code == 200
    ratio = taken(client, address, is_edited) / little[address, is_edited]
    state = "just edited" if is_edited else "kept parts"
    with capsys.disabled():
        print(f"\n{address}, {state}: {ratio:.2f} times the record as it is", end=" ")
    assert is_edited or ratio <= MOST.get(address, 2)


@pytest.mark.parametrize(
    "query", ["prisoners", "syria", "refugee return", '"territorial integrity"']
)
def test_search(timed, query):
    assert timed(lambda: groups(AnonymousUser(), Query(query)))


def test_a_proposal(timed):
    assert timed(lambda: did_you_mean(AnonymousUser(), Query("syira"))) == "Syria"
