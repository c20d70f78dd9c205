"""Sources and their links at the desk and before readers, in a browser."""

from playwright.sync_api import Page, expect

from tests.browser.accessibility import expect_accessible, expect_accessible_at
from tests.serving import Site

CHECKED = """
from datetime import UTC, datetime
from rounds.links.record import note
from rounds.models import Round
from rounds.sources.link import Finding, What
from rounds.sources.models import Source
dead, moved = Round.objects.get(number=9).sources.all()[:2]
Source.objects.filter(pk=dead.pk).update(archive_url="https://archive.example/9")
for day in (1, 2, 3):
    gone = Finding(What.GONE, "Its site says that there is no such page (404).")
    note(dead.url, gone, datetime(2026, 3, day, tzinfo=UTC))
note(moved.url, Finding(What.READ, moved_to="https://example.com/9"), datetime.now(UTC))
print(dead.slug, dead.url, moved.pk)
"""


def test_a_dead_link_a_moved_one_and_an_address_that_is_on_record(editor: Page, desk: Site):
    slug, url, moved = desk.manage("shell", f"--command={CHECKED}").split()

    editor.goto("/rounds/9/")
    note = editor.locator("#sources li", has_text="has been dead since 1 March 2026")
    expect(note.get_by_role("link").first).to_have_attribute("href", "https://archive.example/9")
    expect(note.get_by_role("link", name="link", exact=True)).to_have_attribute("href", url)
    expect_accessible(editor)

    editor.goto(f"/admin/sources/source/{moved}/change/")
    expect_accessible(editor)
    editor.get_by_role("link", name="Take the new address").click()
    expect_accessible_at(editor, 820, 1280)
    editor.locator("#result_list .action-select").check()
    editor.get_by_label("Action:").select_option("take_new_addresses")
    editor.get_by_role("button", name="Go").click()
    expect(editor.locator(".messagelist")).to_contain_text("1 source has its new address.")

    editor.goto("/admin/sources/source/add/")
    for field, value in {"slug": "x", "title": "X", "publisher": "X", "language": "en"}.items():
        editor.locator(f"#id_{field}").fill(value)
    editor.locator("#id_url").fill(f"{url}?utm_source=somewhere#top")
    editor.locator("#id_published").fill("2107-06-01")
    editor.get_by_role("button", name="Save", exact=True).click()
    faults = editor.get_by_role("navigation", name="What is wrong")
    expect(faults).to_contain_text("Is 1 June 2107 meant? If it is, save once more.")
    expect_accessible(editor)
    faults.locator(".errornote a, li a").last.click()
    expect(editor.locator("#id_slug")).to_have_value(slug)
