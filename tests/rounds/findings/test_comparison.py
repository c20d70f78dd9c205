from datetime import date

import pytest

from rounds.findings.comparison import Comparison
from rounds.models import Round
from tests.factories import make_round

pytestmark = pytest.mark.django_db


def compared(first: int, second: int) -> Comparison:
    rounds = {one.number: one for one in Round.objects.with_comparison().numbered(first, second)}
    return Comparison(rounds[first], rounds[second])


def names(things) -> set[str]:
    return {str(thing) for thing in things}


def test_delegations_that_stayed_away_are_not_just_missing():
    changes = compared(8, 9)
    assert names(changes.stayed_away) == {"United States"}
    assert names(changes.left) == set()


def test_delegations_that_are_no_longer_reported():
    assert names(compared(9, 10).left) == {"Jordan", "Kazakhstan"}


def test_new_delegations():
    assert names(compared(12, 13).joined) == {"Iraq", "Lebanon"}


def test_the_same_delegations():
    assert compared(21, 22).same_delegations
    assert not compared(12, 13).same_delegations


def test_other_heads():
    (change,) = [one for one in compared(21, 22).heads if one.participant.slug == "turkiye"]
    assert (str(change.before), str(change.after)) == ("Ahmet Yıldız", "Mustafa Yurdakul")


def test_the_same_city_by_another_name_is_no_move():
    assert not compared(11, 12).moved_city
    assert compared(9, 10).moved_city


def test_days_between_rounds():
    assert compared(14, 15).days_between == 433


def test_topics_are_in_one_group_each():
    changes = compared(21, 22)
    groups = [changes.came, changes.kept, [move.topic for move in changes.moved]]
    after = {item.topic for item in changes.after.agenda_items.all()}
    assert sorted(str(topic) for group in groups for topic in group) == sorted(map(str, after))
    assert not set(changes.went) & after


@pytest.mark.parametrize("status", ["announced", "held", "postponed", "cancelled"])
def test_what_was_not_held_has_lost_nothing(status):
    make_round(23, status=status, start=date(2027, 5, 1))
    assert compared(22, 23).are_held == (status == "held")
