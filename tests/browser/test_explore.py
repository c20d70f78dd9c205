"""The ways into the record, as a stranger goes them."""

import re

import pytest
from playwright.sync_api import Page, expect

SHAPE = """cell => {
    const { borderStyle, borderWidth } = getComputedStyle(cell)
    return [borderStyle, borderWidth, getComputedStyle(cell, "::before").content].join()
}"""
PHONE = {"viewport": {"width": 390, "height": 800}}


@pytest.mark.parametrize(
    ("clicks", "place", "answer"),
    [
        (["Participants", "Türkiye"], "dd:has-text('Selçuk Ünal')", r"15–19"),
        (["Participants", "Iraq"], ".facts", r"First came\s+Round 13, 2019"),
        (["Topics"], "#topic-earthquake", r"First in a statement: round 20, 2023"),
        (["Next rounds promised"], ".lede", r"The longest gap between rounds was.* days"),
        (["Next rounds promised"], "#promise-14", r"Round 15.*322 days late"),
        (
            ["Where sources disagree", "16"],
            "#round-16",
            r"Türkiye, head of delegation.*Selçuk Ünal",
        ),
        (
            ["Topics", "Return of refugees and displaced persons"],
            ".facts",
            r"Announced, but not in the statement\s+(no round|rounds)",
        ),
    ],
)
def test_a_stranger_finds_the_answer_in_two_clicks(page: Page, clicks, place, answer):
    page.goto("/")
    for name in clicks:
        page.get_by_role("link", name=name, exact=True).first.click()
    answered = re.compile(answer, re.DOTALL)
    expect(page.locator(place).first).to_contain_text(answered, use_inner_text=True)


@pytest.mark.parametrize("address", ["/matrix/topics/", "/matrix/attendance/"])
@pytest.mark.parametrize("context", [PHONE], indirect=True, ids=["phone"])
def test_headings_of_a_matrix_stay_in_sight(page: Page, address):
    page.goto(address)
    frame = page.locator(".matrix-frame")
    frame.evaluate("frame => frame.scrollTo(frame.scrollWidth, frame.scrollHeight)")
    assert frame.evaluate("frame => frame.scrollLeft") > 0
    left, top = frame.bounding_box()["x"], frame.bounding_box()["y"]
    last_row = page.locator(".matrix tbody:last-child tr:last-child th")
    last_column = page.locator(".matrix thead th:last-child")
    assert last_row.bounding_box()["x"] == pytest.approx(left, abs=2)
    assert last_column.bounding_box()["y"] == pytest.approx(top, abs=2)


def test_a_matrix_scrolls_by_keyboard(context):
    page = context.new_page()
    page.set_viewport_size(PHONE["viewport"])
    page.goto("/matrix/attendance/")
    frame = page.get_by_role("region", name="Participants against rounds")
    frame.focus()
    page.keyboard.press("ArrowRight")
    for _ in range(50):
        if frame.evaluate("frame => frame.scrollLeft") > 0:
            return
        page.wait_for_timeout(100)
    pytest.fail("The arrow key does not scroll the matrix.")


@pytest.mark.parametrize(
    ("address", "cell", "place"),
    [
        ("/matrix/topics/", "Discussed", "#topic-chemical-weapons"),
        ("/matrix/attendance/", "Attended, George Krol", "#delegation-united-states"),
    ],
)
def test_a_cell_leads_to_where_the_fact_stands(page: Page, address, cell, place):
    page.goto(address)
    page.locator(f'a[href$="{place}"][title*="{cell}"]').first.click()
    expect(page.locator(f"{place}:target")).to_be_in_viewport()
    expect(page.locator(f"{place} .cite a").first).to_be_visible()


def test_states_of_a_matrix_differ_in_shape(page: Page):
    page.goto("/matrix/attendance/")
    names = [".attended.led", ".attended:not(.led)", ".announced", ".absent"]
    shapes = {page.locator(f".matrix {name}").first.evaluate(SHAPE) for name in names}
    assert len(shapes) == len(names)


def test_the_navigation_marks_where_one_is(page: Page):
    page.goto("/topics/hostages/")
    navigation = page.get_by_role("navigation", name="Main")
    expect(navigation.locator('[aria-current="true"]')).to_have_text("Topics")
    page.goto("/gaps/")
    expect(navigation.locator('[aria-current="page"]')).to_have_text("What is not recorded")
