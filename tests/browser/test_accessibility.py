import pytest

from tests.addresses import WAYS_IN
from tests.browser.accessibility import expect_accessible, expect_nothing_cut_off

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


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize(
    "context",
    [
        {"color_scheme": "light"},
        {"color_scheme": "dark"},
        {"viewport": {"width": 390, "height": 800}},
    ],
    indirect=True,
    ids=["light", "dark", "phone"],
)
def test_axe_finds_nothing(context, address):
    page = context.new_page()
    page.goto(address)
    expect_accessible(page)


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize(
    "context",
    [
        {"viewport": {"width": 320, "height": 640}},
        {"viewport": {"width": 640, "height": 400}},
    ],
    indirect=True,
    ids=["320 pixels", "200 percent"],
)
def test_nothing_is_cut_off(context, address):
    page = context.new_page()
    page.goto(address)
    expect_nothing_cut_off(page)


# The other pages share the styles of the first: once wide and light, once narrow and dark.
@pytest.mark.parametrize("address", MORE)
@pytest.mark.parametrize(
    "context",
    [
        {"color_scheme": "light"},
        {"viewport": {"width": 320, "height": 640}, "color_scheme": "dark"},
    ],
    indirect=True,
    ids=["light", "320 pixels, dark"],
)
def test_more_pages_are_accessible_and_fit(context, address):
    page = context.new_page()
    page.goto(address)
    expect_nothing_cut_off(page)
    expect_accessible(page)


@pytest.mark.parametrize("address", [*PAGES, *MORE, "/search/?q=syria"])
@pytest.mark.parametrize(
    "context", [{"viewport": {"width": 320, "height": 640}}], indirect=True, ids=["320 pixels"]
)
def test_no_word_is_too_long_for_a_page(context, address):
    page = context.new_page()
    page.goto(address)
    page.evaluate(LENGTHEN)
    assert page.locator("main").inner_text().count("x" * 120)
    expect_nothing_cut_off(page)
