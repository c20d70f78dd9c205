"""Nothing of a draft is public: not even that there is one."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.db.models import ProtectedError
from django.test import Client

from rounds.models import FACTS, Round
from rounds.sources.models import Source
from tests.factories import (
    make_agenda_item,
    make_claim,
    make_delegation,
    make_dispute,
    make_document,
    make_full_round,
    make_member,
    make_milestone,
    make_outcome,
    make_participant,
    make_person,
    make_round,
    make_session,
    make_source,
    make_topic,
)
from tests.pages import search

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("blank")]

# A word that stands nowhere else, for each thing that comes with the draft.
TOPIC, PARTICIPANT, PERSON, SOURCE, MILESTONE, ROUND, PARTS = (
    "quokkaville",
    "numbatistan",
    "bilbyov",
    "potoroonews",
    "wombatfest",
    "dunnartburg",
    "echidnafying",
)
WORDS = (TOPIC, PARTICIPANT, PERSON, SOURCE, MILESTONE, ROUND, PARTS)
SLUGS = {TOPIC: "topics", PARTICIPANT: "participants", PERSON: "people", SOURCE: "sources"}
FILTERS = {
    "topic": TOPIC,
    "participant": PARTICIPANT,
    "absent": PARTICIPANT,
    "person": PERSON,
    "city": ROUND,
    "country": "NZ",
    "year": "2022",
}
NUMBER = 103


def make_draft() -> Round:
    """A draft with everything that there is, all of it new, between two published rounds."""
    draft = make_round(
        NUMBER,
        publication="draft",
        start=date(2022, 3, 1),
        city=ROUND,
        country="NZ",
        venue=f"{ROUND} hall",
        date_note=f"{ROUND} note",
        summary=f"{ROUND} summary",
    )
    topic = make_topic(slug=TOPIC, label=TOPIC, definition=TOPIC, other_names=f"old {TOPIC}")
    participant = make_participant(
        slug=PARTICIPANT,
        name=PARTICIPANT,
        official_name=f"Republic of {PARTICIPANT}",
        other_names=f"old {PARTICIPANT}",
        description=PARTICIPANT,
    )
    person = make_person(
        slug=PERSON,
        name=PERSON,
        native_name=f"native {PERSON}",
        other_spellings=f"old {PERSON}",
        position=PERSON,
        participant=participant,
    )
    delegation = make_delegation(draft, participant=participant, note=PARTS, role="guarantor")
    make_member(delegation, person=person, position=PARTS, is_head=True)
    parts = [
        delegation,
        make_agenda_item(draft, topic=topic, note=PARTS),
        make_session(draft, day=date(2022, 3, 1)),
        make_outcome(draft, kind="next-round", text=PARTS, planned_place=ROUND),
        make_document(draft, title=PARTS, url=f"https://example.org/{PARTS}"),
        make_dispute(draft, subject=PARTS, resolution=PARTS),
    ]
    parts.append(make_claim(parts[-1], value=PARTS))
    source = make_source(slug=SOURCE, title=SOURCE, publisher=SOURCE, language="mi")
    for fact in (draft, topic, participant, person, *parts):
        fact.sources.set([source])
    milestone = make_milestone(
        slug=MILESTONE,
        title=MILESTONE,
        text=MILESTONE,
        place=MILESTONE,
        start=date(2022, 3, 3),
        related_round=draft,
    )
    milestone.sources.set([source])
    return draft


def addresses() -> Iterator[str]:
    """Every address of the site, and those that the draft will have."""
    yield from ("/", "/?milestones=on", "/?order=oldest", "/no/such/page/")
    yield from ("/topics/", "/participants/", "/people/", "/sources/", "/sources/?year=undated")
    yield from ("/promises/", "/disputes/", "/gaps/", "/compare/", "/search/", "/healthz")
    for matrix in ("topics", "attendance"):
        for order in ("oldest", "newest", "frequency"):
            yield f"/matrix/{matrix}/?order={order}&sort={order}"
            yield f"/matrix/{matrix}.csv?order={order}"
    for first, second in ((101, 105), (101, NUMBER), (NUMBER, 105), (NUMBER, NUMBER)):
        yield f"/compare/{first}/{second}/"
    yield f"/rounds/{NUMBER}/"
    for model in (*FACTS, Source):
        for one in model.objects.all():
            yield one.get_absolute_url().split("#")[0]
    yield from asked()


def asked() -> Iterator[str]:
    """Addresses of visitors who know a word of the draft, or nearly."""
    for word, kind in SLUGS.items():
        yield from (f"/{kind}/{word}/", f"/{kind}/{word[:-1]}/")
    for name, value in FILTERS.items():
        yield f"/?{name}={value}"
    yield from (f"/?topic={TOPIC}&match=all", f"/?q={TOPIC[:-2]}", f"/sources/?round={NUMBER}")
    yield from (f"/sources/?publisher={SOURCE}", "/sources/?language=mi")
    for word in WORDS:
        yield from (f"/?q={word}", f"/search/?q=%22{word}%22")
        misspelt = f"{word[:3]}x{word[4:]}"
        for words in (word, f"old {word}", f"native {word}", word[:-2], misspelt):
            yield from (f"/search/?q={words}", f"/search/suggest/?q={words}")
    for model in (*FACTS, Source):
        yield f"/search/?q={PARTS}&kind={model._meta.model_name}"


EDITION = re.compile(rb'<p id="edition">.*?</p>', re.DOTALL)


def walk(client: Client, found: list[str]) -> dict[str, tuple[int, bytes]]:
    pages = {}
    for address in found:
        response = client.get(address)
        pages[address] = response.status_code, EDITION.sub(b"", response.content)
    return pages


def saying(pages: dict[str, tuple[int, bytes]], word: str) -> set[str]:
    """The addresses whose pages have the word although they do not ask for it."""
    return {
        address
        for address, (_status, page) in pages.items()
        if word.encode() in page and word not in address
    }


@pytest.fixture
def visited() -> list[str]:
    make_full_round(101, start=date(2021, 3, 1))
    make_full_round(105, start=date(2023, 3, 1))
    make_milestone(start=date(2022, 6, 1))
    return list(dict.fromkeys(addresses()))


def test_nothing_of_a_draft_is_public_until_it_is_published(client, stranger, visited):
    visitor = Client()
    visitor.force_login(stranger)
    without = walk(client, visited)

    draft = make_draft()
    assert walk(client, visited) == without
    lists = [address for address in visited if "q=" not in address]
    assert walk(visitor, lists) == {address: without[address] for address in lists}

    draft.publication = "published"
    draft.save()
    published = walk(client, visited)
    for word in WORDS:
        assert saying(published, word), word
    assert all(status == 200 for status, _ in (published[f"/{SLUGS[w]}/{w}/"] for w in SLUGS))
    places = {
        TOPIC: {"/", "/topics/", f"/rounds/{NUMBER}/", "/matrix/topics.csv?order=oldest"},
        PARTICIPANT: {"/", "/participants/", "/people/", "/matrix/attendance.csv?order=newest"},
        PERSON: {"/", "/people/", "/matrix/attendance/?order=oldest&sort=oldest"},
        SOURCE: {"/sources/", f"/rounds/{NUMBER}/", "/topics/"},
        MILESTONE: {"/", "/?milestones=on", f"/rounds/{NUMBER}/"},
        ROUND: {"/", "/promises/", f"/compare/101/{NUMBER}/"},
        PARTS: {"/disputes/", "/gaps/", f"/compare/101/{NUMBER}/", f"/rounds/{NUMBER}/"},
    }
    for word, expected in places.items():
        assert expected - saying(published, word) == set(), word

    draft.publication = "review"
    draft.save()
    assert walk(client, visited) == without


def test_editors_see_what_is_not_public_marked_as_such(editor_client, visited):
    make_draft()
    marked = {
        word: [f"/{kind}/{word}/", f"/{kind}/", f"/search/?q={word}"]
        for word, kind in SLUGS.items()
    }
    marked[MILESTONE] = ["/?milestones=on", f"/rounds/{NUMBER}/", f"/search/?q={MILESTONE}"]
    for word, found in marked.items():
        for address in found:
            page = editor_client.get(address).content
            assert word.encode() in page, address
            assert b"not public" in page, address
    assert b"This round is not published." in editor_client.get(f"/rounds/{NUMBER}/").content


@pytest.mark.parametrize("summary", ["hostagf hostagh hostagi hostagj hostagk hostagm", "hostages"])
def test_a_draft_changes_no_proposal(client, summary):
    make_round(101, summary="Hostages were exchanged.")
    before = search(client, "hostagx").one("main").text
    assert "Did you mean Hostages?" in before
    draft = make_round(102, publication="draft", summary=summary)
    assert search(client, "hostagx").one("main").text == before
    draft.delete()
    assert search(client, "hostagx").one("main").text == before


def test_a_draft_with_a_milestone_is_not_deleted(client):
    draft = make_draft()
    with pytest.raises(ProtectedError):
        draft.delete()
    assert MILESTONE not in client.get("/?milestones=on").content.decode()
