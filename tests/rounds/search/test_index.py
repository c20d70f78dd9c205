"""The index follows every edit, in the same transaction."""

import json
from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client

from rounds.changes import together
from rounds.models import AgendaItem, Delegation, Milestone, Outcome, Round, SearchEntry, SearchWord
from rounds.participants.models import Participant, Person
from rounds.search.index import rebuild
from rounds.search.upkeep import after_migrate
from rounds.sources.models import Source
from rounds.topics.models import Topic
from tests.addresses import admin_address
from tests.factories import (
    make_agenda_item,
    make_claim,
    make_delegation,
    make_dispute,
    make_document,
    make_full_round,
    make_member,
    make_milestone,
    make_name,
    make_outcome,
    make_participant,
    make_person,
    make_round,
    make_topic,
)
from tests.pages import get_page, hit_totals, hits, search

pytestmark = pytest.mark.django_db


def rounds_with(client: Client, query: str) -> list[int]:
    links = search(client, query, kind="round").links("a.hit")
    return sorted(int(link.split("/")[2]) for link in links)


def test_a_new_spelling_finds_the_person_and_the_rounds(client):
    assert rounds_with(client, "Yildizoglu") == []
    person = Person.objects.get(slug="ahmet-yildiz")
    name = make_name(person, "Ahmet Yildizoglu")
    assert rounds_with(client, "Yildizoglu") == [21]
    assert hits(search(client, "Yildizoglu"), "person") == ["/people/ahmet-yildiz/"]
    name.delete()
    assert hit_totals(search(client, "Yildizoglu")) == {}


def test_a_new_name_of_a_participant_finds_its_rounds_and_people(client, blank):
    participant = make_participant(name="Numbat")
    person = make_person(name="Somebody", participant=participant)
    make_member(make_delegation(make_round(101), participant=participant), person=person)
    found = {"participant": 1, "round": 1, "person": 1, "delegation": 1}
    assert hit_totals(search(client, "numbat")) == found
    Participant.objects.get().save()
    participant.name = "Bilby"
    participant.save()
    assert hit_totals(search(client, "numbat")) == {}
    assert hit_totals(search(client, "bilby")) == found


def test_a_new_name_of_a_topic_finds_its_rounds_and_notes(client, blank):
    topic = make_topic(label="Numbat")
    make_agenda_item(make_round(101), topic=topic, note="A note.")
    make_name(topic, "Bilby")
    assert hit_totals(search(client, "bilby")) == {"topic": 1, "round": 1, "agendaitem": 1}


@pytest.mark.parametrize("make", [make_outcome, make_agenda_item, make_document, make_delegation])
def test_parts_are_found_until_they_are_deleted(client, blank, make):
    field = {make_outcome: "text", make_document: "title"}.get(make, "note")
    part = make(make_round(101), **{field: "A quokka."})
    assert rounds_with(client, "quokka") == [101]
    setattr(part, field, "A numbat.")
    part.save()
    assert rounds_with(client, "quokka") == []
    assert rounds_with(client, "numbat") == [101]
    part.delete()
    assert hit_totals(search(client, "numbat")) == {}


@pytest.mark.parametrize("make", [make_outcome, make_agenda_item, make_document, make_delegation])
def test_a_part_that_moves_is_found_at_its_new_round_only(client, blank, make):
    old, new = make_round(101), make_round(102)
    field = "title" if make is make_document else "text" if make is make_outcome else "note"
    part = make(old, **{field: "A quokka was seen."})
    part.round = new
    part.save()
    assert rounds_with(client, "quokka") == [102]


def test_a_part_that_moves_to_a_draft_leaves_no_word_behind(client, blank):
    published, draft = make_round(101), make_round(102, publication="draft")
    part = make_outcome(published, text="A quokka was seen.")
    part.round = draft
    part.save()
    assert hit_totals(search(client, "quokka")) == {}


def test_a_member_that_moves_is_found_at_the_new_round_only(client, blank):
    old, new = make_round(101), make_round(102)
    member = make_member(make_delegation(old), position="Keeper of the quokkas")
    member.delegation = make_delegation(new)
    member.save()
    assert rounds_with(client, "quokkas") == [102]


def test_a_note_that_is_emptied_is_no_longer_found(client, blank):
    item = make_agenda_item(make_round(101), note="A quokka.")
    item.note = ""
    item.save()
    assert hit_totals(search(client, "quokka")) == {}


def test_a_member_is_found_until_it_is_deleted(client, blank):
    member = make_member(make_delegation(make_round(101)), position="Quokka")
    assert rounds_with(client, "quokka") == [101]
    member.delete()
    assert rounds_with(client, "quokka") == []


def test_deleting_leaves_no_entry(blank):
    make_full_round(101)
    make_milestone()
    assert SearchEntry.objects.count() > 0
    for model in (Outcome, Round, Person, Participant, Topic, Milestone, Source):
        model.objects.all().delete()
    assert not SearchEntry.objects.exists()


def test_an_edit_that_is_rolled_back_leaves_the_index_as_it_was(client, blank):
    round_ = make_round(101)
    with transaction.atomic():
        make_outcome(round_, text="A quokka.")
        assert hit_totals(search(client, "quokka")) == {"round": 1, "outcome": 1}
        transaction.set_rollback(True)
    assert hit_totals(search(client, "quokka")) == {}


def test_edits_together_are_found_at_the_end(client, blank):
    with together():
        part = make_outcome(make_round(101), text="A quokka.")
        with together():
            make_outcome(make_round(102), text="A quokka.")
        assert not SearchEntry.objects.exists()
    assert hit_totals(search(client, "quokka")) == {"round": 2, "outcome": 2}
    with together():
        part.delete()
        Round.objects.get(number=102).delete()
    assert hit_totals(search(client, "quokka")) == {}


def test_parts_that_move_and_go_with_their_new_round_leave_no_entry(client, blank):
    old, new = make_round(101), make_round(102)
    outcome, dispute = make_outcome(old, text="A quokka."), make_dispute(old, subject="Quokkas")
    make_claim(dispute, value="Nine quokkas")
    with together():
        for part in (outcome, dispute):
            part.round = new
            part.save()
        new.delete()
    assert hit_totals(search(client, "quokka")) == {}


def test_a_deletion_that_is_rolled_back_within_edits_together_is_none(blank):
    round_ = make_full_round(101)
    indexed = everything()
    with together():
        try:
            with transaction.atomic():
                round_.delete()
                raise InterruptedError
        except InterruptedError:
            pass
    assert everything() == indexed


def test_parts_follow_the_days_of_their_round(blank):
    round_ = make_full_round(101)
    round_.start = date(2016, 1, 1)
    round_.save()
    indexed = everything()
    rebuild()
    assert everything() == indexed


def test_a_new_name_of_a_person_finds_the_delegation(client, blank):
    person = make_member(make_delegation(make_round(101))).person
    person.name = "Quokka"
    person.save()
    assert hit_totals(search(client, "quokka")) == {"person": 1, "delegation": 1, "round": 1}


def test_a_round_is_deleted_without_hearing_of_the_index(admin_client):
    make_full_round(101)
    round_ = Round.objects.get(number=101)
    page = get_page(admin_client, admin_address(Round, "delete", round_.pk))
    assert "earch entr" not in page.text


def everything() -> list[tuple[object, ...]]:
    fields = ("kind", "object_id", "anchor", "title", "names", "text", "words", "weight", "round")
    return list(SearchEntry.objects.order_by("kind", "object_id").values_list(*fields))


def test_the_index_is_what_a_rebuild_gives():
    loaded = everything()
    for model in (Topic, Participant, Person, AgendaItem, Delegation, Outcome, Round):
        model.objects.first().save()
    assert everything() == loaded
    rebuild()
    assert everything() == loaded


def test_loaddata_and_migrate_write_the_index(client, tmp_path):
    before = everything()
    SearchEntry.objects.all().delete()
    after_migrate()
    assert everything() == before
    path = tmp_path / "topic.json"
    fields = {"slug": "quokka", "label": "Quokka", "definition": "An animal.", "theme": "security"}
    path.write_text(json.dumps([{"model": "topics.topic", "fields": fields}]))
    call_command("loaddata", path, verbosity=0)
    assert hit_totals(search(client, "quokkas")) == {"topic": 1}


def test_the_database_s_own_index_is_used():
    entries = SearchEntry.objects.having([["refuge"]])
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
    plan = entries.order_by().explain()
    assert ("rounds_searchentry_vector" in plan) or ("VIRTUAL TABLE INDEX" in plan)


def test_words_of_proposals_are_kept_once():
    SearchWord.objects.all().delete()
    make_topic(label="Refugees Idlib", definition="Refugees, refugees in Ankara.")
    make_topic(label="IDLIB Refugees", definition="ankara")
    words = SearchWord.objects.filter(word__in=["refugees", "ankara", "idlib"])
    assert sorted(words.values_list("written", flat=True)) == ["Idlib", "ankara", "refugees"]
