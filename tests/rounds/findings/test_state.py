from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from rounds.findings.state import State, state_seen_by
from rounds.models import Round
from tests.factories import make_outcome, make_round

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("blank")]

TODAY = date(2025, 3, 1)


def state() -> State | None:
    return state_seen_by(AnonymousUser(), list(Round.objects.outline()), TODAY)


def number_of_last(found: State) -> int | None:
    return found.last.number if found.last else None


def last_round(planned_to: date | None = date(2025, 6, 30)) -> Round:
    round_ = make_round(101, start=date(2024, 11, 11))
    planned_from = date(2025, 1, 1) if planned_to else None
    make_outcome(round_, kind="next-round", planned_from=planned_from, planned_to=planned_to)
    return round_


def test_nothing_is_said_where_no_round_was_held_or_is_to_come():
    make_round(101, status="cancelled", start=date(2026, 1, 1))
    assert state() is None
    announced = make_round(102, status="announced", start=date(2026, 1, 1))
    found = state()
    assert found
    assert found.announced
    assert (found.last, found.announced.pk, found.promise) == (None, announced.pk, None)


@pytest.mark.parametrize(
    ("planned_to", "fate"),
    [(date(2025, 6, 30), "open"), (date(2025, 2, 1), "unrecorded"), (None, "open")],
)
def test_what_was_promised_last_is_measured_by_today(planned_to, fate):
    last_round(planned_to)
    found = state()
    assert found
    assert found.promise
    assert (number_of_last(found), found.announced, found.promise.fate) == (101, None, fate)


def test_the_next_round_announced_is_told_instead_of_the_promise():
    last_round()
    make_round(102, status="announced", start=date(2025, 5, 1))
    make_round(103, status="announced", start=date(2025, 9, 1))
    found = state()
    assert found
    assert found.announced
    assert (found.announced.number, found.promise) == (102, None)


@pytest.mark.parametrize(
    ("status", "fate"), [("postponed", "postponed"), ("cancelled", "not-held")]
)
def test_a_round_that_was_not_held_does_not_end_the_wait(status, fate):
    last_round()
    make_round(102, status=status, start=date(2025, 2, 1))
    found = state()
    assert found
    assert found.promise
    assert (number_of_last(found), found.promise.fate) == (101, fate)


def test_an_announced_round_whose_days_are_over_is_not_the_next_one():
    last_round()
    make_round(102, status="announced", start=date(2025, 2, 1))
    found = state()
    assert found
    assert found.announced is None
