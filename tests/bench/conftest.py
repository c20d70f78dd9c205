"""How times are taken."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from cachetools import LRUCache
from django.test import Client

from rounds import kept


@pytest.fixture(scope="session", autouse=True)
def parts() -> Iterator[None]:
    """Keep parts on PostgreSQL too, as the site does."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept, "_parts", LRUCache(16_000_000, lambda made: made[1]))
        yield


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


@pytest.fixture
def timed_once(benchmark):
    """Time a call that takes long; gives what it gives."""
    return lambda call: deeper(60, lambda: benchmark.pedantic(call))


def asked(client: Client, address: str) -> Any:
    """The response, which is made anew: the settings of the tests keep parts, but no pages."""
    return client.get(address)


@pytest.fixture
def visit(client, timed):
    """Time a page that is made anew; gives its response."""
    return lambda address: timed(lambda: asked(client, address))
