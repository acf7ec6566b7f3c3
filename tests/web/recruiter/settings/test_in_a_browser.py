"""An opening's pages in a real browser: phone and desk, light and dark, and by keyboard where something is wrong."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from eiassess.web.shell.context import Installation
from tests.hiring_story import PASSWORD
from tests.web.browsing import check_everywhere, opened, started
from tests.web.people import Clock, invite
from tests.web.staff import Office


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser, app: Flask) -> Iterator[Page]:
    with opened(browser, app) as context:
        page = context.new_page()
        page.goto("/sign-in")
        page.get_by_label("E-mail address").fill("alice@example.org")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/openings")
        yield page


def test_a_job_is_opened_described_and_closed(page: Page) -> None:
    check_everywhere(page, "Openings")
    page.get_by_role("link", name="New opening").click()
    check_everywhere(page, "New opening")
    page.get_by_role("button", name="Make the opening").click()
    expect(page).to_have_title(re.compile("^Error: "))
    check_everywhere(page, "New opening")
    page.get_by_label("Title of the job").fill("Night desk " + "Donaudampfschifffahrt" * 5)
    page.get_by_label("Screening").check()
    page.get_by_role("button", name="Make the opening").click()
    page.wait_for_url("**/settings?made=yes")
    check_everywhere(page, "Night desk " + "Donaudampfschifffahrt" * 5)
    page.get_by_label("Title of the job").fill("Night desk")
    page.get_by_label("Last day").fill("2026-12-04")
    page.get_by_role("button", name="Save the settings").click()
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.locator(".error-summary")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Time of the day")).to_be_focused()
    page.get_by_label("Time of the day").fill("17:00")
    page.get_by_label("Time zone").select_option("Europe/Berlin")
    page.get_by_role("button", name="Save the settings").click()
    page.wait_for_url("**/settings?saved=yes")
    expect(page.locator("main")).to_contain_text("Friday 4 December 2026, 17:00 (Europe/Berlin, UTC+01:00)")
    page.get_by_role("link", name="Look at the form").click()
    check_everywhere(page, "Form that candidates sit")
    page.go_back()
    page.get_by_role("link", name="People").click()
    check_everywhere(page, "Night desk")
    page.get_by_role("link", name="Settings").click()
    page.get_by_role("link", name="Close this opening").click()
    check_everywhere(page, "Close Night desk?")


def test_a_day_typed_by_half_is_not_taken_for_none(page: Page, office: Office) -> None:
    page.goto(f"/openings/{office.empty_opening}/settings")
    page.get_by_label("Last day").press_sequentially("31")
    page.get_by_role("button", name="Save the settings").click()
    expect(page.locator("#deadline_day:invalid")).to_be_focused()
    assert "saved" not in page.url
    page.get_by_label("Last day").fill("")
    page.get_by_role("button", name="Save the settings").click()
    page.wait_for_url("**/settings?saved=yes")


def test_progress_follows_by_itself_and_asks_before_it_acts(
    page: Page, installation: Installation, office: Office
) -> None:
    page.clock.install()
    page.goto(f"/openings/{office.opening}/progress")
    check_everywhere(page, "Adviser")
    expect(page.locator(".stages li").nth(1)).to_contain_text("1 Invited")
    invite(installation, office.opening, "Newcomer")
    page.clock.fast_forward(21_000)
    expect(page.locator(".stages li").nth(1)).to_contain_text("2 Invited")
    check_everywhere(page, "Adviser")
    page.get_by_label("Choose Ilka Half").check()
    page.get_by_role("button", name="Withdraw").click()
    check_everywhere(page, "Withdraw 1 person?")
    page.get_by_role("button", name="Withdraw 1 person").click()
    expect(page.get_by_role("status")).to_have_text("1 person withdrawn.")


@pytest.mark.parametrize("n", [0, 40])
def test_progress_of_nobody_and_of_forty_who_need_a_nudge(
    page: Page, installation: Installation, clock: Clock, office: Office, n: int
) -> None:
    clock.move(days=-6)
    for number in range(n):
        invite(installation, office.empty_opening, "Nora Berg", email=f"nora{number}@example.org")
    clock.move(days=6)
    page.goto(f"/openings/{office.empty_opening}/progress")
    check_everywhere(page, "Nobody yet")
