from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from rounds.models import AgendaItem, Commitment, Milestone, Round, Verdict
from tests.factories import (
    make_agenda_item,
    make_commitment,
    make_evidence,
    make_milestone,
    make_round,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("blank")]


def numbers(rounds) -> list[int]:
    return [round_.number for round_ in rounds]


@pytest.fixture
def three_rounds() -> None:
    for number, publication in ((101, "published"), (102, "draft"), (103, "review")):
        make_agenda_item(make_round(number, publication=publication))


def test_visitors_see_what_is_published(three_rounds, stranger, editor):
    for visitor in (AnonymousUser(), stranger):
        assert numbers(Round.objects.visible_to(visitor)) == [101]
        parts = AgendaItem.objects.visible_to(visitor)
        assert [item.round.number for item in parts] == [101]
    assert numbers(Round.objects.visible_to(editor)) == [101, 102, 103]
    assert AgendaItem.objects.visible_to(editor).count() == 3


def test_inactive_editors_see_what_is_published(three_rounds, editor):
    editor.is_active = False
    assert numbers(Round.objects.visible_to(editor)) == [101]


def test_between_takes_rounds_with_a_day_in_it():
    make_round(101, start=date(2020, 1, 10))  # to the 11th
    for start, end, found in [
        (date(2020, 1, 11), None, [101]),
        (date(2020, 1, 12), None, []),
        (None, date(2020, 1, 10), [101]),
        (None, date(2020, 1, 9), []),
        (None, None, [101]),
    ]:
        assert numbers(Round.objects.between(start, end)) == found


def test_milestones_between_leave_out_the_end():
    for day in (1, 2, 3):
        make_milestone(slug=f"day-{day}", start=date(2020, 1, day))
    found = Milestone.objects.between(date(2020, 1, 2), date(2020, 1, 3))
    assert [milestone.slug for milestone in found] == ["day-2"]


def test_neighbours_and_nearest():
    for number in (101, 102, 104, 105):
        make_round(number)
    rounds = Round.objects.visible_to(AnonymousUser())
    assert numbers(rounds.before(104)) == [102, 101]
    assert numbers(rounds.after(102)) == [104, 105]
    assert numbers(rounds.nearest(103)) == [101, 102, 104]
    assert numbers(rounds.nearest(1)) == [101, 102, 104]
    assert numbers(rounds.nearest(99999)) == [102, 104, 105]


def test_upcoming_rounds_are_the_announced_ones():
    for number, status in ((101, "held"), (102, "announced"), (103, "postponed")):
        make_round(number, status=status)
    assert numbers(Round.objects.upcoming()) == [102]
    assert numbers(Round.objects.past()) == [101, 103]


@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_order_is_by_date_then_number(order):
    for number in (102, 101, 103):
        make_round(number, start=date(2020, 1, 1))
    found = numbers(getattr(Round.objects, order)())
    assert found == ([101, 102, 103] if order == "oldest" else [103, 102, 101])


@pytest.mark.parametrize(
    ("evidence", "state"),
    [
        ([], "no-information"),
        ([(date(2020, 1, 1), 1, "kept")], "kept"),
        ([(date(2020, 1, 2), 1, "kept"), (date(2020, 1, 1), 2, "lapsed")], "kept"),
        ([(date(2020, 1, 1), 2, "partly"), (date(2020, 1, 1), 1, "kept")], "partly"),
        ([(date(2020, 1, 1), 2, "kept"), (date(2020, 2, 1), 1, "no-information")],
         "no-information"),
    ],
)  # fmt: skip
def test_the_database_knows_the_state_of_a_commitment_as_it_does_itself(evidence, state):
    round_ = make_round(101)
    commitment = make_commitment(round_)
    for day, number, verdict in evidence:
        make_evidence(commitment, date=day, number=number, verdict=verdict)
    for verdict in Verdict:
        is_it = verdict == commitment.state == state
        found = Commitment.objects.in_states([verdict])
        assert found.exists() == is_it
        assert Round.objects.having(found).exists() == is_it
    assert Commitment.objects.counts_by_state() == {state: 1}
