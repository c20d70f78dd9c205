"""What becomes of each object is kept with who did it, shown, and can be taken back."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.db.models import Model, ProtectedError
from django.test import Client
from django.urls import reverse

from rounds.changes import together
from rounds.desk.sheets.importing import Wishes, bring_in
from rounds.history.things import made
from rounds.history.undoing import back_to, write
from rounds.models import Change, Delegation, FixedTerm, Outcome, Revision, Round, Term
from rounds.revisions import signed_by
from rounds.sources.models import Source
from rounds.topics.models import Topic
from rounds.triggers import record_models
from tests.addresses import admin_address
from tests.factories import (
    filled,
    make_agenda_item,
    make_delegation,
    make_fixed_term,
    make_full_round,
    make_member,
    make_milestone,
    make_name,
    make_outcome,
    make_paragraph,
    make_round,
    make_source,
    make_topic,
)
from tests.forms import form_data
from tests.pages import Part, get_page, page_of
from tests.record import state

pytestmark = pytest.mark.django_db


WHY = {"reason": "It is tested."}


def history(client: Client, thing: Model) -> Part:
    return get_page(client, admin_address(type(thing), "history", thing.pk))


def restore_address(thing: Model, until: int) -> str:
    options = thing._meta
    return reverse("restore", args=[options.app_label, options.model_name, thing.pk, until])


def save(client: Client, thing: Model, **fields: Any) -> None:
    """Send the form of an object with other values."""
    address = admin_address(type(thing), "change", thing.pk)
    form = page_of(client.get(address)).one(f"#{thing._meta.model_name}_form")
    response = client.post(address, form_data(form) | fields)
    assert response.status_code == 302, page_of(response).texts(".errorlist, .faults li")


def last_change() -> int:
    return Change.objects.latest("pk").pk


@pytest.mark.usefixtures("blank")
def test_each_row_is_kept_as_it_was_and_is(editor):
    for number, model in enumerate(record_models(), 101):
        thing = filled(model, make_round(number))
        since = last_change()
        with signed_by(editor), together():
            thing.save()
        rows = Change.objects.filter(pk__gt=since, model=model._meta.label_lower)
        added = rows.get()
        assert (added.key, added.before) == (thing.pk, None)
        again = made(model, added.after)
        thing.refresh_from_db()
        for one in model._meta.concrete_fields:
            assert getattr(again, one.attname) == getattr(thing, one.attname), one
        thing.save()
        assert rows.count() == 1, "nothing changed"
        with signed_by(editor), together():
            type(thing)._base_manager.filter(pk=thing.pk).delete()
        deleted = rows.latest("pk")
        assert (deleted.before, deleted.after) == (added.after, None)
        assert (deleted.revision.user, deleted.revision.name) == (editor, "editor")


@pytest.fixture
def everything(db: None) -> Round:
    """A round with each part, and all else that there is, in a record of their own."""
    round_ = make_full_round(101)
    make_paragraph(round_.documents.get(), topics=[make_topic()])
    make_milestone()
    for one in (make_topic(), round_.delegations.first().participant, make_fixed_term()):
        make_name(one, "Another name")
    make_name(round_.delegations.first().members.get().person, "Another name")
    make_name(Term.objects.create(kind="city", term="Astana"), "Астана", language="ru")
    make_source()
    return round_


@pytest.mark.usefixtures("blank")
def test_all_that_can_be_deleted_is_brought_back_with_what_went_along(
    everything, editor_client, publisher_client
):
    deletable = 0
    for model in record_models():
        if model._meta.auto_created:
            continue
        before = state()
        for thing in model._base_manager.all():
            try:
                with together("Tried."):
                    thing.delete()
            except ProtectedError:
                continue
            deletable += 1
            row = Change.objects.filter(model=model._meta.label_lower, after__isnull=True).latest(
                "pk"
            )
            assert state() != before
            assert (
                reverse("bring_back", args=[row.pk])
                in get_page(editor_client, "/admin/deleted/").links()
            )
            address = reverse("bring_back", args=[row.pk])
            assert get_page(editor_client, address).has('form [type="submit"]')
            if model is Round:
                assert editor_client.post(address).status_code == 403, "who may not publish it"
            assert publisher_client.post(address, WHY).status_code == 302
            assert state() == before, model
            break
    assert deletable > 15
    assert publisher_client.post(address, WHY).status_code == 404, "it is there already"


def test_a_round_saved_unchanged_writes_nothing(editor_client, round_22):
    save(editor_client, round_22)
    assert not Change.objects.exists()


def test_the_history_says_who_changed_what_and_leads_back(editor_client, round_22):
    before = state()
    source, note = Source.objects.first(), round_22.delegations.first()
    save(editor_client, round_22, venue="Another hall", **{"delegations-0-note": "Came late."})
    first = last_change()
    with_source = round_22.delegations.first()
    save(
        editor_client,
        with_source,
        sources=[*with_source.sources.values_list("pk", flat=True), source.pk],
    )
    page = history(editor_client, round_22)
    assert page.texts("article h2")[1].endswith("· editor")
    tables = [row for table in page.all(".step table") for row in table.rows]
    assert ["Venue", before_venue(round_22), "Another hall"] in tables
    assert ["Note", "–", "Came late."] in tables
    assert ["Sources", "–", str(source)] in tables
    assert page.links(".step h3 a").count(admin_address(Delegation, "change", note.pk)) == 2
    middle = get_page(editor_client, restore_address(round_22, first))
    assert middle.texts(".step h3") == [f"Changed Delegation {note}"]
    (start,) = page.links(".began a")
    assert "Say in one line why" in page_of(editor_client.post(start)).one(".messagelist").text
    assert state() != before
    assert editor_client.post(start, WHY).status_code == 302
    assert state() == before
    assert editor_client.post(restore_address(round_22, first), WHY).status_code == 302
    assert Round.objects.get(number=22).venue == "Another hall"
    assert Revision.objects.count() == 4
    assert "It is as it was then." in get_page(editor_client, restore_address(round_22, first)).text


def before_venue(round_: Round) -> str:
    return round_.venue or "–"


def test_parts_that_came_and_went_and_changed_places_are_as_they_were(editor_client, editor):
    round_ = make_full_round(101)
    one, other = make_outcome(round_, text="One"), make_outcome(round_, text="Other")
    before, since = state(), last_change()
    with signed_by(editor), together():
        Outcome.objects.filter(pk=one.pk).update(number=99)
        number, other.number = other.number, one.number
        other.save()
        Outcome.objects.filter(pk=one.pk).update(number=number)
        make_agenda_item(round_)
        round_.delegations.first().delete()
    assert Revision.objects.count() == 1
    changed = Change.objects.filter(model="rounds.outcome", pk__gt=since)
    assert changed.count() == 2, "what it was meanwhile is nobody's concern"
    write(back_to(Round, round_.pk, since), "")
    after = state()
    made_meanwhile = {"topics.Topic", "topics.Topic_sources", "sources.Source"}
    assert {label for label in before if before[label] != after[label]} <= made_meanwhile


def test_what_stands_in_the_way_is_said(editor_client, round_22):
    delegation = make_delegation(round_22)
    make_member(delegation)
    participant, member = delegation.participant, delegation.members.get()
    slug = participant.slug
    term = make_fixed_term(slug="cease", term="Cease")
    since = last_change()
    for thing in (delegation, member.person, participant, term):
        with together("Gone."):
            thing.delete()
    rows = {row.model: row.pk for row in Change.objects.filter(pk__gt=since, after__isnull=True)}

    def back(label: str) -> Part | None:
        response = editor_client.post(reverse("bring_back", args=[rows[label]]), WHY)
        return None if response.status_code == 302 else page_of(response)

    said = back("rounds.delegation").texts(".refused li")
    assert f"Participant “{participant}” is gone. Bring it back first." in said
    for label in ("participants.participant", "participants.person", "rounds.delegation"):
        assert back(label) is None
    assert Delegation.objects.get(round=round_22, participant__slug=slug).members.count() == 1
    make_fixed_term(slug="cease", term="Another")
    (sentence,) = back("rounds.fixedterm").texts(".refused li")
    assert "Slug" in sentence
    assert FixedTerm.objects.filter(term="Cease").count() == 0


def test_a_slug_that_is_restored_leaves_its_address(client, editor_client):
    topic = Topic.objects.get(slug="hostages")
    save(editor_client, topic, slug="captives")
    assert editor_client.post(restore_address(topic, last_change() - 1), WHY).status_code == 302
    assert client.get("/topics/hostages/").status_code == 200
    assert client.get("/topics/captives/").headers["Location"] == "/topics/hostages/"


def test_what_is_published_stays_so(editor_client, round_22):
    save(editor_client, round_22, venue="Another hall")
    Round.objects.filter(number=22).update(publication="draft")
    assert editor_client.post(restore_address(round_22, 0)).status_code == 302
    round_22.refresh_from_db()
    assert (round_22.publication, round_22.venue != "Another hall") == ("draft", True)


def staff(*codenames: str) -> Client:
    user = User.objects.create_user("staff", is_staff=True)
    user.user_permissions.add(*Permission.objects.filter(codename__in=codenames))
    client = Client()
    client.force_login(user)
    return client


def test_who_may_not_see_drafts_sees_no_history(editor_client, round_22):
    save(editor_client, round_22, venue="Another hall")
    make_round(101, publication="draft").delete()
    client = staff("view_round", "change_round")
    deletion = Change.objects.filter(after__isnull=True, model="rounds.round").get()
    for address in (
        admin_address(Round, "history", round_22.pk),
        restore_address(round_22, 1),
        "/admin/deleted/",
        reverse("bring_back", args=[deletion.pk]),
    ):
        assert client.get(address).status_code == 403
        assert client.post(address).status_code in (403, 405)


def test_only_who_may_change_may_restore(editor_client, round_22):
    save(editor_client, round_22, venue="Another hall")
    until = last_change() - 1
    make_topic().delete()
    deletion = Change.objects.filter(after__isnull=True, model="topics.topic").get()
    client = staff("view_round", "view_topic", "view_unpublished_round")
    for address in (restore_address(round_22, until), reverse("bring_back", args=[deletion.pk])):
        assert not get_page(client, address).has("main form [type='submit'], #content form")
        assert client.post(address).status_code == 403
    assert Round.objects.get(number=22).venue == "Another hall"


def test_addresses_that_make_no_sense_are_not_found(editor_client, round_22):
    for address in (
        "/admin/rounds/round/0/history/",
        "/admin/rounds/nothing/1/history/",
        "/admin/rounds/round/x/history/",
        "/admin/rounds/round/99999999999999999999/history/",
        "/admin/rounds/round/99999999999999999999/history/1/",
        "/admin/deleted/99999999999999999999/",
    ):
        assert editor_client.get(address).status_code in (302, 404), address
    for address in ("history/?page=x", "history/99999999999999999999/"):
        page = editor_client.get(f"/admin/rounds/round/{round_22.pk}/{address}")
        assert page.status_code == 200


def test_sheets_leave_history_too(editor_client, round_22):
    bring_in([("summaries.yaml", b"- round: 22\n  summary: Another one.\n")], Wishes(applies=True))
    page = history(editor_client, round_22)
    assert "By sheet." in page.one("article h2").text
    assert ["Summary", round_22.summary, "Another one."] in page.one(".step table").rows
