"""What is said of rounds next to each other, while a number between them is missing."""

from datetime import date

import pytest

from rounds.findings.neighbours import is_unbroken
from rounds.models import Member, Milestone, Round
from rounds.participants.models import Person
from tests.factories import make_delegation, make_member, make_outcome, make_person, make_round
from tests.pages import get_page
from tests.promises import WINDOW

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["draft", "review", None])
def without(request):
    """Hides a round, or deletes it: visitors may not tell the one from the other."""

    def hide(number: int) -> None:
        round_ = Round.objects.filter(number=number)
        if request.param:
            round_.update(publication=request.param)
        else:
            Milestone.objects.filter(related_round__number=number).delete()
            round_.delete()

    return hide


@pytest.mark.parametrize(
    ("numbers", "expected"), [({1, 2, 3, 4}, True), ({1, 2, 4}, False), ({1, 4}, False)]
)
def test_no_number_may_be_missing_between_neighbours(numbers, expected):
    assert is_unbroken(numbers, 1, 4) == expected


def test_a_promise_is_not_judged_by_a_later_round(client, without):
    without(5)
    row = next(row for row in get_page(client, "/promises/").rows if row[2] == "Round 4")
    assert (row[0], *row[3:]) == ("Round 5", "–", "not recorded")
    after = get_page(client, "/rounds/4/").one("#after .facts").facts
    assert after["Came of it"] == "The 5th: not recorded."


def test_the_last_promise_is_not_judged_by_what_is_missing(client, without):
    without(22)
    page = get_page(client, "/promises/")
    assert "not held" not in page.text
    assert page.rows[-1][0] == "Round 22"
    assert page.rows[-1][-1] == "not recorded"
    assert "not held" not in get_page(client, "/rounds/21/").text


def test_a_round_is_not_compared_across_one_that_is_missing(client, without):
    assert get_page(client, "/rounds/6/").has("#changes")
    without(5)
    page = get_page(client, "/rounds/6/")
    assert not page.has("#changes")
    assert "/rounds/4/" in page.links(".neighbours a")


@pytest.mark.parametrize("longest", [True, False])
def test_the_longest_gap_is_told_where_no_round_may_lie_in_a_longer_one(
    client, blank, without, longest
):
    for number, day in enumerate((1, 10, 20, 25), start=101):
        make_round(number, start=date(2024, 1, day), end=date(2024, 1, day))
    make_round(105, start=date(2024, 3 if longest else 2, 1), end=date(2024, 3, 1))
    make_outcome(Round.objects.get(number=101), kind="next-round", **WINDOW)
    without(103)
    told = "The longest gap between rounds was that between rounds 104 and 105: 36 days."
    lede = get_page(client, "/promises/").one(".lede").text
    assert (told in lede) == longest
    assert ("longest gap" in lede) == longest


def test_a_silence_is_told_between_neighbours_alone(client, blank, without):
    for number, year in ((101, 2018), (102, 2020), (103, 2022)):
        make_round(number, start=date(year, 1, 1), end=date(year, 1, 2))
    assert get_page(client, "/").html.count("no round for") > 0
    without(102)
    assert "no round for" not in get_page(client, "/").html


def test_a_cancelled_round_does_not_end_a_silence(client, blank):
    years = ((101, 2018, "held"), (102, 2019, "cancelled"), (103, 2022, "held"))
    for number, year, status in years:
        make_round(number, start=date(year, 1, 1), end=date(year, 1, 2), status=status)
    assert "no round for 1460 days" in get_page(client, "/").html


def test_nobody_succeeds_across_a_round_that_is_missing(client, blank, without):
    people = [make_person() for _ in range(2)]
    for number in (101, 102, 103):
        delegation = make_delegation(make_round(number), participant=people[0].participant)
        Person.objects.filter(pk=people[1].pk).update(participant=people[0].participant)
        if number != 102:
            make_member(delegation, person=people[number == 103], is_head=True)
    addresses = [one.get_absolute_url() for one in people]
    names = [str(one) for one in people]
    assert get_page(client, addresses[0]).one("dl.facts").facts["Followed by"] == names[1]
    assert get_page(client, addresses[1]).one("dl.facts").facts["Succeeded"] == names[0]
    without(102)
    assert "Followed by" not in get_page(client, addresses[0]).one("dl.facts").facts
    assert "Succeeded" not in get_page(client, addresses[1]).one("dl.facts").facts
    assert Member.objects.count() == 2
