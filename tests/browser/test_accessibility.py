"""Pages as axe and the edges of windows see them; each window goes to all of its pages in turn."""

from collections.abc import Callable, Iterable

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.addresses import WAYS_IN
from tests.browser.accessibility import (
    LOOKS,
    RULES,
    expect_accessible,
    expect_accessible_looks,
    expect_nothing_cut_off,
    findings,
)

PAGES = [
    "/",
    "/?topic=hostages&stage=statement&milestones=on",
    "/?date_after=never&topic=x",
    "/?absent=lebanon",
    "/?q=detainees&view=table",
    "/rounds/4/",
    "/rounds/16/",
    "/rounds/22/",
    "/rounds/99/",
]
# The first word of every text becomes one of 120 letters, except in our own short labels.
LENGTHEN = """() => {
    const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
        const parent = walker.currentNode.parentElement
        const isLabel = getComputedStyle(parent).whiteSpace === "nowrap"
        if (isLabel || parent.closest("svg, option")) continue
        walker.currentNode.data = walker.currentNode.data.replace(/\\p{L}{4,}/u, "x".repeat(120))
    }
}"""
MORE = [*WAYS_IN, "/compare/22/22/", "/topics/prisoners/", "/no/such/page/"]


LIGHT = {"color_scheme": "light"}
DARK = {"color_scheme": "dark"}
PHONE = {"viewport": {"width": 390, "height": 800}}
NARROW = {"viewport": {"width": 320, "height": 640}}
ENLARGED = {"viewport": {"width": 640, "height": 400}}  # to 200 %


def in_windows(**options: dict[str, object]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(
        "context", list(options.values()), indirect=True, ids=list(options)
    )


def walk(
    context: BrowserContext, addresses: Iterable[str], *expectations: Callable[[Page], None]
) -> None:
    """Look at each page in one window; what is wrong is told of all together."""
    page = context.new_page()
    wrong = []
    for address in addresses:
        page.goto(address)
        for expect in expectations:
            try:
                expect(page)
            except AssertionError as error:
                wrong.append(f"{address}: {error}")
    assert not wrong, "\n\n".join(wrong)


def expect_room_for_long_words(page: Page) -> None:
    page.evaluate(LENGTHEN)
    assert page.locator("main").inner_text().count("x" * 120)
    expect_nothing_cut_off(page)


@in_windows(light=LIGHT, phone=PHONE)
def test_axe_finds_nothing(context):
    walk(context, PAGES, expect_accessible)


@in_windows(dark=DARK)
def test_axe_finds_nothing_in_the_looks(context):
    walk(context, PAGES, expect_accessible_looks)


@in_windows(narrow=NARROW, enlarged=ENLARGED)
def test_nothing_is_cut_off(context):
    walk(context, PAGES, expect_nothing_cut_off)


# The other pages share the styles of the first: once wide and light, once narrow and dark.
@in_windows(light=LIGHT)
def test_more_pages_are_accessible_and_fit(context):
    walk(context, MORE, expect_nothing_cut_off, expect_accessible)


@in_windows(narrow_and_dark=NARROW | DARK)
def test_more_pages_are_accessible_and_fit_with_words_of_any_length(context):
    walk(context, MORE, expect_nothing_cut_off, expect_accessible_looks, expect_room_for_long_words)


@in_windows(narrow=NARROW)
def test_no_word_is_too_long_for_a_page(context):
    walk(context, [*PAGES, "/search/?q=syria"], expect_room_for_long_words)


# The first kind stands in many places, of which axe looks at some.
FAINT = """<html lang="en"><title>A page</title><main><h1>Faint</h1><ul>{}</ul>{}</main>
<style>.faint, li:nth-child(even) {{ color: #bbb }} dialog {{ color: #ccc }}</style>"""


@pytest.mark.parametrize(
    ("items", "rest", "is_faint"),
    [
        ("<li>One" * 9, "", True),
        ("<li>One", "", False),
        ("<li>One", "<p>Well</p>" * 9, False),
        ("<li>One", "<p>Well</p>" * 9 + '<p class="faint">Faint</p>' + "<p>Well</p>" * 9, True),
        ("<li>One", "<div><p>Well</p></div>" * 9 + '<div class="faint"><p>Faint</p></div>', True),
        ("<li>One", "<div><p>Well</p></div>" * 9 + "<dialog open><p>Faint</p></dialog>", True),
    ],
)
def test_axe_finds_what_is_faint_among_what_is_alike(browser, items, rest, is_faint):
    page = browser.new_page()
    page.set_content(FAINT.format(items, rest))
    for rules in (RULES, LOOKS):
        found = {one["id"] for one in findings(page, rules).response["violations"]}
        assert found == ({"color-contrast"} if is_faint else set())
    page.close()
