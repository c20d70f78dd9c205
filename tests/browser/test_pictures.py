"""The picture of the timeline as a file, opened by itself."""


def test_the_file_shows_the_same_under_the_strict_policy(page):
    page.goto("/?topic=hostages&stage=statement")
    page.get_by_role("link", name="SVG").click()
    page.wait_for_url("**/picture.svg?topic=hostages&stage=statement")
    boxes = page.evaluate(
        """() => [...document.querySelectorAll("text")].map((one) => {
            const { left, right, top, bottom } = one.getBoundingClientRect();
            return [left, right, top, bottom];
        })"""
    )
    width, height = page.evaluate(
        "() => ['width', 'height'].map((one) => document.documentElement[one].baseVal.value)"
    )
    assert len(boxes) > 30
    # In the letters of this browser too each text is within the picture.
    assert min(box[0] for box in boxes) >= 0
    assert max(box[1] for box in boxes) <= width
    assert min(box[2] for box in boxes) >= 0
    assert max(box[3] for box in boxes) <= height
    mark = page.locator('a[href$="/rounds/10/"] rect')
    assert mark.evaluate("(one) => getComputedStyle(one).fill") == "rgb(138, 82, 0)"
    mark.click()
    page.wait_for_url("**/rounds/10/")
    assert page.locator("h1").inner_text().startswith("Round 10")
