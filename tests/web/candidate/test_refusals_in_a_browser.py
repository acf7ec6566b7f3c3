"""What a candidate is shown when something is wrong, in a real browser whose script did not come."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page

from tests.web.browsing import check_everywhere, opened, started
from tests.web.people import Casey


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as browser:
        yield browser


@pytest.fixture
def context(browser: Browser, app: Flask, casey: Casey) -> Iterator[BrowserContext]:
    with opened(browser, app) as context:
        context.route("**/candidate.js", lambda route: route.abort())
        page = context.new_page()
        page.goto(casey.link)
        page.get_by_role("button", name="Agree and continue").click()
        assert page.title().startswith("Error: ")
        check_everywhere(page, "Hello Casey Moreau")
        page.get_by_role("checkbox").check()
        page.get_by_role("button", name="Agree and continue").click()
        page.get_by_role("button", name="See what the answer key says").click()
        page.get_by_role("button", name="Start").click()
        yield context


def scenario(context: BrowserContext) -> Page:
    page = context.new_page()
    page.goto("/sit/scenario/1")
    return page


def rate(page: Page, rating: int) -> None:
    page.locator(f"input[name=rating-a][value='{rating}']").check(force=True)
    page.get_by_role("button", name="Save").click()


def test_two_versions(context: BrowserContext) -> None:
    first, second = scenario(context), scenario(context)
    rate(first, 2)
    rate(second, 5)
    check_everywhere(second, "Two versions of your answers")


def test_the_browser_session_has_ended(context: BrowserContext) -> None:
    page = scenario(context)
    context.clear_cookies()
    rate(page, 2)
    check_everywhere(page, "Not saved yet: please open your link again")


def test_too_late(context: BrowserContext) -> None:
    late, page = scenario(context), scenario(context)
    page.goto("/sit/review")
    page.get_by_role("button", name="Hand in with answers missing").click()
    check_everywhere(page, "Hand in with answers missing?")
    page.get_by_role("button", name="left open").click()
    check_everywhere(page, "Thank you, Casey Moreau")
    rate(late, 2)
    check_everywhere(late, "That was not saved")
