"""What a browser tells of a page's accessibility."""

from axe_playwright_python.sync_playwright import Axe, AxeResults
from playwright.sync_api import Page

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "preload": False,  # axe would write style sheets into the page, which the policy forbids
    "resultTypes": ["violations"],  # of what is right, each element would be told too
}
# What colours and the window decide; all else of a page is the same in every window.
LOOKS = RULES | {
    "runOnly": {
        "type": "rule",
        "values": [
            "color-contrast",
            "link-in-text-block",
            "scrollable-region-focusable",
            "target-size",
        ],
    }
}
# Contrast takes axe longer than all else, and is the same in all that no style sheet tells apart:
# with the same kind, attributes, state and neighbour, in the same surroundings. Of those it is
# looked at in the first alone, and in the second, as rows may have stripes.
SPARE = """() => {
    const OF_STYLES = /^(class|data-.*|open|hidden|type|role|scope|lang|dir|aria-(?!label|desc).*)$/
    const LOOKED_AT = 2
    const nameOf = (one) => {
        const attributes = [...one.attributes].map(({name, value}) =>
            OF_STYLES.test(name) || name === "id" && /^[a-z_]+$/.test(value) ? name + value : name)
        const hasWords = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim())
        return [one.localName, ...attributes.sort(), hasWords, one.checked, one.disabled].join(" ")
    }
    const numbers = new Map(), counts = new Map()
    for (const one of document.querySelectorAll("*")) {
        const {parentElement: around, previousElementSibling: before} = one
        const beside = before && before.localName + before.className
        const name = [numbers.get(around)?.name, beside, nameOf(one)].join("|")
        const count = counts.get(name) ?? {name: counts.size, seen: 0}
        counts.set(name, count)
        numbers.set(one, count)
        count.seen += 1
        one.toggleAttribute("data-again", count.seen > LOOKED_AT)
    }
    axe.configure({rules: [{id: "color-contrast", selector: "*:not([data-again])"}]})
}"""


def findings(page: Page, rules: dict[str, object] = RULES) -> AxeResults:
    page.wait_for_load_state()  # a click waits for the next page's address, not for its text
    page.evaluate(Axe().axe_script)
    page.evaluate(SPARE)
    return AxeResults(page.evaluate("rules => axe.run(rules)", rules))


def expect_accessible(page: Page) -> None:
    found = findings(page)
    assert found.violations_count == 0, found.generate_report()


def expect_accessible_looks(page: Page) -> None:
    """The same of what may differ from a window in which ``expect_accessible`` saw the page."""
    found = findings(page, LOOKS)
    assert found.violations_count == 0, found.generate_report()


def expect_accessible_at(page: Page, *widths: int, height: int = 800) -> None:
    """The page is accessible, and nothing of it cut off, in windows of these widths in pixels."""
    for width in widths:
        page.set_viewport_size({"width": width, "height": height})
        expect_right = expect_accessible if width == widths[0] else expect_accessible_looks
        expect_right(page)
        expect_nothing_cut_off(page)


def expect_nothing_cut_off(page: Page) -> None:
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
