"""A real server and a real browser: what readers have."""

import os
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.serving import Site

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A page must not bring a process with it for the list below an address bar that nobody sees.
    # The switch replaces that of Playwright, whose names that matter here are the later ones.
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,AimEnabled,PreconnectToSearch,"
    "AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,HttpsUpgrades,"
    "HttpsFirstBalancedModeAutoEnable,MediaRouter,NetworkTimeServiceQuerying,OptimizationHints,"
    "PaintHolding,ThirdPartyStoragePartitioning",
]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site with the whole record, served as in production."""
    found = Site(tmp_path_factory.mktemp("site"))
    found.prepare()
    try:
        found.start()
        yield found.address
    finally:
        found.stop()


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site with a record that editors of the tests may change."""
    found = Site(tmp_path_factory.mktemp("desk"))
    found.prepare()
    try:
        found.start()
        yield found
    finally:
        found.stop()


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
def editor(browser: Browser, desk: Site, complaints: list[str]) -> Iterator[Page]:
    """The browser of an editor who is logged in; its pages must not complain."""
    context = browser.new_context(base_url=desk.address, viewport={"width": 1280, "height": 800})
    name, _, value = desk.log_in("editor").partition("=")
    context.add_cookies([{"name": name, "value": value, "url": desk.address}])
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


@pytest.fixture
def complaints() -> list[str]:
    """What the page complains of; a test that provokes it empties the list."""
    return []


@pytest.fixture
def page(context: BrowserContext, site: str, complaints: list[str]) -> Iterator[Page]:
    """A page that must neither complain nor ask another host for anything."""
    found = context.new_page()
    # htmx complains of a request that a later choice replaces.
    is_replaced = re.compile(r"htmx:(afterRequest|sendAbort)\b").match
    found.on(
        "console",
        lambda message: is_replaced(message.text) or complaints.append(message.text),
    )
    found.on("pageerror", lambda error: complaints.append(str(error)))
    found.on(
        "request",
        lambda asked: asked.url.startswith(site) or complaints.append(f"asked {asked.url}"),
    )
    yield found
    assert complaints == []
    assert context.cookies() == []
