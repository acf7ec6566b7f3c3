"""A recruiter invites from a spreadsheet with bad rows, and sees the mails of the good ones."""

from pathlib import Path

from openpyxl import Workbook
from playwright.sync_api import Page

from eiassess.people_lists.reading import file_sheets, read_people
from tests.browser import Demo, check_page, sign_in

ROWS = (
    ("First name", "Last name", "E-mail", "Phone"),
    ("Liv", "Aas", "liv.aas@example.org", 4791234567),
    ("Eva", "Lund", "eva.lund@", None),
    (None, None, "per@example.org", None),
    ("Liv", "Again", "LIV.AAS@example.org", None),
)


def spreadsheet(path: Path) -> Path:
    book = Workbook()
    for row in ROWS:
        book.active.append(row)
    book.save(path)
    return path


def test_a_spreadsheet_with_bad_rows_invites_the_good_ones(page: Page, demo: Demo, tmp_path: Path) -> None:
    sign_in(page, demo, demo.recruiter)
    page.goto(demo.running)
    page.get_by_role("link", name="Invite people").click()
    page.get_by_label("CSV or Excel file").set_input_files(spreadsheet(tmp_path / "people.xlsx"))
    page.get_by_role("button", name="Show the list").first.click()
    page.get_by_text("Of 4 rows: 1 good, 3 refused.").wait_for()
    check_page(page)
    with page.expect_download() as started:
        page.get_by_role("link", name="Download these rows").click()
    started.value.save_as(tmp_path / "refused.xlsx")
    left = read_people(file_sheets(tmp_path / "refused.xlsx"))
    assert [each.email for each in left.people] == ["eva.lund@", "per@example.org", "liv.aas@example.org"]
    page.get_by_role("button", name="Invite 1 person").click()
    page.get_by_text("1 person invited on").wait_for()
    check_page(page)
    page.goto(f"{demo.running}/mail")
    page.get_by_text("liv.aas@example.org").first.wait_for()
