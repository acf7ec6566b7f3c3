"""What staff are shown when something is wrong, in a real browser."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.hiring_story import PASSWORD
from tests.web.browsing import check_everywhere, opened, started
from tests.web.staff import Office


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser, app: Flask) -> Iterator[Page]:
    with opened(browser, app) as context:
        yield context.new_page()


def sign_in(page: Page, password: str) -> None:
    page.goto("/sign-in")
    page.get_by_label("E-mail address").fill("alice@example.org")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def test_signing_in_is_refused(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eiassess.services.people.sign_in_tries.FREE_TRIES", 1)
    sign_in(page, "not the password")
    expect(page).to_have_title(re.compile("^Error: "))
    check_everywhere(page, "Sign in")
    sign_in(page, PASSWORD)
    expect(page.locator("main")).to_contain_text("Wait 4 seconds")
    check_everywhere(page, "Too many tries in a short time")


def test_a_page_is_not_there_and_a_choice_cannot_be_compared(page: Page, office: Office) -> None:
    page.goto("/nowhere")
    check_everywhere(page, "There is no page here")
    sign_in(page, PASSWORD)
    page.wait_for_url("**/openings")
    page.goto(f"/openings/{office.other_opening}")
    check_everywhere(page, "There is no page here")
    page.goto(f"/openings/{office.opening}/compare?c={office.casey}")
    assert page.locator(".error-summary").inner_text()
    check_everywhere(page, page.locator("h1").inner_text())
