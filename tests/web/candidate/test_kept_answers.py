"""static/kept.js and queue.js in a real browser: a closed tab loses nothing, and nothing stays that should not."""

import json
import random
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from eiassess.web.shell.context import Installation
from tests.web.browsing import opened, started, vanish
from tests.web.people import Casey, begin, hand_in, make_casey, save, stored

Look = Callable[[int], dict[str, int]]

NO_SEND = "window.fetch = () => new Promise(() => {}); null"
"""What the page sends from now on gets nowhere, as when the computer goes to sleep."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as browser:
        yield browser


@pytest.fixture
def context(browser: Browser, app: Flask, client: FlaskClient, casey: Casey) -> Iterator[BrowserContext]:
    begin(client, casey)
    with opened(browser, app) as context:
        yield context


@pytest.fixture
def answers(installation: Installation, casey: Casey) -> Look:
    def look(number: int) -> dict[str, int]:
        record = stored(installation, casey, number)
        found: dict[str, int] = json.loads(record.ratings) if record else {}
        return found

    return look


def open_link(context: BrowserContext, casey: Casey) -> Page:
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(casey.link)
    page.wait_for_url("**/sit/scenario/*")
    return page


def give_all(page: Page, *, shift: int = 0) -> dict[str, int]:
    """Rate each row; return what was given."""
    given = {}
    for place, row in enumerate(page.locator("fieldset").all()):
        number = 1 + (place + shift) % 6
        row.locator("label").nth(number - 1).click()
        given[row.get_attribute("data-option") or ""] = number
    return given


def in_storage(page: Page) -> dict[str, str]:
    found: dict[str, str] = page.evaluate("({...localStorage})")
    return found


def expect_kept(page: Page, n: int) -> None:
    """Wait until so many things lie there; wait_for_function would break the pages' own policy."""
    for _ in range(100):
        if len(in_storage(page)) == n:
            return
        page.wait_for_timeout(50)
    raise AssertionError(in_storage(page))


def expect_saved(page: Page) -> None:
    expect(page.get_by_role("status")).to_have_text("Saved 14:02", timeout=15_000)


def test_offline_and_the_tab_closed_all_are_there_when_the_link_is_opened_again(
    context: BrowserContext, casey: Casey, answers: Look
) -> None:
    page = open_link(context, casey)
    context.set_offline(True)
    given = give_all(page)
    expect(page.locator(".note").last).to_have_text("Not saved yet")
    vanish(page)
    assert answers(1) == {}
    context.set_offline(False)
    page = open_link(context, casey)
    expect_saved(page)
    assert answers(1) == given
    assert page.locator("input:checked").count() == len(given)
    assert in_storage(page) == {}


def test_the_network_is_back_but_the_tab_closes_before_the_retry(
    context: BrowserContext, casey: Casey, answers: Look
) -> None:
    page = open_link(context, casey)
    context.set_offline(True)
    given = give_all(page)
    expect(page.locator(".note").last).to_have_text("Not saved yet")
    page.evaluate("addEventListener('online', (event) => event.stopImmediatePropagation(), true)")
    context.set_offline(False)
    page.close()
    page = open_link(context, casey)
    expect_kept(page, 0)
    assert answers(1) == given


def test_a_change_of_mind_on_leaving_is_no_conflict_with_what_was_under_way(
    context: BrowserContext, casey: Casey, answers: Look
) -> None:
    page = open_link(context, casey)

    def lose(route: Route) -> None:
        route.fetch()  # the server has saved it, and nobody hears of it
        route.abort()

    page.route("**/save", lose, times=1)
    row = page.locator("fieldset").first
    row.locator("label").nth(1).click()
    expect(row.locator(".note")).to_have_text("Not saved yet")
    page.evaluate(NO_SEND)
    row.locator("label").nth(4).click()
    page.close()
    page = open_link(context, casey)
    expect_saved(page)
    assert list(answers(1).values()) == [5]
    assert page.locator("#two-versions").is_hidden()


def test_what_another_device_saved_meanwhile_is_not_overwritten(
    context: BrowserContext, client: FlaskClient, casey: Casey, answers: Look
) -> None:
    page = open_link(context, casey)
    context.set_offline(True)
    give_all(page)
    vanish(page)
    save(client, 1, {"a": 6}, 0)
    context.set_offline(False)
    page = open_link(context, casey)
    expect(page.get_by_role("heading", name="Two versions of your answers")).to_be_visible()
    assert answers(1) == {"a": 6}
    page.get_by_role("button", name="Keep what I gave here").click()
    expect_saved(page)
    assert len(answers(1)) == len(casey.form.scenarios[0].options)


def test_two_people_in_one_browser_never_see_each_others(
    context: BrowserContext, app: Flask, installation: Installation, casey: Casey, answers: Look
) -> None:
    robin = make_casey(installation, "Robin Okafor")
    begin(app.test_client(), robin)
    page = open_link(context, casey)
    context.set_offline(True)
    given = give_all(page)
    vanish(page)
    context.set_offline(False)
    other = open_link(context, robin)
    assert other.locator("input:checked").count() == 0
    other.goto("/sit/review")
    other.get_by_role("button", name="Hand in").click()
    other.get_by_role("button", name="left open").click()
    other.wait_for_url("**/sit/done")
    assert stored(installation, robin, 1) is None
    assert len(in_storage(other)) == 1, "what is casey's waits for casey"
    page = open_link(context, casey)
    expect_saved(page)
    assert answers(1) == given


def test_what_is_kept_names_nobody_and_ends_with_the_sitting_on_every_page(
    context: BrowserContext, client: FlaskClient, casey: Casey
) -> None:
    page = open_link(context, casey)
    context.set_offline(True)
    give_all(page)
    kept = json.dumps(in_storage(page))
    assert "Casey" not in kept
    assert casey.token not in kept
    assert len(in_storage(page)) == 1
    vanish(page)
    context.set_offline(False)
    hand_in(client)  # on another device
    page = context.new_page()
    for path in ("/", "/sign-in", "/practice", "/sit/no-link", "/nowhere", "/i/unknown", "/rate/no-link"):
        page.goto("/sign-in")
        page.evaluate(
            """() => {
              localStorage.setItem("other", "stays");
              localStorage.setItem("eiassess:past:x:y", JSON.stringify({ until: new Date(Date.now() - 1000) }));
              localStorage.setItem("eiassess:unreadable", "{");
            }"""
        )
        page.goto(path)
        expect_kept(page, 2)  # casey's, which has not ended, and what is not ours
        left = in_storage(page)
        assert "eiassess:past:x:y" not in left
        assert "eiassess:unreadable" not in left
        assert left["other"] == "stays"
    page.clock.install()
    page.clock.fast_forward(10_000 * 3600 * 1000)
    page.goto("/sign-in")
    expect_kept(page, 1)


def test_opening_the_link_after_handing_in_elsewhere_removes_what_was_kept(
    context: BrowserContext, client: FlaskClient, casey: Casey
) -> None:
    page = open_link(context, casey)
    context.set_offline(True)
    give_all(page)
    vanish(page)
    hand_in(client)
    context.set_offline(False)
    page = context.new_page()
    page.goto(casey.link)
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you, Casey Moreau")
    expect_kept(page, 0)


def test_what_can_never_be_saved_does_not_stay(context: BrowserContext, client: FlaskClient, casey: Casey) -> None:
    page = open_link(context, casey)
    hand_in(client)
    page.locator("label:visible").first.click()
    expect(page.get_by_role("status")).to_contain_text("handed in already")
    assert in_storage(page) == {}


def test_through_random_drops_and_reloads_every_scenario_is_stored_as_given(
    context: BrowserContext, casey: Casey, answers: Look
) -> None:
    chance = random.Random(11)  # noqa: S311 - repeatable
    given: dict[int, dict[str, int]] = {}

    def perhaps(route: Route) -> None:
        draw = chance.random()
        if draw < 0.25:
            route.abort()
        elif draw < 0.45:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    context.add_init_script("setInterval(() => dispatchEvent(new Event('online')), 200)")  # no wait for the retry
    page = open_link(context, casey)
    page.route("**/save", perhaps)
    for number in range(1, len(casey.form.scenarios) + 1):
        page.wait_for_url(f"**/sit/scenario/{number}")
        given[number] = give_all(page, shift=number)
        if chance.random() < 0.4:
            page.reload()
            expect(page.locator("h1")).to_be_focused()
            assert page.locator("input:checked").count() == len(given[number])
        page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/sit/review")
    assert {number: answers(number) for number in given} == given
    assert in_storage(page) == {}
