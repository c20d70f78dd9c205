"""Cards as other sites show them: in a frame, from another origin."""

import re
from collections.abc import Iterator
from functools import partial
from html import unescape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, expect

from rounds.views.embeds import ROUND_HEIGHT
from tests.browser.accessibility import (
    expect_accessible,
    expect_accessible_looks,
    expect_nothing_cut_off,
)

CARDS = [
    "/embed/rounds/22/",
    "/embed/topics/hostages/",
    "/embed/timeline/?topic=hostages&stage=statement",
    "/embed/timeline/?topic=x",
    "/embed/rounds/9999/",
]
# Pages whose cards are long.
LONG = [
    *(f"/rounds/{number}/" for number in (1, 10, 20, 22)),
    "/topics/hostages/",
    "/topics/constitutional-committee/",
    "/",
    "/?topic=hostages&stage=statement",
    "/?topic=hostages&topic=constitutional-committee&stage=statement",
]


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """Another site: the folder of its pages, and its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=tmp_path))
    Thread(target=server.serve_forever, daemon=True).start()
    yield tmp_path, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_cards_are_accessible_and_fit(browser: Browser, site: str):
    for width, scheme in ((240, "light"), (240, "dark"), (390, "light"), (390, "dark")):
        size = {"width": width, "height": 500}
        is_first = (width, scheme) == (240, "light")
        expect_right = expect_accessible if is_first else expect_accessible_looks
        context = browser.new_context(base_url=site, viewport=size, color_scheme=scheme)
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        for address in CARDS:
            asked.clear()
            page.goto(address)
            assert len(asked) <= 3
            expect_nothing_cut_off(page)
            expect_right(page)
        ground = "getComputedStyle(document.body).backgroundColor"
        here = page.evaluate(ground)
        page.goto(f"{CARDS[0]}?theme={'light' if scheme == 'dark' else 'dark'}")
        assert page.evaluate(ground) != here
        expect_accessible(page)
        assert context.cookies() == []
        context.close()


def test_the_frame_of_a_card_is_high_enough_on_a_telephone(browser: Browser, site: str):
    page = browser.new_page(base_url=site)
    too_long = []
    for address in LONG:
        asked = {"url": f"{site}{address}"}
        card = page.request.get("/oembed/", params=asked).json()
        (source,) = re.findall(r'src="([^"]+)"', unescape(card["html"]))
        page.set_viewport_size({"width": 360, "height": card["height"]})
        page.goto(source)
        if page.evaluate("document.documentElement.scrollHeight") > card["height"]:
            too_long.append(address)
    assert too_long == []
    page.goto("/rounds/22/")
    assert f'height="{ROUND_HEIGHT}"' in page.locator("#embed-code").input_value()
    page.close()


def test_a_page_offers_a_card_that_another_site_shows(page: Page, site: str, elsewhere, complaints):
    folder, other = elsewhere
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/?topic=hostages&stage=statement")
    page.get_by_text("Embed", exact=True).click()
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.locator(".embed [role=status]")).to_have_text("Copied.")
    code = page.evaluate("navigator.clipboard.readText()")
    assert code == page.locator("#embed-code").input_value()
    # A later choice brings the code anew, with the button.
    page.get_by_role("checkbox", name="Humanitarian aid", exact=False).check()
    expect(page.locator("#embed-code")).to_have_value(re.compile("topic=humanitarian-aid"))
    page.get_by_text("Embed", exact=True).click()
    expect(page.get_by_role("button", name="Copy", exact=True)).to_be_visible()
    expect_accessible(page)

    pages = "".join(f'<iframe src="{site}{path}"></iframe>' for path in ("/", "/rounds/22/"))
    (folder / "index.html").write_text(f"<!doctype html><title>Other</title>{code}{pages}")
    page.goto(f"{other}/index.html")
    frames = page.locator("iframe")
    frames.first.scroll_into_view_if_needed()
    card = frames.first.content_frame
    expect(card.get_by_role("heading", level=1)).to_contain_text("10 of 22")
    expect(card.get_by_role("link", name="Round 19")).to_have_attribute("target", "_blank")
    with page.context.expect_page() as opened:
        card.get_by_role("link", name="Round 19").click()
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("Round 19")
    for place in (1, 2):
        expect(frames.nth(place).content_frame.locator(".site-footer")).to_have_count(0)
    refused = [one for one in complaints if "frame" in one.lower()]
    assert len(refused) >= 2
    complaints.clear()

    # Whoever tries the code opens a file.
    page.goto((folder / "index.html").as_uri())
    expect(page.frame_locator("iframe").first.get_by_role("heading", level=1)).to_be_visible()
    complaints.clear()
