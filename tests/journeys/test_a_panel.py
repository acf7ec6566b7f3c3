"""A panel in a real browser: an analyst makes it and invites, an expert rates by keyboard alone and hands in."""

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from playwright.sync_api import Browser, Page, expect

from eiassess.banks.catalog import load_form
from eiassess.config import Settings
from eiassess.domain.roles import Role
from eiassess.reporting.setting.renderer import PdfRenderer
from eiassess.services import Database
from eiassess.services.panels.experts import invite_experts
from eiassess.services.panels.panels import add_panel
from eiassess.services.people import passwords
from eiassess.services.people.accounts import add_user, find_account
from eiassess.web.app import create_app
from eiassess.web.shell.context import Installation
from tests.banks.small_bank import FORM, write_small_bank
from tests.browser import check_page
from tests.hiring_story import PASSWORD
from tests.web.browsing import opened

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def company(tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Installation]:
    monkeypatch.setattr(passwords, "PASSWORD_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    write_small_bank(tmp_path / "banks" / "small")
    url = f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'eiassess.sqlite')}"
    settings = Settings(tmp_path, url, "http://127.0.0.1:8000", (tmp_path / "banks",), "help@example.org")
    database, renderer = Database(url), PdfRenderer()
    add_user(database, "avery@example.org", "Avery", Role.ANALYST, PASSWORD, NOW)
    yield Installation(settings, database, lambda: NOW, renderer, secret_key="a secret for this test")
    renderer.close()
    database.close()


def test_an_analyst_makes_a_panel_and_an_expert_rates_by_keyboard(browser: Browser, company: Installation) -> None:
    with opened(browser, create_app(company)) as context:
        analyst = context.new_page()
        analyst.goto("/sign-in")
        analyst.get_by_label("E-mail").fill("avery@example.org")
        analyst.get_by_label("Password").fill(PASSWORD)
        analyst.get_by_role("button", name="Sign in").click()
        analyst.get_by_role("link", name="Expert panels").click()
        analyst.get_by_role("link", name="Make a panel").first.click()
        analyst.get_by_label("Name of the panel").fill("Winter panel")
        analyst.get_by_role("button", name="Make the panel").click()
        analyst.get_by_role("link", name="Invite experts").click()
        analyst.get_by_label("Experts, one a line").fill("Zoë Lindqvist <zoe@example.org>")
        analyst.get_by_role("button", name="Make the links").click()
        check_page(analyst)
        link = re.sub(r"^http://[^/]+", "", analyst.locator("code.link").inner_text())
        analyst.get_by_role("link", name="Done, go to the panel").click()
        panel = analyst.url

        _rate_and_hand_in(context.new_page(), link)

        analyst.goto(panel)
        expect(analyst.get_by_text("1 of 1 invited experts have handed in.")).to_be_visible()
        check_page(analyst)
        analyst.get_by_role("button", name="Close the panel").click()
        analyst.get_by_role("link", name="See the results").click()
        expect(analyst.get_by_text("There is nothing to compare yet")).to_be_visible()


def test_ratings_are_saved_as_they_are_given(browser: Browser, company: Installation) -> None:
    """No button is pressed; what the network drops is sent again, and it is there after closing the tab."""
    avery = find_account(company.database, "avery@example.org")
    assert avery
    panel = add_panel(company.database, avery.id, "Winter panel", load_form(FORM, company.settings.bank_folders), NOW)
    (link,) = invite_experts(company.database, company.links, panel, [("Zoë Lindqvist", "zoe@example.org")], NOW)
    with opened(browser, create_app(company)) as context:
        page = context.new_page()
        page.goto(f"/e/{link.token}")
        page.get_by_role("checkbox").check()
        page.get_by_role("button", name="Agree and start").click()
        groups = page.locator("fieldset")
        groups.nth(0).locator("label").nth(4).click()
        expect(page.get_by_role("status")).to_have_text("Saved 09:00 UTC")
        context.set_offline(True)
        groups.nth(1).locator("label").nth(1).click()
        expect(page.get_by_role("status")).to_contain_text("Not saved yet.")
        context.set_offline(False)
        expect(page.get_by_role("status")).to_have_text("Saved 09:00 UTC")
        page.get_by_text("I cannot judge this").nth(2).click()
        page.locator("summary").first.click()
        page.locator("textarea").first.fill("It depends on the day.")
        page.close()

        again = context.new_page()
        again.goto(f"/e/{link.token}")
        expect(again.locator("textarea").first).to_have_value("It depends on the day.")
        assert again.locator("input:checked").evaluate_all("all => all.map(each => each.value)") == [
            "5",
            "2",
            "cannot-judge",
        ]
        check_page(again)
        again.locator("fieldset").nth(3).locator("label").first.click()
        again.get_by_role("button", name=re.compile("^Continue")).click()  # at once: no conflict with itself
        expect(again).to_have_title(re.compile("Scenario 2 of 4"))
        again.get_by_role("button", name="Back").click()
        assert again.locator("input:checked").count() == 4


def _rate_and_hand_in(page: Page, link: str) -> None:
    page.goto(link)
    assert link.rsplit("/", 1)[1] not in page.url
    check_page(page)
    page.get_by_role("checkbox").press("Space")
    page.get_by_role("button", name="Agree and start").press("Enter")
    for number in range(1, 5):
        expect(page).to_have_title(re.compile(f"Scenario {number} of 4"))
        for group in page.locator("fieldset").all():
            group.locator("input").first.press("Space")
            page.keyboard.press("ArrowRight")
        if number == 1:
            check_page(page)
            page.locator("summary").first.press("Enter")
            page.keyboard.press("Tab")
            page.keyboard.type("It depends on the day.")
            with page.expect_navigation():  # the ratings are saved already and said so: wait for the comment's own
                page.get_by_role("button", name="Save").press("Enter")
            expect(page.get_by_role("status")).to_have_text("Saved 09:00 UTC")
            page.reload()
            expect(page.locator("textarea").first).to_have_value("It depends on the day.")
        page.get_by_role("button", name=re.compile("^Continue")).press("Enter")
    expect(page.get_by_text("All 4 scenarios are complete.")).to_be_visible()
    check_page(page)
    page.get_by_role("button", name="Hand in my ratings").press("Enter")
    expect(page.get_by_role("heading", name="Thank you, Zoë Lindqvist")).to_be_visible()
    check_page(page)
