"""A link in a real browser: made for released people, opened by whoever signs in and may, and dead afterwards."""

import re

from playwright.sync_api import Page, expect

from tests.browser import check_page
from tests.journeys.firm import Door, Firm


def test_a_link_opens_for_whom_it_is_until_it_is_revoked_or_ends(door: Door, firm: Firm) -> None:
    firm.submitted("Nora Lindqvist")
    firm.submitted("Tomasz Wójcik")
    alice = door.enter("alice")
    alice.goto(f"/openings/{firm.opening}/sharing")
    expect(alice.get_by_text("There are no links")).to_be_visible()
    check_page(alice)
    release(alice, firm, "Nora Lindqvist")
    first = make_link(alice, firm, "Nora Lindqvist", "Tomasz Wójcik", days="7")

    dana = door.enter("dana")
    follow(dana, first)

    charlie = door.enter("charlie")
    find_closed(charlie, first)

    alice = door.enter("alice")
    alice.goto(f"/openings/{firm.opening}/sharing")
    expect(alice.get_by_text("Looked at by Dana.")).to_be_visible()
    alice.get_by_role("button", name="Revoke this link").click()
    expect(alice.get_by_text(re.compile("^Revoked "))).to_be_visible()
    check_page(alice)
    second = make_link(alice, firm, "Nora Lindqvist", days="7")

    dana = door.enter("dana")
    find_closed(dana, first)
    follow(dana, second)
    firm.clock.move(days=8)
    find_closed(door.enter("dana"), second)
    alice = door.enter("alice")
    alice.goto(f"/openings/{firm.opening}/sharing")
    expect(alice.get_by_text(re.compile("^Ended "))).to_be_visible()
    check_page(alice)


def tick(page: Page, firm: Firm, *names: str) -> None:
    page.goto(f"/openings/{firm.opening}/progress")
    for name in names:
        page.get_by_role("row").filter(has_text=name).get_by_role("checkbox").check()


def release(page: Page, firm: Firm, name: str) -> None:
    tick(page, firm, name)
    page.get_by_role("button", name="Release", exact=True).click()
    check_page(page)
    page.locator("main form").get_by_role("button", name=re.compile("^Release")).click()
    expect(page.get_by_role("status")).to_be_visible()


def make_link(page: Page, firm: Firm, *names: str, days: str) -> str:
    """Make a link for the opening's managers, and return its address without the host."""
    tick(page, firm, *names)
    page.get_by_role("button", name="Make a link", exact=True).click()
    check_page(page)
    page.get_by_label("Days until it ends").fill("91")
    page.locator("main form").get_by_role("button", name=re.compile("^Make")).click()
    expect(page.get_by_role("alert")).to_contain_text("1 to 90 days")
    check_page(page)
    page.get_by_label("Days until it ends").fill(days)
    page.locator("main form").get_by_role("button", name=re.compile("^Make")).click()
    page.goto(f"/openings/{firm.opening}/sharing")
    expect(page.get_by_role("heading", name="1 person, for the hiring managers of this opening").first).to_be_visible()
    check_page(page)
    return re.sub(r"^https?://[^/]+", "", page.get_by_label("Address to copy").input_value())


def follow(page: Page, link: str) -> None:
    """The address that one is led to has no token; the person who was not released is not there."""
    page.goto(link)
    assert link.rsplit("/", 1)[1] not in page.url
    expect(page.get_by_text("What was shared with you.")).to_be_visible()
    expect(page.get_by_role("heading", name="1 person")).to_be_visible()
    assert "Tomasz" not in page.content()
    check_page(page)
    page.get_by_role("link", name="Nora Lindqvist", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nora Lindqvist")
    check_page(page)


def find_closed(page: Page, link: str) -> None:
    answer = page.goto(link)
    assert answer
    assert answer.status == 404
    expect(page.get_by_role("heading", level=1)).to_have_text("This link does not open")
    expect(page.get_by_text("Ask whoever sent it to you for a new one")).to_be_visible()
    assert "Nora" not in page.content()
    check_page(page)
