import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import expect_accessible

WITHOUT_SCRIPTS = pytest.mark.parametrize(
    "context", [{"java_script_enabled": False}], indirect=True
)
ON_A_PHONE = pytest.mark.parametrize(
    "context", [{"viewport": {"width": 390, "height": 800}}], indirect=True
)


def opened(page: Page, address: str = "/rounds/16/", mark: str = "#agenda .cite a"):
    """The mark of a footnote that was clicked, and what it shows."""
    page.goto(address)
    found = page.locator(mark).first
    found.click()
    shown = page.get_by_role("dialog")
    expect(shown).to_be_visible()
    return found, shown


def expect_within_the_window(page: Page, shown) -> None:
    box, window = shown.bounding_box(), page.viewport_size
    assert box["x"] >= 0
    assert box["y"] >= 0
    assert box["x"] + box["width"] <= window["width"]
    assert box["y"] + box["height"] <= window["height"]
    assert page.evaluate("document.documentElement.scrollWidth") <= window["width"]


def test_a_mark_shows_its_source_beside_it(page):
    page.goto("/rounds/16/")
    mark = page.locator("#agenda .cite a").first
    mark.evaluate("mark => mark.scrollIntoView({block: 'center'})")
    before = page.evaluate("[scrollY, document.documentElement.scrollHeight]")
    mark.click()
    shown = page.get_by_role("dialog", name=mark.get_attribute("aria-label"), exact=True)
    expect(shown).to_be_focused()
    note = page.locator(mark.get_attribute("href"))
    title = note.locator("a").first
    expect(shown.locator("a").first).to_have_text(title.inner_text())
    expect(shown.locator("a").first).to_have_attribute("href", title.get_attribute("href"))
    rests = note.locator(".rests").get_attribute("href")
    expect(shown.get_by_role("link", name="What rests on it")).to_have_attribute("href", rests)
    assert shown.locator(".back").count() == 0
    ids = page.locator("[id]").evaluate_all("all => all.map(one => one.id)")
    assert len(set(ids)) == len(ids)
    assert page.evaluate("[scrollY, document.documentElement.scrollHeight]") == before
    assert page.evaluate("location.hash") == ""
    box, above = shown.bounding_box(), mark.bounding_box()
    assert above["y"] < box["y"] < above["y"] + 60
    assert box["x"] < above["x"] < box["x"] + box["width"]


def test_a_source_in_another_language_says_so(page):
    page.goto("/rounds/8/")
    note = page.locator(".notes li:has(.language)").first
    page.locator(f'.cite a[href="#{note.get_attribute("id")}"]').first.click()
    said = note.locator(".language").inner_text()
    expect(page.get_by_role("dialog").locator(".language")).to_have_text(said)


def test_by_keyboard_a_source_opens_and_gives_the_focus_back(page):
    page.goto("/rounds/16/")
    mark = page.locator("#delegations .cite a").first
    mark.focus()
    page.keyboard.press("Enter")
    shown = page.get_by_role("dialog")
    expect(shown).to_be_focused()
    page.keyboard.press("Tab")
    expect(shown.get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("Escape")
    expect(shown).to_be_hidden()
    expect(mark).to_be_focused()
    page.keyboard.press("Enter")
    shown.get_by_role("button", name="Close").press("Enter")
    expect(shown).to_be_hidden()
    expect(mark).to_be_focused()


def test_a_source_closes_by_a_click_outside_or_on_its_mark(page):
    mark, shown = opened(page)
    page.mouse.click(5, 5)
    expect(shown).to_be_hidden()
    expect(mark).to_be_focused()
    mark.click()
    expect(shown).to_be_visible()
    mark.click()
    expect(shown).to_be_hidden()


def test_another_mark_shows_another_source(page):
    _mark, shown = opened(page)
    other = page.locator("#agenda .cite a").nth(1)
    other.click()
    expect(shown).to_have_attribute("aria-label", other.get_attribute("aria-label"))
    other = page.locator("#agenda .cite a").nth(2)
    other.press("Enter")
    expect(shown).to_have_attribute("aria-label", other.get_attribute("aria-label"))
    page.keyboard.press("Escape")
    expect(other).to_be_focused()


def test_from_a_source_the_list_is_reached_and_from_there_the_fact(page):
    mark, shown = opened(page, "/rounds/22/")
    mark_id, target = mark.get_attribute("id"), mark.get_attribute("href")
    shown.get_by_role("link", name="In the list of sources").click()
    expect(shown).to_be_hidden()
    expect(page.locator(target)).to_be_in_viewport()
    page.locator(target).locator(f'.back a[href="#{mark_id}"]').click()
    expect(page.locator(f"#{mark_id}")).to_be_in_viewport()


def test_a_click_with_a_key_is_left_to_the_browser(page):
    page.goto("/rounds/16/")
    with page.context.expect_page():
        page.locator("#agenda .cite a").first.click(modifiers=["ControlOrMeta"])
    assert page.get_by_role("dialog").count() == 0


@pytest.mark.parametrize(
    "context",
    [
        {"viewport": {"width": 390, "height": 800}},
        {"viewport": {"width": 320, "height": 480}, "color_scheme": "dark"},
        {"color_scheme": "dark"},
    ],
    indirect=True,
    ids=["phone", "320 pixels, dark", "dark"],
)
def test_sources_stay_within_the_window_and_are_accessible(page):
    for mark in ("#agenda .cite a >> nth=1", "#delegations .cite a >> nth=-1"):
        _mark, shown = opened(page, mark=mark)
        expect_within_the_window(page, shown)
    expect_accessible(page)


def test_a_mark_at_the_edge_of_the_window_shows_its_source_within(page):
    page.goto("/rounds/16/")
    mark = page.locator("#outcomes .cite a").first
    for block in ("end", "start"):
        mark.evaluate(f"mark => mark.scrollIntoView({{block: '{block}'}})")
        mark.focus()
        page.keyboard.press("Enter")
        expect_within_the_window(page, page.get_by_role("dialog"))
        page.keyboard.press("Escape")


def test_a_source_is_not_printed(page):
    opened(page)
    page.emulate_media(media="print")
    expect(page.locator(".source-note")).to_be_hidden()


def test_footnotes_that_come_later_show_their_sources_too(page):
    page.goto("/?year=2018")
    page.get_by_label("Milestones between the rounds").select_option("shown")
    page.locator(".milestone .cite a").first.click()
    shown = page.get_by_role("dialog")
    expect(shown).to_be_visible()
    # Exchanged anew: the module runs once.
    page.keyboard.press("Escape")
    page.get_by_label("Order", exact=True).select_option("oldest first")
    page.wait_for_url("**order=oldest**")
    page.locator(".milestone .cite a").last.click()
    expect(shown).to_be_visible()


@WITHOUT_SCRIPTS
def test_a_footnote_leads_to_its_note_and_back(page):
    page.goto("/rounds/22/")
    mark = page.locator("#agenda .cite a").first
    mark_id, target = mark.get_attribute("id"), mark.get_attribute("href")
    mark.click()
    expect(page.locator(target)).to_be_in_viewport()
    page.locator(target).locator(f'.back a[href="#{mark_id}"]').click()
    expect(page.locator(f"#{mark_id}")).to_be_in_viewport()


def test_neighbours_lead_through_the_rounds(page):
    page.goto("/rounds/21/")
    page.get_by_role("link", name="Round 22").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Round 22")
    page.get_by_role("link", name="Round 21").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Round 21")


def test_a_printed_page_has_the_addresses_and_no_navigation(page):
    page.goto("/rounds/22/")
    page.emulate_media(media="print")
    expect(page.locator(".neighbours").first).to_be_hidden()
    shown = page.locator(".notes a").first.evaluate(
        "link => getComputedStyle(link, '::after').content"
    )
    assert "http" in shown
    assert page.locator("body").evaluate("body => getComputedStyle(body).color") == "rgb(0, 0, 0)"


@ON_A_PHONE
def test_on_a_phone_the_stages_stand_under_each_other(page):
    page.goto("/rounds/22/")
    cells = page.locator("#topic-regional-escalation td").all()
    tops = [cell.bounding_box()["y"] for cell in cells]
    assert tops == sorted(set(tops))
    assert len(tops) == 3


def test_the_contents_stay_beside_the_text(page):
    page.goto("/rounds/16/")
    contents = page.get_by_role("navigation", name="On this page")
    contents.get_by_role("link", name="What came next").click()
    expect(page.locator("#after")).to_be_in_viewport()
    expect(contents.get_by_role("link", name="Agenda")).to_be_in_viewport()
    text, box = page.locator("#after").bounding_box(), contents.bounding_box()
    assert box["x"] + box["width"] < text["x"]


@pytest.mark.parametrize("context", [{"viewport": {"width": 1280, "height": 200}}], indirect=True)
def test_contents_taller_than_the_window_scroll_by_themselves(page):
    page.goto("/rounds/16/")
    page.locator("#outcomes").scroll_into_view_if_needed()
    contents = page.locator(".contents")
    assert contents.bounding_box()["height"] <= 200
    last = contents.get_by_role("link", name="Sources", exact=True)
    last.scroll_into_view_if_needed()
    expect(last).to_be_in_viewport()


@ON_A_PHONE
def test_on_a_phone_the_contents_are_folded(page):
    page.goto("/rounds/16/")
    contents = page.get_by_role("navigation", name="On this page")
    expect(contents.get_by_role("link", name="Agenda")).to_be_hidden()
    contents.get_by_text("On this page").click()
    contents.get_by_role("link", name="Outcomes").click()
    expect(page.locator("#outcomes")).to_be_in_viewport()


def test_contents_are_not_printed(page):
    page.goto("/rounds/16/")
    page.emulate_media(media="print")
    expect(page.locator(".contents")).to_be_hidden()
    assert page.locator("#agenda").bounding_box()["x"] == page.locator("main").bounding_box()["x"]
