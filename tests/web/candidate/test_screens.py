"""A scenario's page as eyes, fingers and keys meet it: nothing covered, squares big enough, few screens, few keys."""

import json
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from eiassess.web.shell.context import Installation
from tests.web.browsing import check_everywhere, opened, started
from tests.web.candidate.covering import COVERED
from tests.web.mixed import NUMBERS
from tests.web.people import Casey, rated, stored

DESK, PHONE, SMALL_PHONE = (1280, 720), (390, 844), (320, 568)
SCREENS = {PHONE: 44 / 24, SMALL_PHONE: 73 / 24}
"""How many screens a scenario may be high, on average."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as browser:
        yield browser


def first_page(page: Page, link: str) -> Page:
    page.goto(link)
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Agree and continue").click()
    page.get_by_role("button", name="See what the answer key says").click()
    page.get_by_role("button", name="Start").click()
    page.wait_for_url("**/sit/scenario/1")
    return page


@pytest.fixture
def page(browser: Browser, app: Flask, casey: Casey) -> Iterator[Page]:
    """Casey's first scenario."""
    with opened(browser, app) as context:
        yield first_page(context.new_page(), casey.link)


@pytest.fixture
def mixed_page(browser: Browser, app: Flask, mixed_casey: Casey) -> Iterator[Page]:
    with opened(browser, app) as context:
        page = context.new_page()
        page.goto(mixed_casey.link)
        page.get_by_role("checkbox").check()
        page.get_by_role("button", name="Agree and continue").click()
        page.get_by_role("button", name="See what the answer key says").click()
        page.get_by_role("button", name="Start now").click()
        page.wait_for_url("**/sit/scenario/1")
        yield page


def covered(page: Page) -> tuple[list[str], int]:
    """What lies under words of the saving in any scroll position, and in how many places there are such words."""
    found = page.evaluate(COVERED)
    return found["found"], found["saved"]


def resize(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})


@pytest.mark.parametrize("size", [DESK, PHONE, SMALL_PHONE])
def test_saved_never_lies_over_a_choice_or_a_text(page: Page, size: tuple[int, int]) -> None:
    resize(page, size)
    for row in page.locator("fieldset").all():
        row.locator("label").nth(2).click()
        expect(row.locator(".note")).to_have_text("Saved 14:02")
        expect(page.get_by_role("status")).to_have_text("Saved 14:02")
        assert covered(page) == ([], 2)


@pytest.mark.parametrize("size", [DESK, SMALL_PHONE])
def test_in_every_format_a_failure_is_said_where_one_answers_and_covers_nothing(
    mixed_page: Page, size: tuple[int, int]
) -> None:
    resize(mixed_page, size)
    mixed_page.on("dialog", lambda dialog: dialog.accept())
    for number in NUMBERS.values():
        mixed_page.goto(f"/sit/scenario/{number}")
        mixed_page.route("**/save", lambda route: route.abort())
        mixed_page.locator("label:visible").first.click()
        expect(mixed_page.locator(".note").first).to_have_text("Not saved yet")
        assert covered(mixed_page) == ([], 2)
        mixed_page.unroute("**/save")


@pytest.mark.parametrize("size", [PHONE, SMALL_PHONE])
def test_six_squares_in_a_row_that_a_finger_hits(page: Page, size: tuple[int, int]) -> None:
    resize(page, size)
    for row in page.locator("fieldset").all():
        boxes = [label.bounding_box() for label in row.locator("label").all()]
        assert len({box["y"] for box in boxes if box}) == 1
        assert len(boxes) == 6
        assert all(box and box["width"] >= 44 and box["height"] >= 44 for box in boxes), boxes
        expect(row.locator(".choice-ends")).to_be_visible()
    for button in page.locator("main button:visible").all():
        box = button.bounding_box()
        assert box
        assert box["height"] >= 44


@pytest.mark.parametrize("size", [DESK, PHONE, SMALL_PHONE])
def test_the_chosen_points_words_stand_below_the_row_and_nothing_moves(page: Page, size: tuple[int, int]) -> None:
    resize(page, size)
    height = page.evaluate("document.documentElement.scrollHeight")
    row = page.locator("fieldset").first
    for number in (1, 3, 6):
        row.locator("label").nth(number - 1).click()
        words = row.locator(":checked + * .choice-label")
        assert f"{number}, {words.inner_text().lower()}" == rated(number)
        box, squares = words.bounding_box(), row.locator(".choices").bounding_box()
        assert box
        assert squares
        assert box["width"] > 40
        assert box["y"] >= squares["y"] + squares["height"]
        expect(row.locator(".note")).to_have_text("Saved 14:02")
        assert page.evaluate("document.documentElement.scrollHeight") == height
        assert (
            row.locator("input:checked").evaluate("input => input.labels[0].innerText.trim()").startswith(str(number))
        )


@pytest.mark.parametrize("size", SCREENS)
def test_a_sitting_is_few_screens_high(page: Page, casey: Casey, size: tuple[int, int]) -> None:
    resize(page, size)
    heights = []
    for number in range(1, len(casey.form.scenarios) + 1):
        page.goto(f"/sit/scenario/{number}")
        heights.append(page.evaluate("document.documentElement.scrollHeight"))
    assert sum(heights) / len(heights) <= SCREENS[size] * size[1]


@pytest.mark.parametrize("size", [PHONE, SMALL_PHONE])
def test_the_question_stays_in_sight_above_the_rows_and_hides_no_choice_that_has_the_focus(
    page: Page, size: tuple[int, int]
) -> None:
    resize(page, size)
    asked = page.locator(".asked")
    for row in page.locator("fieldset").all():
        row.locator("input").first.focus()
        row.locator("input").first.evaluate("input => input.labels[0].scrollIntoView({block: 'start'})")
        expect(asked).to_be_in_viewport()
        box, question = row.locator("label").first.bounding_box(), asked.bounding_box()
        assert box
        assert question
        assert box["y"] >= question["y"] + question["height"]


def test_a_scenario_is_rated_with_at_most_eight_keys(page: Page, casey: Casey, installation: Installation) -> None:
    for number in range(1, len(casey.form.scenarios) + 1):
        expect(page).to_have_title(f"Scenario {number} of 16 - EIAssess")
        rows = page.locator("fieldset").count()
        expect(page.locator("h1")).to_be_focused()
        pressed = [*(str(1 + (number + row) % 6) for row in range(rows)), "Enter"]
        assert len(pressed) <= 8
        for key in pressed:
            page.keyboard.press(key)
        page.wait_for_url(f"**/sit/scenario/{number + 1}" if number < 16 else "**/sit/review")
        record = stored(installation, casey, number)
        assert record is not None
        assert len(json.loads(record.ratings)) == rows
    expect(page.get_by_text("All 16 scenarios are complete.")).to_be_visible()


def test_number_keys_need_the_focus_on_the_content_and_leave_shortcuts_alone(page: Page) -> None:
    page.locator("h1").blur()
    page.keyboard.press("3")
    page.locator("h1").focus()
    page.keyboard.press("Control+3")
    page.keyboard.press("7")
    assert page.locator("input:checked").count() == 0
    page.keyboard.press("3")
    assert page.locator("input:checked").evaluate_all("all => all.map((each) => each.value)") == ["3"]


def test_a_number_key_changes_the_row_that_has_the_focus_and_gaps_are_filled_in_turn(page: Page) -> None:
    rows = page.locator("fieldset")
    rows.nth(1).locator("input").first.focus()
    page.keyboard.press("2")
    expect(rows.nth(2).locator("input").first).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("5")
    assert rows.nth(1).locator(":checked").get_attribute("value") == "5"
    page.locator("h1").focus()
    page.keyboard.press("4")
    assert rows.nth(0).locator(":checked").get_attribute("value") == "4"


def test_number_keys_change_a_page_that_was_complete_from_its_first_row_on(page: Page) -> None:
    for key in "1234":
        page.keyboard.press(key)
    page.keyboard.press("6")  # on the button: everything is given
    values = page.locator("fieldset input:checked").evaluate_all("all => all.map((each) => each.value)")
    assert values == ["1", "2", "3", "4"]
    page.locator("h1").focus()
    page.keyboard.press("6")
    page.keyboard.press("5")
    values = page.locator("fieldset input:checked").evaluate_all("all => all.map((each) => each.value)")
    assert values == ["6", "5", "3", "4"]


def test_number_keys_give_places(mixed_page: Page) -> None:
    mixed_page.goto(f"/sit/scenario/{NUMBERS['ranked']}")
    for key in "2134":
        mixed_page.keyboard.press(key)
    given = mixed_page.locator("fieldset input:checked").evaluate_all("all => all.map((each) => each.value)")
    assert given == ["2", "1", "3", "4"]
    expect(mixed_page.get_by_role("button", name="Continue")).to_be_focused()


def test_axe_finds_nothing_where_answers_are_given(page: Page) -> None:
    page.locator("fieldset").first.locator("label").nth(2).click()
    expect(page.get_by_role("status")).to_have_text("Saved 14:02")
    check_everywhere(page, page.locator("h1").inner_text())
