"""What changed since: nothing is left out, nothing is told of drafts."""

import json
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from rounds.models import Change
from tests.factories import (
    make_agenda_item,
    make_evidence,
    make_full_round,
    make_name,
    make_outcome,
    make_round,
    make_source,
    make_topic,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("blank")]

TABLES = ("rounds", "outcomes", "commitments", "evidence", "topics", "sources", "topic-names")


def settled() -> datetime:
    """Let all that was done be done long ago; the moment since when all else was."""
    now = timezone.now().replace(microsecond=0)
    Change.objects.update(at=now - timedelta(days=2))
    return now - timedelta(days=1)


def changed(client: Client, table: str, since: datetime | str) -> set[str | int]:
    if isinstance(since, datetime):
        since = since.strftime("%Y-%m-%dT%H:%M:%SZ")
    address = f"/api/v1/{table}/?page_size=200&modified_since={since}"
    rows = json.loads(client.get(address).content)["results"]
    return {next(row[key] for key in ("slug", "id", "number") if key in row) for row in rows}


def test_nothing_changed_until_something_did(client):
    make_full_round(101)
    since = settled()
    assert [changed(client, table, since) for table in TABLES] == [set()] * len(TABLES)
    assert all(changed(client, table, since - timedelta(days=2)) for table in TABLES[:4])


def test_a_part_changes_what_it_belongs_to(client):
    round_, other = make_full_round(101), make_full_round(102, start=date(2021, 3, 1))
    commitment, topic = round_.commitments.get(), round_.agenda_items.get().topic
    since = settled()
    evidence = make_evidence(commitment)
    assert changed(client, "evidence", since) == {f"{commitment.slug}_{evidence.number}"}
    assert changed(client, "commitments", since) == {commitment.slug}
    assert changed(client, "rounds", since) == {101}
    assert changed(client, "outcomes", since) == set()

    since = settled()
    evidence.sources.add(make_source(slug="new"))
    assert changed(client, "rounds", since) == {101}
    assert changed(client, "sources", since) == {"new"} | {
        source.slug for source in evidence.sources.all()
    }

    since = settled()
    other.outcomes.first().delete()
    assert changed(client, "rounds", since) == {102}

    since = settled()
    make_name(topic, "quokka")
    assert changed(client, "topics", since) == {topic.slug}
    assert changed(client, "rounds", since) == set()


def test_what_a_fact_names_may_be_public_since_then(client):
    round_ = make_full_round(101)
    topic, source = make_topic(slug="unused"), make_source(slug="unused")
    draft = make_round(102, publication="draft")
    make_agenda_item(draft, topic=topic).sources.set([source])
    since = settled()
    assert "unused" not in changed(client, "sources", since - timedelta(days=9))
    make_agenda_item(round_, topic=topic).sources.set([source])
    assert changed(client, "topics", since) == {"unused"}
    # Those of the topic are public by it.
    of_topic = {one.slug for one in topic.sources.all()}
    assert changed(client, "sources", since) == {"unused"} | of_topic


def test_a_round_that_is_published_is_new_with_all_its_parts(client):
    draft = make_full_round(101)
    draft.publication = "draft"
    draft.save()
    make_full_round(102, start=date(2021, 3, 1))
    since = settled()
    draft.publication = "published"
    draft.save()
    assert changed(client, "rounds", since) == {101}
    assert changed(client, "outcomes", since) == {
        f"101_{number}" for number in draft.outcomes.values_list("number", flat=True)
    }
    topic = draft.agenda_items.get().topic
    assert topic.slug in changed(client, "topics", since)
    assert {one.slug for one in draft.sources.all()} <= changed(client, "sources", since)


def test_what_is_done_with_a_draft_changes_nothing_that_is_public(client):
    round_ = make_full_round(101)
    draft = make_full_round(102, start=date(2021, 3, 1))
    draft.publication = "draft"
    draft.save()
    topic, source = round_.agenda_items.get().topic, round_.sources.first()
    since = settled()
    make_agenda_item(draft, topic=topic, stage="discussed").sources.set([source])
    make_outcome(draft).sources.set([source])
    draft.agenda_items.first().delete()
    draft.summary = "quokka"
    draft.save()
    assert [changed(client, table, since) for table in TABLES] == [set()] * len(TABLES)


def test_a_day_begins_in_the_time_zone_of_the_site(client, settings):
    settings.TIME_ZONE = "Asia/Almaty"
    make_full_round(101)
    at = datetime.fromisoformat("2026-03-02T20:30:00+00:00")
    Change.objects.update(at=at)
    Change.objects.filter(pk=Change.objects.earliest("pk").pk).update(at=at - timedelta(days=99))
    found = {
        since: changed(client, "rounds", since)
        for since in (
            "2026-03-03",
            "2026-03-04",
            "2026-03-03T01:00",
            "2026-03-03T02:00",
            "2026-03-02T20:30:00Z",
            "2026-03-02T20:31:00Z",
            "2026-03-03T01:30:00%2B05:00",
            "2026-03-03T01:30:00 05:00",
        )
    }
    assert list(found.values()) == [{101}, set(), {101}, set(), {101}, set(), {101}, {101}]
