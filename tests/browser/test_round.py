import pytest
from playwright.sync_api import expect


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


@pytest.mark.parametrize("context", [{"viewport": {"width": 390, "height": 800}}], indirect=True)
def test_on_a_phone_the_stages_stand_under_each_other(page):
    page.goto("/rounds/22/")
    cells = page.locator("#topic-regional-escalation td").all()
    tops = [cell.bounding_box()["y"] for cell in cells]
    assert tops == sorted(set(tops))
    assert len(tops) == 3
