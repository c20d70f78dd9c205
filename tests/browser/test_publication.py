"""A round on its way from a draft to its readers, in a browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import expect_accessible, expect_accessible_at
from tests.serving import Site

NUMBER = 15
DRAFT = f"""
from django.contrib.auth.models import Group, User
from rounds.models import Round
User.objects.get(username="publisher").groups.add(Group.objects.get(name="Publishers"))
round_ = Round.objects.get(number={NUMBER})
Round.objects.filter(pk=round_.pk).update(publication="draft", summary="")
print(round_.pk)
"""


@pytest.fixture
def publisher(browser: Browser, desk: Site, complaints: list[str]) -> Iterator[Page]:
    """The page of a round that lacks its summary, before somebody who may publish it."""
    name, _, value = desk.log_in("publisher").partition("=")
    key = desk.manage("shell", f"--command={DRAFT}")
    context = browser.new_context(base_url=desk.address, viewport={"width": 1280, "height": 800})
    context.add_cookies([{"name": name, "value": value, "url": desk.address}])
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"/admin/rounds/round/{key}/change/")
    yield page
    context.close()
    assert complaints == []


def test_a_draft_is_reviewed_refused_mended_acknowledged_and_published(
    publisher: Page, browser: Browser, desk: Site
):
    panel = publisher.locator("#publication")
    panel.get_by_role("button", name="Send to review").click()
    expect(panel.get_by_role("heading", name="Publication: In review")).to_be_visible()

    panel.get_by_role("button", name="Publish", exact=True).click()
    expect(publisher.locator(".messagelist .error")).to_contain_text("It has no summary.")
    panel.get_by_text("Preview", exact=True).click()
    panel.get_by_role("button", name="Make a link").click()
    expect_accessible_at(publisher, 820, 1280)
    visitor = browser.new_page()
    visitor.goto(panel.locator(".previews li a").get_attribute("href") or "")
    expect(visitor.locator(".banner")).to_contain_text("Preview.")
    expect_accessible(visitor)
    assert visitor.context.cookies() == []

    panel.get_by_role("link", name="It has no summary.").click()
    publisher.get_by_label("Summary").fill("What mattered at it.")
    publisher.get_by_role("button", name="Save and continue editing").click()
    expect(panel.get_by_role("heading", name="What is missing")).to_have_count(0)

    ticks = panel.get_by_role("checkbox")
    expect(ticks).not_to_have_count(0)
    ticks.first.check()
    panel.get_by_role("button", name="Note what is ticked").click()
    panel.get_by_text("1 warning is acknowledged").click()
    expect(panel.locator(".noted li")).to_contain_text("publisher")
    for tick in ticks.all():
        tick.check()
    panel.get_by_role("button", name="Publish", exact=True).click()
    expect(panel.get_by_role("heading", name="Publication: Published")).to_be_visible()
    expect_accessible_at(publisher, 820, 1280)
    visitor.goto(f"{desk.address}/rounds/{NUMBER}/")
    expect(visitor.get_by_role("heading", name=f"Round {NUMBER}", exact=True)).to_be_visible()
    visitor.close()
