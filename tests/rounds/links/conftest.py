"""A network of its own for tests: hosts by name, all served by one machine of this one."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from threading import Thread
from typing import Any, NamedTuple

import httpx
import pytest
from django.core.management import call_command
from django.utils import timezone

from rounds.links.asking import Asker
from rounds.links.ways import UnknownHostError, Way
from rounds.management.commands.check_links import Command
from rounds.sources.link import Link
from rounds.sources.models import Source


class Given(NamedTuple):
    """What a host gives for an address."""

    status: int = 200
    title: str = "Talks on Syria"
    headers: dict[str, str] = {}
    head: int = 0  # the status for HEAD, where it is another
    seconds: float = 0.0


class Asked(NamedTuple):
    method: str
    address: str
    agent: str
    at: float


class Net:
    """Says what is at each address, and what was asked for."""

    def __init__(self) -> None:
        self.at: dict[str, Given] = defaultdict(partial(Given, 404))
        self.secure: set[str] = set()  # hosts that answer to https, here as to http
        self.asked: list[Asked] = []
        net = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                address = f"{self.headers['Host']}{self.path}"
                agent = self.headers["User-Agent"]
                net.asked.append(Asked(self.command, address, agent, time.monotonic()))
                given = net.at[address]
                time.sleep(given.seconds)
                is_head = self.command == "HEAD"
                self.send_response((is_head and given.head) or given.status)
                body = f"<html><title>\n {given.title}</title>".encode()
                headers = {"Content-Type": "text/html", "Content-Length": str(len(body))}
                for name, value in (headers | given.headers).items():
                    self.send_header(name, value)
                self.end_headers()
                if not is_head:
                    self.wfile.write(body)

            do_HEAD = do_GET  # noqa: N815

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    async def way(self, url: httpx.URL) -> Way:
        """All hosts of these tests are here; there is no other way to this machine."""
        if not url.host.endswith(".test") or (
            url.scheme == "https" and url.host not in self.secure
        ):
            raise UnknownHostError
        return Way("127.0.0.1", self.server.server_port)

    def methods(self, address: str) -> list[str]:
        return [one.method for one in self.asked if one.address == address]


@pytest.fixture
def net() -> Iterator[Net]:
    net = Net()
    yield net
    net.server.shutdown()
    net.server.server_close()


@pytest.fixture
def asker(net) -> Callable[..., Asker]:
    return partial(Asker, way=net.way, pause=0, seconds=0.5)


@pytest.fixture
def on_day(monkeypatch) -> Callable[[int], datetime]:
    """Lets it be that many days later."""
    start = datetime(2026, 3, 1, 9, tzinfo=UTC)

    def later(days: int) -> datetime:
        now = start + timedelta(days=days)
        monkeypatch.setattr(timezone, "now", lambda: now)
        return now

    later(0)
    return later


@pytest.fixture
def check(asker, on_day) -> Callable[..., str]:
    """What the command prints."""

    def run(*options: str, **more: Any) -> str:
        command, out = Command(), StringIO()
        command.asker = asker
        call_command(command, *options, stdout=out, stderr=out, **more)
        return out.getvalue()

    return run


def state_of(source: Source) -> str | None:
    """What checks found of the address of a source."""
    return Source.objects.with_links().get(pk=source.pk).link_state


def run(coroutine: Any) -> Any:
    return asyncio.run(coroutine)


__all__ = ["Given", "Link", "Net", "run", "state_of"]
