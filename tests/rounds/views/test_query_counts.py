"""How many queries each page makes: as many for a large record as for a small one."""

from collections.abc import Iterable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rounds.changes import together
from rounds.models import Milestone, Round
from rounds.participants.models import Participant, Person
from rounds.pictures.timeline import MOST_DOTS, MOST_MARKS
from rounds.sources.models import Source
from rounds.topics.models import Topic
from tests.factories import (
    make_delegation,
    make_full_round,
    make_member,
    make_milestone,
    make_outcome,
    sourced,
)
from tests.worst import worst_addresses

pytestmark = pytest.mark.django_db

QUERIES = {
    "/": 18,
    "/?topic={topic}&milestones=on": 20,
    "/rounds/102/": 25,
    "/topics/": 4,
    "/topics/{topic}/": 6,
    "/participants/": 4,
    "/participants/{participant}/": 7,
    "/people/": 2,
    "/people/{person}/": 6,
    "/sources/": 5,
    "/sources/{source}/": 13,
    "/matrix/topics/": 3,
    "/matrix/attendance/": 3,
    "/compare/101/102/": 7,
    "/promises/": 3,
    "/disputes/": 4,
    "/gaps/": 16,
    "/search/?q=round": 3,
    "/search/?q=round&kind=outcome": 3,
    "/search/?q=mattrd": 5,
    "/search/suggest/?q=round": 1,
}
EDITION = 3  # which one it is: looked at twice a second, and before and after a page is made
EDITORS = 3  # the session, the user and the permissions, one look at the edition less


MOST = 30  # queries of any page, whatever its address asks for


def test_the_worst_address_of_every_page_makes_few_queries(client):
    many = {}
    for address in worst_addresses():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code < 500
        # The edition is asked for twice a second, not by each request as in tests.
        made = sum("rounds_edition" not in query["sql"] for query in queries)
        if made > MOST:
            many[address] = made
    assert many == {}


def rounds_with_all_parts(numbers: Iterable[int]) -> None:
    """Rounds with every kind of fact and of gap."""
    with together():
        for number in numbers:
            round_ = make_full_round(number)
            make_outcome(round_, kind="next-round")
            make_delegation(round_)
            make_member(make_delegation(round_))
            sourced(round_.disputes.get().claims.get())
            for _ in range(3):
                make_milestone()


def counted(client: Client, addresses: Iterable[str]) -> dict[str, int]:
    """For each address how many queries its page makes."""
    names = {
        model._meta.model_name: model.objects.earliest("pk").slug
        for model in (Topic, Participant, Person, Source)
    }
    found = {}
    for address in addresses:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address.format(**names)).status_code == 200
        found[address] = len(queries) - EDITION
    return found


def test_queries_do_not_grow_with_the_rounds(client, editor_client, blank):
    rounds_with_all_parts(range(101, 111))
    assert counted(client, QUERIES) == QUERIES
    for_editors = {"/gaps/": QUERIES["/gaps/"] + EDITORS}
    assert counted(editor_client, for_editors) == for_editors
    # So many that lists have pages and the picture has bars and fewer dots than milestones.
    rounds_with_all_parts(range(111, 171))
    assert Round.objects.count() > MOST_MARKS
    assert Milestone.objects.count() > MOST_DOTS
    assert counted(client, QUERIES) == QUERIES
    assert counted(editor_client, for_editors) == for_editors
