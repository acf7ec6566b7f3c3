"""Voluntary questions in a real browser: read of before agreeing, answered after handing in, summed up for analysts."""

import re

from playwright.sync_api import Page, expect

from tests.browser import Demo, check_page, sign_in


def test_a_candidate_answers_changes_their_mind_and_takes_it_back(page: Page, demo: Demo) -> None:
    page.goto(demo.invitation)
    expect(page.get_by_text("you may answer 2 questions about yourself, if you like")).to_be_visible()
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Agree and continue").click()
    for fieldset in page.locator("fieldset").all():
        fieldset.locator("label").nth(3).click()
    page.get_by_role("button", name="See what the answer key says").click()
    page.get_by_role("button", name="Start", exact=True).click()
    page.goto(f"{demo.base}/sit/review")
    page.get_by_role("button", name=re.compile("^Hand in")).click()
    page.get_by_role("button", name=re.compile("^Hand in")).click()
    page.get_by_role("link", name="See the questions").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Voluntary questions")
    check_page(page)
    page.get_by_role("link", name="Skip these questions").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    page.get_by_role("link", name="See the questions").click()
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose an answer, or skip these questions.")
    check_page(page)
    page.get_by_role("group", name="How old are you?").get_by_label("30 to 49").check()
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("status")).to_contain_text("Your answers are kept apart from all the rest")
    check_page(page)
    page.get_by_role("link", name="Voluntary questions").click()
    expect(page.get_by_label("30 to 49")).not_to_be_checked()
    check_page(page)
    page.get_by_role("button", name="Take back what I answered").click()
    expect(page.get_by_role("status")).to_contain_text("Nothing that you answered to the voluntary questions is kept.")


def test_a_recruiter_switches_it_on_and_sees_no_answer(page: Page, demo: Demo) -> None:
    sign_in(page, demo, demo.recruiter)
    page.goto(f"{demo.opening}/fairness")
    expect(page.get_by_text("Whoever hands in is asked 2 questions.")).to_be_visible()
    check_page(page)
    page.goto(f"{demo.base}/openings/new")
    page.get_by_label("Title of the job").fill("Weekend desk")
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Make the opening").click()
    page.get_by_role("link", name=re.compile("Whether candidates are asked voluntary questions")).click()
    check_page(page)
    page.get_by_role("button", name="Ask these questions").click()
    expect(page.get_by_role("alert")).to_contain_text("Ask at least one question.")
    check_page(page)
    page.get_by_role("link", name="gender and age").click()
    page.get_by_role("button", name="Ask these questions").click()
    expect(page.get_by_text("Whoever hands in is asked 2 questions.")).to_be_visible()
    check_page(page)


def test_an_analyst_reads_sums_and_the_law_s_tables(page: Page, demo: Demo) -> None:
    sign_in(page, demo, demo.analyst)
    page.goto(f"{demo.base}/analysis")
    page.get_by_role("link", name=re.compile("^Fairness")).click()
    check_page(page)
    page.get_by_role("link", name="Customer service adviser", exact=True).click()
    expect(page.get_by_text("39 simulated people who answered")).to_be_visible()
    expect(page.get_by_text("fewer than 10", exact=True).first).to_be_visible()
    check_page(page)
    page.get_by_text("By competency").first.click()
    check_page(page)
    page.goto(f"{demo.base}/analysis/fairness")
    page.get_by_role("link", name="Customer service adviser, spring").click()
    page.get_by_role("link", name=re.compile("Local Law 144")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tables of Local Law 144")
    check_page(page)
