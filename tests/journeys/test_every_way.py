"""A form that asks in every way, on a phone of 320 px, once with the script and once in a browser that gets none."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from eiassess.config import Settings
from eiassess.reporting.setting.renderer import PdfRenderer
from eiassess.services import Database
from eiassess.web.app import create_app
from eiassess.web.shell.context import Installation
from tests.browser import check_page
from tests.web.browsing import opened
from tests.web.mixed import NUMBERS, invite_to_mixed, make_mixed
from tests.web.people import Casey, Clock

PHONE = {"width": 320, "height": 640}


@pytest.fixture
def invited(tmp_path: Path, sqlite_template: Path) -> Iterator[tuple[Flask, Casey]]:
    """The application, and casey with a link to a form that asks in every way."""
    path = Path(shutil.copy(sqlite_template, tmp_path / "eiassess.sqlite"))
    mixed = make_mixed(tmp_path / "banks")
    settings = Settings(tmp_path, f"sqlite:///{path}", "http://127.0.0.1", (mixed.folder,), "help@example.org")
    database, renderer = Database(settings.database_url), PdfRenderer()
    installation = Installation(settings, database, Clock(), renderer, secret_key="only for tests")
    yield create_app(installation), invite_to_mixed(installation, mixed)
    renderer.close()
    database.close()


@pytest.mark.parametrize("script", [True, False], ids=["with the script", "without"])
def test_casey_answers_in_every_way(browser: Browser, invited: tuple[Flask, Casey], *, script: bool) -> None:
    app, casey = invited
    with opened(browser, app, viewport=PHONE, reduced_motion="reduce") as context:
        if not script:
            context.route("**/static/**/*.js", lambda route: route.abort())
        page = context.new_page()
        page.goto(casey.link)
        look_at_the_try_out(page)
        page.get_by_role("checkbox").check()
        page.get_by_role("button", name="Agree and continue").click()
        practise(page)
        answer_all(page, script=script)
        review(page)


def look_at_the_try_out(page: Page) -> None:
    page.get_by_role("link", name="Try every kind of question first").click()
    check_page(page)
    page.get_by_role("link", name="Back to your invitation").click()
    check_page(page)


def practise(page: Page) -> None:
    choose(page, 'Best: "First', 'Worst: "Last')
    check_page(page)
    page.get_by_role("button", name="See what the answer key says").click()
    check_page(page)
    page.get_by_role("link", name="Next practice scenario").click()
    page.get_by_role("button", name="See what the answer key says").click()
    page.get_by_role("button", name="Start", exact=True).click()


def choose(page: Page, *names: str) -> None:
    """Choose by what a screen reader calls the choice: its word and the option's text."""
    for name in names:
        word, _, text = name.partition(": ")
        page.get_by_role("radio", name=f"{word} {text}").press("Space")


def place(page: Page, **places: int) -> None:
    for option, number in places.items():
        row = page.get_by_role("group", name=f'"{option}')
        row.get_by_role("radio", name=f"Place {number}").press("Space")


def answer_all(page: Page, *, script: bool) -> None:
    for way in ("rated", "felt"):
        expect_number(page, way)
        for row in page.locator("fieldset").all():
            row.get_by_role("radio").nth(2).press("Space")
        go_on(page)
    pick(page, script=script)
    order(page, script=script)
    expect_number(page, "best")
    page.get_by_role("radio", name='"Second').press("Space")
    check_page(page)
    go_on(page)


def pick(page: Page, *, script: bool) -> None:
    expect_number(page, "picked")
    choose(page, 'Best: "First', 'Worst: "First')
    if script:
        expect(page.get_by_role("status")).to_contain_text("Best is free again: choose another for it.")
        check_page(page)
        choose(page, 'Best: "Third')
    else:
        go_on(page)
        expect(page.get_by_role("alert")).to_contain_text("is chosen as best and as worst")
        check_page(page)
        choose(page, 'Best: "Third')
    go_on(page)


def order(page: Page, *, script: bool) -> None:
    expect_number(page, "ranked")
    place(page, First=1, Second=2, Third=3, Last=3)
    if script:
        expect(page.get_by_role("status")).to_contain_text("“Third answer of ranked-one, said in…” has no place now.")
        check_page(page)
    else:
        go_on(page)
        expect(page.get_by_role("alert")).to_contain_text("Place 3 is given to")
        check_page(page)
    place(page, Third=4)
    go_on(page)


def review(page: Page) -> None:
    expect(page.get_by_text("All 5 scenarios are complete.")).to_be_visible()
    check_page(page)
    page.get_by_role("link", name="Scenario 3").click()
    chosen = page.locator("input:checked").evaluate_all("all => all.map((each) => each.id)")
    assert sorted(chosen) == ["picked-one-a-worst", "picked-one-c-best"]
    check_page(page)
    page.get_by_role("button", name="See all scenarios").click()
    page.get_by_role("button", name="Hand in").click()
    expect(page).to_have_title("Thank you - EIAssess")
    check_page(page)


def expect_number(page: Page, way: str) -> None:
    expect(page).to_have_title(f"Scenario {NUMBERS[way]} of 5 - EIAssess")


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Continue").press("Enter")
