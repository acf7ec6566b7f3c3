"""A recruiter goes from the list to a decision in a real browser, and switches the use of scores on."""

import re

from playwright.sync_api import Page, expect

from tests.browser import Demo, check_page, sign_in


def test_a_recruiter_records_steps_for_several_and_a_decision_for_one(page: Page, demo: Demo) -> None:
    sign_in(page, demo, demo.recruiter)
    page.goto(f"{demo.opening}/decisions")
    expect(page.get_by_role("heading", level=1)).to_have_text("Customer service adviser")
    check_page(page)
    boxes = page.get_by_role("checkbox")
    for place in (10, 11):
        boxes.nth(place).check()
    page.get_by_label("For those chosen").select_option("interview")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Move 2 people")
    check_page(page)
    page.get_by_label("Tell each of them by mail").check()
    page.get_by_role("button", name="Move 2 people").click()
    expect(page.get_by_role("status")).to_contain_text("2 people moved. 2 people will be told by mail.")
    check_page(page)

    page.locator("tbody th a").nth(10).click()
    expect(page).to_have_title(re.compile("^Stage and notes"))
    check_page(page)
    page.get_by_label("New note").fill("Ask about night shifts.\n\nAnd about keys.")
    page.get_by_role("button", name="Keep the note").click()
    expect(page.get_by_role("article")).to_contain_text("Ask about night shifts.")
    page.get_by_label("Next step").select_option("not_taken")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Move 1 person").click()
    expect(page.get_by_role("alert")).to_contain_text("Say why")
    check_page(page)
    page.get_by_label("Why").fill("Somebody else spoke better of complaints.")
    page.get_by_role("button", name="Move 1 person").click()
    expect(page.get_by_role("status")).to_contain_text("1 person moved.")


def test_the_use_of_scores_is_switched_on_before_anybody_is_invited(page: Page, demo: Demo) -> None:
    sign_in(page, demo, demo.recruiter)
    page.goto(f"{demo.running}?sort=score")
    expect(page.get_by_text("The list stands by name, not by score")).to_be_visible()
    check_page(page)
    page.get_by_role("link", name="What scores may be used for").click()
    expect(page.get_by_text("it cannot be switched on here any more")).to_be_visible()
    check_page(page)
    page.goto(f"{demo.base}/openings/new")
    page.get_by_label("Title of the job").fill("Night desk")
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Make the opening").click()
    page.get_by_role("link", name=re.compile("Whether this opening's list may be sorted by score")).click()
    check_page(page)
    page.get_by_role("button", name="Switch on sorting by score").click()
    expect(page.get_by_role("alert")).to_contain_text("Give the reason.")
    check_page(page)
    page.get_by_label("Why").fill("We talk to four of nine people.")
    page.get_by_role("button", name="Switch on sorting by score").click()
    expect(page.get_by_text("This opening's list may be sorted by score.")).to_be_visible()
    check_page(page)
