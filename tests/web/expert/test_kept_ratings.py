"""static/expert.js in a real browser: a closed tab loses no rating, and number keys rate."""

import json
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from eiassess.services.panels.experts import IssuedLink
from eiassess.services.panels.rating import open_expert_link, submit_ratings
from tests.hiring_story import rows
from tests.panel_story import PanelStory
from tests.web.browsing import opened, started, vanish
from tests.web.keying_office import begin, rate
from tests.web.people import START

WAIT = 15_000


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as browser:
        yield browser


@pytest.fixture
def link(client: FlaskClient, panel: PanelStory) -> IssuedLink:
    """The link of an expert who has agreed."""
    link = panel.invited(1)[0]
    begin(client, link)
    return link


@pytest.fixture
def context(browser: Browser, app: Flask, link: IssuedLink) -> Iterator[BrowserContext]:
    del link
    with opened(browser, app) as context:
        yield context


def open_link(context: BrowserContext, link: IssuedLink) -> Page:
    page = context.new_page()
    page.goto(f"/e/{link.token}")
    page.wait_for_url("**/rate/scenario/*")
    return page


def choose(page: Page, row: int, number: int) -> None:
    page.locator("fieldset.rating").nth(row).locator("label").nth(number - 1).click()


def in_storage(page: Page) -> list[str]:
    return list(page.evaluate("({...localStorage})"))


def stored(panel: PanelStory) -> dict[str, dict[str, int | None]]:
    return {row["scenario_id"]: json.loads(row["ratings"]) for row in rows(panel.database, "expert_rating")}


def expect_saved(page: Page) -> None:
    expect(page.locator(".rating-status")).to_have_text("Saved 14:02 UTC", timeout=WAIT)


def expect_trouble(page: Page) -> None:
    expect(page.locator(".rating-status")).to_contain_text("kept in this browser")


def test_offline_and_the_tab_closed_all_is_there_when_the_link_is_opened_again(
    context: BrowserContext, link: IssuedLink, panel: PanelStory
) -> None:
    page = open_link(context, link)
    context.set_offline(True)
    choose(page, 0, 2)
    page.locator(".cannot-judge input").nth(1).check()
    page.locator("summary").nth(2).click()
    page.locator("textarea").nth(2).fill("It depends.")
    expect_trouble(page)
    assert len(in_storage(page)) == 1
    vanish(page)
    assert stored(panel) == {}
    context.set_offline(False)
    page = open_link(context, link)
    expect_saved(page)
    assert sorted(map(str, next(iter(stored(panel).values())).values())) == ["2", "None"]
    assert page.locator("input:checked").count() == 2
    assert page.locator("textarea").nth(2).input_value() == "It depends."
    assert in_storage(page) == []


def test_what_the_server_has_but_did_not_say_is_no_conflict(
    context: BrowserContext, link: IssuedLink, panel: PanelStory
) -> None:
    page = open_link(context, link)

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/save", lose, times=1)
    choose(page, 0, 2)
    expect_trouble(page)
    choose(page, 0, 5)
    expect_saved(page)
    assert [list(each.values()) for each in stored(panel).values()] == [[5]]
    assert in_storage(page) == []


def test_what_another_device_saved_meanwhile_is_not_overwritten(
    context: BrowserContext, client: FlaskClient, link: IssuedLink, panel: PanelStory
) -> None:
    page = open_link(context, link)
    context.set_offline(True)
    choose(page, 0, 2)
    expect_trouble(page)
    vanish(page)
    rate(client, 1, a="6", b="1")
    context.set_offline(False)
    page = open_link(context, link)
    expect(page.locator(".rating-status")).to_contain_text("changed in another tab")
    assert list(stored(panel).values()) == [{"a": 6, "b": 1}]
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".error-summary")).to_contain_text("Nothing was overwritten")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".error-summary")).to_have_count(0)
    assert [list(each.values()) for each in stored(panel).values()] == [[2]]
    page.reload()
    assert in_storage(page) == []


def test_what_was_left_of_another_scenario_is_sent_from_any_page(
    context: BrowserContext, client: FlaskClient, link: IssuedLink, panel: PanelStory
) -> None:
    rate(client, 2, a="3")
    page = open_link(context, link)
    page.goto("/rate/scenario/2")
    context.set_offline(True)
    choose(page, 0, 6)
    expect_trouble(page)
    vanish(page)
    context.set_offline(False)
    page = context.new_page()
    page.goto("/rate/review")
    for _ in range(200):
        if 6 in next(iter(stored(panel).values())).values():
            break
        page.wait_for_timeout(50)
    assert 6 in next(iter(stored(panel).values())).values()
    page.wait_for_url("**/rate/review", wait_until="load")
    page = context.new_page()
    page.goto("/rate/review")
    page.wait_for_load_state("networkidle")
    assert in_storage(page) == []


def test_what_is_handed_in_leaves_nothing_behind(context: BrowserContext, link: IssuedLink, panel: PanelStory) -> None:
    page = open_link(context, link)
    context.set_offline(True)
    choose(page, 0, 2)
    expect_trouble(page)
    vanish(page)
    context.set_offline(False)
    who = open_expert_link(panel.database, link.token, START)
    panel.rate(who)
    submit_ratings(panel.database, who, START)
    page = context.new_page()
    page.goto("/rate/done")
    page.wait_for_load_state("networkidle")
    assert in_storage(page) == []


def test_two_experts_in_one_browser_never_see_each_others(
    context: BrowserContext, client: FlaskClient, link: IssuedLink, panel: PanelStory
) -> None:
    other = panel.invited(1, first=2)[0]
    begin(client, other)
    page = open_link(context, link)
    context.set_offline(True)
    choose(page, 0, 2)
    expect_trouble(page)
    vanish(page)
    context.set_offline(False)
    page = open_link(context, other)
    assert page.locator("input:checked").count() == 0
    assert len(in_storage(page)) == 1
    assert stored(panel) == {}


def test_number_keys_rate_the_next_row_and_leave_what_cannot_be_judged(
    context: BrowserContext, link: IssuedLink, panel: PanelStory
) -> None:
    page = open_link(context, link)
    page.locator(".cannot-judge input").first.check()
    page.locator("h1").focus()
    n = page.locator("fieldset.rating").count()
    for place in range(1, n):
        page.keyboard.press(str(place))
    assert page.evaluate("document.activeElement.type") == "submit"
    expect_saved(page)
    values = list(next(iter(stored(panel).values())).values())
    assert sorted(map(str, values)) == [*map(str, range(1, n)), "None"]


def test_a_number_in_a_comment_is_text(context: BrowserContext, link: IssuedLink) -> None:
    page = open_link(context, link)
    page.locator("summary").first.click()
    page.locator("textarea").first.focus()
    page.keyboard.press("3")
    assert page.locator("textarea").first.input_value() == "3"
    assert page.locator("input:checked").count() == 0
