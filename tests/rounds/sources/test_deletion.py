"""A source that facts name cannot be deleted, by whatever path."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.test import Client

from rounds.models import FACTS, AgendaItem, Round
from rounds.sources.models import Source
from tests.addresses import admin_address
from tests.factories import make_agenda_item, make_milestone, make_round, make_source
from tests.pages import page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cited(db: None) -> Source:
    """The only source of an agenda item of round 101 and of a milestone."""
    source = make_source()
    item = make_agenda_item(make_round(101))
    for fact in (item, item.topic, make_milestone(title="A summit")):
        fact.sources.set([source])
    return source


def bulk(client: Client, *sources: Source, confirmed: bool):
    data = {"action": "delete_selected", "_selected_action": [one.pk for one in sources]}
    return client.post(
        admin_address(Source, "changelist"), data | ({"post": "yes"} if confirmed else {})
    )


@pytest.mark.parametrize("model", FACTS, ids=lambda one: one.__name__)
def test_every_kind_of_fact_keeps_its_sources(model):
    source = make_source()
    fact = model.objects.earliest("pk")
    fact.sources.set([source])
    with pytest.raises(ProtectedError):
        source.delete()
    assert list(fact.sources.all()) == [source]


def past_django(rows) -> None:
    """Delete with nothing but the database in the way, which looks at the end."""
    with transaction.atomic():
        rows._raw_delete("default")
        connection.check_constraints()


@pytest.mark.parametrize(
    "delete", [lambda rows: rows.get().delete(), lambda rows: rows.delete(), past_django]
)
def test_no_way_of_deletion_leaves_facts_without_their_source(cited, delete):
    with pytest.raises((ProtectedError, IntegrityError)):
        delete(Source.objects.filter(pk=cited.pk))
    assert AgendaItem.objects.get(round__number=101).sources.get() == cited


@pytest.mark.parametrize("confirmed", [True, False])
def test_the_admin_names_the_facts_and_their_rounds(publisher_client, cited, confirmed):
    free = make_source()
    item = AgendaItem.objects.get(round__number=101)
    said = [f"Round 101 · Agenda item: {item}", f"Topic: {item.topic}", "Milestone: A summit"]
    for response in (
        publisher_client.post(
            admin_address(Source, "delete", cited.pk), {"post": "yes"} if confirmed else {}
        ),
        bulk(publisher_client, free, cited, confirmed=confirmed),
    ):
        page = page_of(response)
        assert set(said) <= set(page.texts("#content li"))
        assert admin_address(AgendaItem, "change", item.pk) in page.links("#content li a")
    assert Source.objects.filter(pk__in=[cited.pk, free.pk]).count() == 2


def test_a_source_that_nothing_names_can_be_deleted(editor_client):
    first, second, third = (make_source() for _ in range(3))
    assert bulk(editor_client, first, second, confirmed=True).status_code == 302
    address = admin_address(Source, "delete", third.pk)
    assert editor_client.post(address, {"post": "yes"}).status_code == 302
    assert not Source.objects.filter(pk__in=[first.pk, second.pk, third.pk]).exists()


def test_facts_go_with_their_round_and_leave_the_sources(cited):
    Round.objects.get(number=101).delete()
    assert Source.objects.filter(pk=cited.pk).exists()
