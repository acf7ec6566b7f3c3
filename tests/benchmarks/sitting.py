"""Prints what docs/candidate-pages.md says of a sitting: screens, keys, what "Saved" covers, what a bad network loses.

To repeat it: ``.venv/bin/python -m tests.benchmarks.sitting``
"""

import random
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from tests.browser import Demo, launch, running_demo
from tests.web.candidate.covering import COVERED

SCENARIOS = 24
SCREENS = ((390, 844), (320, 568))
WINDOWS = ((1280, 720), (390, 844), (320, 568))
LOST, UNHEARD = 0.25, 0.45
RETRY_AT_ONCE = "setInterval(() => dispatchEvent(new Event('online')), 200)"
NO_RETRY = "addEventListener('online', (event) => event.stopImmediatePropagation(), true)"

Given = dict[str, str]


def main() -> None:
    """Measure on a demo of its own."""
    with tempfile.TemporaryDirectory() as folder, running_demo(Path(folder)) as demo, sync_playwright() as playwright:
        browser = launch(playwright)
        context = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
        _begin(context.new_page(), demo)
        _measure_screens(context, demo)
        _measure_closed_tabs(browser, context, demo)
        _measure_cover(context, demo)
        _measure_keys(context, demo)
        _measure_random_drops(browser, demo)
        browser.close()


def _begin(page: Page, demo: Demo) -> None:
    page.goto(demo.invitation)
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Agree and continue").click()
    page.get_by_role("button", name="See what the answer key says").click()
    page.get_by_role("button", name="Start", exact=True).click()
    page.close()


def _measure_screens(context: BrowserContext, demo: Demo) -> None:
    page = context.new_page()
    for width, height in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        heights = []
        for number in range(1, SCENARIOS + 1):
            page.goto(f"{demo.base}/sit/scenario/{number}")
            heights.append(page.evaluate("document.documentElement.scrollHeight"))
        squares = page.locator(".choice").evaluate_all(
            "all => all.map((each) => each.getBoundingClientRect().toJSON())"
        )
        smallest = min(min(square["width"], square["height"]) for square in squares)
        _print(f"{width} x {height}: {sum(heights) / height:.1f} screens, smallest square {smallest:.1f} px")
    page.close()


def _measure_closed_tabs(browser: Browser, context: BrowserContext, demo: Demo) -> None:
    page = _open(context, f"{demo.base}/sit/scenario/1")
    context.set_offline(True)
    given = _give_all(page)
    page.close(run_before_unload=False)
    context.set_offline(False)
    _reopen(context, demo)
    _print(f"offline, tab closed, link opened again: {_kept(browser, demo, {1: given})}")
    page = _open(context, f"{demo.base}/sit/scenario/2")
    context.set_offline(True)
    given = _give_all(page)
    page.wait_for_timeout(500)
    page.evaluate(NO_RETRY)
    context.set_offline(False)
    page.close()
    _reopen(context, demo)
    _print(f"network back, tab closed before the retry: {_kept(browser, demo, {2: given})}")


def _measure_cover(context: BrowserContext, demo: Demo) -> None:
    page = _open(context, f"{demo.base}/sit/scenario/3")
    for choice, (width, height) in enumerate(WINDOWS):
        page.set_viewport_size({"width": width, "height": height})
        covered = positions = 0
        for row in page.locator("fieldset").all():
            row.locator("label").nth(choice).click()  # another each time, or there is nothing to save
            row.locator(".note", has_text="Saved").wait_for()
            found = page.evaluate(COVERED)
            covered, positions = covered + len(found["found"]), positions + found["positions"]
        _print(f"{width} x {height}: something under Saved in {covered} of {positions} scroll positions")
    page.close()


def _measure_keys(context: BrowserContext, demo: Demo) -> None:
    page = _open(context, f"{demo.base}/sit/scenario/1")
    counts = []
    for number in range(1, SCENARIOS + 1):
        page.locator("h1:focus").wait_for()
        keys = [str(1 + (number + row) % 6) for row in range(page.locator("fieldset").count())] + ["Enter"]
        for key in keys:
            page.keyboard.press(key)
        page.wait_for_url(f"**/{number + 1}" if number < SCENARIOS else "**/sit/review")
        counts.append(len(keys))
    _print(f"keys for a scenario: {min(counts)} to {max(counts)}, {sum(counts)} for {SCENARIOS}")
    page.close()


def _measure_random_drops(browser: Browser, demo: Demo) -> None:
    chance = random.Random(11)  # noqa: S311 - repeatable
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.add_init_script(RETRY_AT_ONCE)
    _reopen(context, demo)
    page, given, reloads = _open(context, f"{demo.base}/sit/scenario/1"), {}, 0
    page.route("**/save", lambda route: _perhaps(route, chance))
    for number in range(1, SCENARIOS + 1):
        page.wait_for_url(f"**/sit/scenario/{number}")
        given[number] = _give_all(page, shift=number + 2)
        if chance.random() < LOST:
            page.reload()
            reloads += 1
        page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/sit/review")
    _print(f"random drops and {reloads} reloads: {_kept(browser, demo, given)} of {SCENARIOS} scenarios")


def _perhaps(route: Route, chance: random.Random) -> None:
    """Lose what is sent, or the answer to it, or nothing."""
    draw = chance.random()
    if draw >= UNHEARD:
        route.continue_()
        return
    if draw >= LOST:
        route.fetch()
    route.abort()


def _open(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(address)
    return page


def _reopen(context: BrowserContext, demo: Demo) -> None:
    page = _open(context, demo.invitation)
    while page.evaluate("localStorage.length"):  # not wait_for_function, which the pages' own policy forbids
        page.wait_for_timeout(50)
    page.close()


def _give_all(page: Page, *, shift: int = 0) -> Given:
    given = {}
    for place, row in enumerate(page.locator("fieldset").all()):
        number = (place + shift) % 6
        row.locator("label").nth(number).click()
        given[row.get_attribute("data-option") or ""] = str(number + 1)
    return given


def _kept(browser: Browser, demo: Demo, given: dict[int, Given]) -> str:
    """Count in another browser what of it the server has."""
    context = browser.new_context()
    page, right = _open(context, demo.invitation), 0
    for number, answers in given.items():
        page.goto(f"{demo.base}/sit/scenario/{number}")
        shown = page.locator("fieldset :checked").evaluate_all(
            "all => all.map((each) => [each.closest('[data-option]').dataset.option, each.value])"
        )
        right += sum(answers[option] == value for option, value in shown if option in answers)
    context.close()
    return f"{right} of {sum(map(len, given.values()))} answers"


def _print(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - a script for the terminal


if __name__ == "__main__":
    main()
