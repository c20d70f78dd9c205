"""What is changed of a public fact is told, with the reason; what was a draft's is not."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import CharField, Model, TextField
from django.test import Client

from rounds.changes import together
from rounds.models import (
    FACTS,
    AgendaItem,
    FixedTerm,
    Member,
    Milestone,
    Outcome,
    PublicChange,
    Round,
)
from rounds.participants.models import Participant, Person
from rounds.revisions import signed_by
from rounds.topics.models import Topic
from tests.addresses import admin_address
from tests.factories import (
    filled,
    make_agenda_item,
    make_delegation,
    make_full_round,
    make_member,
    make_milestone,
    make_outcome,
    make_round,
    make_topic,
)
from tests.forms import form_data
from tests.pages import Part, get_page, page_of

pytestmark = pytest.mark.django_db


def send(client: Client, thing: Model, **fields: Any) -> Part | None:
    """Send the form of an object with other values; the page if it is not saved."""
    address = admin_address(type(thing), "change", thing.pk)
    data = form_data(page_of(client.get(address)).one(f"#{thing._meta.model_name}_form"))
    response = client.post(address, data | {"reason": "", "is_typo": []} | fields)
    return None if response.status_code == 302 else page_of(response)


def told(page: Part) -> list[list[str]]:
    """The facts and fields that changes on a page are of, what they said and say, and why."""
    return [
        [one.all("p")[0].text, *one.texts("del, ins"), *one.texts(".reason")]
        for one in page.all(".public-changes li")
    ]


def test_a_reason_is_asked_for_and_told_to_readers(client, editor_client, round_22):
    venue = round_22.venue
    page = send(editor_client, round_22, venue="Another hall")
    assert page is not None
    assert page.has("#id_reason[aria-invalid=true], .why .errors #id_reason")
    assert "#id_reason" in page.links(".faults a")
    assert page.one("#id_venue").attributes["value"] == "Another hall"
    assert not page.has(".messagelist .success")
    assert Round.objects.get(number=22).venue == venue
    assert not PublicChange.objects.exists()
    reason = "The ministry says so."
    assert send(editor_client, round_22, venue="Another hall", reason=reason) is None
    day = PublicChange.objects.get().day
    ((said, *rest),) = told(get_page(client, "/changes/"))
    assert said.endswith("Round 22 · Venue Added")
    assert rest == [venue, "Another hall", f"Reason: {reason}"][not venue :]
    page = get_page(client, "/rounds/22/")
    assert page.has('a[href="#corrections"]')
    assert told(page.one("#corrections")) == told(get_page(client, "/changes/?round=22"))
    assert told(get_page(client, "/changes/?round=21")) == []
    assert Round.objects.get(number=22).changed == day
    assert Round.objects.get(number=21).changed is None


def test_typos_are_told_and_change_no_day(client, editor_client, round_22):
    assert send(editor_client, round_22, venue="Another hall", is_typo="on") is None
    page = get_page(client, "/changes/")
    assert "typo" in page.texts(".public-changes .count")
    assert Round.objects.get(number=22).changed is None
    assert not get_page(client, "/rounds/22/").has("#corrections")


def test_nothing_is_asked_where_nothing_public_changes(editor_client, round_22):
    assert send(editor_client, round_22) is None
    draft = make_round(101, publication="draft")
    page = page_of(editor_client.get(admin_address(Round, "change", draft.pk)))
    assert not page.has("#id_reason")
    assert send(editor_client, draft, venue="Another hall") is None
    with together("Published."):
        Round.objects.filter(pk=draft.pk).update(publication="published")
    assert not PublicChange.objects.exists(), "publishing a draft is no correction"


@pytest.mark.usefixtures("blank")
def test_every_kind_of_public_fact_is_told_and_no_draft_one(client, editor):
    for number, model in enumerate((*FACTS, Member), 101):
        for is_public in (True, False):
            round_ = make_round(
                number + 100 * is_public, publication="published" if is_public else "draft"
            )
            thing = round_ if model is Round else filled(model, round_)
            thing.save()
            refer_to(thing, round_)
            field = text_of(model)
            PublicChange.objects.all().delete()
            with signed_by(editor), together("Mended."):
                value = "bilateral" if field.choices else "Quokka"
                model._base_manager.filter(pk=thing.pk).update(**{field.name: value})
            is_told = is_public or model is FixedTerm  # of which no draft can be told
            found = [(one.field.lower(), one.reason) for one in PublicChange.objects.all()]
            wanted = [(str(field.verbose_name), "Mended.")] * is_told
            assert found == wanted, (model, is_public)
            assert len(told(get_page(client, "/changes/"))) == is_told, model


def text_of(model: Any) -> Any:
    """A field that says something in words, or by a choice where no field does."""
    fields = [one for one in model._meta.concrete_fields if isinstance(one, CharField | TextField)]
    fields = [one for one in fields if not one.unique and one.max_length != 2]
    return next((one for one in fields if not one.choices), fields[0])


def refer_to(thing: Any, round_: Round) -> None:
    """Let a round refer to what belongs to none."""
    if isinstance(thing, Topic):
        make_agenda_item(round_, topic=thing)
    elif isinstance(thing, Participant):
        make_delegation(round_, participant=thing)
    elif isinstance(thing, Person):
        make_member(make_delegation(round_), person=thing)
    elif isinstance(thing, Milestone):
        thing.related_round = round_
        thing.save()


@pytest.mark.usefixtures("blank")
def test_what_is_withdrawn_takes_its_changes_along(client, editor, editor_client):
    round_ = make_full_round(101)
    with signed_by(editor), together("Mended."):
        Outcome.objects.update(text="Quokka")
        make_outcome(round_, text="Numbat")
        AgendaItem.objects.all().delete()
    lines = [line[0] for line in told(get_page(client, "/changes/"))]
    assert sum("Outcome" in line for line in lines) == 2
    assert sum(line.endswith("Removed") for line in lines) == 1
    with together("Withdrawn."):
        Round.objects.update(publication="draft")
    assert told(get_page(client, "/changes/")) == []
    assert get_page(client, "/changes/?round=101").has("[aria-invalid], .errorlist, .errors")
    assert len(told(get_page(editor_client, "/changes/"))) == 3


@pytest.mark.usefixtures("blank")
def test_what_becomes_public_with_the_change_is_not_told(client, editor):
    topic = make_topic(definition="Secret quokka")
    draft = make_round(101, publication="draft")
    make_agenda_item(draft, topic=topic)
    milestone = make_milestone(text="Secret numbat", related_round=draft)
    with signed_by(editor), together("At once."):
        Topic.objects.filter(pk=topic.pk).update(definition="Plain")
        make_agenda_item(make_round(102), topic=topic)
        type(milestone).objects.update(text="Plain", related_round=None)
    assert get_page(client, f"/topics/{topic.slug}/").has("h1")
    assert not PublicChange.objects.exists()


def test_deletions_are_explained_too(client, editor_client):
    outcome = Outcome.objects.filter(round__number=22).first()
    address = admin_address(Outcome, "delete", outcome.pk)
    assert get_page(editor_client, address).has("#content form #id_reason")
    listed = admin_address(Outcome, "changelist")
    some = {"action": "delete_selected", "_selected_action": [outcome.pk], "post": "yes"}
    for way, data in ((address, {"post": "yes"}), (listed, some)):
        page = page_of(editor_client.post(way, data, follow=True))
        assert "Nothing was deleted." in page.one(".messagelist").text
    assert Outcome.objects.filter(pk=outcome.pk).exists()
    editor_client.post(address, {"post": "yes", "reason": "It was another round's."})
    assert "Reason: It was another round's." in told(get_page(client, "/changes/"))[0]


def test_sheets_that_change_what_is_public_need_a_reason(client, editor_client):
    content = b"- round: 22\n  summary: Another summary.\n"
    sheet = SimpleUploadedFile("summaries.yaml", content)
    page = page_of(editor_client.post("/admin/sheets/", {"files": sheet}))
    assert page.has("input[name=reason][required]")
    data = {"apply": page.one("input[name=apply]").attributes["value"]}
    page = page_of(editor_client.post("/admin/sheets/", data, follow=True))
    assert "Nothing was changed" in page.one(".messagelist").text
    assert not PublicChange.objects.exists()
    editor_client.post("/admin/sheets/", data | {"reason": "The statement is out."})
    assert "Reason: The statement is out." in told(get_page(client, "/changes/"))[0]
