import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict

from rounds.models import Commitment, Round, Verdict
from rounds.selection.filters import RoundFilterSet
from rounds.topics.models import Topic
from tests.factories import (
    make_agenda_item,
    make_commitment,
    make_delegation,
    make_evidence,
    make_participant,
    make_round,
)
from tests.record import KNOWN, ROUND_NUMBERS

pytestmark = pytest.mark.django_db


def filterset(query: str) -> RoundFilterSet:
    return RoundFilterSet(QueryDict(query), Round.objects.visible_to(AnonymousUser()))


def numbers(query: str) -> list[int]:
    return [round_.number for round_ in filterset(query).qs]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", list(reversed(KNOWN))),
        ("order=oldest", list(KNOWN)),
        ("topic=chemical-weapons", [11]),
        ("topic=hostages&stage=statement", [19, 17, 16, 11, 10, 9, 8, 7, 6, 2]),
        ("topic=hostages&stage=statement&order=oldest", [2, 6, 7, 8, 9, 10, 11, 16, 17, 19]),
        ("topic=earthquake&topic=covid-19", [20, 17, 16, 15]),
        ("topic=mine-clearance&topic=national-dialogue&match=all", [10, 8, 7]),
        ("topic=mine-clearance&topic=national-dialogue&match=all&stage=statement", [10, 8]),
        ("participant=united-states", [8, 7, 6, 5, 4, 3, 2, 1]),
        ("participant=icrc&participant=lebanon&match=all", [22, 21, 19, 17, 16, 14]),
        ("participant=united-nations&role=mediator", [1]),
        ("role=mediator", [1]),
        ("absent=united-states", [13, 11, 10, 9]),
        ("absent=syrian-opposition", [3]),
        ("absent=lebanon", []),
        ("person=ahmet-yildiz", [21]),
        ("person=najat-rochdi", [21]),
        ("city=Sochi", [15, 10]),
        ("country=RU", [15, 10]),
        ("city=Nur-Sultan", [18, 17, 16, 14, 13, 12]),
        ("year=2018", [11, 10, 9]),
        ("year=2018&year=2024", [22, 21, 11, 10, 9]),
        ("date_after=2020-01-01&date_before=2021-12-21", [17, 16, 15]),
        ("date_after=2021-07-08&date_before=2021-07-08", [16]),
        ("outcome=working-group&year=2017", [8, 5, 4, 2]),
        ("q=Yildiz", [21]),
        ("q=YILDIZ", [21]),
        ("q=turkey+krol", [3, 2, 1]),
        ("q=Мистура", [11, 10, 9, 8, 7, 6, 5, 4, 2, 1]),
        ("q=Лаврентьев&year=2024", [22, 21]),
        ("topic=idlib&absent=united-states&year=2018", [11, 10, 9]),
        ("topic=refugee-return&topic=hostages&year=2017&stage=statement", [8, 7, 6, 4, 2]),
    ],
)
def test_filters_answer_questions(query, expected):
    assert [number for number in numbers(query) if number in KNOWN] == expected


def test_without_filters_there_are_all_rounds():
    assert sorted(numbers("")) == ROUND_NUMBERS


@pytest.mark.parametrize(
    ("query", "field", "message"),
    [
        ("topic=hostage", "topic", "“hostage” is not a topic here. Choose one from the list."),
        ("stage=x", "stage", "“x” is not a stage: use agenda, discussed or statement."),
        ("participant=x", "participant",
         "“x” is not a participant here. Choose one from the list."),
        ("role=x", "role", "“x” is not a role. Choose one from the list."),
        ("match=some", "match", "“some” is neither “any” nor “all”."),
        ("city=Atlantis", "city",
         "No round was held in “Atlantis”. Choose a city from the list."),
        ("year=1999", "year", "No round is recorded for “1999”. Choose a year from the list."),
        ("date_after=tomorrow", "date_after",
         "Give the day as year-month-day, like 2018-01-31."),
        ("date_after=01/02/2018", "date_after",
         "Give the day as year-month-day, like 2018-01-31."),
        ("date_before=10/25/18", "date_before",
         "Give the day as year-month-day, like 2018-01-31."),
        ("date_before=Oct 25 2018", "date_before",
         "Give the day as year-month-day, like 2018-01-31."),
        ("date_after=2018-02-01&date_before=2018-01-01", "date_before",
         "This day is before the first one. Swap the two."),
        ("outcome=x", "outcome", "“x” is not a kind of outcome. Choose one from the list."),
        ("commitment=x", "commitment",
         "“x” says nothing of a commitment. Choose one from the list."),
        ("order=best", "order", "“best” is neither “newest” nor “oldest”."),
        ("topic=%00", "topic", "“�” is not a topic here. Choose one from the list."),
    ],
)  # fmt: skip
def test_a_wrong_value_is_said_and_nothing_is_shown(query, field, message):
    filters = filterset(query + "&country=RU")
    assert dict(filters.errors) == {field: [message]}
    assert list(filters.qs) == []


@pytest.mark.parametrize(
    ("query", "same"),
    [
        ("topic=", ""),
        ("topic=hostages&topic=", "topic=hostages"),
        ("year=&year=2018", "year=2018"),
        ("year=2018&year=2018", "year=2018"),
        ("city=Sochi&city=", "city=Sochi"),
        ("absent=united-states&absent=&q=", "absent=united-states"),
        ("date_after=2020-01-01&date_after=", "date_after=2020-01-01"),
    ],
)
def test_what_is_empty_or_said_twice_changes_nothing(query, same):
    assert filterset(query).errors == {}
    assert filterset(query).chosen == filterset(same).chosen
    assert numbers(query) == numbers(same)


def test_absent_value_needs_a_known_participant():
    assert list(filterset("absent=nobody").errors) == ["absent"]
    assert list(filterset("person=nobody").errors) == ["person"]


def test_long_words_are_refused():
    assert list(filterset("q=" + "x" * 201).errors) == ["q"]


def test_drafts_are_neither_matched_nor_offered():
    draft = make_round(101, publication="draft", city="Geneva", summary="")
    make_agenda_item(draft, topic=Topic.objects.get(slug="idlib"))
    found = filterset("topic=idlib")
    assert 101 not in [row.number for row in (*found.outline, *found.matching)]
    assert list(filterset("city=Geneva").errors) == ["city"]


def test_announced_participants_did_not_attend(blank):
    participant = make_participant(slug="somebody")
    make_delegation(make_round(101), participant=participant, attendance="announced")
    make_delegation(make_round(102), participant=participant)
    assert numbers("participant=somebody") == [102]


@pytest.mark.parametrize("verdict", Verdict)
def test_rounds_are_found_by_the_state_of_their_commitments(verdict):
    expected = {one.round.number for one in Commitment.objects.all() if one.state == verdict}
    assert set(numbers(f"commitment={verdict}")) == expected


def test_several_states_of_commitments_are_joined(blank):
    for number, verdict in ((101, "kept"), (102, "lapsed"), (103, "partly")):
        make_evidence(make_commitment(make_round(number)), verdict=verdict)
    make_commitment(make_round(104))
    assert numbers("commitment=kept&commitment=lapsed&order=oldest") == [101, 102]
    assert numbers("commitment=no-information") == [104]
