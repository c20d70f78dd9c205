"""Nothing of a draft is public: not even that there is one."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.db.models import ProtectedError
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from rounds import urls
from rounds.dataset.files import FILES
from rounds.exports.rows import Scope, rows_of
from rounds.exports.tables import NAMED, TABLES
from rounds.models import FACTS, Round, Session
from rounds.participants.models import Participant
from rounds.sitemaps import SECTIONS
from rounds.sources.admin import RecordAdmin, shown_to
from rounds.sources.models import Source
from rounds.topics.models import Topic
from tests.addresses import admin_address
from tests.factories import (
    make_agenda_item,
    make_claim,
    make_commitment,
    make_delegation,
    make_dispute,
    make_document,
    make_evidence,
    make_full_round,
    make_member,
    make_milestone,
    make_name,
    make_outcome,
    make_participant,
    make_person,
    make_round,
    make_session,
    make_source,
    make_topic,
)
from tests.pages import page_of, search
from tests.record import APPS

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
# Every screen of the record in the admin.
SCREENS = {
    model: screen for model, screen in admin.site._registry.items() if model._meta.app_label in APPS
}
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


# Where the API would have parts of the draft.
KEYS_OF_DRAFT = [
    f"rounds/{NUMBER}",
    f"outcomes/{NUMBER}_1",
    f"claims/{NUMBER}_1_1",
    f"paragraphs/{NUMBER}_1_1",
    "terms/of-nothing",
    f"delegations/{NUMBER}_{PARTICIPANT}",
    f"members/{NUMBER}_{PARTICIPANT}_{PERSON}",
    f"agenda/{NUMBER}_{TOPIC}_agenda",
    f"sessions/{NUMBER}_plenary_2022-03-01",
    f"documents/{NUMBER}_1",
    f"disputes/{NUMBER}_1",
    f"milestones/{MILESTONE}",
    f"people/{PERSON}",
]
# Kinds of address that cannot differ by a draft, or are tried elsewhere.
NOT_WALKED = {
    *("details", "matrices", "embeds", "embed_rounds", "embed_topics", "apis"),  # lead to a list
    *("compare_pair", "statement_topics", "statement_pair", "statement_pairs"),
    *("report", "thanks", "preview"),  # take a form, or are of one draft
    *("robots", "security", "api_schema", "favicon"),  # read nothing of the record
    *("data", "data_file", "picture_png"),  # bear the edition: the files are searched below
    *("release", "release_file"),  # are frozen
}


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
    topic = make_topic(slug=TOPIC, label=TOPIC, definition=TOPIC)
    participant = make_participant(
        slug=PARTICIPANT,
        name=PARTICIPANT,
        official_name=f"Republic of {PARTICIPANT}",
        description=PARTICIPANT,
    )
    person = make_person(
        slug=PERSON,
        name=PERSON,
        native_name=f"native {PERSON}",
        position=PERSON,
        participant=participant,
    )
    for named in (topic, participant, person):
        make_name(named, f"old {named}")
        make_name(named, f"label {named}", language="tr", is_label=True)
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
    commitment = make_commitment(draft, topic=topic, by=[participant], text=PARTS)
    parts += [commitment, make_evidence(commitment, text=PARTS)]
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
    yield from ("/glossary/", "/about/", "/changes/", f"/changes/?round={NUMBER}")
    for matrix in ("topics", "attendance"):
        for order in ("oldest", "newest", "frequency"):
            yield f"/matrix/{matrix}/?order={order}&sort={order}"
            yield f"/matrix/{matrix}.csv?order={order}"
        yield f"/matrix/{matrix}.json"
    for first, second in ((101, 105), (101, NUMBER), (NUMBER, 105), (NUMBER, NUMBER)):
        yield f"/compare/{first}/{second}/"
    yield from (f"/rounds/{NUMBER}/", f"/rounds/{NUMBER}.json", "/citations.csv")
    yield from ("/picture.svg", "/picture.svg?order=oldest")
    yield from (f"/cards/rounds/{NUMBER}.png", "/cards/rounds/101.png", "/cards/timeline.png")
    for name in (*NAMED, "statements"):
        yield from (f"/{name}.csv", f"/{name}.json")
    yield from ("/sitemap.xml", *(f"/sitemap-{name}.xml" for name in SECTIONS))
    yield from ("/embed/timeline/", "/embed/timeline/?order=oldest")
    for number in (101, NUMBER, 105):
        yield f"/embed/rounds/{number}/"
    for topic in Topic.objects.all():
        yield f"/embed/topics/{topic.slug}/"
    yield from references()
    yield from ("/data/codebook/", "/data/releases/")
    for model in (*FACTS, Source):
        for one in model.objects.all():
            yield one.get_absolute_url().split("#")[0]
    yield from subscribed()
    yield from ("/statements/", "/commitments/", f"/statements/compare/101/{NUMBER}/")
    yield from (f"/statements/topics/{one.slug}/" for one in Topic.objects.all())
    yield f"/statements/topics/{TOPIC}/"
    yield from of_the_api()
    yield from asked()


def of_the_api() -> Iterator[str]:
    """Lists and records for programs."""
    yield from ("/api/v1/", "/api/v1/docs/", "/api/v1/schema.json")
    for name in NAMED:
        yield from (f"/api/v1/{name}/", f"/api/v1/{name}/?page_size=200&modified_since=2020-01-01")
    for table in (one for one in TABLES if one.place):
        for row in rows_of(table, Scope(AnonymousUser())):
            yield f"/api/v1/{table.name}/{row[table.key_column.name]}/"
    for key in KEYS_OF_DRAFT:
        yield f"/api/v1/{key}/"


def subscribed() -> Iterator[str]:
    """Calendars and feeds."""
    yield from ("/rounds.ics", "/rounds.atom?order=oldest", "/changes.atom")
    yield from (f"/rounds/{NUMBER}.ics", "/rounds/101.ics", f"/changes.atom?round={NUMBER}")
    for model in (Topic, Participant):
        for one in model.objects.all():
            yield f"{one.get_absolute_url()}feed.atom"


def references() -> Iterator[str]:
    """What is taken along to cite the record."""
    for ending in ("bib", "ris", "csl.json"):
        yield from (f"/rounds.{ending}", f"/rounds/{NUMBER}.{ending}", f"/sources.{ending}")
        yield f"/rounds.{ending}?topic={TOPIC}&q={PARTS}"
        yield f"/sources/{SOURCE}.{ending}"


def asked() -> Iterator[str]:
    """Addresses of visitors who know a word of the draft, or nearly."""
    for word, kind in SLUGS.items():
        yield from (f"/{kind}/{word}/", f"/{kind}/{word[:-1]}/", f"/{kind}/{word}/feed.atom")
    for name, value in FILTERS.items():
        yield from (f"/?{name}={value}", f"/embed/timeline/?{name}={value}")
        yield f"/oembed/?url=http://testserver/?{name}={value}"
        yield from (f"/rounds.json?{name}={value}", f"/agenda.csv?{name}={value}")
        yield from (f"/rounds.ics?{name}={value}", f"/rounds.atom?{name}={value}")
        yield f"/picture.svg?{name}={value}"
        yield from (f"/api/v1/rounds/?{name}={value}", f"/api/v1/people/{PERSON}/")
        yield from (f"/api/v1/delegations/{NUMBER}/{PARTICIPANT}/", f"/api/v1/topics/{TOPIC}/")
    yield from (f"/embed/topics/{TOPIC}/", f"/oembed/?url=http://testserver/topics/{TOPIC}/")
    yield f"/oembed/?url=http://testserver/rounds/{NUMBER}/"
    yield f"/cards/topics/{TOPIC}.png"
    yield from (f"/?topic={TOPIC}&match=all", f"/?q={TOPIC[:-2]}", f"/sources/?round={NUMBER}")
    yield from (f"/sources/?publisher={SOURCE}", "/sources/?language=mi")
    for word in WORDS:
        yield from (f"/?q={word}", f"/search/?q=%22{word}%22")
        misspelt = f"{word[:3]}x{word[4:]}"
        for words in (word, f"old {word}", f"native {word}", word[:-2], misspelt):
            yield from (f"/search/?q={words}", f"/search/suggest/?q={words}")
    for model in (*FACTS, Source):
        yield f"/search/?q={PARTS}&kind={model._meta.model_name}"


# Where pages and references name the edition, which every change raises.
EDITION = re.compile(
    rb'<p id="edition">.*?</p>|<span class="edition">.*?</span>|"edition": ?.*?, ?"licence"'
    rb"|Edition(?: |%20)\d+|\b\d+(?:st|nd|rd|th)\b|ET  - \d+|ET%20%20-%20\d+"
    rb'|"edition": "\d+"|%22edition%22%3A%20%22\d+',
    re.DOTALL,
)


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


def files(client: Client) -> Iterator[tuple[str, str]]:
    """The files of the dataset by their names, unpacked."""
    for file in FILES:
        content = client.get(f"/data/{file.name}").content
        if file.name.endswith(".zip"):
            with ZipFile(BytesIO(content)) as archive:
                found = [archive.read(name) for name in archive.namelist()]
            yield file.name, b"".join(found).decode()
        elif file.name.endswith(".sqlite"):
            with closing(sqlite3.connect(":memory:")) as database:
                database.deserialize(content)
                yield file.name, "\n".join(database.iterdump())
        else:
            yield file.name, content.decode()


def test_no_file_of_the_dataset_holds_a_draft(client, editor_client, visited):
    draft = make_draft()
    for visitor in (client, editor_client):
        for name, text in files(visitor):
            assert [word for word in WORDS if word in text] == [], name
    draft.publication = "published"
    draft.save()
    described = {"metadata.json", "CODEBOOK.md"}  # which say nothing of any round
    for name, text in files(client):
        expected = [] if name in described else list(WORDS)
        assert [word for word in WORDS if word in text] == expected, name


@pytest.fixture
def visited() -> list[str]:
    make_full_round(101, start=date(2021, 3, 1))
    make_full_round(105, start=date(2023, 3, 1))
    make_milestone(start=date(2022, 6, 1))
    return list(dict.fromkeys(addresses()))


def test_every_kind_of_address_is_walked(visited):
    names = set()
    for address in visited:
        with suppress(Resolver404):  # what is nowhere is asked for too
            names.add(resolve(address.partition("?")[0]).url_name)
    assert {pattern.name for pattern in urls.urlpatterns} - names == NOT_WALKED


def test_nothing_of_a_draft_is_public_until_it_is_published(client, stranger, visited):
    visitor = Client()
    visitor.force_login(stranger)
    without = walk(client, visited)

    draft = make_draft()
    assert walk(client, visited) == without

    draft.publication = "published"
    draft.save()
    published = walk(client, visited)
    for word in WORDS:
        assert saying(published, word), word
    assert all(status == 200 for status, _ in (published[f"/{SLUGS[w]}/{w}/"] for w in SLUGS))
    places = {
        TOPIC: {
            "/",
            f"/embed/rounds/{NUMBER}/",
            "/topics/",
            "/rounds.atom?order=oldest",
            f"/rounds/{NUMBER}/",
            "/matrix/topics.csv?order=oldest",
        },
        PARTICIPANT: {"/", "/participants/", "/people/", "/matrix/attendance.csv?order=newest"},
        PERSON: {"/", "/people/", "/matrix/attendance/?order=oldest&sort=oldest"},
        SOURCE: {"/sources/", f"/rounds/{NUMBER}/", "/topics/", "/rounds.bib", "/sources.ris"},
        MILESTONE: {"/", "/?milestones=on", f"/rounds/{NUMBER}/", "/api/v1/milestones/"},
        ROUND: {
            "/",
            "/embed/timeline/",
            "/promises/",
            f"/compare/101/{NUMBER}/",
            f"/rounds/{NUMBER}.csl.json",
        },
        PARTS: {"/disputes/", "/gaps/", f"/compare/101/{NUMBER}/", f"/rounds/{NUMBER}/"},
    }
    for word, kind in SLUGS.items():
        places[word] |= {f"/api/v1/{kind}/", f"/api/v1/rounds/{NUMBER}/"}
    places[PARTS].add(f"/api/v1/outcomes/{NUMBER}_1/")
    for word, expected in places.items():
        assert expected - saying(published, word) == set(), word

    # What says the same of the published round can tell nothing of one that is not.
    changed = {address for address in visited if published[address] != without[address]}
    lists = {address for address in changed if "q=" not in address}
    for publication, reader, looked_at in (("draft", visitor, lists), ("review", client, changed)):
        draft.publication = publication
        draft.save()
        found = walk(reader, sorted(looked_at))
        assert found == {address: without[address] for address in looked_at}, publication


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


def test_a_commitment_on_no_topic_hides_none():
    topic = make_topic()
    make_commitment(make_round(101), topic=None)
    assert Topic.objects.visible_to(AnonymousUser()).filter(pk=topic.pk).exists()


def test_a_draft_with_a_milestone_is_not_deleted(client):
    draft = make_draft()
    with pytest.raises(ProtectedError):
        draft.delete()
    assert MILESTONE not in client.get("/?milestones=on").content.decode()


@pytest.fixture
def onlooker(db: None) -> Client:
    """Staff who may do anything with the record but see what is not published."""
    user = User.objects.create_user("onlooker", is_staff=True)
    record = Permission.objects.filter(content_type__app_label__in=APPS)
    user.user_permissions.set(record.exclude(codename="view_unpublished_round"))
    client = Client()
    client.force_login(user)
    return client


def admin_pages() -> dict[str, list[str]]:
    """The addresses of the admin, those of what only the draft uses apart."""
    pages: dict[str, list[str]] = {"of all": ["/admin/"], "of the draft": []}
    for model in SCREENS:
        may_be_added = "add" in model._meta.default_permissions
        for page in ("changelist", "add") if may_be_added else ("changelist",):
            pages["of all"].append(admin_address(model, page))
        shown = set(shown_to(AnonymousUser(), model.objects.all()).values_list("pk", flat=True))
        kind = ContentType.objects.get_for_model(model)
        for pk in model.objects.values_list("pk", flat=True):
            found = pages["of all" if pk in shown else "of the draft"]
            for page in ("change", "history", "delete"):
                found.append(admin_address(model, page, pk))
            if hasattr(model, "get_absolute_url"):
                found.append(reverse("admin:view_on_site", args=[kind.pk, pk]))
    pages["of all"] += autocompletes()
    return pages


def autocompletes() -> Iterator[str]:
    for model, screen in SCREENS.items():
        inlines = [(inline.model, inline) for inline in getattr(screen, "inlines", [])]
        for owner, form in [(model, screen), *inlines]:
            for field in form.autocomplete_fields:
                name = owner._meta.model_name
                parameters = f"app_label={owner._meta.app_label}&model_name={name}"
                yield f"/admin/autocomplete/?{parameters}&field_name={field}&term="


def screens() -> Iterator[object]:
    """Every screen of the record, and the rows that these have."""
    waiting: list[object] = list(SCREENS.values())
    while waiting:
        screen = waiting.pop()
        yield screen
        waiting += [inline(screen.model, admin.site) for inline in screen.inlines]


def test_every_screen_of_the_record_keeps_drafts():
    assert [screen for screen in screens() if not isinstance(screen, RecordAdmin)] == []


def test_staff_who_may_not_see_drafts_find_none_in_the_admin(onlooker, editor_client):
    make_full_round(101, start=date(2021, 3, 1))
    make_draft()
    words = [*WORDS, f"Round {NUMBER}"]
    pages = admin_pages()
    assert len(pages["of the draft"]) > 40

    kept = [address for address in pages["of all"] if address.endswith("/history/")]
    assert {onlooker.get(address).status_code for address in kept} == {403}, "drafts may be in it"
    found = walk(onlooker, [address for address in pages["of all"] if address not in kept])
    assert {address for address, (status, _) in found.items() if status not in (200, 302)} == set()
    assert [saying(found, word) for word in words] == [set()] * len(words)

    for address in pages["of the draft"]:
        response = onlooker.get(address)
        assert response.status_code in (302, 403, 404), address
        assert not any(word in response.get("Location", "") for word in words), address

    seen = walk(editor_client, pages["of all"])
    assert [word for word in words if not saying(seen, word)] == []


def test_a_form_takes_no_draft_from_who_may_not_see_it(onlooker):
    make_full_round(101, start=date(2021, 3, 1))
    draft, source = make_draft(), Source.objects.exclude(slug=SOURCE)[0]
    data = {"round": draft.pk, "kind": "plenary", "sources": [source.pk]}
    response = onlooker.post(admin_address(Session, "add"), data)
    assert response.status_code == 200
    assert "not one of the available choices" in page_of(response).one(".errorlist").text
    assert draft.sessions.count() == 1
