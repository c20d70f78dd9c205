"""Logging in, with one-time codes and by recovery codes, as an administrator does."""

import base64
from collections.abc import Iterator

import pytest
from django_otp.oath import totp
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import (
    expect_accessible,
    expect_accessible_looks,
    expect_nothing_cut_off,
)
from tests.serving import Site

WIDTHS = [1280, 390]
FRESH = (
    "from django.contrib.auth.models import User; User.objects.filter(username='warden').delete()"
)


@pytest.fixture(params=WIDTHS)
def visitor(browser: Browser, desk: Site, request, complaints) -> Iterator[Page]:
    """Somebody who is not logged in yet; no page may violate the policy of contents."""
    height = {"width": request.param, "height": 800}
    context = browser.new_context(base_url=desk.address, viewport=height)
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text))
    yield page
    context.close()
    assert [one for one in complaints if "Content Security Policy" in one] == []


def look(page: Page, complaints: list[str]) -> None:
    expect_nothing_cut_off(page)
    seen = list(complaints)
    is_wide = page.viewport_size["width"] == WIDTHS[0]
    (expect_accessible if is_wide else expect_accessible_looks)(page)
    complaints[:] = seen  # axe itself writes styles


def log_in(page: Page, name: str, password: str) -> None:
    page.goto("/admin/login/?next=/admin/codes/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password:").fill(password)
    page.get_by_role("button", name="Log in").click()


def test_an_administrator_sets_codes_up_and_logs_in_by_them(visitor, desk, complaints):
    page = visitor
    name = f"warden-{page.viewport_size['width']}"
    said = desk.manage("create_editor", name, "--group", "Administrators")
    password = said.split()[3]
    page.goto("/admin/login/")
    look(page, complaints)
    log_in(page, name, password)
    look(page, complaints)
    key = base64.b32decode(page.locator("code").inner_text().replace(" ", ""))
    page.get_by_role("textbox", name="Code").fill(f"{totp(key):06}")
    page.get_by_role("button", name="Set up").click()
    look(page, complaints)
    recovery = page.locator(".recovery li").all_inner_texts()
    assert len(recovery) == 10
    page.get_by_role("link", name="I have them").click()
    page.get_by_role("button", name="Log out").click()
    log_in(page, name, password)
    expect(page.get_by_role("textbox", name="Code")).to_be_focused()
    look(page, complaints)
    page.get_by_role("textbox", name="Code").fill("000000")
    page.keyboard.press("Enter")
    page.get_by_text("This code is wrong").wait_for()
    look(page, complaints)
    page.get_by_role("textbox", name="Code").fill(recovery[0])
    page.keyboard.press("Enter")
    page.get_by_text("9 recovery codes are left").wait_for()
    look(page, complaints)
    for address in (
        "/admin/auth/user/",
        "/admin/auth/user/add/",
        "/admin/accounts/entry/",
        "/admin/password_change/",
        "/admin/password_reset/",
    ):
        page.goto(address)
        look(page, complaints)
    page.goto("/admin/codes/")
    page.get_by_role("textbox", name="Code").fill(recovery[1])
    page.get_by_role("button", name="Take the codes away").click()
    page.get_by_text("are taken away").wait_for()
