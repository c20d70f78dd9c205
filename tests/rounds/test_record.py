"""The fixtures hold the whole record."""

import json

import pytest
from django.core.management import call_command
from django.core.serializers.base import DeserializationError

from rounds.desk.review import refusals_of
from rounds.models import FACTS, Claim, Milestone, Outcome, Round, SearchEntry
from rounds.participants.models import Person
from rounds.search.kinds import KINDS
from rounds.sources.models import Source
from tests.record import KNOWN, MODELS, dump_data, empty, fixture_counts, state, told

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_record_is_whole(model):
    assert model.objects.count() == fixture_counts()[model] > 0


def test_fixtures_hold_nothing_but_the_record():
    assert set(fixture_counts()) == set(MODELS)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_object_is_valid(model):
    for one in model.objects.all():
        one.full_clean(validate_unique=False, validate_constraints=False)  # the database does


@pytest.mark.parametrize(
    "model", [one for one in FACTS if one not in (Person, Claim)], ids=lambda model: model.__name__
)
def test_every_fact_has_a_source(model):
    assert list(model.objects.filter(sources=None)) == []


def test_people_without_sources_are_in_a_delegation_that_has_some():
    unsourced = Person.objects.filter(sources=None)
    cited = Person.objects.filter(memberships__delegation__sources__isnull=False)
    assert unsourced
    assert set(unsourced) <= set(cited)


def test_every_promised_window_is_there():
    windows = Outcome.objects.exclude(planned_from=None).filter(round__number__in=KNOWN)
    assert windows.count() == 20
    assert set(windows.values_list("kind", flat=True)) == {"next-round"}
    promises = Outcome.objects.filter(kind="next-round", round__number__in=KNOWN)
    assert promises.count() == 21


def test_summaries_differ_and_are_short():
    summaries = [round_.summary for round_ in Round.objects.all()]
    assert len(set(summaries)) == len(summaries)
    assert all(150 < len(summary) < 500 for summary in summaries)


def test_nothing_forbids_publishing_what_is_published():
    published = list(Round.objects.filter(publication="published"))
    assert [one for found in refusals_of(published).values() for one in found] == []


def test_second_load_changes_nothing():
    before = state()
    call_command("load_record", verbosity=0)
    assert state() == before


def searched() -> list[tuple[str, str, str, str]]:
    """What the search finds: of each the kind and what it says, and that it is there."""
    there = {
        (kind.number, pk): kind.slug
        for kind in KINDS
        for pk in kind.model._base_manager.values_list("pk", flat=True)
    }
    return sorted(
        (there[one.kind, one.object_id], one.anchor, one.title, one.text)
        for one in SearchEntry.objects.all()
    )


def test_a_dump_restores_the_same_record_and_search(tmp_path):
    """A record of three rounds with all that others have: Django loads each object by itself."""
    Milestone.objects.filter(related_round__number__lt=20).delete()
    Round.objects.filter(number__lt=20).delete()
    assert all(model.objects.exists() for model in MODELS)
    before, found = told(), searched()
    dump_data(tmp_path / "dump.json")
    empty()
    assert not Source.objects.exists()
    call_command("loaddata", tmp_path / "dump.json", verbosity=0)
    assert told() == before
    assert searched() == found


def test_a_broken_fixture_loads_nothing(tmp_path, blank, settings):
    good = json.loads((settings.BASE_DIR / "fixtures" / "sources.json").read_text())
    broken = [*good, {"model": "rounds.round", "fields": {"number": "many"}}]
    (tmp_path / "broken.json").write_text(json.dumps(broken))
    with pytest.raises(DeserializationError):
        call_command("loaddata", tmp_path / "broken.json", verbosity=0)
    assert Source.objects.count() == 0
