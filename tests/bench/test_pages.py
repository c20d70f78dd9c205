"""Median times of the main pages; run by ``make bench``."""

from collections.abc import Callable
from typing import Any

import pytest
from django.template import Template
from django.test.utils import _TestState

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


@pytest.mark.parametrize("address", ["/", "/?topic=hostages", "/rounds/22/", "/search/?q=syria"])
def test_the_record(visit, address):
    response = visit(address)
    assert response.status_code == 200
