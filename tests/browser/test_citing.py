"""How a page is cited, as readers have it."""

from pathlib import Path

import pytest
from playwright.sync_api import expect
from pybtex.database import parse_string

from tests.browser.accessibility import expect_accessible

NARROW = {"viewport": {"width": 320, "height": 800}}


def test_a_reference_is_copied_or_downloaded(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/rounds/22/")
    page.get_by_text("Cite this page").click()
    box = page.locator("#cite")
    for key in ("chicago", "wikipedia"):
        text = box.locator(f"#cite-{key}")
        button = box.locator(f'[data-copies="cite-{key}"]')
        button.click()
        expect(button.locator("+ [role=status]")).to_have_text("Copied.")
        assert page.evaluate("navigator.clipboard.readText()") == text.inner_text()
    with page.expect_download() as found:
        box.get_by_role("link", name="astana-rounds-22.bib").click()
    assert found.value.suggested_filename == "astana-rounds-22.bib"
    text = Path(found.value.path()).read_text()
    assert list(parse_string(text, "bibtex").entries) == ["astana-rounds-22"]
    box.locator('[data-copies="cite-bib"]').click()
    page.wait_for_function("navigator.clipboard.readText().then((text) => text.startsWith('@'))")
    assert page.evaluate("navigator.clipboard.readText()") == text
    expect_accessible(page)
    page.emulate_media(media="print")
    expect(box).to_be_hidden()


@pytest.mark.parametrize("context", [NARROW | {"java_script_enabled": False}], indirect=True)
def test_without_scripts_on_a_narrow_screen_the_texts_are_there(page):
    page.goto("/?topic=hostages&stage=statement")
    page.get_by_text("Cite this page").click()
    expect(page.locator("#cite-mla")).to_be_visible()
    expect(page.locator("#cite button").first).to_be_hidden()
    with page.expect_download() as found:
        page.locator("#cite-ris").click()
    assert found.value.suggested_filename.endswith(".ris")


def test_the_box_follows_the_filters(page):
    page.goto("/")
    page.get_by_text("Cite this page").click()
    expect(page.locator('#cite [data-copies="cite-apa"]')).to_be_visible()
    page.goto("/?topic=hostages")
    page.locator("#filters summary", has_text="Security").first.click()
    page.locator("#topic-chemical-weapons").check()
    page.wait_for_url("**chemical-weapons**")
    expect(page.locator("#cite-apa")).to_contain_text("chemical-weapons")
