from playwright.sync_api import expect

from tests.browser.accessibility import expect_nothing_cut_off, findings

# Swagger UI draws one, which is no fault by WCAG.
A_MAIN_WITHIN_OURS = {
    "landmark-main-is-top-level",
    "landmark-no-duplicate-main",
    "landmark-unique",
}


def test_an_operation_is_tried_out_without_a_complaint_of_the_policy(page):
    page.goto("/api/v1/docs/")
    page.locator("#operations-tag-delegations").get_by_role("button").click()
    operation = page.locator("[id$=delegations_retrieve]")
    operation.get_by_role("button").first.click()
    expect(operation.get_by_placeholder("participant")).to_have_value("russia")
    operation.get_by_role("button", name="Execute").click()
    answer = operation.locator(".live-responses-table")
    expect(answer.locator("tr.response .response-col_status")).to_contain_text("200")
    expect(answer).to_contain_text('"id": "4_russia"')
    violations = {one["id"] for one in findings(page).response["violations"]}
    assert violations <= A_MAIN_WITHIN_OURS
    page.set_viewport_size({"width": 320, "height": 800})
    expect_nothing_cut_off(page)
