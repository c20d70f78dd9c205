"""Parts of rounds have the same names at many rounds; the admin says of which one is."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rounds.changes import together
from rounds.models import Delegation, Member
from rounds.participants.models import Participant, Person
from tests.addresses import admin_address
from tests.factories import (
    make_delegation,
    make_member,
    make_participant,
    make_person,
    make_round,
)
from tests.pages import get_page, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
@together()
def norway() -> Participant:
    """A participant at two rounds, with a member at the second."""
    found = make_participant(name="Norway")
    make_delegation(make_round(102), participant=found)
    member = make_person(name="Ola Nordmann", participant=found)
    make_member(make_delegation(make_round(101), participant=found), person=member)
    return found


def test_what_forbids_a_deletion_is_named_with_its_round(publisher_client, norway):
    page = get_page(publisher_client, admin_address(Participant, "delete", norway.pk))
    assert page.texts("#content li")[-3:] == [
        "Person: Ola Nordmann",
        "Round 101 · Delegation: Norway",
        "Round 102 · Delegation: Norway",
    ]
    person = norway.people.get()
    page = get_page(publisher_client, admin_address(Person, "delete", person.pk))
    assert page.texts("#content li") == ["Round 101 · Member: Ola Nordmann"]


def test_what_goes_is_named_with_its_round(editor_client, norway):
    data = {
        "action": "delete_selected",
        "_selected_action": [one.pk for one in norway.delegations.all()],
    }
    page = page_of(editor_client.post(admin_address(Delegation, "changelist"), data))
    said = page.texts("#content a")
    assert {
        "Round 101 · Delegation: Norway",
        "Round 102 · Delegation: Norway",
        "Round 101 · Member: Ola Nordmann",
    } <= set(said)


def test_more_parts_take_no_more_queries_to_name_rounds(
    editor_client, norway, django_assert_num_queries
):
    address = admin_address(Participant, "delete", norway.pk)
    with CaptureQueriesContext(connection) as few:
        editor_client.get(address)
    with together():
        for number in range(103, 110):
            make_delegation(make_round(number), participant=norway)
    with django_assert_num_queries(len(few)):
        editor_client.get(address)


def test_a_member_without_a_delegation_is_refused_in_words(editor_client, norway):
    for person in ("", str(norway.people.get().pk)):
        data = {"person": person, "is_head": "on"}
        page = page_of(editor_client.post(admin_address(Member, "add"), data))
        assert "Delegation This field is required." in page.texts(".faults li")


def test_proposed_delegations_are_named_with_their_rounds(editor_client, norway):
    query = {"app_label": "rounds", "model_name": "member", "field_name": "delegation"}
    response = editor_client.get(reverse("admin:autocomplete"), query | {"term": "norway"})
    found = {one["text"] for one in json.loads(response.content)["results"]}
    assert found == {"Round 101 · Norway", "Round 102 · Norway"}


def test_the_chosen_delegation_is_named_with_its_round(editor_client, norway):
    member = Member.objects.get(person__name="Ola Nordmann")
    page = get_page(editor_client, admin_address(Member, "change", member.pk))
    assert page.one("#id_delegation option[selected]").text == "Round 101 · Norway"


def test_who_may_choose_nothing_is_told_nothing(client):
    query = {"app_label": "rounds", "model_name": "member", "field_name": "delegation"}
    assert client.get(reverse("admin:autocomplete"), query).status_code == 302


def test_a_choice_is_emptied_and_nothing_of_the_record_deleted(editor_client, norway):
    one = norway.delegations.latest("pk")
    page = get_page(editor_client, admin_address(Delegation, "change", one.pk))
    assert page.one("#id_members-0-person").attributes["value"] == "Ola Nordmann"
    assert not page.has(".delete-related")
