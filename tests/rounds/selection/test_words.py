import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.utils.translation import override

from rounds.models import Round, Verdict
from rounds.participants.models import Role
from rounds.selection.filters import RoundFilterSet
from rounds.selection.words import DISPLAY, PHRASES, Selection, said

pytestmark = pytest.mark.django_db


def selection(query: str) -> Selection:
    return Selection(RoundFilterSet(QueryDict(query), Round.objects.visible_to(AnonymousUser())))


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", "All 30 rounds"),
        ("order=oldest&milestones=on", "All 30 rounds"),
        (
            "topic=idlib&topic=refugee-return&stage=statement&match=all",
            "Rounds with “Idlib” and “Return of refugees and displaced persons” "
            "in the statement: 9 of 30",
        ),
        ("topic=idlib&topic=ceasefire", "Rounds with “Ceasefire” or “Idlib”: 9 of 30"),
        ("stage=agenda", "Rounds with any topic announced beforehand: 9 of 30"),
        (
            "topic=idlib&stage=agenda&stage=discussed&stage=statement",
            "Rounds with “Idlib” announced beforehand, reported as discussed "
            "or in the statement: 9 of 30",
        ),
        ("participant=iran&participant=jordan", "Rounds attended by Iran or Jordan: 9 of 30"),
        (
            "participant=iran&participant=jordan&match=all",
            "Rounds attended by Iran and Jordan: 9 of 30",
        ),
        (
            "role=conflict-party&role=host",
            "Rounds attended by anybody in the role of conflict party or host: 9 of 30",
        ),
        (
            "participant=united-nations&role=mediator",
            "Rounds attended by United Nations in the role of mediator: 9 of 30",
        ),
        (
            "absent=united-states&date_after=2018-01-01&date_before=2018-12-31",
            "Rounds from which United States stayed away, from 1 January 2018, "
            "until 31 December 2018: 9 of 30",
        ),
        ("year=2018&year=2019&year=2021", "Rounds in 2018, 2019 or 2021: 9 of 30"),
        ("country=RU&q=truce", "Rounds in Russia, that mention “truce”: 9 of 30"),
        (
            "commitment=kept&commitment=not-kept",
            "Rounds with a commitment that is, by the last evidence, kept or not kept: 9 of 30",
        ),
        ("outcome=no-agreement", "Rounds with the outcome “No agreement”: 9 of 30"),
        ("person=najat-rochdi&city=Astana",
         "Rounds with Najat Rochdi in a delegation, in Astana: 9 of 30"),
    ],
)  # fmt: skip
def test_sentence_says_the_filters(query, sentence):
    assert selection(query).sentence(9, 30) == sentence


def test_a_single_round_is_not_all_rounds():
    assert selection("").sentence(1, 1) == "1 round"


@pytest.mark.parametrize("query", ["topic=xx", "topic=idlib&year=1999", "date_after=never"])
def test_the_sentence_says_that_a_wrong_value_shows_no_round(query):
    assert selection(query).sentence(0, 30) == "No round is shown while a filter has a wrong value"


def test_every_filter_of_rounds_has_its_phrase():
    names = {name for names in PHRASES for name in names}
    assert names == selection("").filterset.filters.keys() - set(DISPLAY)


@pytest.mark.parametrize("names", PHRASES)
def test_a_phrase_says_each_value_once(names):
    assert re.findall(r"%\((\w+)\)s", str(PHRASES[names])) == list(names)


@pytest.mark.parametrize("verdict", [one for one in Verdict if one != Verdict.NO_INFORMATION])
def test_every_verdict_is_said_within_a_sentence(verdict):
    assert said("commitment", verdict.value) == verdict.label.lower()


@pytest.mark.parametrize("role", Role)
def test_every_role_is_said_within_a_sentence(role):
    assert said("role", role.value) == role.label.lower()


def test_lists_and_dates_of_the_sentence_are_in_the_language_of_the_page():
    with override("ru"):
        (part,) = selection("date_after=2018-01-01").parts
        sentence = selection("year=2018&year=2019&year=2021").sentence(9, 22)
    assert part.text.endswith("1 января 2018 г.")
    assert "2018, 2019 или 2021" in sentence


def test_each_part_leads_to_the_rest():
    parts = selection("topic=idlib&topic=ceasefire&year=2018&page=2&order=oldest").parts
    assert [(part.text, part.rest) for part in parts] == [
        ("Topics: “Ceasefire”", "topic=idlib&year=2018&order=oldest"),
        ("Topics: “Idlib”", "topic=ceasefire&year=2018&order=oldest"),
        ("Years: 2018", "topic=idlib&topic=ceasefire&order=oldest"),
    ]


def test_of_a_filter_with_one_value_nothing_is_left_where_it_is_removed():
    (part,) = selection("city=Astana&city=Sochi").parts
    assert (part.text, part.rest) == ("City: Sochi", "")


def test_dates_can_be_removed():
    (part,) = selection("date_after=2018-01-01").parts
    assert (part.text, part.rest) == ("From: 1 January 2018", "")


@pytest.mark.parametrize(
    ("words", "text"),
    [("release", "“release”"), ('"mutual release"', '"mutual release"'), ('"Idlib', "“Idlib”")],
)
def test_words_are_in_quotation_marks_once(words, text):
    assert said("q", words) == text
