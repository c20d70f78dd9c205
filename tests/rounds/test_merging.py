"""Two that are one: all that refers to the one that goes refers to the one that stays."""

from typing import Any

import pytest
from django.apps import apps
from django.db.models import Model
from django.urls import reverse

from astana.accounts import audit
from rounds.merging import SPELLINGS, Merge, RefusedError, referring
from rounds.models import AgendaItem, Change, Delegation, Revision
from rounds.names import Name
from rounds.participants.models import Participant, Person
from rounds.sources.models import Source
from rounds.topics.models import Topic
from tests.addresses import admin_address
from tests.factories import (
    filled,
    make_agenda_item,
    make_delegation,
    make_member,
    make_name,
    make_participant,
    make_person,
    make_round,
    make_source,
    make_topic,
)
from tests.pages import get_page
from tests.record import state

pytestmark = pytest.mark.django_db

MAKE: dict[type[Model], Any] = {
    Topic: make_topic,
    Participant: make_participant,
    Person: make_person,
    Source: make_source,
}


def way(model: type[Model], **sides: Model) -> str:
    address = reverse("merge", args=[model._meta.app_label, model._meta.model_name])
    return f"{address}?" + "&".join(f"{side}={one.pk}" for side, one in sides.items())


@pytest.mark.usefixtures("blank")
@pytest.mark.parametrize("model", SPELLINGS, ids=lambda model: model.__name__)
def test_every_relation_moves(model):
    stays, goes = MAKE[model](), MAKE[model]()
    everywhere = {
        field
        for other in apps.get_models(include_auto_created=True)
        for field in other._meta.concrete_fields
        if field.related_model is model and not issubclass(other, Name)
    }
    assert everywhere == set(referring(model))
    rows = []
    for number, field in enumerate(sorted(everywhere, key=str), 101):
        row = filled(field.model, make_round(number))
        setattr(row, field.attname, goes.pk)
        row.save()
        rows.append((field, row.pk))
    Merge(stays, goes).do()
    assert not model._base_manager.filter(pk=goes.pk).exists()
    for field, pk in rows:
        found = field.model._base_manager.filter(pk=pk).values_list(field.attname, flat=True)
        assert list(found) == [stays.pk], field


@pytest.mark.usefixtures("blank")
def test_lists_name_nobody_twice_and_each_spelling_is_a_name(client, publisher_client):
    round_ = make_round(101)
    host = make_participant(name="Kazakhstan")
    stays = make_person(name="Roman Vassilenko", participant=host, slug="vassilenko")
    goes = make_person(
        name="Roman Vasilenko", native_name="Роман Василенко", participant=host, slug="vasilenko"
    )
    for person, label in ((stays, "Roman Wassilenko"), (goes, "Roman Vasilyenko")):
        make_name(person, label, language="de", is_label=True)
        make_name(person, "Vassilenko, R.")
        make_member(make_delegation(round_), person=person)
    stays.sources.set([shared := make_source()])
    goes.sources.set([shared, other := make_source()])
    page = get_page(publisher_client, way(Person, stays=stays, goes=goes))
    assert "Members: 1" in page.texts("h3")
    assert "Roman Vasilenko" in page.texts("#content li")
    assert get_page(client, goes.get_absolute_url()).one("h1").text.startswith("Roman Vasilenko")
    address = way(Person, stays=stays, goes=goes)
    data = {"stays": stays.pk, "goes": goes.pk}
    assert publisher_client.post(address, data).status_code == 302
    names = {(name.language, name.text): name.is_label for name in stays.names.all()}
    assert names == {
        ("de", "Roman Wassilenko"): True,
        ("de", "Roman Vasilyenko"): False,
        ("", "Vassilenko, R."): False,
        ("", "Roman Vasilenko"): False,
        ("", "Роман Василенко"): False,
    }
    stays.refresh_from_db()
    assert stays.native_name == "Роман Василенко", "which it lacked"
    assert {*stays.sources.all()} == {shared, other}
    assert client.get("/people/vasilenko/").headers["Location"] == "/people/vassilenko/"
    assert "Roman Vasilenko" in get_page(client, "/search/", q="Vasilenko").text
    revision = Revision.objects.latest("pk")
    assert revision.comment == "Merged “Roman Vasilenko” into “Roman Vassilenko”."
    history = get_page(publisher_client, admin_address(Person, "history", stays.pk))
    assert f"· {revision.comment}" in history.one("article:first-of-type h2").text
    assert "Removed Person Roman Vasilenko" in history.texts(".step h3")
    assert audit.Entry.objects.filter(action=audit.Action.MERGED).count() == 1


@pytest.mark.usefixtures("blank")
def test_what_was_merged_is_two_again(publisher_client):
    round_ = make_round(101)
    stays, goes = make_source(), make_source()
    for fact, sources in ((round_, [stays, goes]), (make_agenda_item(round_), [goes])):
        fact.sources.set(sources)
    before = state()
    Merge(stays, goes).do()
    assert state() != before
    deletion = Change.objects.filter(model="sources.source", after__isnull=True).get()
    assert deletion.parent == stays.pk
    address = reverse("bring_back", args=[deletion.pk])
    assert "Agenda item" in get_page(publisher_client, address).text
    answer = publisher_client.post(address, {"reason": "They are two."})
    assert answer.status_code == 302
    assert state() == before


@pytest.mark.usefixtures("blank")
def test_both_at_one_place_are_told_and_nothing_is_done(publisher_client):
    round_ = make_round(101)
    stays, goes = make_topic(label="Hostages"), make_topic(label="Captives")
    kept, other = (
        make_agenda_item(round_, topic=topic, note=topic.label) for topic in (stays, goes)
    )
    make_agenda_item(round_, topic=goes, stage="agenda")
    before = state()
    page = get_page(publisher_client, way(Topic, stays=stays, goes=goes))
    links = page.links(".refused li a")
    assert links == [admin_address(AgendaItem, "change", one.pk) for one in (kept, other)]
    assert not page.has("#content form")
    data = {"stays": stays.pk, "goes": goes.pk}
    publisher_client.post(way(Topic, stays=stays, goes=goes), data)
    with pytest.raises(RefusedError):
        Merge(stays, goes).do()
    assert state() == before
    other.delete()
    assert publisher_client.post(way(Topic, stays=stays, goes=goes), data).status_code == 302
    assert list(AgendaItem.objects.values_list("topic", flat=True)) == [stays.pk, stays.pk]


@pytest.mark.usefixtures("blank")
def test_what_only_one_may_have_is_taken_over(publisher_client):
    stays = make_participant(name="Türkiye")
    goes = make_participant(name="Turkey", country="TR")
    make_delegation(make_round(101), participant=goes)
    Merge(stays, goes).do()
    assert Participant.objects.get().country == "TR"
    assert Delegation.objects.get().participant == stays


def test_only_who_may_merge_is_led_there(editor_client, publisher_client):
    one, other = Topic.objects.order_by("pk")[:2]
    address = way(Topic, stays=one, goes=other)
    data = {"action": "merge_two", "_selected_action": [one.pk, other.pk]}
    listed = admin_address(Topic, "changelist")
    assert editor_client.get(address).status_code == 403
    assert editor_client.post(address, {"stays": one.pk, "goes": other.pk}).status_code == 403
    assert "merge" not in editor_client.post(listed, data).headers["Location"]
    assert publisher_client.post(listed, data).headers["Location"] == address
    few = data | {"_selected_action": [one.pk]}
    assert "and no more" in get_page(publisher_client, listed).text or publisher_client.post(
        listed, few
    )
    for wrong in (
        way(Topic, stays=one),
        f"{way(Topic, stays=one)}&goes=x",
        f"{way(Topic, stays=one)}&goes={'9' * 30}",
        way(Topic, stays=one, goes=one),
        "/admin/rounds/round/merge/?stays=1&goes=2",
    ):
        assert publisher_client.get(wrong).status_code == 404, wrong
