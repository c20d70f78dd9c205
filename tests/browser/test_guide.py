"""The guide for editors (docs/editing.md): its pictures, taken anew on each run, and the card.

`make pictures` writes them into docs/images; otherwise they are compared with those there.
"""

import io
import os
from pathlib import Path

from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import Locator, Page, expect

from tests.browser.accessibility import expect_accessible_at
from tests.documents import sheets_of_paper
from tests.serving import EDITOR, ROOT, Site

IMAGES = ROOT / "docs" / "images"
WIDTH, HEIGHT = 820, 560
COLOURS = 32
GRAIN = (41, 28)  # what is compared: fonts, days and names differ from one machine to the next
MOST_UNLIKE = 6  # of 255, on the average of the grains; two pages differ by 8 and more

DRAFT = """
from rounds.models import Round
Round.objects.filter(number=3).update(publication="draft", summary="")
print(session.session_key, Round.objects.get(number=3).pk)
"""


class Camera:
    """Takes pictures of parts of a page into a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def take(self, name: str, page: Page, top: Locator | None = None) -> None:
        """What is seen of the page with that part on top; nothing blinks or hovers."""
        if top:
            top.evaluate("one => scrollTo(0, one.getBoundingClientRect().top + scrollY - 12)")
        shot = page.screenshot(animations="disabled", caret="hide", scale="css")
        image = Image.open(io.BytesIO(shot)).convert("RGB")
        image.quantize(COLOURS, dither=Image.Dither.NONE).save(
            self.folder / f"{name}.png", optimize=True
        )


def opened(path: Path) -> Image.Image:
    return Image.open(io.BytesIO(path.read_bytes()))


def unlikeness(one: Path, other: Path) -> float:
    """How far two pictures are apart, of 255."""
    pair = (opened(path).convert("L") for path in (one, other))
    grains = [image.resize(GRAIN, Image.Resampling.BOX) for image in pair]
    return ImageStat.Stat(ImageChops.difference(*grains)).mean[0]


def test_the_guide_shows_the_pages_as_they_are(editor: Page, desk: Site, tmp_path: Path):
    folder = IMAGES if os.environ.get("ASTANA_PICTURES") else tmp_path
    camera = Camera(folder)
    key, draft = desk.manage("shell", f"--command={EDITOR.format(name='aigul')}{DRAFT}").split()
    editor.on("dialog", lambda dialog: dialog.accept())  # unsaved work is left behind

    editor.goto("/admin/card/")
    expect_accessible_at(editor, WIDTH, 1280, height=HEIGHT)
    printed = editor.pdf(prefer_css_page_size=True)
    assert sheets_of_paper(printed) == 1

    editor.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    editor.goto("/admin/")
    camera.take("first-page", editor)

    editor.goto("/admin/rounds/round/add/?number=23")
    editor.get_by_label("First day").fill("2025-05-14")
    editor.get_by_label("Last day").fill("2025-05-15")
    editor.get_by_label("Add a source by its address").fill("https://example.org/round-23")
    editor.get_by_role("button", name="Find or add").click()
    title = editor.get_by_label("Title", exact=True)
    expect(title).to_be_focused()
    title.fill("The next round is announced")
    editor.get_by_label("Publisher").fill("Example Agency")
    camera.take("sources", editor, editor.locator("#tray"))

    editor.get_by_role("button", name="Add the delegations of Round 22").click()
    rows = editor.locator("#delegations-group > .rows > .row")
    rows.first.get_by_label("Person", exact=True).press_sequentially("Лавр")
    expect(editor.locator(".names [aria-selected=true]")).to_be_visible()
    camera.take("delegations", editor, editor.locator("#delegations-group"))
    editor.keyboard.press("Enter")

    agenda = editor.locator(".agenda tbody tr")
    for place in (0, 1, 3):
        agenda.nth(place).get_by_role("checkbox").first.check()
    camera.take("agenda", editor, editor.locator(".agenda"))

    address = f"/admin/rounds/round/{draft}/change/"
    editor.goto(address)
    camera.take("publication", editor, editor.locator("#publication"))

    other = editor.context.browser.new_context(base_url=desk.address)  # type: ignore[union-attr]
    other.add_cookies([{"name": "sessionid", "value": key, "url": desk.address}])
    colleague = other.new_page()
    colleague.goto(address)
    colleague.get_by_label("Venue").fill("An example: the first hotel")
    colleague.get_by_label("Summary").fill("What the colleague writes of it.")
    colleague.get_by_role("button", name="Save", exact=True).click()
    expect(colleague.locator(".messagelist .success")).to_be_visible()
    other.close()

    editor.get_by_label("Venue").fill("An example: the second hotel")
    editor.get_by_role("button", name="Save", exact=True).click()
    conflicts = editor.locator("#conflicts")
    expect(conflicts.locator("fieldset")).to_have_count(2)
    camera.take("conflict", editor, conflicts)

    editor.goto(f"/admin/rounds/round/{draft}/history/")
    camera.take("history", editor, editor.locator("#content-main"))

    for taken in folder.glob("*.png"):
        kept = IMAGES / taken.name
        assert opened(kept).size == (WIDTH, HEIGHT)
        assert unlikeness(taken, kept) < MOST_UNLIKE, f"{kept.name} is old: make pictures"
