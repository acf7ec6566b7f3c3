"""The end of somebody's time in a real browser: time left is said, what comes late stays in sight, pages are clean."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserContext, expect

from eiassess.persistence.tables import OpeningRecord
from eiassess.web.shell.context import Installation
from tests.hiring_story import rows
from tests.web.browsing import check_everywhere, opened, started
from tests.web.people import Casey, Clock, begin, stored

_LISTEN = """() => {
  window.heard = [];
  const said = document.querySelector("[data-clock-said]");
  new MutationObserver((changes) => changes.forEach(() => window.heard.push(said.textContent)))
    .observe(said, { childList: true, characterData: true, subtree: true });
}"""
"""Notes each change of what is read out, also by the same words."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as browser:
        yield browser


@pytest.fixture
def context(browser: Browser, app: Flask) -> Iterator[BrowserContext]:
    with opened(browser, app) as context:
        yield context


@pytest.fixture
def limited(installation: Installation, casey: Casey, client: FlaskClient) -> Casey:
    """Casey, with 40 minutes that have begun."""
    with installation.database.writing() as db:
        opening = db.get_one(OpeningRecord, casey.opening_id)
        opening.time_limit_minutes = 40
        db.add(opening)
    begin(client, casey)
    return casey


def test_the_time_that_is_left_is_shown_and_read_out_when_it_matters(
    context: BrowserContext, limited: Casey, clock: Clock
) -> None:
    clock.move(minutes=28, seconds=58)
    page = context.new_page()
    page.goto(limited.link)
    expect(page.locator("[data-clock-left]")).to_have_text("11 minutes left")
    expect(page.locator("[data-clock-said]")).to_have_text("")
    page.clock.install()
    page.reload()
    page.clock.run_for(20_000)
    expect(page.locator("[data-clock-left]")).to_have_text("10 minutes left")
    expect(page.locator("[data-clock-said]")).to_have_text("10 minutes left.")
    page.clock.run_for(60_000 * 5)
    expect(page.locator("[data-clock-said]")).to_have_text("5 minutes left.")
    page.clock.run_for(60_000 * 4 + 30_000)
    expect(page.locator("[data-clock-said]")).to_have_text("1 minute left.")
    page.evaluate(_LISTEN)
    page.clock.run_for(70_000)
    expect(page.locator("[data-clock-said]")).to_have_text("Your time has ended. What you gave is being saved.")
    expect(page.locator(".clock")).to_have_text("Your time has ended.")
    page.clock.run_for(30_000)
    assert page.evaluate("window.heard") == ["Your time has ended. What you gave is being saved."]


def test_what_comes_late_is_refused_counted_and_stays_to_be_copied(
    context: BrowserContext, limited: Casey, installation: Installation, clock: Clock
) -> None:
    page = context.new_page()
    page.goto(limited.link)
    page.wait_for_url("**/sit/scenario/1")
    clock.move(minutes=42)
    page.locator("fieldset").first.locator("label").nth(2).click()
    panel = page.locator("#too-late")
    expect(panel).to_be_visible()
    expect(panel).to_contain_text("1 answer came late, not what it was")
    assert "3, somewhat ineffective" in panel.locator("textarea").input_value()
    assert stored(installation, limited, 1) is None
    assert [row["answers"] for row in rows(installation.database, "late_answer")] == [1]
    check_everywhere(page, re.compile(r"^Scenario 1 of 16, about \d+ minutes left$"))
    page.goto("/sit/own")
    again = page.locator("#not-taken-here")
    expect(again).to_be_visible()
    assert "3, somewhat ineffective" in again.locator("textarea").input_value()
    assert [row["answers"] for row in rows(installation.database, "late_answer")] == [1]
    check_everywhere(page, "Your page, Casey Moreau")


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("/sit/own", "Your page, Casey Moreau"),
        ("/sit/ask", "Ask for something different"),
        ("/sit/question", "Ask a person"),
        ("/sit/withdraw", "Withdraw"),
        ("/sit/experience", "Say how it was"),
        ("/sit/data", "Get your data"),
        ("/sit/erase", "Have your data erased"),
    ],
)
def test_the_pages_of_ones_own_are_clean_on_phone_and_desk(
    context: BrowserContext, limited: Casey, path: str, heading: str
) -> None:
    page = context.new_page()
    page.goto(limited.link)
    page.goto(path)
    check_everywhere(page, heading)
