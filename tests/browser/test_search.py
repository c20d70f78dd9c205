import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import expect_accessible, expect_nothing_cut_off

OPTIONS = "#search-suggestions:not([hidden]) [role=option]"
PAGES = ["/search/", "/search/?q=turkey", "/search/?q=*", "/search/?q=hostges"]


def test_the_box_suggests_and_the_keyboard_chooses(page):
    page.goto("/")
    box = page.locator("#search-box")
    box.press_sequentially("лавр")
    options = page.locator(OPTIONS)
    expect(options.first).to_contain_text("Alexander Lavrentyev")
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", "search-suggestion-0")
    page.keyboard.press("Enter")
    expect(page).to_have_url("/people/alexander-lavrentyev/")


def test_the_arrows_go_round_and_escape_closes(page):
    page.goto("/")
    box = page.locator("#search-box")
    box.press_sequentially("idlib")
    options = page.locator(OPTIONS)
    expect(options).to_have_count(3)
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[aria-selected=true]")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("idlib")


def test_enter_without_a_choice_searches(page):
    page.goto("/")
    page.locator("#search-box").press_sequentially("prisoners")
    page.keyboard.press("Enter")
    expect(page).to_have_url("/search/?q=prisoners")
    expect(page.locator("mark").first).to_be_visible()


def test_a_suggestion_is_chosen_with_the_mouse(page):
    page.goto("/")
    page.locator("#search-box").press_sequentially("turk")
    page.locator(OPTIONS, has_text="Türkiye Participant").click()
    expect(page).to_have_url("/participants/turkiye/")


@pytest.mark.parametrize("context", [{"java_script_enabled": False}], indirect=True)
def test_search_works_without_javascript(page):
    page.goto("/")
    page.locator("#search-box").fill("Yildiz")
    page.locator("#search-box").press("Enter")
    page.get_by_role("link", name="Ahmet Yıldız").first.click()
    expect(page).to_have_url("/people/ahmet-yildiz/")


@pytest.mark.parametrize(
    "context",
    [
        {"color_scheme": "light"},
        {"color_scheme": "dark"},
        {"viewport": {"width": 320, "height": 640}},
    ],
    indirect=True,
    ids=["light", "dark", "320 pixels"],
)
@pytest.mark.parametrize("address", PAGES)
def test_search_pages_are_accessible_and_not_cut_off(context, address):
    page = context.new_page()
    page.goto(address)
    expect_accessible(page)
    expect_nothing_cut_off(page)


@pytest.mark.parametrize(
    "context",
    [{"color_scheme": "dark"}, {"viewport": {"width": 320, "height": 640}}],
    indirect=True,
    ids=["dark", "320 pixels"],
)
def test_the_open_list_is_accessible_and_not_cut_off(context):
    page = context.new_page()
    page.goto("/search/")
    page.locator("#search-box").press_sequentially("round")
    expect(page.locator(OPTIONS).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect_accessible(page)
    expect_nothing_cut_off(page)


def test_asking_again_keeps_what_was_chosen(page):
    page.goto("/topics/")
    box = page.locator("#search-box")
    box.press_sequentially("idlib")
    options = page.locator(OPTIONS)
    expect(options).to_have_count(3)
    page.keyboard.press("ArrowDown")
    box.dispatch_event("input")
    page.wait_for_timeout(1000)
    expect(options.first).to_have_attribute("aria-selected", "true")
