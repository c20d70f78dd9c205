"""A round is put on record on one page, with few clicks and keys."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.accessibility import expect_accessible_at

MOST_CLICKS, MOST_KEYS = 45, 500
UNFOLDED = 12  # parts of a page, the first ones; the others are of the same kinds
UNFOLD = f"""
    [...document.querySelectorAll("details")].slice(0, {UNFOLDED})
        .forEach((one) => (one.open = true))
"""


class Hand:
    """What an editor does, counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = self.keys = 0

    def click(self, target: Locator) -> None:
        target.click()
        self.clicks += 1

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.keys += len(text)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.keys += 1


def test_a_round_is_entered_with_few_clicks_and_keys(editor: Page):
    editor.goto("/admin/rounds/round/add/")
    hand = Hand(editor)
    expect(editor.get_by_label("Number", exact=True)).to_have_value("23")
    expect(editor.get_by_label("City")).to_have_value("Astana")

    hand.click(editor.get_by_label("First day"))
    hand.type("2025-05-14")
    hand.press("Tab")
    hand.type("2025-05-15")

    hand.click(editor.get_by_label("Add a source by its address"))
    hand.type("https://example.org/astana-23")
    hand.press("Enter")
    expect(editor.get_by_label("Title", exact=True)).to_be_focused()
    hand.type("A round was held")
    hand.press("Tab")
    hand.type("Example Agency")
    hand.press("Tab")
    hand.type("2025-05-15")
    editor.keyboard.press("Control+s")
    expect(editor.get_by_text("this source is not added yet")).to_be_visible()
    editor.get_by_label("Publisher").focus()
    hand.press("Enter")
    expect(editor.get_by_role("checkbox", name="Example Agency")).to_be_checked()

    for kind in ("Bilateral meetings", "Trilateral meeting", "Plenary session", "Press conference"):
        hand.click(editor.get_by_role("checkbox", name=kind))

    hand.click(editor.get_by_role("button", name="Add the delegations of Round 22"))
    rows = editor.locator("#delegations-group > .rows > .row")
    expect(rows).to_have_count(12)
    expect(rows.first.get_by_label("Person", exact=True)).to_be_focused()
    for place, spelling in enumerate(["lavr", "yurd", "khaji", "raad", "toma"]):
        if place:
            hand.click(rows.nth(place).get_by_label("Person", exact=True))
        hand.type(spelling)
        expect(editor.locator(".names [aria-selected=true]")).to_be_visible()
        hand.press("Enter")
    hand.click(rows.nth(5).get_by_label("Person", exact=True))
    hand.type("Jane Example")
    expect(editor.get_by_role("option", name="A new person: Jane Example")).to_be_visible()
    hand.press("Enter")
    for place in range(6, 12):
        hand.click(rows.nth(place).get_by_label("Remove this delegation"))

    agenda = editor.locator(".agenda tbody tr")
    for place in range(8):
        hand.click(agenda.nth(place).get_by_role("checkbox").first)

    hand.click(editor.get_by_role("button", name="Another outcome"))
    hand.press("S")  # a statement
    hand.press("Tab", "Tab")
    hand.type("The guarantors issued a statement.")

    hand.click(editor.get_by_role("button", name="Save", exact=True))
    expect(editor.locator(".messagelist .success")).to_contain_text("Round 23")
    assert hand.clicks <= MOST_CLICKS
    assert hand.keys <= MOST_KEYS

    hand.click(editor.get_by_role("link", name="23", exact=True))
    expect(editor.get_by_role("heading", name="Publication: Draft")).to_be_visible()
    heads = editor.locator("#delegations-group > .rows > .row > summary")
    expect(heads).to_have_text(
        [
            f"{said} · 1 source"
            for said in (
                "Russia · Guarantor · Announced only · Alexander Lavrentyev",
                "Türkiye · Guarantor · Announced only · Mustafa Yurdakul",
                "Iran · Guarantor · Announced only · Ali Asghar Khaji",
                "Syrian government · Conflict party · Announced only · Ayman Raad",
                "Syrian opposition · Conflict party · Announced only · Ahmad Toma",
                "United Nations · Observer · Announced only · Jane Example",
            )
        ]
    )
    expect(editor.locator(".sessions [data-tick]:checked")).to_have_count(4)
    expect(editor.locator(".agenda [data-tick]:checked")).to_have_count(8)
    expect(editor.locator("#outcomes-0 > summary")).to_have_text(
        "1 · Statement · The guarantors issued a statement. · 1 source"
    )


def test_the_screens_of_the_desk_are_accessible(editor: Page):
    for path in (
        "",
        "rounds/round/",
        "rounds/round/add/",
        "rounds/round/22/change/",
        "rounds/delegation/1/change/",
        "rounds/milestone/1/change/",
        "participants/person/1/change/",
        "topics/topic/1/change/",
        "sources/source/",
        "sheets/",
    ):
        # So high that the bar with the buttons lies above no field.
        editor.set_viewport_size({"width": 1280, "height": 5000})
        editor.goto(f"/admin/{path}")
        editor.evaluate(UNFOLD)
        expect_accessible_at(editor, 1280, 820, height=5000)
