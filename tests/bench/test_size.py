"""Median times with a hundred times the rounds; run by ``make bench``."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import connection

from rounds.models import AgendaItem, Delegation, Outcome, Round
from rounds.search.index import reindex
from rounds.search.kinds import KIND_OF
from rounds.search.query import Query
from rounds.search.results import did_you_mean, groups

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hundredfold")]


@pytest.fixture(scope="module")
def hundredfold(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """A hundred times the rounds, committed: a transaction reads slowly what it added itself."""
    with django_db_blocker.unblock():
        for copy in range(1, 100):
            copy_rounds(copy)
        for model in (Round, AgendaItem, Delegation, Outcome):
            reindex(KIND_OF[model])
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("ANALYZE")
        yield
        call_command("flush", interactive=False, verbosity=0)
        call_command("load_record", verbosity=0)


@pytest.mark.parametrize("address", ["/", "/?topic=hostages"])
def test_the_timeline(visit, address):
    response = visit(address)
    assert b"Page 1 of " in response.content


@pytest.mark.parametrize(
    "query", ["prisoners", "syria", "refugee return", '"territorial integrity"']
)
def test_search(timed, query):
    assert timed(lambda: groups(AnonymousUser(), Query(query)))


def test_a_proposal(timed):
    assert timed(lambda: did_you_mean(AnonymousUser(), Query("syira"))) == "Syria"


def copy_rounds(copy: int) -> None:
    """Copy each round of the record with its parts, that many days later."""
    copies = {round_.pk: round_ for round_ in Round.objects.filter(number__lte=22)}
    originals = list(copies)
    for round_ in copies.values():
        round_.pk, round_.number = None, 100 * copy + round_.number
        round_.start += timedelta(copy)
        round_.end += timedelta(copy)
    Round.objects.bulk_create(copies.values())
    for model in (Delegation, AgendaItem, Outcome):
        through, field = model.sources.through, f"{model._meta.model_name}_id"
        parts = list(model.objects.filter(round__in=originals).prefetch_related("sources"))
        sources = [[source.pk for source in part.sources.all()] for part in parts]
        for part in parts:
            part.pk, part.round_id = None, copies[part.round_id].pk
        model.objects.bulk_create(parts)
        through.objects.bulk_create(
            through(**{field: part.pk, "source_id": source})
            for part, found in zip(parts, sources, strict=True)
            for source in found
        )
