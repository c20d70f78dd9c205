from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rounds.desk.review import review_of, reviews_of
from rounds.models import FACTS, AgendaItem, Round
from rounds.sources.models import Source
from tests.factories import (
    make_agenda_item,
    make_full_round,
    make_milestone,
    make_paragraph,
    make_round,
    make_source,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("blank")]

TODAY = date(2026, 6, 1)


def make_ready(number: int = 23, **fields: Any) -> Round:
    """A draft with one of everything, against which nothing speaks."""
    round_ = make_full_round(number, publication="draft", start=date(2026, 5, 12), **fields)
    make_paragraph(round_.documents.get(), [round_.agenda_items.get().topic])
    make_milestone(related_round=round_)
    Source.objects.update(published=date(2026, 5, 13))
    return round_


@pytest.fixture
def ready() -> Round:
    return make_ready()


def said(round_: Round, found: str) -> list[str]:
    review = review_of(Round.objects.get(pk=round_.pk), TODAY)
    return [one.key.partition(":")[0] for one in getattr(review, found)]


def test_nothing_speaks_against_a_whole_round(ready):
    assert said(ready, "refusals") == said(ready, "warnings") == []


LACKS: dict[str, Callable[[Round], Any]] = {
    "no-summary": lambda one: Round.objects.filter(pk=one.pk).update(summary=" "),
    "no-source": lambda one: one.sources.clear(),
    "no-guarantors": lambda one: one.delegations.filter(role="guarantor").update(role="observer"),
    "no-agenda": lambda one: one.agenda_items.all().delete(),
}


@pytest.mark.parametrize("key", LACKS)
def test_a_held_round_is_refused_for_what_it_lacks(ready, key):
    LACKS[key](ready)
    assert said(ready, "refusals") == [key]


@pytest.mark.parametrize("status", ["announced", "postponed", "cancelled"])
def test_of_a_round_that_was_not_held_less_is_known(ready, status):
    Round.objects.filter(pk=ready.pk).update(status=status)
    ready.delegations.all().delete()
    ready.agenda_items.all().delete()
    assert said(ready, "refusals") == []
    LACKS["no-source"](ready)
    LACKS["no-summary"](ready)
    assert said(ready, "refusals") == ["no-summary", "no-source"]


def test_every_fact_names_a_source_parts_of_parts_and_what_is_named_too(ready):
    """But for kinds that may rest on the sources of others, and words of no round."""
    for kind in FACTS:
        if kind is Round:
            continue
        for fact in kind.objects.all():
            sources = list(fact.sources.all())
            fact.sources.clear()
            found = review_of(ready, TODAY).refusals
            rests_on_others = kind._meta.get_field("sources").blank
            is_of_it = kind.__name__ != "FixedTerm"
            assert [one.about for one in found] == [fact] * (is_of_it and not rests_on_others)
            assert all(one.field == "sources" and str(fact)[:20] in one.sentence for one in found)
            fact.sources.set(sources)


def undate(round_: Round) -> Source:
    source = round_.sources.get()
    Source.objects.filter(pk=source.pk).update(published=None)
    return source


def put_on_one_source(round_: Round) -> None:
    for kind in FACTS:
        for fact in kind.objects.all():
            fact.sources.set(round_.sources.all())


WARNED: dict[str, Callable[[Round], Any]] = {
    "undated": undate,
    "one-source": put_on_one_source,
    "no-outcome": lambda one: one.outcomes.all().delete(),
    "overdue": lambda one: Round.objects.filter(pk=one.pk).update(status="announced"),
    "held-ahead": lambda one: Round.objects.filter(pk=one.pk).update(end=date(2026, 6, 2)),
    "before-last": lambda one: make_round(one.number - 1, start=one.start + timedelta(1)),
    "after-next": lambda one: make_round(one.number + 1, start=one.start - timedelta(1)),
}


@pytest.mark.parametrize("key", WARNED)
def test_a_warning_and_what_it_is_about(ready, key):
    WARNED[key](ready)
    assert said(ready, "warnings") == [key]
    assert said(ready, "refusals") == []


def test_a_warning_stands_on_other_grounds_when_what_it_is_about_changes(ready):
    source = undate(ready)
    (before,) = review_of(ready, TODAY).warnings
    make_agenda_item(ready, topic=AgendaItem.objects.get().topic, stage="agenda")
    Source.objects.exclude(pk=source.pk).update(published=date(2026, 5, 14))
    assert review_of(ready, TODAY).warnings == [before]
    Source.objects.filter(pk=source.pk).update(title="Another title")
    (after,) = review_of(ready, TODAY).warnings
    assert (after.key, after.about) == (before.key, before.about)
    assert after.grounds != before.grounds


def test_several_rounds_take_as_many_queries_as_one(ready):
    def queries() -> int:
        rounds = list(Round.objects.all())
        with CaptureQueriesContext(connection) as found:
            reviews = reviews_of(rounds, TODAY)
        assert all(one.refusals and one.warnings for one in reviews.values())
        return len(found)

    def spoil() -> None:
        for kind in FACTS[1:]:
            for fact in kind.objects.all():
                fact.sources.set([])
        for round_ in Round.objects.all():
            round_.sources.set([make_source()])

    spoil()
    before = queries()
    make_ready(24)
    make_ready(25)
    spoil()
    assert queries() == before
