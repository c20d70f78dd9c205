"""A reader reports a mistake."""

import pytest
from playwright.sync_api import Page, expect

from rounds.messages.stamps import QUICKEST
from tests.browser.accessibility import expect_accessible, expect_nothing_cut_off

PHONE = {"viewport": {"width": 390, "height": 844}}


def follow_link(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("link", name="Report a mistake").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Report a mistake")


@pytest.mark.parametrize("context", [PHONE], indirect=True, ids=["phone"])
def test_a_mistake_is_reported_by_keyboard_alone(page):
    follow_link(page, "/rounds/22/#outcome-2")
    expect(page.locator("#id_fact option:checked")).to_contain_text("A 23rd meeting")
    expect_accessible(page)
    expect_nothing_cut_off(page)
    page.locator("#id_fact").focus()
    page.keyboard.press("Tab")
    page.keyboard.type("Another month was named.")
    page.keyboard.press("Tab")
    expect(page.locator("#id_answer_to")).to_be_focused()
    page.keyboard.press("Tab")  # past the field for programs
    expect(page.get_by_role("button", name="Send to the editors")).to_be_focused()
    page.wait_for_timeout((QUICKEST + 1) * 1000)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    expect_accessible(page)
    page.get_by_role("link", name="Back to the page").click()
    expect(page).to_have_url("/rounds/22/")


@pytest.mark.parametrize(
    "context", [{**PHONE, "java_script_enabled": False}], indirect=True, ids=["no script"]
)
def test_a_mistake_is_reported_without_javascript(page):
    follow_link(page, "/topics/hostages/")
    page.locator("#id_text").fill("It was on the agenda earlier.")
    page.wait_for_timeout((QUICKEST + 1) * 1000)
    page.get_by_role("button", name="Send to the editors").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")


@pytest.mark.parametrize("context", [PHONE], indirect=True, ids=["phone"])
def test_what_is_wrong_is_accessible_and_a_click_away(page):
    follow_link(page, "/rounds/22/")
    page.evaluate("document.querySelector('form.message').noValidate = true")
    page.get_by_role("button", name="Send to the editors").click()
    expect_accessible(page)
    expect_nothing_cut_off(page)
    page.get_by_role("link", name="Write what is wrong.").press("Enter")
    expect(page.locator("#id_text")).to_be_focused()


@pytest.mark.parametrize("context", [PHONE], indirect=True, ids=["phone"])
def test_the_link_follows_the_fact_in_the_address(page):
    page.goto("/rounds/22/")
    link = page.locator("footer .report a")
    expect(link).to_have_attribute("href", "/report/?page=/rounds/22/")
    page.evaluate("location.hash = 'outcome-1'")
    expect(link).to_have_attribute("href", "/report/?page=/rounds/22/&fact=outcome-1")


@pytest.mark.parametrize(
    "context",
    [{"color_scheme": "dark"}, {"viewport": {"width": 320, "height": 640}}],
    indirect=True,
    ids=["dark", "320 pixels"],
)
def test_the_note_in_six_languages_is_accessible(context):
    page = context.new_page()
    page.goto("/about/")
    page.locator("footer .languages summary").press("Enter")
    expect(page.locator("footer .languages p").last).to_be_visible()
    expect_accessible(page)
    expect_nothing_cut_off(page)
