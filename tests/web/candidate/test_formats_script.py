"""static/choices.js in a real browser: what can be given once is given once, said, saved, and never lost on the way."""

import json
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from eiassess.web.shell.context import Installation
from tests.web.browsing import check_everywhere, opened, started
from tests.web.mixed import NUMBERS
from tests.web.people import Casey, stored

Answers = Callable[[str], dict[str, int]]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as browser:
        yield browser


@pytest.fixture
def context(browser: Browser, app: Flask, mixed_casey: Casey) -> Iterator[BrowserContext]:
    """Casey's browser, in the midst of the mixed form."""
    with opened(browser, app) as context:
        page = context.new_page()
        page.set_viewport_size({"width": 320, "height": 700})
        page.goto(mixed_casey.link)
        page.get_by_role("checkbox").check()
        page.get_by_role("button", name="Agree and continue").click()
        page.get_by_role("button", name="See what the answer key says").click()
        page.get_by_role("button", name="Start now").click()
        page.wait_for_url("**/sit/scenario/1")
        yield context


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.pages[0]


@pytest.fixture
def answers(installation: Installation, mixed_casey: Casey) -> Answers:
    def look(way: str) -> dict[str, int]:
        record = stored(installation, mixed_casey, NUMBERS[way])
        found: dict[str, int] = json.loads(record.ratings) if record else {}
        return found

    return look


def go(page: Page, way: str) -> None:
    page.goto(f"/sit/scenario/{NUMBERS[way]}")


def tap(page: Page, *ids: str) -> None:
    for each in ids:
        page.locator(f"#{each}").check(force=True)


def checked(page: Page) -> list[str]:
    found: list[str] = page.locator("input:checked").evaluate_all("all => all.map((each) => each.id).sort()")
    return found


def expect_status(page: Page, text: str) -> None:
    expect(page.get_by_role("status")).to_have_text(text, timeout=15_000)


def test_a_place_that_was_given_changes_hands_and_it_is_said(page: Page, answers: Answers) -> None:
    go(page, "ranked")
    tap(page, "ranked-one-a-1", "ranked-one-b-2")
    expect_status(page, "Saved 14:02")
    tap(page, "ranked-one-c-1")
    expect_status(page, "Saved 14:02. “First answer of ranked-one, said in…” has no place now.")
    assert checked(page) == ["ranked-one-b-2", "ranked-one-c-1"]
    assert answers("ranked") == {"b": 2, "c": 1}
    tap(page, "ranked-one-a-3")
    expect_status(page, "Saved 14:02")
    assert answers("ranked") == {"a": 3, "b": 2, "c": 1}


def test_places_passed_on_the_way_by_arrow_keys_are_given_back(page: Page, answers: Answers) -> None:
    go(page, "ranked")
    tap(page, "ranked-one-a-1", "ranked-one-b-2", "ranked-one-c-3")
    page.locator("#ranked-one-d-1").focus()
    page.keyboard.press("Space")
    expect_status(page, "Saved 14:02. “First answer of ranked-one, said in…” has no place now.")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect_status(page, "Saved 14:02")
    assert checked(page) == [f"ranked-one-{option}-{place}" for place, option in enumerate("abcd", 1)]
    assert answers("ranked") == {"a": 1, "b": 2, "c": 3, "d": 4}


def test_one_response_is_not_best_and_worst(page: Page, answers: Answers) -> None:
    go(page, "picked")
    tap(page, "picked-one-a-best", "picked-one-b-worst")
    tap(page, "picked-one-a-worst")
    expect_status(page, "Saved 14:02. Best is free again: choose another for it.")
    assert answers("picked") == {"a": -1}
    tap(page, "picked-one-b-best")
    expect_status(page, "Saved 14:02")
    tap(page, "picked-one-b-worst")
    expect_status(page, "Saved 14:02. Best is free again: choose another for it.")
    assert checked(page) == ["picked-one-b-worst"]
    assert answers("picked") == {"b": -1}


def test_best_and_worst_by_keyboard_alone(page: Page, answers: Answers) -> None:
    go(page, "picked")
    shown = page.locator("[data-option]").evaluate_all("all => all.map((each) => each.dataset.option)")
    page.locator("input[name=best]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "worst"
    page.keyboard.press("Space")
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    expect_status(page, "Saved 14:02")
    assert answers("picked") == {shown[0]: 1, shown[3]: -1}, "what worst passed by on its way is given back"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/sit/scenario/{NUMBERS['picked'] + 1}")
    assert answers("picked") == {shown[1]: 1, shown[3]: -1}


def test_the_best_is_one(page: Page, answers: Answers) -> None:
    go(page, "best")
    tap(page, "best-one-a-best", "best-one-c-best")
    expect_status(page, "Saved 14:02")
    assert answers("best") == {"c": 1}
    assert checked(page) == ["best-one-c-best"]


def test_two_versions_are_told_in_the_words_of_the_way(context: BrowserContext, page: Page, answers: Answers) -> None:
    other = context.new_page()
    for tab in (page, other):
        go(tab, "picked")
    tap(other, "picked-one-a-best")
    expect_status(other, "Saved 14:02")
    tap(page, "picked-one-b-best")
    expect_status(page, "Not saved yet: please choose a version.")
    assert (
        'First answer of picked-one, said in a calm voice." best' in page.locator("[data-version=saved]").inner_text()
    )
    given = page.locator("[data-version=given]").inner_text()
    assert 'First answer of picked-one, said in a calm voice." not chosen' in given
    assert 'Second answer of picked-one, said in a calm voice." best' in given
    page.get_by_role("button", name="Keep what is saved").click()
    expect_status(page, "Saved 14:02")
    assert checked(page) == ["picked-one-a-best"]
    assert answers("picked") == {"a": 1}


def test_what_clashed_before_the_script_had_come_is_settled(page: Page, answers: Answers) -> None:
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route("**/choices.js", hold)
    page.goto(f"/sit/scenario/{NUMBERS['ranked']}", wait_until="commit")
    tap(page, "ranked-one-a-1", "ranked-one-b-1", "ranked-one-c-2")
    page.wait_for_timeout(200)
    assert answers("ranked") == {}
    waiting[0].continue_()
    expect(page.get_by_role("status")).to_contain_text("has no place now.")
    assert sorted(answers("ranked").values()) == [1, 2]
    assert len(checked(page)) == 2


def test_practice_is_mended_and_announced_too(page: Page) -> None:
    page.goto("/sit/practice")
    tap(page, "try-picked-one-a-best", "try-picked-one-a-worst")
    expect_status(page, "Best is free again: choose another for it.")
    assert checked(page) == ["try-picked-one-a-worst"]


@pytest.mark.parametrize("way", list(NUMBERS))
def test_axe_finds_nothing_before_and_after_answering(page: Page, way: str) -> None:
    page.emulate_media(reduced_motion="reduce")  # or axe meets "Saved" while it fades in
    go(page, way)
    check_everywhere(page, page.locator("h1").inner_text())
    page.locator("[data-option] input").first.check(force=True)
    expect_status(page, "Saved 14:02")
    check_everywhere(page, page.locator("h1").inner_text())


@pytest.mark.parametrize("way", list(NUMBERS))
def test_every_choice_is_large_enough_for_a_thumb(page: Page, way: str) -> None:
    go(page, way)
    sizes = page.locator(".choice").evaluate_all("all => all.map((each) => each.getBoundingClientRect().toJSON())")
    assert all(size["height"] >= 44 and size["width"] >= 44 for size in sizes)
