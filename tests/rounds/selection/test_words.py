import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict

from rounds.models import Round
from rounds.selection.filters import RoundFilterSet
from rounds.selection.words import Selection

pytestmark = pytest.mark.django_db


def selection(query: str) -> Selection:
    return Selection(RoundFilterSet(QueryDict(query), Round.objects.visible_to(AnonymousUser())))


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", "All 22 rounds"),
        ("order=oldest&milestones=on", "All 22 rounds"),
        (
            "topic=idlib&topic=refugee-return&stage=statement&match=all",
            "Rounds with “Idlib” and “Return of refugees and displaced persons” "
            "in the joint statement: 9 of 22",
        ),
        ("topic=idlib&topic=ceasefire", "Rounds with “Ceasefire” or “Idlib”: 9 of 22"),
        ("stage=agenda", "Rounds with any topic announced beforehand: 9 of 22"),
        (
            "participant=united-nations&role=mediator",
            "Rounds attended by United Nations in the role of mediator: 9 of 22",
        ),
        (
            "absent=united-states&date_after=2018-01-01&date_before=2018-12-31",
            "Rounds from which United States stayed away, from 1 January 2018, "
            "until 31 December 2018: 9 of 22",
        ),
        ("year=2018&year=2019&year=2021", "Rounds in 2018, 2019 or 2021: 9 of 22"),
        ("country=RU&q=truce", "Rounds in Russia, that mention “truce”: 9 of 22"),
        ("outcome=no-agreement", "Rounds with the outcome “No agreement”: 9 of 22"),
        ("person=najat-rochdi&city=Astana",
         "Rounds with Najat Rochdi in a delegation, in Astana: 9 of 22"),
    ],
)  # fmt: skip
def test_sentence_says_the_filters(query, sentence):
    assert selection(query).sentence(9, 22) == sentence


def test_each_part_leads_to_the_rest():
    parts = selection("topic=idlib&topic=ceasefire&year=2018&page=2&order=oldest").parts
    assert [(part.text, part.rest) for part in parts] == [
        ("Topics: “Ceasefire”", "topic=idlib&year=2018&order=oldest"),
        ("Topics: “Idlib”", "topic=ceasefire&year=2018&order=oldest"),
        ("Years: 2018", "topic=idlib&topic=ceasefire&order=oldest"),
    ]


def test_dates_can_be_removed():
    (part,) = selection("date_after=2018-01-01").parts
    assert (part.text, part.rest) == ("From: 1 January 2018", "")
