"""A list by keyboard alone, and turned off for those whom single letters disturb."""

import re

from playwright.sync_api import Page, expect

from tests.browser import Demo, check_page, sign_in


def test_rows_are_reached_chosen_and_opened_by_keys(page: Page, demo: Demo, size: tuple[int, int]) -> None:
    sign_in(page, demo, demo.recruiter)
    page.goto(f"{demo.opening}?sort=band&columns=score.band.recovery")
    check_page(page)
    links, boxes = page.locator("tbody th[scope=row] a"), page.locator('tbody input[type="checkbox"]')
    assert boxes.first.bounding_box()["y"] < size[1], "the first candidate is on the first screen"  # type: ignore[index]  # it is there
    page.keyboard.press("j")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(boxes.nth(1)).to_be_checked()
    expect(page.locator("[data-chosen]")).to_have_text("1 chosen")
    page.keyboard.press("k")
    expect(links.nth(0)).to_be_focused()
    name = links.nth(0).inner_text()
    page.keyboard.press("Enter")
    expect(page).to_have_title(re.compile(re.escape(name)))


def test_keys_are_turned_off_and_stay_off(page: Page, demo: Demo, size: tuple[int, int]) -> None:
    sign_in(page, demo, demo.recruiter)
    page.goto(demo.opening)
    expect(page.get_by_text("j and k move")).to_be_visible(visible=size[0] > 1000)
    if size[0] < 1000:  # a phone has no keys to turn off
        return
    page.get_by_role("button", name="Turn keys off").click()
    check_page(page)
    page.reload()
    page.keyboard.press("j")
    expect(page.locator("tbody a:focus")).to_have_count(0)
    expect(page.get_by_role("button", name="Turn keys on")).to_be_visible()
