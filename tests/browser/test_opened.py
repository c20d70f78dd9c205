"""Pages of the admin that are open: in two browsers at once, and with what is typed in them."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, expect

from tests.browser.accessibility import expect_accessible, expect_accessible_at
from tests.serving import Site

ROUND_5, ROUND_6 = "/admin/rounds/round/5/change/", "/admin/rounds/round/6/change/"


@pytest.fixture
def browser_of(
    browser: Browser, desk: Site, complaints: list[str]
) -> Iterator[Callable[[str], BrowserContext]]:
    """Opens the browser of somebody, who is logged in."""
    found: list[BrowserContext] = []

    def of(name: str) -> BrowserContext:
        context = browser.new_context(
            base_url=desk.address, viewport={"width": 1280, "height": 800}
        )
        cookie, _, value = desk.log_in(name).partition("=")
        context.add_cookies([{"name": cookie, "value": value, "url": desk.address}])
        context.on("console", lambda message: complaints.append(message.text))
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        found.append(context)
        return context

    yield of
    for context in found:
        context.close()
    assert complaints == []


def save(page: Page) -> None:
    reason = page.get_by_label("Why it is changed")
    if reason.count():  # of what readers can see
        reason.fill("A report names the hotel.")
    page.get_by_role("button", name="Save", exact=True).click()


def test_the_second_to_save_is_told_and_chooses(browser_of):
    a, b = browser_of("aigul").new_page(), browser_of("bob").new_page()
    a.goto(ROUND_5)
    expect(a.locator(".presence")).to_be_empty()
    b.goto(ROUND_5)
    expect(b.locator(".presence")).to_contain_text("aigul (since ")

    a.get_by_label("Venue").fill("A’s hotel")
    a.get_by_label("Summary").fill("What A writes of it.")
    save(a)
    a.wait_for_url("**/admin/rounds/round/")

    b.get_by_label("Venue").fill("B’s hotel")
    save(b)
    conflicts = b.get_by_role("region", name="Somebody else changed this page")
    expect(conflicts.locator("fieldset")).to_have_count(2)
    expect(conflicts).to_contain_text("by aigul, ")
    expect(conflicts).to_contain_text("What A writes of it.")
    venue = conflicts.get_by_role("group", name="Venue")
    expect(venue.get_by_label("Keep theirs")).not_to_be_checked()
    expect(venue.get_by_label("Keep mine")).not_to_be_checked()
    summary = conflicts.get_by_role("group", name="Summary")
    expect(summary.get_by_label("Keep theirs")).to_be_checked()
    expect_accessible_at(b, 1280, 820)

    venue.get_by_label("Keep mine").check()
    save(b)
    b.wait_for_url("**/admin/rounds/round/")
    a.goto(ROUND_5)
    expect(a.locator(".presence")).to_be_empty()
    expect(a.get_by_label("Venue")).to_have_value("B’s hotel")
    expect(a.get_by_label("Summary")).to_have_value("What A writes of it.")


def test_nothing_that_is_typed_is_lost(browser_of, complaints):
    context = browser_of("chief")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    def go(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page = context.new_page()
    page.goto(ROUND_6)
    page.get_by_label("Venue").fill("A hotel")
    page.locator("#outcomes-group > [data-add]").click()
    page.locator("#outcomes-group textarea").last.fill("They agreed on a hotel.")

    page.once("dialog", stay)  # leaving asks
    page.get_by_role("link", name="View on site").click()
    assert asked == ["beforeunload"]
    expect(page.get_by_label("Venue")).to_have_value("A hotel")

    page.once("dialog", go)  # a reload
    page.reload()
    assert asked == ["beforeunload"] * 2
    expect(page.get_by_label("Venue")).not_to_have_value("A hotel")
    offer = page.get_by_role("region", name="Unsaved work")
    expect(offer).to_contain_text("Your unsaved work of ")
    expect_accessible(page)
    offer.get_by_role("button", name="Bring back").click()
    expect(page.get_by_text("This is your unsaved work.")).to_be_visible()
    expect(page.get_by_label("Venue")).to_have_value("A hotel")
    expect(page.locator("#outcomes-group textarea").last).to_have_value("They agreed on a hotel.")

    page.get_by_label("Venue").fill("Another hotel")
    page.close()  # a closed window
    page = context.new_page()
    page.goto(ROUND_6)
    page.get_by_role("button", name="Bring back").click()
    expect(page.get_by_label("Venue")).to_have_value("Another hotel")

    cookies = context.cookies()
    context.clear_cookies(name="sessionid")  # the login has ended
    page.evaluate("dispatchEvent(new Event('pageshow'))")
    expect(page.get_by_role("link", name="You are logged out.")).to_be_visible()
    page.get_by_label("Venue").fill("A third hotel")
    save(page)
    expect(page.get_by_label("Password")).to_be_visible()
    context.add_cookies(cookies)
    page.goto(ROUND_6)
    page.get_by_role("button", name="Bring back").click()
    expect(page.get_by_label("Venue")).to_have_value("A third hotel")

    page.route("**/admin/open/", lambda route: route.abort())
    context.clear_cookies(name="csrftoken")  # another cookie is gone, and the connection lost
    page.get_by_label("Venue").fill("The last hotel")
    save(page)
    expect(page.get_by_role("heading", name="Nothing was saved")).to_be_visible()
    page.get_by_role("link", name="Open the page anew").click()
    page.get_by_role("button", name="Bring back").click()
    expect(page.get_by_label("Venue")).to_have_value("The last hotel")

    page.unroute("**/admin/open/")
    context.clear_cookies(name="csrftoken")  # and comes back before the form is sent
    token = page.locator("#round_form [name=csrfmiddlewaretoken]")
    before = token.input_value()
    page.evaluate("dispatchEvent(new Event('pageshow'))")
    expect(token).not_to_have_value(before)
    complaints.clear()  # of the status 403, twice
    page.locator("#outcomes-group [name$=DELETE]").last.check()
    save(page)
    page.wait_for_url("**/admin/rounds/round/")

    page.goto(ROUND_6)  # it is saved, so that it is not offered
    expect(page.get_by_label("Venue")).to_have_value("The last hotel")
    expect(page.locator(".draft")).to_have_count(0)
    page.get_by_label("Venue").fill("Nobody’s hotel")
    page.on("dialog", go)
    page.get_by_role("button", name="Log out").click()  # which others may do for the next one
    page.wait_for_url("**/admin/logout/")
    assert asked == ["beforeunload", "beforeunload", "confirm"]
    assert page.evaluate("Object.keys(localStorage).filter(one => /unsaved/.test(one))") == []
    # A page that is left says goodbye, which may come after the login has ended.
    complaints[:] = [one for one in complaints if "403" not in one]
