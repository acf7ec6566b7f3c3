"""The whole story in a real browser: a candidate sits, a recruiter compares, a hiring manager downloads."""

import io
import re
from pathlib import Path

import pikepdf
from playwright.sync_api import Page, expect

from tests.browser import Demo, check_page, sign_in

SCENARIOS = 24


def test_a_candidate_sits_the_assessment_by_keyboard_alone(page: Page, demo: Demo) -> None:
    page.goto(demo.invitation)
    assert demo.invitation.rsplit("/", 1)[1] not in page.url
    check_page(page)
    page.get_by_role("button", name="Agree and continue").press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()  # consent is asked for, not assumed
    check_page(page)
    page.get_by_role("checkbox").press("Space")
    page.get_by_role("button", name="Agree and continue").press("Enter")

    expect(page).to_have_title(re.compile("^Practice - "))
    check_page(page)
    rate_all(page)
    page.get_by_role("button", name="See what the answer key says").press("Enter")
    expect(page).to_have_title(re.compile("^Practice: what the answer key says"))
    check_page(page)
    page.get_by_role("button", name="Start", exact=True).press("Enter")

    for number in range(1, SCENARIOS + 1):
        expect(page).to_have_title(re.compile(rf"Scenario {number} of {SCENARIOS}"))
        if number in {1, SCENARIOS}:
            check_page(page)
        rate_all(page, leave_out=number == 2)
        if number == 1:
            expect(page.locator("[role=status]")).to_contain_text(re.compile(r"Saved \d\d:\d\d"))
            check_page(page)
        page.get_by_role("button", name=re.compile("^Continue")).press("Enter")

    expect(page).to_have_title(re.compile("^Review"))
    check_page(page)
    expect(page.get_by_text("1 rating missing")).to_be_visible()
    page.get_by_role("button", name="Hand in with answers missing").press("Enter")
    expect(page).to_have_title(re.compile("^Hand in with answers missing"))
    expect(page.locator("main li")).to_have_text([re.compile("^Scenario 2, .+: 1 rating missing$")])
    check_page(page)
    page.get_by_role("button", name="Hand in with this left open").press("Enter")
    expect(page).to_have_url(re.compile("/sit/done"))
    check_page(page)
    assert page.evaluate("sessionStorage.length + localStorage.length") == 0


def rate_all(page: Page, *, leave_out: bool = False) -> None:
    """Rate every option with the arrow keys; on demand leave out the last one."""
    groups = page.locator("fieldset").all()
    for place, group in enumerate(groups[: len(groups) - leave_out]):
        first = group.locator("input[type=radio]").first
        first.press("Space")
        for _ in range(place % 5):
            page.keyboard.press("ArrowRight")


def test_a_recruiter_compares_and_releases(page: Page, demo: Demo) -> None:
    page.goto(demo.opening)
    check_page(page)
    sign_in(page, demo, demo.recruiter)
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    page.goto(demo.opening)
    check_page(page)
    expect(page.locator("tbody tr")).to_have_count(41)
    assert page.get_by_text("SIMULATED").count()

    page.goto(f"{demo.opening}?sort=score&order=desc&state=submitted")
    assert page.locator("tbody th[scope=row]").first.inner_text() == "Mateo Fernández Ruiz"
    for name in ("Mateo Fernández Ruiz", "Samuel Fischer"):
        page.get_by_label(f"Compare {name}").check()
    page.get_by_role("button", name="Compare the chosen").locator("visible=true").first.click()
    expect(page).to_have_title(re.compile("Compare"))
    check_page(page)
    expect(page.locator("main")).to_contain_text("Mateo Fernández Ruiz")

    page.goto(demo.opening)
    page.get_by_role("link", name="Mei Tanaka").first.click()
    expect(page).to_have_title(re.compile("Mei Tanaka"))
    check_page(page)
    page.get_by_role("button", name="Release to the hiring managers").click()
    expect(page.get_by_role("button", name=re.compile("Withdraw|Take back"))).to_be_visible()
    check_page(page)

    page.get_by_role("button", name="Hide names").click()
    expect(page.get_by_role("button", name="Show names")).to_be_visible()
    check_page(page)
    assert "Tanaka" not in page.content()
    page.goto(demo.opening)
    assert "Petrova" not in page.content()


def test_a_hiring_manager_downloads_what_was_released(page: Page, demo: Demo, tmp_path: Path) -> None:
    sign_in(page, demo, demo.manager)
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    page.goto(demo.hiring)
    check_page(page)
    expect(page.locator("main")).to_contain_text("Mei Tanaka")  # released a moment ago
    assert "Mateo Fernández Ruiz" not in page.content()  # never released
    with page.expect_download() as started:
        page.get_by_role("link", name=re.compile("Download.*Mei Tanaka")).click()
    path = tmp_path / "report.pdf"
    started.value.save_as(path)
    with pikepdf.open(io.BytesIO(path.read_bytes())) as pdf:
        assert 2 <= len(pdf.pages) <= 5
        assert "SIMULATED" in str(pdf.docinfo.get("/Title", "")) + str(pdf.open_metadata().get("dc:title"))
