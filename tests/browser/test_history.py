"""What is public is changed with a reason, taken back, and told to readers."""

from playwright.sync_api import Page, expect

from tests.browser.accessibility import expect_accessible_at


def test_a_fact_is_corrected_and_the_correction_taken_back(editor: Page):
    editor.goto("/admin/rounds/round/21/change/")
    editor.get_by_label("Venue").fill("Another hall")
    editor.get_by_role("button", name="Save", exact=True).click()
    fault = editor.locator(".faults a")
    expect(fault).to_have_text("Why it is changed")
    fault.click()
    expect(editor.get_by_label("Why it is changed")).to_be_focused()
    editor.keyboard.type("The ministry names it.")
    editor.get_by_role("button", name="Save", exact=True).click()
    editor.goto("/admin/rounds/round/21/history/")
    expect(editor.locator(".step table")).to_contain_text("Another hall")
    expect_accessible_at(editor, 1280, 820, height=1600)
    editor.get_by_role("link", name="Back to how it was before all of this").click()
    expect_accessible_at(editor, 1280, 820, height=1600)
    editor.get_by_label("Why, in one line").fill("It was another round’s.")
    editor.get_by_role("button", name="Restore this").click()
    expect(editor.locator(".messagelist")).to_contain_text("It is again as it was.")
    editor.goto("/changes/?round=21")
    expect(editor.locator(".public-changes li")).to_have_count(2)
    expect(editor.locator(".public-changes")).to_contain_text("The ministry names it.")
    expect_accessible_at(editor, 1280, 820, height=1600)
    editor.goto("/admin/deleted/")
    expect_accessible_at(editor, 1280, 820, height=1600)
