"""Weights are moved, the bands follow at once, and a what-if is kept, found again and deleted."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.browser import Demo, check_page, sign_in, watched_page


def test_weights_are_moved_and_a_what_if_is_kept(page: Page, demo: Demo) -> None:
    sign_in(page, demo, demo.recruiter)
    page.goto(demo.opening)
    page.get_by_role("link", name="What if the job weighed differently?").last.click()
    expect(page.get_by_role("group", name="Recovery").get_by_label("3")).to_be_checked()
    check_page(page)
    lead = page.locator("[data-lead]")
    before = lead.inner_text()
    page.get_by_role("group", name="Recovery").get_by_label("0").check()
    expect(lead).not_to_have_text(before)
    expect(page.locator("[data-said]")).to_have_text(lead.inner_text())
    expect(page).to_have_url(re.compile("weight-recovery=0"))
    check_page(page)
    sent, said = page.url, lead.inner_text()
    page.goto(sent)
    expect(lead).to_have_text(said)
    page.get_by_role("group", name="Speaking up").get_by_label("3").check()
    expect(lead).not_to_have_text(said)
    page.get_by_role("button", name="Keep this what-if").click()
    expect(page.get_by_role("alert")).to_contain_text("Give the what-if a name")
    check_page(page)
    page.get_by_label("Name", exact=True).fill("Few mistakes")
    page.get_by_label("Why you try these weights").fill("Another team now mends what went wrong.")
    page.get_by_role("button", name="Keep this what-if").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What if: Few mistakes")
    expect(page.locator("main")).to_contain_text("Speaking up 3")
    check_page(page)
    page.get_by_role("button", name="Delete the what-if Few mistakes").click()
    expect(page.get_by_role("link", name="What if: Few mistakes")).to_have_count(0)
    expect(page.get_by_role("link", name="What if: A quiet desk")).to_be_visible()


def test_weights_that_were_just_moved_are_those_that_are_kept(page: Page, demo: Demo) -> None:
    sign_in(page, demo, demo.recruiter)
    page.goto(f"{demo.opening}/what-if")
    page.get_by_label("Name", exact=True).fill("At once")
    page.get_by_label("Why you try these weights").fill("Nobody waits for what is worked out.")
    page.route("**/what-if/now?*", lambda route: route.abort())
    page.get_by_role("group", name="Speaking up").get_by_label("3").check()
    expect(page.locator("[data-kept]")).to_contain_text("Speaking up 3")
    page.get_by_role("button", name="Keep this what-if").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What if: At once")
    expect(page.locator("main")).to_contain_text("Speaking up 3")
    page.get_by_role("button", name="Delete the what-if At once").click()


def test_without_scripts_the_address_does_the_same(browser: Browser, demo: Demo, size: tuple[int, int]) -> None:
    with watched_page(browser, java_script_enabled=False, viewport={"width": size[0], "height": size[1]}) as page:
        sign_in(page, demo, demo.recruiter)
        page.goto(f"{demo.opening}/what-if")
        before = page.locator("[data-lead]").inner_text()
        page.get_by_role("group", name="Recovery").get_by_label("0").check()
        page.get_by_role("button", name="Show with these weights").click()
        expect(page.locator("[data-lead]")).not_to_have_text(before)
        expect(page.get_by_role("group", name="Recovery").get_by_label("0")).to_be_checked()


def test_when_the_server_is_out_of_reach_the_page_says_so(page: Page, demo: Demo) -> None:
    sign_in(page, demo, demo.recruiter)
    page.goto(f"{demo.opening}/what-if")
    lead = page.locator("[data-lead]").inner_text()
    page.context.set_offline(True)
    page.get_by_role("group", name="Recovery").get_by_label("0").check()
    expect(page.locator("[data-busy]")).to_contain_text("This could not be worked out")
    expect(page.locator("[data-lead]")).to_have_text(lead)
    page.context.set_offline(False)


def test_elsewhere_the_page_says_why_not(page: Page, demo: Demo) -> None:
    sign_in(page, demo, demo.recruiter)
    page.goto(f"{demo.running}/what-if")
    expect(page.locator("[data-lead]")).to_contain_text("Scores put nobody in order here")
    check_page(page)
