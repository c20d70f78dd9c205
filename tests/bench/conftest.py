"""How times are taken."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.template import Template
from django.test import Client
from django.test.utils import _TestState


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
def timed(benchmark):
    """Time a call; gives what it gives."""
    return lambda call: deeper(60, lambda: benchmark(call))


def asked(client: Client, address: str) -> Any:
    """The response to a visitor with a session, for whom whole pages are never kept."""
    return client.get(address, headers={"cookie": f"{settings.SESSION_COOKIE_NAME}=ended"})


@pytest.fixture
def visit(client, timed):
    """Time a page that is made anew; gives its response."""
    return lambda address: timed(lambda: asked(client, address))
