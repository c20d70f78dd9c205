"""What editors may change in one go on the page of a round, and what they are told otherwise."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from rounds.changes import together
from rounds.models import Claim, Delegation, Member, Outcome, Round, Session
from tests.addresses import admin_address
from tests.factories import (
    make_agenda_item,
    make_claim,
    make_delegation,
    make_dispute,
    make_member,
    make_outcome,
    make_participant,
    make_round,
    make_session,
)
from tests.forms import form_data
from tests.pages import get_page, page_of, read

pytestmark = pytest.mark.django_db

Form = dict[str, list[str]]


@pytest.fixture
@together()
def round_() -> Round:
    """A round with two of each part that could get into each other's way."""
    found = make_round(101)
    make_session(found, kind="expert")
    make_session(found, kind="plenary")
    delegation = make_delegation(found)
    make_delegation(found)
    make_member(delegation, is_head=True)
    make_member(delegation)
    make_agenda_item(found)
    make_agenda_item(found)
    make_outcome(found, number=1, text="First")
    make_outcome(found, number=2, text="Second")
    dispute = make_dispute(found, number=1)
    make_claim(dispute, number=1, is_kept=True)
    make_claim(dispute, number=2)
    return found


@pytest.fixture
def form(editor_client, round_) -> Form:
    page = get_page(editor_client, admin_address(Round, "change", round_.pk))
    return form_data(page.one("#round_form"))


@pytest.fixture
def save(editor_client, round_, form):
    """Send the form; gives the sentences with which it came back, none where it was saved."""

    def send(**changes: str | None) -> list[str]:
        for name, value in changes.items():
            form.pop(name.replace("__", "-"), None)
            if value is not None:
                form[name.replace("__", "-")] = [value]
        response = editor_client.post(admin_address(Round, "change", round_.pk), form)
        if response.status_code == 302:
            return []
        return read(str(response.context_data["errors"])).texts("li:not(:has(li))")

    return send


def outcomes(round_: Round) -> list[tuple[int, str]]:
    return list(round_.outcomes.values_list("number", "text"))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"sessions__1__kind": "expert"},
            "This kind of session is there without a day already.",
        ),
        (
            {
                "sessions__0__day": "2020-01-01",
                "sessions__1__day": "2020-01-01",
                "sessions__1__kind": "expert",
            },
            "This kind of session is there for that day already.",
        ),
        ({"delegations__0__members__1__is_head": "on"}, "A delegation has one head only."),
        ({"disputes__0__claims__1__is_kept": "on"}, "A dispute keeps one version only."),
        ({"outcomes__1__number": "1"}, "Another outcome of this round has this number."),
    ],
)
def test_rows_that_exclude_each_other_are_refused(save, changes, sentence):
    assert save(**changes) == [sentence]
    assert Session.objects.filter(round__number=101, kind="expert").count() == 1
    assert Member.objects.filter(delegation__round__number=101, is_head=True).count() == 1
    assert Claim.objects.filter(dispute__round__number=101, is_kept=True).count() == 1
    assert outcomes(Round.objects.get(number=101)) == [(1, "First"), (2, "Second")]


OUTCOME, CLAIM = "outcomes__1__number", "disputes__0__claims__1__number"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("number", "0", "Rounds are numbered from 1."),
        ("number", "40000", "Ensure this value is less than or equal to 9999."),
        (OUTCOME, "0", "Ensure this value is greater than or equal to 1."),
        (OUTCOME, "40000", "Ensure this value is less than or equal to 9999."),
        (CLAIM, "0", "Ensure this value is greater than or equal to 1."),
        (CLAIM, "40000", "Ensure this value is less than or equal to 9999."),
    ],
)
def test_numbers_stay_within_what_can_be_stored(save, field, value, sentence):
    assert sentence in save(**{field: value})


@pytest.mark.parametrize("key", ["x", "2024-02-30", str(2**63), "-1"])
@pytest.mark.parametrize("part", ["agenda_items__1", "delegations__0__members__1"])
def test_a_row_that_cannot_be_is_one_that_is_gone(save, part, key):
    sentences = save(**{f"{part}__id": key})
    assert any("Somebody else has deleted one of these." in one for one in sentences)


@pytest.mark.parametrize(
    ("part", "field", "sentence"),
    [
        ("delegations", "participant", "This participant is at this round already."),
        ("agenda_items", "topic", "This topic is there at this stage already."),
    ],
)
def test_the_same_part_twice_is_refused(save, form, part, field, sentence):
    first = form[f"{part}-0-{field}"][0]
    assert save(**{f"{part}__1__{field}": first}) == [sentence]


def test_two_new_heads_are_refused(save, form):
    people = [form[f"delegations-0-members-{row}-person"][0] for row in (0, 1)]
    changes = {
        "delegations__1__members__TOTAL_FORMS": "2",
        "delegations__1__members__0__person": people[0],
        "delegations__1__members__0__is_head": "on",
        "delegations__1__members__1__person": people[1],
        "delegations__1__members__1__is_head": "on",
    }
    assert save(**changes) == ["A delegation has one head only."]


@pytest.mark.parametrize(("loser", "winner"), [(0, 1), (1, 0)])
def test_the_head_may_change_in_one_go(editor_client, save, round_, form, loser, winner):
    delegation = round_.delegations.first()
    delegation.members.update(is_head=False)
    members = list(delegation.members.all())
    Member.objects.filter(pk=members[loser].pk).update(is_head=True)
    page = get_page(editor_client, admin_address(Round, "change", round_.pk))
    form["_seen"] = page.values("value", "[name=_seen]")
    head = "delegations__0__members__{}__is_head"
    assert save(**{head.format(loser): None, head.format(winner): "on"}) == []
    assert delegation.members.get(is_head=True) == members[winner]


def test_outcomes_may_move_up_for_a_new_one(save, round_, form):
    changes = {
        "outcomes__0__number": "2",
        "outcomes__1__number": "3",
        "outcomes__TOTAL_FORMS": "3",
        "outcomes__2__number": "1",
        "outcomes__2__kind": "other",
        "outcomes__2__text": "New",
        "outcomes__2__sources": form["outcomes-0-sources"][0],
    }
    assert save(**changes) == []
    assert outcomes(round_) == [(1, "New"), (2, "First"), (3, "Second")]


def test_the_number_of_a_deleted_outcome_is_free(save, round_):
    assert save(outcomes__1__DELETE="on", outcomes__0__number="2") == []
    assert outcomes(round_) == [(2, "First")]


def test_an_emptied_number_does_not_take_one_in_use(save, round_):
    assert save(outcomes__0__number="") == []
    assert outcomes(round_) == [(2, "Second"), (3, "First")]


def test_an_exchange_is_refused(save, round_):
    assert set(save(outcomes__0__number="2", outcomes__1__number="1")) == {
        "Another row of this page has this place; move that one first and save."
    }
    assert outcomes(round_) == [(1, "First"), (2, "Second")]


def test_members_go_with_their_delegation(save, round_):
    assert save(delegations__0__DELETE="on") == []
    assert round_.delegations.count() == 1
    assert Member.objects.filter(delegation__round=round_).count() == 0
    connection.check_constraints()  # which SQLite would do at the end of the request


@pytest.mark.parametrize("model", [Outcome, Member], ids=lambda model: model.__name__)
def test_a_row_that_somebody_else_deleted_is_missed(save, form, model):
    parent = {"round__number": 101} if model is Outcome else {"delegation__round__number": 101}
    model.objects.filter(**parent).last().delete()
    told = save()
    assert told[0] == ("Somebody else has deleted one of these. Choose above what becomes of it.")


def test_nothing_entered_is_lost(editor_client, round_, form):
    form["outcomes-0-text"] = ["A careful sentence."]
    form["outcomes-1-number"] = ["1"]
    response = editor_client.post(admin_address(Round, "change", round_.pk), form)
    text = page_of(response).one("#id_outcomes-0-text").text
    assert text == "A careful sentence."
    assert outcomes(round_) == [(1, "First"), (2, "Second")]


@pytest.mark.parametrize("parts", [1, 3])
def test_queries_grow_with_no_part_of_the_round(editor_client, django_assert_num_queries, parts):
    bare = make_round(102)
    editor_client.get(admin_address(Round, "change", bare.pk))
    for _ in range(parts):
        make_delegation(bare, participant=make_participant())
    ContentType.objects.get_for_model(Delegation)  # which is known from then on
    with django_assert_num_queries(28):
        editor_client.get(admin_address(Round, "change", bare.pk))
