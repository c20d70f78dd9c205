from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from rounds.models import (
    AgendaItem,
    Claim,
    Delegation,
    Dispute,
    Document,
    Member,
    Milestone,
    Outcome,
    Round,
    Session,
)
from rounds.participants.models import Participant, Person
from rounds.sources.models import Source
from rounds.topics.models import Topic
from tests.factories import (
    make_agenda_item,
    make_claim,
    make_delegation,
    make_dispute,
    make_document,
    make_member,
    make_milestone,
    make_outcome,
    make_participant,
    make_round,
    make_session,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("blank")]


def changed(one, **fields):
    """The object with other values, not saved."""
    for name, value in fields.items():
        setattr(one, name, value)
    return one


def copy(one, **fields):
    """Another object like this one, not saved."""
    return changed(one, pk=None, **fields)


CASES = [
    (lambda: copy(make_round(101)), "Round with this Number already exists."),
    (lambda: changed(make_round(101), number=0), "Rounds are numbered from 1."),
    (
        lambda: changed(make_round(101), end=date(2000, 1, 1)),
        "The last day is before the first day.",
    ),
    (
        lambda: changed(make_round(101), summary=""),
        "A round needs a summary before it is published.",
    ),
    (
        lambda: copy(make_session(make_round(101))),
        "This kind of session is there without a day already.",
    ),
    (
        lambda: copy(make_session(make_round(101), day=date(2020, 1, 1))),
        "This kind of session is there for that day already.",
    ),
    (lambda: copy(make_delegation(make_round(101))), "This participant is at this round already."),
    (
        lambda: copy(make_member(make_delegation(make_round(101)))),
        "This person is in the delegation already.",
    ),
    (lambda: second_head(), "A delegation has one head only."),
    (lambda: copy(make_agenda_item(make_round(101))), "This topic is there at this stage already."),
    (
        lambda: copy(make_outcome(make_round(101))),
        "Another outcome of this round has this number.",
    ),
    (
        lambda: changed(make_outcome(make_round(101)), planned_place="Sochi"),
        "Only an outcome of the kind “next round” promises one.",
    ),
    (
        lambda: changed(
            make_outcome(make_round(101), kind="next-round"), planned_from=date(2020, 1, 1)
        ),
        "Give both ends of the promised window, the first day before the last.",
    ),
    (
        lambda: copy(make_document(make_round(101))),
        "Another document of this round has this number.",
    ),
    (
        lambda: copy(make_dispute(make_round(101))),
        "Another dispute of this round has this number.",
    ),
    (
        lambda: copy(make_claim(make_dispute(make_round(101)))),
        "Another claim of this dispute has this number.",
    ),
    (
        lambda: copy(make_claim(make_dispute(make_round(101)), is_kept=True), number=99),
        "A dispute keeps one version only.",
    ),
    (
        lambda: changed(make_milestone(), end=date(2000, 1, 1)),
        "The last day is before the first day.",
    ),
    (lambda: changed(make_milestone(), number=1), "Only summits are numbered."),
    (
        lambda: copy(make_milestone(kind="summit", number=1), slug="another"),
        "Another summit has this number.",
    ),
    (
        lambda: copy(make_participant(country="KZ"), slug="other", name="Other"),
        "Another participant has this country already.",
    ),
]


def second_head() -> Member:
    delegation = make_delegation(make_round(101))
    make_member(delegation, is_head=True)
    return changed(make_member(delegation), is_head=True)


@pytest.mark.parametrize(("make", "message"), CASES, ids=[message for _, message in CASES])
def test_rules_are_said_and_kept_by_the_database(make, message):
    one = make()
    with pytest.raises(ValidationError) as error:
        one.full_clean()
    assert error.value.messages == [message]
    with pytest.raises(IntegrityError), transaction.atomic():
        one.save()


def test_a_delegation_that_stayed_away_has_no_members():
    member = make_member(make_delegation(make_round(101), attendance="absent"))
    with pytest.raises(ValidationError) as error:
        member.full_clean()
    assert error.value.messages == ["A delegation that stayed away has no members."]


def test_a_draft_needs_no_summary():
    changed(make_round(101), publication="draft", summary="").full_clean()


def test_head_and_other_members():
    delegation = make_delegation(make_round(101))
    assert delegation.head is None
    member, head = make_member(delegation), make_member(delegation, is_head=True)
    assert (delegation.head, delegation.other_members) == (head, [member])


@pytest.mark.parametrize(
    "model",
    [
        Round, Session, Delegation, Member, AgendaItem, Outcome, Document, Dispute, Claim,
        Milestone, Participant, Person, Topic, Source,
    ],
    ids=lambda model: model.__name__,
)  # fmt: skip
def test_every_field_says_what_it_holds(model):
    fields = [field for field in model._meta.get_fields() if getattr(field, "editable", False)]
    assert [field.name for field in fields if not field.primary_key and not field.help_text] == []
