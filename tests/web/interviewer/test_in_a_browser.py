"""Interviews in a real browser: phone and desk, light and dark, and rated by keyboard alone."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from eiassess.web.shell.context import Installation
from tests.hiring_story import PASSWORD
from tests.interviews import COMPETENCIES
from tests.web.browsing import check_everywhere, opened, started
from tests.web.interviewing import plan, rate, signed_in
from tests.web.staff import Office

TITLES = "Casey Zwart"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser, app: Flask) -> Iterator[Page]:
    with opened(browser, app) as context:
        yield context.new_page()


def sign_in(page: Page, name: str) -> None:
    page.goto("/sign-in")
    page.get_by_label("E-mail address").fill(f"{name}@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda address: "sign-in" not in address)


def rate_by_keys(page: Page, competency: str) -> None:
    """Tab into the group and go down twice: 3 points."""
    page.locator(f"#rating-{competency}-1").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator(f"#rating-{competency}-3")).to_be_checked()


def test_a_manager_rates_and_then_reads_what_others_rated(
    page: Page, app: Flask, office: Office, installation: Installation
) -> None:
    interview = plan(signed_in(app, "alice"), installation, office.casey, "bob", "dana", day="2026-12-04")
    rate(signed_in(app, "bob"), interview, 2, 3, note="Unbreakable" * 20)
    sign_in(page, "dana")
    check_everywhere(page, "Reports")
    page.get_by_role("link", name="Interviews").click()
    check_everywhere(page, "Interviews")
    page.get_by_role("link", name=re.compile("Casey")).click()
    check_everywhere(page, re.compile(TITLES))
    page.get_by_role("button", name="Give my ratings").click()
    expect(page.locator(".error-summary")).to_be_focused()
    check_everywhere(page, re.compile(TITLES))
    asked = [each for each in COMPETENCIES if not page.locator(f"#rating-{each}-none").is_checked()]
    for competency in asked:
        rate_by_keys(page, competency)
    page.keyboard.press("Tab")
    page.keyboard.type("Asked twice.")
    page.get_by_role("button", name="Give my ratings").click()
    page.wait_for_url("**?saved=yes")
    expect(page.locator(f"#note-{asked[-1]}")).to_have_value("Asked twice.")
    page.get_by_role("button", name="Show what others rated").click()
    expect(page.locator("#others")).to_contain_text("Points from 1 to 5")
    page.get_by_text("Notes of the interviewers").click()
    check_everywhere(page, re.compile(TITLES))


def test_a_recruiter_plans_and_reads_the_result(page: Page, app: Flask, office: Office) -> None:
    sign_in(page, "alice")
    page.goto(f"/candidates/{office.casey}/interviews")
    check_everywhere(page, re.compile("Interviews with"))
    page.get_by_label(re.compile("Bob")).check()
    page.get_by_label(re.compile("Dana")).check()
    page.get_by_role("button", name="Plan the interview").click()
    expect(page.locator(".lead")).to_have_text("1 interview; ratings of 0 of 2 interviewers are given.")
    interview = str(page.locator("section[id^=plan-]").get_attribute("id")).removeprefix("plan-")
    for who, points in (("bob", (3, 4)), ("dana", (4, "not-asked"))):
        rate(signed_in(app, who), interview, *points)
    page.reload()
    page.get_by_role("button", name="Show what was rated").click()
    expect(page.get_by_role("heading", name="Result")).to_be_visible()
    page.get_by_text("Change who interviews, or the day").click()
    check_everywhere(page, re.compile("Interviews with"))
