"""A real server and a real browser: what readers have."""

import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).parents[2]
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site with the whole record, served as in production."""
    folder = tmp_path_factory.mktemp("site")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "astana.settings",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "127.0.0.1",
        "ASTANA_HTTPS": "off",
        "DATABASE_URL": f"sqlite:///{folder / 'astana.sqlite3'}",
        "PORT": port,
        "WEB_CONCURRENCY": "1",
    }
    commands = [["migrate"], ["load_record"]]
    if "PYTEST_XDIST_WORKER" not in os.environ:  # bin/test has collected them for all workers
        commands.append(["collectstatic", "--noinput"])
    for command in commands:
        subprocess.run(
            [sys.executable, "manage.py", *command, "--verbosity=0"],
            cwd=ROOT, env=environment, check=True,
        )  # fmt: skip
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "astana.wsgi"],
            cwd=ROOT, env=environment, stdout=log, stderr=log,
        )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/healthz")
        yield address
    finally:
        server.terminate()
        server.wait(10)


def wait_for(address: str) -> None:
    for _ in range(100):
        try:
            with urlopen(address):  # noqa: S310
                return
        except URLError:
            time.sleep(0.1)
    raise TimeoutError(f"{address} does not answer.")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(
            executable_path=os.environ.get("ASTANA_CHROMIUM") or None, args=QUIET
        )
        yield found
        found.close()


@pytest.fixture
def context(
    browser: Browser, request: pytest.FixtureRequest, site: str
) -> Iterator[BrowserContext]:
    """A fresh profile; ``@pytest.mark.parametrize("context", [{...}], indirect=True)`` sets it."""
    options = {"viewport": {"width": 1280, "height": 800}} | getattr(request, "param", {})
    found = browser.new_context(base_url=site, **options)
    yield found
    found.close()


@pytest.fixture
def page(context: BrowserContext, site: str) -> Iterator[Page]:
    """A page that must neither complain nor ask another host for anything."""
    found = context.new_page()
    complaints: list[str] = []
    found.on("console", lambda message: complaints.append(message.text))
    found.on("pageerror", lambda error: complaints.append(str(error)))
    found.on(
        "request",
        lambda asked: asked.url.startswith(site) or complaints.append(f"asked {asked.url}"),
    )
    yield found
    assert complaints == []
    assert context.cookies() == []
