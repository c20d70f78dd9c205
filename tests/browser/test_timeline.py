import subprocess
from itertools import combinations
from shutil import which

import pytest
from playwright.sync_api import Page, Route, expect

from rounds.views.rounds import RoundListView
from tests.record import ROUND_NUMBERS

TOTAL = len(ROUND_NUMBERS)
PAGE = RoundListView.paginate_by


def expect_only_round_11(page: Page) -> None:
    """Wait until the list has that round alone."""
    expect(page.locator("article.round")).to_have_count(1)
    expect(page.locator("article.round")).to_have_id("round-11")


def unfold(page: Page, group: str) -> None:
    page.locator(".group > summary", has_text=group).click()


def head(page: Page) -> list[str]:
    """What the head says, in whatever order."""
    return sorted(page.evaluate("[...document.head.children].map((one) => one.outerHTML)"))


def test_filtering_refreshes_list_and_picture_without_a_reload(page):
    page.goto("/")
    page.evaluate("window.untouched = true")
    unfold(page, "Security")
    page.locator("#topic-chemical-weapons").check()
    expect(page).to_have_url("/?topic=chemical-weapons")
    expect(page.locator(".sentence")).to_have_text(f"Rounds with “Chemical weapons”: 1 of {TOTAL}")
    expect_only_round_11(page)
    expect(page.locator(".picture.lying .mark:not(.faded)")).to_have_count(1)
    expect(page.locator(".picture.lying .mark.faded")).to_have_count(TOTAL - 1)
    assert page.evaluate("window.untouched")
    expect(page.locator("#topic-chemical-weapons")).to_be_checked()
    cited = page.locator('meta[name="DC.identifier"]')
    expect(cited).to_have_attribute(
        "content", f"{page.url.partition('?')[0]}?topic=chemical-weapons"
    )
    followed = head(page)
    page.reload()
    assert followed == head(page)


def test_the_back_button_takes_the_filter_back(page):
    page.goto("/")
    unfold(page, "Security")
    page.locator("#topic-chemical-weapons").check()
    expect(page.locator(".sentence")).to_have_text(f"Rounds with “Chemical weapons”: 1 of {TOTAL}")
    page.go_back()
    expect(page.locator(".sentence")).to_have_text(f"All {TOTAL} rounds")
    expect(page.locator("article.round")).to_have_count(min(TOTAL, PAGE))
    expect(page.locator("#topic-chemical-weapons")).not_to_be_checked()
    page.go_forward()
    expect(page.locator("article.round")).to_have_count(1)


def test_choices_made_quickly_all_count(page):
    """Each answer comes late, with the fields as they were when it was asked for."""
    page.route("**/?*", lambda route: (page.wait_for_timeout(150), route.continue_()))
    page.goto("/")
    for group in ("Security", "Humanitarian", "When"):
        unfold(page, group)
    for name in ("#topic-idlib", "#topic-hostages", "#id_year-2018"):
        page.locator(name).click(no_wait_after=True)
    expect(page).to_have_url("/?topic=idlib&topic=hostages&year=2018")
    for name in ("#topic-idlib", "#topic-hostages", "#id_year-2018"):
        expect(page.locator(name)).to_be_checked()
    page.locator("#id_year-2018").click(no_wait_after=True)
    page.locator("#id_q").fill("Constitutional")
    page.wait_for_timeout(600)
    page.keyboard.press("Enter")
    expect(page).to_have_url("/?topic=idlib&topic=hostages&q=Constitutional")
    expect(page.locator("#id_q")).to_have_value("Constitutional")


def test_a_choice_without_an_answer_is_sent_as_without_a_script(page, complaints):
    page.route("**/?*", lambda route: answer_only_pages(route))
    page.goto("/")
    unfold(page, "Security")
    page.locator("#topic-chemical-weapons").check()
    expect_only_round_11(page)
    assert any("503" in one for one in complaints)
    complaints.clear()


def answer_only_pages(route: Route) -> None:
    if "hx-request" in route.request.headers:
        route.fulfill(status=503, body="away")
    else:
        route.continue_()


def test_more_links_skip_to_the_filters_and_the_rounds(page):
    page.goto("/")
    for _ in range(2):
        page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to the filters")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#filters > summary")).to_be_focused()
    page.goto("/")
    page.get_by_text("Skip to the rounds").press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#round-22 h3 a")).to_be_focused()


def test_a_filter_is_removed_by_its_link(page):
    page.goto("/?topic=idlib&year=2018")
    page.get_by_label("Remove the filter Topics: “Idlib”").click()
    expect(page.locator(".sentence")).to_have_text(f"Rounds in 2018: 3 of {TOTAL}")


@pytest.mark.parametrize("context", [{"java_script_enabled": False}], indirect=True)
def test_filters_work_without_javascript(page):
    page.goto("/")
    page.locator("#filters > summary").click()
    unfold(page, "Security")
    page.locator("#topic-chemical-weapons").check()
    page.get_by_role("button", name="Show rounds").click()
    expect_only_round_11(page)
    assert "topic=chemical-weapons" in page.url


def test_keyboard_alone_reaches_a_round_and_a_filter(page):
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    for _ in page.locator("#state a").all():
        page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator(".picture.lying a").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url("/rounds/1/")
    page.go_back()
    unfold(page, "Security")
    page.locator("#topic-idlib").focus()
    page.keyboard.press("Space")
    expect(page.locator(".sentence")).to_contain_text("Rounds with “Idlib”")
    expect(page.locator("#topic-idlib")).to_be_focused()


def test_the_picture_tells_what_each_mark_is(page):
    page.goto("/?topic=hostages")
    mark = page.get_by_role("link", name="Round 4, 3–4 May 2017, Astana (does not match)")
    expect(mark).to_be_visible()
    milestone = page.get_by_role(
        "link", name="First summit of the three presidents, Sochi, 22 November 2017 (Summit)"
    )
    milestone.click()
    expect(page.locator("#milestone-summit-sochi-2017")).to_be_in_viewport()


MEASURE = """() => [...document.querySelectorAll(".picture a")]
    .filter((link) => link.checkVisibility())
    .map((link) => link.getBoundingClientRect().toJSON())"""


@pytest.mark.parametrize(
    "context",
    [{"viewport": {"width": width, "height": 800}} for width in (1280, 1024, 1023, 390, 320)],
    indirect=True,
    ids=str,
)
def test_marks_can_be_pointed_at_and_do_not_overlap(page):
    page.goto("/")
    areas = page.evaluate(MEASURE)
    assert len(areas) > TOTAL
    assert min(min(area["width"], area["height"]) for area in areas) >= 24
    for one, other in combinations(areas, 2):
        across = min(one["right"], other["right"]) - max(one["left"], other["left"])
        down = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
        assert across < 0.1 or down < 0.1


@pytest.mark.parametrize(
    "context",
    [{"viewport": {"width": width, "height": 800}} for width in (1280, 390, 320)],
    indirect=True,
    ids=str,
)
def test_every_name_is_shown_where_it_can_be_read(page):
    page.goto("/")
    names = page.locator(".picture a .name span")
    expect(names.filter(visible=True)).to_have_count(0)
    page.keyboard.press("Tab")  # from now on focus is visible
    links = page.locator(".picture a").filter(visible=True)
    for link in links.all():
        link.focus()
        name = names.filter(visible=True)
        expect(name).to_have_text(link.get_attribute("aria-label"))
        box = name.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= page.viewport_size["width"]


def test_a_name_stays_while_it_is_pointed_at_and_goes_with_escape(page):
    page.goto("/")
    link = page.get_by_role("link", name="Round 4, 3–4 May 2017, Astana")
    name = link.locator(".name span")
    link.hover()
    expect(name).to_be_visible()
    name.hover()
    expect(name).to_be_visible()
    expect(page.locator(".name span").filter(visible=True)).to_have_count(1)
    page.keyboard.press("Escape")
    expect(name).to_be_hidden()
    page.mouse.move(0, 0)
    link.hover()
    expect(name).to_be_visible()


def test_milestones_close_together_lead_to_the_first_of_them(page):
    page.goto("/")
    page.locator('.picture.lying a[aria-label*=" milestones, "]').first.click()
    expect(page.locator(".milestone:target")).to_be_in_viewport()


def test_the_first_view_is_small(page):
    sizes: dict[str, int] = {}

    def note(response):
        sizes[response.url] = response.request.sizes()["responseBodySize"]

    page.on("requestfinished", lambda request: note(request.response()))
    page.goto("/", wait_until="networkidle")
    assert len(sizes) <= 6
    assert sum(sizes.values()) <= 80_000


@pytest.mark.parametrize("context", [{"viewport": {"width": 390, "height": 800}}], indirect=True)
def test_a_phone_has_the_upright_picture_and_closed_filters(page):
    page.goto("/")
    expect(page.locator(".picture.upright")).to_be_visible()
    expect(page.locator(".picture.lying")).to_be_hidden()
    expect(page.locator("#filter-form")).to_be_hidden()
    page.locator("#filters > summary").click()
    unfold(page, "Security")
    page.locator("#topic-chemical-weapons").check()
    expect(page.locator("article.round")).to_have_count(1)
    expect(page.locator("#filter-form")).to_be_visible()


def test_a_round_can_be_linked_to_on_the_timeline(page):
    page.goto("/#round-16")
    expect(page.locator("#round-16")).to_be_in_viewport()


def test_a_milestone_that_is_not_shown_is_led_to(page):
    page.goto("/?year=2018#milestone-summit-sochi-2017")
    expect(page.locator("#milestone-summit-sochi-2017")).to_be_in_viewport()
    expect(page).to_have_url(
        "/?year=2018&milestones=on&page=milestone-summit-sochi-2017#milestone-summit-sochi-2017"
    )
    page.go_back()
    expect(page).to_have_url("about:blank")


def test_a_place_that_no_page_has_leads_nowhere(page, complaints):
    page.goto("/?year=2018#round-1")
    page.wait_for_load_state("networkidle")
    expect(page).to_have_url("/?year=2018#round-1")
    assert any("404" in one for one in complaints)
    complaints.clear()


def test_the_printed_timeline_says_each_round_in_black(page):
    page.emulate_media(media="print")
    page.goto("/")
    expect(page.locator(".picture.lying")).to_be_visible()
    expect(page.locator(".picture.upright")).to_be_hidden()
    title = page.locator("#round-22 h3 a")
    assert title.inner_text().startswith("Round 22, ")
    assert title.evaluate("one => getComputedStyle(one).color") == "rgb(0, 0, 0)"
    expect(page.locator("#round-22 .number")).to_be_hidden()


@pytest.mark.skipif(which("pdftotext") is None, reason="pdftotext is not installed")
@pytest.mark.parametrize("address", ["/", "/rounds/16/", "/commitments/"])
def test_each_printed_page_bears_address_and_edition(page, site, tmp_path, address):
    page.goto(address)
    page.pdf(path=tmp_path / "page.pdf", format="A4")
    command = ["pdftotext", "-layout", tmp_path / "page.pdf", "-"]
    text = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    sheets = text.removesuffix("\f").split("\f")
    assert len(sheets) > 2
    for sheet in sheets:
        edition, printed = sheet.strip().splitlines()[-2:]
        assert edition.startswith("Edition ")
        assert printed == site + address


@pytest.mark.parametrize("address", ["/", "/rounds/16/", "/sources/"])
def test_the_address_is_for_print_alone(page, address):
    page.goto(address)
    expect(page.locator("#edition .printed")).to_be_hidden()


@pytest.mark.parametrize("words", ["detainees", "заложники", "rehine", "گروگان"])
def test_a_topic_is_found_by_any_of_its_names(page, words):
    page.goto("/")
    page.get_by_label("Find a topic by any of its names").press_sequentially(words)
    expect(page.locator("#id_topic label:visible")).to_have_count(1)
    page.locator("#topic-hostages").check()
    expect(page).to_have_url("/?topic=hostages")
    expect(page.locator("#id_topic label:visible")).to_have_count(1)
    page.get_by_label("Find a topic by any of its names").fill("zzzz")
    expect(page.get_by_text("No topic is called that.")).to_be_visible()
    page.get_by_label("Find a topic by any of its names").fill("")
    expect(page.locator("#id_topic .group:visible").nth(1)).to_be_visible()


def test_a_table_is_sorted_and_copied_with_its_sources(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/?topic=hostages&stage=statement&view=table")
    rounds = page.locator("#table tbody th")
    newest_first = rounds.all_inner_texts()
    page.get_by_role("button", name="Round").click()
    expect(page.locator("#table th[aria-sort=ascending]")).to_have_text("Round")
    assert rounds.all_inner_texts() == newest_first[::-1]
    page.get_by_role("button", name="Copy the table").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    text = page.evaluate("navigator.clipboard.readText()")
    html = page.evaluate(
        "navigator.clipboard.read().then(([item]) => item.getType('text/html'))"
        ".then((blob) => blob.text())"
    )
    what, where, _, header, first, *rest = text.splitlines()
    assert what == page.locator(".sentence").inner_text()
    assert where.startswith("Edition ")
    assert where.endswith(page.url)
    assert header.split("\t") == ["Round", "Dates", "Place", "What", "On record"]
    assert first.split("\t")[0] == newest_first[-1]
    assert first.endswith("]")
    assert any(line.startswith("[1] ") and "http" in line for line in rest)
    assert "<table>" in html
    assert 'href="http' in html
    assert 'href="#' not in html


SELECT = """([first, last]) => {
    const cells = document.querySelectorAll("#table tbody td:last-child");
    const range = document.createRange();
    range.setStart(cells[first], 0);
    range.setEnd(cells[last], cells[last].childNodes.length);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
}"""


def test_a_passage_that_is_copied_brings_its_notes(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/?topic=hostages&stage=statement&view=table")
    expect(page.get_by_role("button", name="Copy the table")).to_be_visible()
    cells = page.locator("#table tbody td:last-child")
    for first, last in ((1, 1), (1, 2)):  # within a cell, and over two rows
        page.evaluate(SELECT, [first, last])
        page.keyboard.press("Control+C")
        text = page.evaluate("navigator.clipboard.readText()")
        html = page.evaluate(
            "navigator.clipboard.read().then(([item]) => item.getType('text/html'))"
            ".then((blob) => blob.text())"
        )
        passage, notes = text.split("\n\n")
        shown = [cells.nth(place).locator(".cite a") for place in range(first, last + 1)]
        cited = [mark for marks in shown for mark in marks.all_inner_texts()]
        assert all(f"[{number}]" in passage for number in cited)
        assert len(passage.splitlines()) == last - first + 1
        numbers = [note.partition("]")[0].strip("[") for note in notes.splitlines()]
        assert numbers == sorted(set(cited), key=int)
        note = page.locator(f"#note-{numbers[0]} a").first
        assert notes.splitlines()[0].endswith(note.get_attribute("href"))
        assert f'<li value="{numbers[0]}"' in html
        assert ("<table>" in html) == (last > first)
        assert 'href="#' not in html
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.sentence'))")
    page.keyboard.press("Control+C")
    sentence = page.locator(".sentence").inner_text()
    assert page.evaluate("navigator.clipboard.readText()") == sentence


def test_what_the_filters_say_stays_in_sight(page):
    page.goto("/?topic=hostages")
    page.mouse.wheel(0, 3000)
    page.wait_for_function("scrollY > 2000")
    expect(page.locator(".sentence")).to_be_in_viewport()
    page.locator("#topic-humanitarian-aid").check()
    expect(page.locator(".parts li")).to_have_count(3)
    expect(page.locator(".sentence")).to_be_in_viewport()
    expect(page.locator(".parts")).to_be_in_viewport()


@pytest.mark.parametrize("context", [{"viewport": {"width": 390, "height": 844}}], indirect=True)
def test_on_a_phone_a_bar_leads_from_the_filters_to_the_rounds(page):
    page.goto("/")
    page.locator("#filters > summary").click()
    unfold(page, "Security")
    page.locator("#topic-chemical-weapons").check()
    bar = page.get_by_role("button", name="Show 1 round")
    expect(bar).to_be_in_viewport()
    bar.click()
    expect(page.locator("#filters")).not_to_have_attribute("open", "")
    expect(page.locator(".sentence")).to_be_in_viewport()
    expect(page.locator("#round-11")).to_be_in_viewport()


@pytest.mark.parametrize("context", [{"viewport": {"width": 390, "height": 844}}], indirect=True)
@pytest.mark.parametrize("query", ["topic=hostages&stage=discussed", "q=detainees", "year=2018"])
def test_on_a_phone_the_first_result_is_on_the_first_screen(page, query):
    page.goto(f"/?{query}")
    expect(page.locator(".drawing.upright")).not_to_have_attribute("open", "")
    box = page.locator("#results article").first.locator("h3").bounding_box()
    assert box["y"] + box["height"] < 844 - 60


def test_the_first_page_is_short(page):
    page.goto("/")
    assert page.evaluate("document.documentElement.scrollHeight") <= 4750


def test_going_back_gives_a_page_that_works(page):
    page.goto("/?topic=hostages&view=table")
    unfold(page, "Regional")
    page.locator("#topic-golan").check()
    expect(page.locator(".parts li")).to_have_count(3)
    page.go_back()
    expect(page.locator(".parts li")).to_have_count(2)
    page.get_by_role("button", name="Round").click()
    expect(page.locator("#table th[aria-sort=ascending]")).to_have_text("Round")
    page.locator("#table .cite a").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()


@pytest.mark.parametrize("context", [{"viewport": {"width": 390, "height": 844}}], indirect=True)
def test_what_is_ticked_stays_where_it_is(page):
    page.goto("/")
    page.locator("#filters > summary").click()
    unfold(page, "Security")
    box = page.locator("#topic-idlib")
    box.scroll_into_view_if_needed()
    before = box.bounding_box()["y"]
    box.check()
    expect(page.locator(".parts li")).to_have_count(2)
    assert abs(box.bounding_box()["y"] - before) < 40
