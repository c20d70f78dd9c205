"""Calendars and feeds, as programs that others wrote read them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest
import vobject
from django.db.models import Max
from django.test import Client
from django.utils.encoding import iri_to_uri
from icalendar import Calendar
from lxml import etree

from rounds.exports import feeds
from rounds.models import Change, PublicChange, Round
from rounds.revisions import give_reason, sign, signed_by
from rounds.topics.models import Topic
from tests.addresses import FEEDS
from tests.factories import (
    make_agenda_item,
    make_commitment,
    make_delegation,
    make_evidence,
    make_round,
    make_source,
    make_topic,
)

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
STRANGE = (
    'Comma, semicolon; back\\slash "quote" 😀 ‏العربية‏ <b>&amp;\x0b\x1b\nnext line ' + "long " * 40
)
SEEN = STRANGE.replace("\x0b\x1b", "")  # without the signs that nobody sees


def events(client: Client, address: str = "/rounds.ics") -> list[Any]:
    """The events of a calendar, which two readers agree on."""
    text = client.get(address).text
    found = Calendar.from_ical(text).walk("VEVENT")
    others = list(vobject.readOne(text).contents.get("vevent", []))
    assert len(found) == len(others)
    for one, other in zip(found, others, strict=True):
        assert other.uid.value == one["UID"]
        assert other.dtstart.value == one["DTSTART"].dt
        assert other.summary.value == one["SUMMARY"]
        assert other.description.value == one["DESCRIPTION"]
        if "DTEND" in one:
            assert other.dtend.value == one["DTEND"].dt
    return found


def read(client: Client, address: str) -> Any:
    """A feed, once it is as the standard wants it."""
    response = client.get(address)
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = etree.fromstring(response.content)
    for one in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(one.findall(f"{ATOM}{name}")) == 1
    links = [(one.get("rel"), one.get("href")) for one in root.findall(f"{ATOM}link")]
    assert ("self", f"http://testserver{address}") in links
    ids = [one.text for one in root.iter(f"{ATOM}id")]
    assert len(set(ids)) == len(ids)
    assert all(one.startswith("urn:uuid:") for one in ids)
    found = feedparser.parse(response.content)
    assert not found.bozo
    assert found.version == "atom10"
    return found


class Clock:
    """Says when what is written was written: an hour after what was written before."""

    def __init__(self) -> None:
        self.now = datetime(2027, 1, 1, tzinfo=UTC)
        self.seen = dict.fromkeys((Change, PublicChange), 0)

    def tick(self) -> datetime:
        self.now += timedelta(hours=1)
        for model, last in self.seen.items():
            model.objects.filter(pk__gt=last).update(at=self.now)
            self.seen[model] = model.objects.aggregate(last=Max("pk"))["last"] or last
        return self.now


@pytest.fixture
def clock(blank: None) -> Clock:
    return Clock()


def test_a_calendar_has_each_round_on_its_days(client):
    found = events(client)
    rounds = list(Round.objects.order_by("-start"))
    assert [(one["DTSTART"].dt, one["DTEND"].dt) for one in found] == [
        (round_.start, round_.end + timedelta(days=1)) for round_ in rounds
    ]
    assert len({one["UID"] for one in found}) == len(rounds)
    for one, round_ in zip(found, rounds, strict=True):
        assert one["URL"] == f"http://testserver/rounds/{round_.number}/"
        assert round_.summary in one["DESCRIPTION"]
        assert all(source.url in one["DESCRIPTION"] for source in round_.sources.all())
        assert one["LOCATION"].endswith(f"{round_.city}, {round_.country.name}")
        assert one["STATUS"] == "CONFIRMED"
        assert one["DTSTAMP"].dt == one["LAST-MODIFIED"].dt


def test_a_calendar_is_called_as_its_rounds_are(client):
    address = "/rounds.ics?topic=hostages&topic=idlib&stage=statement&order=oldest"
    calendar = Calendar.from_ical(client.get(address).text)
    assert calendar["NAME"] == calendar["X-WR-CALNAME"]
    assert calendar["NAME"].startswith("Rounds with “")
    assert calendar["URL"] == f"http://testserver/{address.removeprefix('/rounds.ics')}"
    days = [one["DTSTART"].dt for one in calendar.walk("VEVENT")]
    assert days == sorted(days)
    assert f": {len(days)} of 22" in calendar["NAME"]
    text = client.get(address).text
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT12H\r\n" in text
    assert "X-PUBLISHED-TTL:PT12H\r\n" in text


def test_a_round_is_the_same_event_wherever_it_is_told(client, settings):
    settings.ALLOWED_HOSTS = ["testserver", "other.example.org"]
    (alone,) = events(client, "/rounds/22.ics")
    there = client.get("/rounds.ics?year=2024", headers={"Host": "other.example.org"}).text
    uids = [one["UID"] for one in Calendar.from_ical(there).walk("VEVENT")]
    assert uids[0] == alone["UID"] == "cc9f5a55-b6b4-56ac-b9f8-1a77903ee73f"
    text = client.get("/rounds.atom?year=2024", headers={"Host": "other.example.org"}).text
    assert feedparser.parse(text).entries[0].id == f"urn:uuid:{alone['UID']}"


def test_a_calendar_follows_a_round_from_its_announcement_on(client, clock):
    round_ = make_round(101, status="announced", start=date(2027, 3, 1))
    steps: list[tuple[dict[str, Any], str, str]] = [
        ({}, "TENTATIVE", "Announced: "),
        ({"start": date(2027, 4, 5), "end": date(2027, 4, 7)}, "TENTATIVE", "Announced: "),
        ({"status": "postponed"}, "CANCELLED", "Postponed: "),
        ({"status": "announced", "start": date(2027, 4, 6)}, "TENTATIVE", "Announced: "),
        ({"status": "held"}, "CONFIRMED", ""),
        ({"status": "cancelled"}, "CANCELLED", "Cancelled: "),
    ]
    told = []
    for fields, status, prefix in steps:
        Round.objects.filter(pk=round_.pk).update(**fields or {"venue": "A hall"})
        at = clock.tick()
        (event,) = events(client)
        assert event["STATUS"] == status
        assert event["SUMMARY"] == f"{prefix}Astana process, round 101"
        assert event["LAST-MODIFIED"].dt == event["DTSTAMP"].dt == at
        told.append(event)
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2027, 4, 6), date(2027, 4, 8))
    source = make_source(title="A title")
    round_.sources.add(source)
    clock.tick()
    told += events(client)
    source.title = "Another title"
    source.save()
    clock.tick()
    told += events(client)
    assert "Another title" in told[-1]["DESCRIPTION"]
    make_agenda_item(round_)  # which no calendar has
    clock.tick()
    assert events(client) == told[-1:]
    assert len({one["UID"] for one in told}) == 1
    sequences = [one["SEQUENCE"] for one in told]
    assert sequences == sorted(set(sequences))


def test_nothing_of_the_time_as_a_draft_is_told(client, clock):
    draft = make_round(101, publication="draft")
    for venue in ("One", "Two", "Three"):
        draft.venue = venue
        draft.save()
        clock.tick()
    assert events(client) == []
    draft.publication = "published"
    draft.save()
    published = clock.tick()
    (event,) = events(client)
    assert event["LAST-MODIFIED"].dt == published
    (entry,) = read(client, "/rounds.atom").entries
    assert datetime.fromisoformat(entry.updated) == published


def test_days_that_are_not_known_exactly_are_told(client, blank):
    fields = {"date_precision": "month", "date_note": "The days were not reported."}
    make_round(101, start=date(2017, 7, 1), end=date(2017, 7, 31), **fields)
    (event,) = events(client)
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2017, 7, 1), date(2017, 8, 1))
    assert "No exact days are known, only: July 2017." in event["DESCRIPTION"]
    assert "The days were not reported." in event["DESCRIPTION"]
    (entry,) = read(client, "/rounds.atom").entries
    assert "July 2017" in entry.title


def test_the_last_day_that_there_is_has_none_after_it(client, blank):
    make_round(101, start=date(9999, 12, 30), end=date(9999, 12, 31))
    make_round(102, start=date(1, 1, 1), end=date(1, 1, 1))
    first, last = events(client)[::-1]
    assert (first["DTSTART"].dt, first["DTEND"].dt) == (date(1, 1, 1), date(1, 1, 2))
    assert last["DTSTART"].dt == date(9999, 12, 30)
    assert last["DURATION"].dt == timedelta(days=2)
    assert len(read(client, "/rounds.atom").entries) == 2


def test_strange_texts_stay_what_they_are(client, blank):
    round_ = make_round(101, summary=STRANGE, venue=STRANGE[:100], city="Nur;Sultan, KZ")
    round_.sources.set([make_source(title=STRANGE, url="https://example.org/?a=1&b=<c>")])
    (event,) = events(client)
    assert SEEN in event["DESCRIPTION"]
    assert event["LOCATION"] == f"{STRANGE[:100]}, Nur;Sultan, KZ, Kazakhstan".replace(
        "\x0b\x1b", ""
    )
    folded = client.get("/rounds.ics").getvalue()
    assert all(len(line) <= 75 for line in folded.split(b"\r\n"))
    assert not set(folded) & {*range(9), 11, 12, *range(14, 32), 127}
    (entry,) = read(client, "/rounds.atom").entries
    text = ElementTree.fromstring(client.get("/rounds.atom").content)  # noqa: S314 - our own
    html = text.find(f"{ATOM}entry/{ATOM}content").text
    assert "&lt;b&gt;&amp;amp;" in html
    assert "<b>" not in html
    assert "😀 ‏العربية‏" in entry.summary


def test_a_feed_has_each_round_with_what_it_rests_on(client):
    feed = read(client, "/rounds.atom?topic=hostages&stage=statement")
    assert feed.feed.title.startswith("Rounds with “Hostages, detainees and missing persons”")
    assert feed.feed.link == "http://testserver/?topic=hostages&stage=statement"
    assert f": {len(feed.entries)} of 22" in feed.feed.title
    for entry in feed.entries:
        round_ = Round.objects.get(number=int(entry.link.split("/")[-2]))
        assert entry.summary.startswith(round_.summary[:20])
        via = {one.href for one in entry.links if one.rel == "via"}
        assert via == {iri_to_uri(source.readable_at) for source in round_.sources.all()}
        assert len(via) == entry.content[0].value.count("<a ")
        terms = {one.term for one in entry.tags}
        assert terms == set(
            Topic.objects.filter(agenda_items__round=round_).values_list("slug", flat=True)
        )


def edited(editor: Any, thing: Any, *, is_typo: bool = False, **fields: Any) -> None:
    """Change what is public, as an editor does."""
    with signed_by(editor):
        type(thing).objects.filter(pk=thing.pk).update(**fields)
        give_reason("A source says so.", is_typo=is_typo)
        sign()


def order(client: Client, address: str) -> list[str]:
    return [one.link.removeprefix("http://testserver") for one in read(client, address).entries]


def test_what_was_changed_last_comes_first_but_for_typos(client, editor, clock):
    first, second, _third = (make_round(number) for number in (101, 102, 103))
    clock.tick()
    places = [f"/rounds/{number}/" for number in (103, 102, 101)]
    assert order(client, "/rounds.atom") == places
    before = {one.id: one.updated for one in read(client, "/rounds.atom").entries}
    edited(editor, second, is_typo=True, summary="A summary.")
    clock.tick()
    assert {one.id: one.updated for one in read(client, "/rounds.atom").entries} == before
    edited(editor, first, venue="A hall")
    at = clock.tick()
    feed = read(client, "/rounds.atom")
    assert {one.id for one in feed.entries} == before.keys()
    assert datetime.fromisoformat(feed.feed.updated) == at
    assert datetime.fromisoformat(feed.entries[0].updated) == at
    assert order(client, "/rounds.atom") == [places[2], *places[:2]]
    assert order(client, "/rounds.atom?order=oldest") == [places[1], places[0], places[2]]


def test_a_topic_is_followed_through_rounds_and_promises(client, editor, clock):
    topic = make_topic(slug="idlib", label="Idlib")
    rounds = [make_round(number) for number in (101, 102)]
    items = [make_agenda_item(one, topic=topic, note=f"Note {one.number}") for one in rounds]
    make_agenda_item(rounds[0])
    commitment = make_commitment(rounds[0], topic=topic, text="To talk.")
    make_evidence(commitment, text="They talked.", verdict="kept")
    clock.tick()
    places = {"/rounds/101/#topic-idlib", "/rounds/102/#topic-idlib", commitment.get_absolute_url()}
    assert set(order(client, "/topics/idlib/feed.atom")) == places
    edited(editor, items[0], note="Another note")
    clock.tick()
    feed = read(client, "/topics/idlib/feed.atom")
    assert feed.entries[0].link.endswith("/rounds/101/#topic-idlib")
    assert "Another note" in feed.entries[0].content[0].value
    with signed_by(editor):
        make_evidence(commitment, text="They stopped.", verdict="not-kept")
    clock.tick()
    feed = read(client, "/topics/idlib/feed.atom")
    assert feed.entries[0].link.endswith(commitment.get_absolute_url())
    assert "They stopped." in feed.entries[0].content[0].value
    assert feed.entries[0].title == "Commitment of round 101: To talk."


def test_a_participant_is_followed_through_rounds_and_promises(client, editor, clock):
    delegation = make_delegation(make_round(101), note="Came late.")
    participant = delegation.participant
    other = make_delegation(make_round(102), participant=participant, attendance="absent")
    commitment = make_commitment(other.round, by=[participant])
    clock.tick()
    edited(editor, delegation, note="Came in time.")
    clock.tick()
    feed = read(client, f"/participants/{participant.slug}/feed.atom")
    assert feed.entries[0].link == f"http://testserver{delegation.get_absolute_url()}"
    assert feed.entries[0].summary == "Came in time."
    assert len(feed.entries) == 3
    said = next(one for one in feed.entries if one.link.endswith(other.get_absolute_url()))
    assert "Attendance: Stayed away" in said.summary
    assert any(one.link.endswith(commitment.get_absolute_url()) for one in feed.entries)


def test_a_feed_of_a_subject_has_the_last_entries(client, monkeypatch):
    addresses = ["/topics/hostages/feed.atom", "/participants/turkiye/feed.atom"]
    whole = [order(client, address) for address in addresses]
    monkeypatch.setattr(feeds, "MOST", 3)
    assert [order(client, address) for address in addresses] == [some[:3] for some in whole]


def test_corrections_are_a_feed(client, editor, blank):
    round_ = make_round(101)
    assert read(client, "/changes.atom").entries == []
    edited(editor, round_, venue="A hall")
    first = read(client, "/changes.atom").entries
    edited(editor, make_round(102), is_typo=True, summary="A summary.")
    assert len(read(client, "/changes.atom").entries) == 2
    (entry,) = read(client, "/changes.atom?round=101").entries
    assert [one.id for one in first] == [entry.id]
    assert entry.link == "http://testserver/rounds/101/"
    assert "After: A hall" in entry.content[0].value
    assert "Reason: A source says so." in entry.content[0].value
    Round.objects.update(publication="draft")
    assert read(client, "/changes.atom").entries == []


def test_a_feed_without_entries_does_not_go_by_the_clock(client, blank):
    before = [client.get(one).content for one in ("/rounds.atom", "/changes.atom", "/rounds.ics")]
    assert before == [
        client.get(one).content for one in ("/rounds.atom", "/changes.atom", "/rounds.ics")
    ]
    at = datetime.fromisoformat(read(client, "/rounds.atom").feed.updated)
    assert at < datetime.now(UTC)


def test_what_makes_no_sense_is_refused_by_name(client):
    refused = {
        "/rounds.ics?topic=nothing": "topic",
        "/rounds.atom?view=table": "view",
        "/rounds.ics?order=newest&order=oldest": "order",
        "/rounds/22.ics?year=2018": "year",
        "/topics/hostages/feed.atom?stage=statement": "stage",
        "/changes.atom?round=9999": "round",
        "/changes.atom?page=2": "page",
        "/rounds.ics?q=%00&city=%00": "city",
        f"/rounds.atom?q={'x' * 8192}": "q",
        "/rounds.ics?" + "&".join(f"p{number}=x" for number in range(900)): "p1",
    }
    for address, name in refused.items():
        response = client.get(address, headers={"Accept": "image/png;q=x, */;;"})
        assert response.status_code == 400, address
        assert f"{name}: " in response.text, address
    many = "/rounds.ics?" + "&".join(f"p{number}=x" for number in range(1100))
    assert client.get(many).status_code == 400


def test_what_is_not_there_is_not_found_and_what_was_leads_on(client):
    for address in (
        "/rounds/9998.ics",
        "/rounds/99999.ics",
        "/topics/refugees/feed.atom",
        "/participants/turkey/feed.atom",
        f"/topics/{'x' * 8192}/feed.atom",
    ):
        assert client.get(address).status_code == 404, address
    topic = Topic.objects.get(slug="hostages")
    topic.slug = "captives"
    topic.save()
    for address in (
        "/topics/hostages/feed.atom",
        "/rounds.ics?topic=hostages&stage=statement",
        "/rounds.atom?topic=hostages",
    ):
        response = client.get(address)
        assert response.status_code == 301
        assert response.headers["Location"] == address.replace("hostages", "captives")
    round_ = Round.objects.get(number=22)
    round_.number = 222
    round_.save()
    assert client.get("/rounds/22.ics").headers["Location"] == "/rounds/222.ics"
    assert client.get("/changes.atom?round=22").headers["Location"] == "/changes.atom?round=222"


def test_every_feed_can_be_read(client):
    for address in FEEDS:
        if ".ics" in address:
            assert events(client, address), address
        else:
            read(client, address)
