"""Median times of the main pages; run by ``make bench``."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.template import Template
from django.test.utils import _TestState

from rounds.models import AgendaItem, Delegation, Outcome, Round

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def plain_templates(monkeypatch):
    """Render as the site does: Django's test set-up copies every context."""
    monkeypatch.setattr(Template, "_render", _TestState.saved_data.template_render)


def deeper(frames: int, call: Callable[[], Any]) -> Any:
    """Call below so many more frames.

    CPython 3.11 allocates frames in chunks, and a hot loop that happens to sit on the edge
    of one pays for an allocation at each call. Below pytest's own frames our templates do;
    some frames further down they do not, as little as in gunicorn's threads.
    """
    return deeper(frames - 1, call) if frames else call()


@pytest.fixture
def visit(client, benchmark):
    """Time a page; gives its response."""
    return lambda address: deeper(60, lambda: benchmark(client.get, address))


@pytest.mark.parametrize("address", ["/", "/?topic=hostages", "/rounds/22/"])
def test_the_record(visit, address):
    response = visit(address)
    assert response.status_code == 200


@pytest.mark.parametrize("address", ["/", "/?topic=hostages"])
def test_a_hundred_times_the_rounds(visit, address):
    for copy in range(1, 100):
        copy_rounds(100 * copy)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    response = visit(address)
    assert b"Page 1 of " in response.content


def copy_rounds(offset: int) -> None:
    """Copy each round of the record with its parts; numbers grow by the offset."""
    copies = {round_.pk: round_ for round_ in Round.objects.filter(number__lte=22)}
    originals = list(copies)
    for round_ in copies.values():
        round_.pk, round_.number = None, offset + round_.number
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
