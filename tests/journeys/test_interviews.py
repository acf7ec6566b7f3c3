"""Interviews in a real browser: planned with two, rated by each alone, and then how far they agree beside the score."""

import re

from playwright.sync_api import Page, expect

from tests.browser import check_page
from tests.journeys.firm import Door, Firm

SECRET = "told of a night with forty calls"


def test_two_rate_alone_and_then_see_how_far_they_agree(door: Door, firm: Firm) -> None:
    nora = firm.submitted("Nora Lindqvist")
    plan_with_bob_and_dana(door.enter("alice"), nora)

    bob = door.enter("bob")
    own_sheet(bob)
    expect(
        bob.get_by_role("heading", name="What to ask first")
    ).to_be_visible()  # bob recruits, and may know the profile
    bob.get_by_role("button", name="Give my ratings").click()
    expect(bob.get_by_role("alert")).to_be_visible()
    check_page(bob)
    give(bob, "4", SECRET)
    expect(bob.get_by_text("Nobody else has rated yet.")).to_be_visible()
    check_page(bob)

    dana = door.enter("dana")
    own_sheet(dana)
    expect(dana.get_by_role("heading", name="What to ask", exact=True)).to_be_visible()  # nothing was released to dana
    assert SECRET not in dana.content()
    expect(dana.get_by_role("button", name="Show what others rated")).to_have_count(0)
    give(dana, "3", "")
    assert SECRET not in dana.content(), "others' ratings are asked for, they do not come by themselves"
    dana.get_by_role("button", name="Show what others rated").click()
    dana.get_by_text("Notes of the interviewers").click()
    expect(dana.get_by_text(SECRET)).to_be_visible()
    check_page(dana)

    see_agreement(door.enter("alice"), nora)


def plan_with_bob_and_dana(page: Page, candidate: str) -> None:
    page.goto(f"/candidates/{candidate}")
    page.get_by_role("link", name="Plan an interview").click()
    check_page(page)
    page.get_by_role("button", name="Plan the interview").click()
    expect(page.get_by_role("alert")).to_be_visible()  # nobody was named
    check_page(page)
    for name in ("Bob", "Dana"):
        page.get_by_role("checkbox", name=re.compile(rf"^{name}\b")).last.check()
    page.get_by_label("Day, if it is fixed").last.fill("2026-12-01")
    page.get_by_role("button", name="Plan the interview").click()
    expect(page.get_by_role("heading", name=re.compile("^Interview 1, .+1 Dec 2026"))).to_be_visible()
    expect(page.get_by_text("has not rated yet")).to_have_count(2)
    check_page(page)


def own_sheet(page: Page) -> None:
    """Go where interviews wait, and open the one that does."""
    page.goto("/interviews")
    expect(page.get_by_text("1 interview waits for your ratings.")).to_be_visible()
    check_page(page)
    page.get_by_role("link", name="Nora Lindqvist").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nora Lindqvist")
    check_page(page)


def give(page: Page, point: str, note: str) -> None:
    for part in page.locator("fieldset.radios").all():
        part.locator(f"input[value='{point}']").check()
    page.locator("textarea").first.fill(note)
    page.get_by_role("button", name="Give my ratings").click()
    expect(page.get_by_text("Your ratings are kept.")).to_be_visible()


def see_agreement(page: Page, candidate: str) -> None:
    """Ratings open when they are asked for, and the result stands beside the test's score, on both pages."""
    page.goto(f"/candidates/{candidate}/interviews")
    expect(page.get_by_text("ratings of 2 of 2 interviewers are given")).to_be_visible()
    assert SECRET not in page.content()
    page.get_by_role("button", name="Show what was rated").click()
    page.get_by_text("Notes of the interviewers").click()
    expect(page.get_by_text(SECRET)).to_be_visible()
    check_page(page)
    for address in (page.url, f"/candidates/{candidate}"):
        page.goto(address)
        facts = page.locator("dl.pairs", has_text="Agreement")
        expect(facts).to_contain_text("Test, overall")
        expect(facts).to_contain_text("agree within one step on 8 of 8 parts")
        check_page(page)
