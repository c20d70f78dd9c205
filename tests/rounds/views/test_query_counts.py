"""How many queries each page makes: as many for a large record as for a small one."""

from collections.abc import Iterable
from shutil import rmtree

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rounds.changes import together
from rounds.kept import forget
from rounds.models import Commitment, Round
from rounds.participants.models import Participant, Person
from rounds.pictures.timeline import MOST_MARKS
from rounds.sources.models import Source
from rounds.topics.models import Topic
from tests.factories import (
    make_delegation,
    make_fixed_term,
    make_full_round,
    make_member,
    make_milestone,
    make_name,
    make_outcome,
    make_paragraph,
    sourced,
)
from tests.worst import worst_addresses

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_parts")]

# For the first visitor after an edit, and for those who come later.
QUERIES = {
    "/": (21, 0),
    "/?topic={topic}&milestones=on": (28, 7),
    "/rounds/102/": (32, 32),
    "/topics/": (5, 4),
    "/topics/{topic}/": (9, 8),
    "/topics/{topic}/?stage=statement": (9, 8),
    "/participants/": (5, 4),
    "/participants/{participant}/": (11, 9),
    "/people/": (4, 3),
    "/people/{person}/": (8, 7),
    "/sources/": (6, 5),
    "/sources/{source}/": (21, 17),
    "/matrix/topics/": (5, 3),
    "/matrix/attendance/": (4, 2),
    "/compare/101/102/": (6, 6),
    "/promises/": (3, 3),
    "/statements/": (6, 4),
    "/statements/topics/{topic}/": (7, 6),
    "/statements/compare/101/102/": (5, 5),
    "/disputes/": (4, 4),
    "/commitments/": (8, 8),
    "/commitments/?verdict=kept": (8, 8),
    "/commitments/{commitment}/": (6, 6),
    "/gaps/": (22, 21),
    "/changes/": (2, 1),
    "/glossary/": (4, 4),
    "/rounds.ics": (6, 5),
    "/rounds.ics?topic={topic}": (9, 7),
    "/rounds/102.ics": (6, 6),
    "/rounds.atom": (10, 8),
    "/topics/{topic}/feed.atom": (9, 8),
    "/participants/{participant}/feed.atom": (10, 9),
    "/changes.atom": (2, 1),
    "/about/": (23, 0),
    "/rounds.bib": (5, 3),
    "/rounds.ris?topic={topic}": (10, 7),
    "/rounds/102.csl.json": (4, 3),
    "/sources.bib?round=102": (5, 4),
    "/sources/{source}.bib": (2, 1),
    "/report/?page=/rounds/102/": (11, 11),
    "/report/?page=/topics/{topic}/": (2, 1),
    "/rounds.csv": (3, 2),
    "/rounds.csv?topic={topic}": (9, 7),
    "/rounds.json": (28, 26),
    "/rounds.json?topic={topic}": (34, 31),
    "/rounds/102.json": (28, 27),
    "/delegations.csv?topic={topic}": (6, 4),
    "/citations.csv": (38, 35),
    "/topics.json": (6, 4),
    "/commitments.json?verdict=kept": (9, 8),
    "/sources.json?language=en": (5, 4),
    "/matrix/topics.json": (5, 3),
    "/sitemap.xml": (20, 16),
    "/sitemap-sources.xml": (8, 7),
    "/robots.txt": (0, 0),
    "/api/v1/rounds/?page_size=5": (4, 4),
    "/api/v1/rounds/?topic={topic}": (8, 6),
    "/api/v1/rounds/102/": (28, 27),
    "/api/v1/delegations/?page_size=5&page=2": (4, 4),
    "/api/v1/sources/?page_size=5&modified_since=2999-01-01": (9, 5),
    "/api/v1/docs/": (0, 0),
    "/api/v1/schema.json": (0, 0),
    "/embed/rounds/102/": (7, 7),
    "/embed/timeline/": (2, 1),
    "/embed/timeline/?topic={topic}": (5, 3),
    "/embed/topics/{topic}/": (6, 5),
    "/oembed/?url=http://testserver/topics/{topic}/": (2, 1),
    "/oembed/?url=http://testserver/?topic={topic}": (4, 2),
    "/picture.svg?topic={topic}": (5, 3),
    "/picture.png": (2, 1),
    "/cards/timeline.png?topic={topic}": (4, 2),
    "/cards/rounds/102.png": (6, 6),
    "/cards/topics/{topic}.png": (4, 3),
    "/search/?q=round": (9, 2),
    "/search/?q=round&kind=outcome": (6, 2),
    "/search/?q=mattrd": (11, 4),
    "/search/suggest/?q=round": (6, 1),
    "/data/astana-datapackage.zip": (87, 0),
    "/data/astana.sqlite": (87, 0),
    "/data/astana.json": (44, 0),
    "/data/astana-sheets-yaml.zip": (54, 0),
    "/data/": (56, 1),
    "/data/codebook/": (0, 0),
    "/data/releases/": (1, 1),
}
EDITORS = 4  # more for the session, which is read twice, the user and the permissions

MOST = 33  # queries of any page, whatever its address asks for
# Of what holds rounds with all their parts: one for each kind of part, and for each kind of list.
MOST_OF_ALL = 50
MOST_OF_FILES = 320  # for who sees first how large the files of an edition are


def queries(client: Client, address: str) -> int:
    """How many queries a page makes, but for those that ask which edition there is.

    That is asked for twice a second, not by each request as in tests.
    """
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code < 500
    return sum("rounds_edition" not in query["sql"] for query in found)


def test_the_worst_address_of_every_page_makes_few_queries(client):
    many = {}
    for address in dict.fromkeys(worst_addresses()):
        made = queries(client, address)
        if made > most_at(address):
            many[address] = made
    assert many == {}


def most_at(address: str) -> int:
    """More where it is no page, but a document with all that is recorded, or several of them."""
    path = address.partition("?")[0]
    if path.startswith("/data/"):
        return MOST_OF_FILES
    is_of_rounds = path.startswith("/rounds") and path.endswith(".json")
    return MOST_OF_ALL if is_of_rounds or path == "/citations.csv" else MOST


def rounds_with_all_parts(numbers: Iterable[int]) -> None:
    """Rounds with every kind of fact and of gap."""
    with together():
        for number in numbers:
            round_ = make_full_round(number)
            make_outcome(round_, kind="next-round")
            topic = round_.agenda_items.get().topic
            make_paragraph(round_.documents.get(), [topic], basis="report")
            make_delegation(round_)
            make_member(make_delegation(round_))
            sourced(round_.disputes.get().claims.get())
            for _ in range(3):
                make_milestone()
            make_name(make_fixed_term(), "кокка", language="ru", is_label=True)


def counted(client: Client, addresses: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """For each address how many queries its page makes, at first and again."""
    names = {
        model._meta.model_name: model.objects.earliest("pk").slug
        for model in (Topic, Participant, Person, Source, Commitment)
    }
    # On PostgreSQL a test has one edition, whose files would still be there.
    rmtree(settings.DATA_DIR / "editions", ignore_errors=True)
    found = {}
    for address in addresses:
        forget()
        found[address] = tuple(queries(client, address.format(**names)) for _ in range(2))
    return found


def test_queries_do_not_grow_with_the_rounds(client, editor_client, blank):
    rounds_with_all_parts(range(101, 111))
    assert counted(client, QUERIES) == QUERIES
    at_first, _again = QUERIES["/gaps/"]
    for_editors = {"/gaps/": (at_first + EDITORS, at_first + EDITORS)}
    assert counted(editor_client, for_editors) == for_editors
    # So many that lists have pages and the picture has bars.
    rounds_with_all_parts(range(111, 171))
    assert Round.objects.count() > MOST_MARKS
    assert counted(client, QUERIES) == QUERIES
    assert counted(editor_client, for_editors) == for_editors
