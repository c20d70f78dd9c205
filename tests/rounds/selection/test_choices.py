"""How many rounds each choice of a filter would leave."""

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from rounds.models import Round
from rounds.selection.choices import COUNTED, Counts
from rounds.selection.filters import RoundFilterSet
from rounds.topics.models import Topic
from tests.factories import make_agenda_item, make_delegation, make_round

pytestmark = pytest.mark.django_db

QUERIES = [
    "",
    "topic=idlib&year=2018",
    "topic=idlib&match=all",
    "topic=idlib&topic=hostages&match=all&stage=statement&city=Sochi",
    "topic=idlib&topic=hostages&stage=statement&stage=agenda",
    "participant=jordan&role=observer",
    "participant=jordan&participant=lebanon&match=all&role=observer&outcome=working-group",
    "participant=jordan&participant=lebanon&match=all&stage=discussed",
    "absent=united-states&commitment=not-kept",
    "person=alexander-lavrentyev&date_after=2019-01-01&q=constitutional",
]


def filterset(query: str) -> RoundFilterSet:
    return RoundFilterSet(QueryDict(query))


def chosen_besides(query: str, name: str, value: str) -> str:
    """The query once the value is chosen: alone of its filter, unless every one must be there."""
    data = QueryDict(query, mutable=True)
    is_added = name in ("topic", "participant") and data.get("match") == "all"
    data.setlist(name, [*(data.getlist(name) if is_added else ()), value])
    return data.urlencode()


@pytest.mark.parametrize("query", QUERIES)
def test_each_choice_is_counted_as_choosing_it_counts(query):
    found = filterset(query)
    assert not found.errors
    counts = Counts(found)
    wrong = {}
    for name in COUNTED:
        for value, _label in found.form.fields[name].choices:
            if value:
                wanted = len(filterset(chosen_besides(query, name, str(value))).matching)
                counted = counts.of(name).get(str(value), 0)
                if counted != wanted:
                    wrong[name, value] = f"{counted} instead of {wanted}"
    assert wrong == {}


def test_all_counts_take_one_query():
    found = filterset("topic=idlib&participant=jordan&year=2018")
    assert found.matching
    with CaptureQueriesContext(connection) as captured:
        counts = Counts(found)
        for name in COUNTED:
            counts.of(name)
    assert len(captured) == 1


def test_drafts_change_no_count():
    before = {name: dict(Counts(filterset("")).of(name)) for name in COUNTED}
    draft = make_round(101, publication="draft", city="Geneva", summary="")
    make_agenda_item(draft, topic=Topic.objects.get(slug="idlib"))
    make_delegation(draft)
    assert {name: dict(Counts(filterset("")).of(name)) for name in COUNTED} == before
    assert "Geneva" not in before["city"]


def test_no_round_no_count(blank):
    assert not Round.objects.exists()
    assert not any(Counts(filterset("")).of(name) for name in COUNTED)


def test_a_wrong_value_counts_all_rounds():
    assert dict(Counts(filterset("year=1999")).of("city")) == dict(Counts(filterset("")).of("city"))


def test_every_filter_with_choices_of_rounds_is_counted():
    fields = filterset("").form.fields
    with_choices = {name for name, field in fields.items() if hasattr(field, "choices")}
    assert with_choices - {"match", "order"} == COUNTED
