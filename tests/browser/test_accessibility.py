import pytest

from tests.addresses import WAYS_IN
from tests.browser.accessibility import expect_accessible, expect_nothing_cut_off

PAGES = [
    "/",
    "/?topic=hostages&stage=statement&milestones=on",
    "/?date_after=never&topic=x",
    "/?absent=lebanon",
    "/rounds/4/",
    "/rounds/16/",
    "/rounds/22/",
    "/rounds/99/",
]
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
