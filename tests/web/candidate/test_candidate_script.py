"""static/candidate.js in a real browser: no answer is lost, mixed or called saved too early."""

import json
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from eiassess.web.shell.context import Installation
from tests.web.browsing import served, started
from tests.web.people import Casey, first_option, first_scenario, make_casey, rated, stored

NOT_SAVED = "Not saved yet. Your answer is kept in this browser; trying again in 5 s."
SLOWLY = """() => {
  const original = window.fetch; Object.assign(window, {under_way: 0, most: 0});
  window.fetch = async (...request) => {
    window.most = Math.max(window.most, ++window.under_way);
    await new Promise((go) => setTimeout(go, 400));
    const answer = await original(...request);
    window.under_way -= 1;
    return answer;
  };
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as browser:
        yield browser


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    with served(app) as address:
        yield address


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=address, viewport={"width": 320, "height": 700})
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, casey: Casey) -> Page:
    """Casey's first scenario."""
    page = context.new_page()
    page.goto(casey.link)
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Agree and continue").click()
    page.get_by_role("button", name="See what the answer key says").click()
    page.get_by_role("button", name="Start").click()
    page.wait_for_url("**/sit/scenario/1")  # and for its script
    return page


def tap(page: Page, option: str, rating: int) -> None:
    page.locator(f"#{first_scenario().id}-{option}-{rating}").check(force=True)


def expect_saved(page: Page) -> None:
    expect(page.get_by_role("status")).to_have_text("Saved 14:02", timeout=15_000)


def expect_status(page: Page, text: str) -> None:
    expect(page.get_by_role("status")).to_have_text(text)


def try_again(page: Page) -> None:
    """Spare the test the seconds until the script tries by itself, as when the network is back."""
    page.evaluate("dispatchEvent(new Event('online'))")


def in_storage(page: Page) -> str:
    found: str = page.evaluate("JSON.stringify(localStorage)")
    return found


@pytest.fixture
def ratings(installation: Installation, casey: Casey):  # noqa: ANN201 - a function that is only called
    def look() -> dict[str, int]:
        record = stored(installation, casey, 1)
        found: dict[str, int] = json.loads(record.ratings) if record else {}
        return found

    return look


def test_each_rating_is_saved_as_it_is_given(page: Page, ratings) -> None:  # noqa: ANN001 - the fixture above
    tap(page, "a", 2)
    expect_saved(page)
    assert ratings() == {"a": 2}
    assert in_storage(page) == "{}"


def test_saved_is_said_only_after_the_answer_and_one_request_is_under_way(page: Page, ratings) -> None:  # noqa: ANN001 - the fixture above
    tap(page, "a", 1)
    expect_saved(page)
    page.evaluate(SLOWLY)
    for rating in (2, 3, 4, 5, 6):
        tap(page, "a", rating)
        assert page.get_by_role("status").inner_text() == ""
    expect_saved(page)
    assert ratings() == {"a": 6}
    assert page.evaluate("window.most") == 1


def test_offline_the_answer_is_kept_shown_and_sent_later(context: BrowserContext, page: Page, ratings) -> None:  # noqa: ANN001 - the fixture above
    context.set_offline(True)
    tap(page, "a", 2)
    expect_status(page, NOT_SAVED)
    tap(page, "b", 5)
    page.get_by_role("button", name="Continue").click()
    expect_status(page, NOT_SAVED)
    assert page.url.endswith("/sit/scenario/1")
    context.set_offline(False)
    page.wait_for_url("**/sit/scenario/2")
    assert ratings() == {"a": 2, "b": 5}
    assert in_storage(page) == "{}"


def test_a_failing_server_is_tried_again_by_itself(page: Page, ratings) -> None:  # noqa: ANN001 - the fixture above
    page.route("**/save", lambda route: route.fulfill(status=503, body="busy"), times=1)
    tap(page, "a", 2)
    expect_status(page, NOT_SAVED)
    expect_saved(page)
    assert ratings() == {"a": 2}


def test_a_reload_loses_nothing(page: Page, ratings) -> None:  # noqa: ANN001 - the fixture above
    page.route("**/save", lambda route: route.abort())
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    tap(page, "a", 2)
    expect_status(page, NOT_SAVED)
    page.reload()
    assert asked == ["beforeunload"]
    expect(page.locator(f"#{first_scenario().id}-a-2")).to_be_checked()
    expect_status(page, NOT_SAVED)
    page.unroute("**/save")
    try_again(page)
    expect_saved(page)
    assert ratings() == {"a": 2}


def test_a_lost_answer_and_a_change_of_mind_are_no_conflict(page: Page, ratings) -> None:  # noqa: ANN001 - the fixture above
    def lose(route: Route) -> None:
        route.fetch()  # the server has saved it, and nobody hears of it
        route.abort()

    page.route("**/save", lose, times=1)
    tap(page, "a", 2)
    expect_status(page, NOT_SAVED)
    tap(page, "a", 4)
    expect_saved(page)
    assert ratings() == {"a": 4}


@pytest.mark.parametrize(("kept", "expected"), [("Keep what is saved", {"a": 6}), ("Keep what I gave here", {"b": 3})])
def test_two_tabs_never_mix(
    context: BrowserContext,
    page: Page,
    ratings,  # noqa: ANN001 - the fixture above
    kept: str,
    expected: dict[str, int],
) -> None:
    other = context.new_page()
    other.goto("/sit/scenario/1")
    tap(other, "a", 6)
    expect_saved(other)
    tap(page, "b", 3)
    expect(page.get_by_role("heading", name="Two versions of your answers")).to_be_in_viewport()
    assert f"{first_option('a')} {rated(6)}" in page.locator("[data-version=saved]").inner_text()
    assert f"{first_option('a')} not rated" in page.locator("[data-version=given]").inner_text()
    assert ratings() == {"a": 6}
    assert Axe().run(page).violations_count == 0
    page.get_by_role("button", name=kept).click()
    expect_saved(page)
    assert ratings() == expected
    checked = page.locator("input:checked").evaluate_all("all => all.map((each) => each.id)")
    assert checked == [f"{first_scenario().id}-{option}-{rating}" for option, rating in expected.items()]


def test_the_link_opened_again_does_not_stop_the_first_tab(
    context: BrowserContext,
    page: Page,
    casey: Casey,
    ratings,  # noqa: ANN001 - the fixture above
) -> None:
    context.clear_cookies()
    tap(page, "a", 2)
    expect(page.get_by_role("status")).to_contain_text("Please open your invitation link again")
    context.new_page().goto(casey.link)
    try_again(page)
    expect_saved(page)
    assert ratings() == {"a": 2}


def test_another_persons_link_in_the_same_browser_takes_nothing_over(
    context: BrowserContext,
    page: Page,
    casey: Casey,
    installation: Installation,
    ratings,  # noqa: ANN001 - the fixture above
) -> None:
    robin = make_casey(installation, "Robin Okafor")
    other = context.new_page()
    other.goto(robin.link)
    tap(page, "a", 2)
    expect(page.get_by_role("status")).to_contain_text("Please open your invitation link again")
    assert stored(installation, robin, 1) is None
    other.goto(casey.link)
    try_again(page)
    expect_saved(page)
    assert ratings() == {"a": 2}


def test_what_another_page_could_not_save_is_sent_before_handing_in(page: Page, ratings) -> None:  # noqa: ANN001 - the fixture above
    page.on("dialog", lambda dialog: dialog.accept())
    page.route("**/save", lambda route: route.abort())
    tap(page, "a", 2)
    expect_status(page, NOT_SAVED)
    page.goto("/sit/review")
    expect_status(page, NOT_SAVED)
    page.get_by_role("button", name="Hand in").click()
    assert page.url.endswith("/sit/review")
    page.unroute("**/save")
    try_again(page)
    page.wait_for_url("**/sit/hand-in")
    page.get_by_role("button", name="Hand in").click()
    page.wait_for_url("**/sit/done")
    assert ratings() == {"a": 2}


def test_closing_the_tab_at_once_still_saves(context: BrowserContext, page: Page, ratings) -> None:  # noqa: ANN001 - the fixture above
    page.evaluate(
        "const sent = fetch; window.fetch = (url, how) => how.keepalive ? sent(url, how) : new Promise(() => {}); null"
    )
    tap(page, "a", 2)
    page.close()
    again = context.new_page()
    again.goto("/sit/scenario/1")
    for _ in range(20):
        if ratings():
            break
        again.wait_for_timeout(100)
    assert ratings() == {"a": 2}


def test_after_handing_in_it_is_said_and_nothing_stays_in_the_browser(context: BrowserContext, page: Page) -> None:
    other = context.new_page()
    other.goto("/sit/review")
    other.get_by_role("button", name="Hand in").click()
    other.wait_for_url("**/sit/hand-in")
    other.get_by_role("button", name="Hand in").click()
    tap(page, "a", 2)
    expect_status(page, "Not saved. Your answers are handed in already, so they cannot be changed any more.")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("That was not saved")
    page.get_by_role("link", name="Go to where you are").click()
    page.wait_for_url("**/sit/done")
    assert in_storage(page) == "{}"
    assert page.evaluate("localStorage.length") == 0


def test_going_back_shows_what_the_server_has(page: Page) -> None:
    tap(page, "a", 2)
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/sit/scenario/2")
    page.go_back()
    expect(page.locator(f"#{first_scenario().id}-a-2")).to_be_checked()
    assert page.locator("[name=revision]").input_value() == "1"


def test_a_rating_given_before_the_script_has_come_is_saved(page: Page, ratings) -> None:  # noqa: ANN001 - the fixture above
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route("**/candidate.js", hold)
    page.goto("/sit/scenario/1", wait_until="commit")
    tap(page, "a", 2)
    page.wait_for_timeout(200)
    assert ratings() == {}
    waiting[0].continue_()
    expect_saved(page)
    assert ratings() == {"a": 2}


def test_by_keyboard_alone(page: Page, ratings) -> None:  # noqa: ANN001 - the fixture above
    page.locator("input[type=radio]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sit/scenario/2")
    assert list(ratings().values()) == [2]


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(page: Page, scheme, width: int) -> None:  # noqa: ANN001 - Playwright's literal
    page.set_viewport_size({"width": width, "height": 700})
    page.emulate_media(color_scheme=scheme)
    for path in ("/sit/notice", "/sit/practice", "/sit/scenario/1", "/sit/review", "/sit/no-link", "/i/unknown"):
        page.goto(path)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
