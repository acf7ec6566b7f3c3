"""How somebody works who was hired, in a browser: switched on, asked after ninety days, rated, read by an analyst."""

import re

from playwright.sync_api import Page, expect

from eiassess.services.upkeep.retention import delete_expired
from tests.browser import check_page
from tests.journeys.firm import Door, Firm


def test_work_is_asked_about_rated_once_and_read_without_names(door: Door, firm: Firm) -> None:
    alice = door.enter("alice")
    switch_on(alice, firm)
    firm.submitted("Nora Lindqvist")
    hire(alice, firm, "Nora Lindqvist")
    an_hour_passes(firm)
    alice = door.enter("alice")
    alice.goto(f"/openings/{firm.opening}/outcomes")
    expect(alice.get_by_role("row").filter(has_text="Nora Lindqvist")).to_contain_text(re.compile("From .+ 2027 on"))
    check_page(alice)

    firm.clock.move(days=90)
    an_hour_passes(firm)
    rate(door.enter("alice"), firm)

    avery = door.enter("avery")
    avery.get_by_role("link", name="Forms").click()
    avery.locator("main").get_by_role("link", name=re.compile("^Screening")).first.click()
    avery.get_by_role("link", name=re.compile("^Scores and work")).click()
    expect(avery.get_by_text("Too few to say anything: 1 rated, and nothing is shown below 30.")).to_be_visible()
    assert "Nora" not in avery.content()
    check_page(avery)


def an_hour_passes(firm: Firm) -> None:
    """Do what the server does every hour."""
    firm.clock.move(hours=1)
    delete_expired(firm.installation.database, firm.clock())


def switch_on(page: Page, firm: Firm) -> None:
    page.goto(f"/openings/{firm.opening}/decisions")
    page.get_by_role("link", name=re.compile("How those hired work")).click()
    expect(page.get_by_text("Nobody is asked in this opening.")).to_be_visible()
    check_page(page)
    page.get_by_label("Days after hiring").fill("soon")
    page.get_by_role("button", name="Ask of those who are hired").click()
    expect(page.get_by_role("alert")).to_contain_text("Days: give a whole number from 1 to 730.")
    check_page(page)
    page.get_by_label("Days after hiring").fill("90")
    page.get_by_role("button", name="Ask of those who are hired").click()
    expect(page.get_by_text("Asked 90 days after somebody was hired.")).to_be_visible()
    expect(page.get_by_text("Nobody stands at hired yet.")).to_be_visible()
    check_page(page)


def hire(page: Page, firm: Firm, name: str) -> None:
    page.goto(f"/openings/{firm.opening}/decisions")
    page.get_by_role("row").filter(has_text=name).get_by_role("checkbox").check()
    page.get_by_label("For those chosen").select_option("hired")
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Who decided").fill("Hanna Head")
    page.get_by_label("Why").fill("Spoke best of complaints.")
    page.get_by_role("button", name="Move 1 person").click()
    expect(page.get_by_role("status")).to_contain_text("1 person moved.")


def rate(page: Page, firm: Firm) -> None:
    page.goto(f"/openings/{firm.opening}/outcomes")
    expect(page.get_by_text("1 waits to be rated.")).to_be_visible()
    row = page.get_by_role("row").filter(has_text="Nora Lindqvist")
    expect(row).to_contain_text("asked by mail")
    check_page(page)
    row.get_by_role("link", name="Rate the work of no. 1").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("How does Nora Lindqvist work?")
    check_page(page)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_contain_text("Answer at least one question.")
    check_page(page)
    for question, point in ((0, "4"), (3, "5")):
        page.locator("fieldset").nth(question).locator(f"input[value='{point}']").check()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("row").filter(has_text="Nora Lindqvist")).to_contain_text("Rated")
    expect(page.get_by_text("to be rated")).to_have_count(0)
    check_page(page)
