"""A job from its opening to a receipt: bad rows named, mails over SMTP, a link followed on a phone, handed in."""

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copy

import pytest
from openpyxl import Workbook
from playwright.sync_api import Browser, Page, expect

from eiassess.domain.roles import Role
from eiassess.services import Database
from eiassess.services.people.accounts import add_user
from tests.browser import check_page, watched_page
from tests.databases import free_port
from tests.hiring_story import PASSWORD
from tests.journeys.serving import PATIENCE, PATIENCE_SECONDS, Post, serving
from tests.mail_host import MailHost, Taken
from tests.mail_host import running as running_mail_host

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
TITLE = "Adviser at the ticket desk"
INVITATION = f"Your invitation: {TITLE}"
RECEIPT = f"Your answers have arrived: {TITLE}"
SCENARIOS = 16
ROWS = (
    ("E-mail", "Phone", "Name"),
    ("liv.aas@example.org", 4791234567, "Liv Aas"),
    ("eva.lund@", None, "Eva Lund"),
    ("omar.haddad@example.org", None, "Omar Haddad"),
    ("per@example.org", None, None),
    ("LIV.AAS@example.org", None, "Liv Again"),
    ("zoe.klein@example.org", None, "Zoë Klein"),
)
GOOD = ("liv.aas@example.org", "omar.haddad@example.org", "zoe.klein@example.org")
BAD = ((3, "E-mail: 'eva.lund@' is not"), (5, "Name: nothing there"), (6, "E-mail: 'LIV.AAS@example.org"))
"""In which row of the sheet something is wrong, in which column, and what stands there."""


@pytest.fixture
def post() -> Iterator[Post]:
    with running_mail_host(MailHost()) as host:
        yield Post(host)


@pytest.fixture
def base(post: Post, sqlite_template: Path, tmp_path: Path) -> Iterator[str]:
    """The address of the product as it is run: one command, with its own worker and somebody's mail server."""
    instance, port = tmp_path / "instance", free_port()
    instance.mkdir(mode=0o700)
    database = Database(f"sqlite:///{copy(sqlite_template, instance / 'eiassess.sqlite')}")
    add_user(database, "alice@example.org", "Alice Berg", Role.RECRUITER, PASSWORD, datetime.now(UTC))
    database.close()
    settings = {
        "EIASSESS_INSTANCE": str(instance),
        "EIASSESS_BASE_URL": f"http://127.0.0.1:{port}",
        "EIASSESS_SMTP_URL": post.host.url("?starttls=never"),
        "EIASSESS_MAIL_FROM": "Hiring <jobs@example.org>",
    }
    with serving(settings, port):
        yield settings["EIASSESS_BASE_URL"]


def test_from_a_new_opening_to_a_receipt(browser: Browser, base: str, post: Post, tmp_path: Path) -> None:
    with watched_page(browser, viewport=DESK) as alice:
        alice.set_default_timeout(PATIENCE)
        opening = open_a_job(alice, base)
        invite_from_a_spreadsheet(alice, tmp_path)
        invitations = post.wait_for(len(GOOD))
        assert sorted(each.to for each in invitations) == sorted(GOOD)
        link = link_in(invitations, "zoe.klein@example.org", base)
        look_at_the_mails(alice, opening, link)
        with watched_page(browser, viewport=PHONE, is_mobile=True, has_touch=True) as zoe:
            zoe.set_default_timeout(PATIENCE)
            follow(zoe, link)
            assert standing(alice, opening, "Zoë Klein") == "Opened"
            sit(zoe)
        assert standing(alice, opening, "Zoë Klein") == "Handed in by themselves"
        assert standing(alice, opening, "Liv Aas") == "Invited"
        check_page(alice)
        assert link_in(post.wait_for(len(GOOD) + 1)[len(GOOD) :], "zoe.klein@example.org", base) == link
        listed(alice, f"{opening}/mail?state=sent", len(GOOD) + 1)
    subjects = sorted((each.to, str(each.message["Subject"])) for each in post.host.taken)
    assert subjects == sorted([*((to, INVITATION) for to in GOOD), ("zoe.klein@example.org", RECEIPT)])


def open_a_job(page: Page, base: str) -> str:
    """Make an opening with a deadline in four weeks; return its address."""
    page.goto(f"{base}/openings")
    page.get_by_label("E-mail").fill("alice@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="New opening").first.click()
    page.get_by_label("Title of the job").fill(TITLE)
    page.get_by_role("radio", name="Short form").check()
    page.get_by_role("button", name="Make the opening").click()
    page.get_by_label("Last day").fill(f"{datetime.now(UTC) + timedelta(weeks=4):%Y-%m-%d}")
    page.get_by_label("Time of the day").fill("18:00")
    page.get_by_role("button", name="Save the settings").click()
    page.get_by_text("The settings are saved.").wait_for()
    return page.url.removesuffix("/settings?saved=yes")


def invite_from_a_spreadsheet(page: Page, folder: Path) -> None:
    """Read which rows are bad on the page itself, and invite the others."""
    book = Workbook()
    for row in ROWS:
        book.active.append(row)
    book.save(folder / "people.xlsx")
    page.get_by_role("link", name="Progress").click()
    page.get_by_role("link", name="Invite people").click()
    page.get_by_label("CSV or Excel file").set_input_files(folder / "people.xlsx")
    page.get_by_role("button", name="Show the list").first.click()
    page.get_by_text("Of 6 rows: 3 good, 3 refused.").wait_for()
    refused = page.get_by_role("region", name="3 rows refused").locator("li")
    expect(refused).to_have_text(
        [re.compile(rf"row {row}, column {re.escape(what)}") for row, what in BAD], timeout=PATIENCE
    )
    page.get_by_role("button", name="Invite 3 people").click()
    page.get_by_text("3 people invited on").wait_for()


def link_in(mails: list[Taken], address: str, base: str) -> str:
    """Take the link out of what was received; a mail's text and its HTML lead to the same."""
    (mail,) = (each.message for each in mails if each.to == address)
    found = set()
    for kind in ("plain", "html"):
        body = mail.get_body((kind,))
        assert body
        found |= set(re.findall(rf"{re.escape(base)}/i/[\w-]+", body.get_content()))
    (link,) = found
    return str(link)


def look_at_the_mails(page: Page, opening: str, link: str) -> None:
    """Each good row's mail went out, and none shows its link to a recruiter; a reminder can be planned."""
    listed(page, f"{opening}/mail?state=sent", len(GOOD))
    listed(page, f"{opening}/mail", len(GOOD))
    check_page(page)
    page.get_by_role("link", name="Zoë Klein").click()
    page.get_by_text("The link is shown to its person only.").wait_for()
    assert link.rsplit("/", 1)[1] not in page.content()
    page.goto(f"{opening}/progress")
    page.get_by_role("link", name="Plan a reminder before the deadline").click()
    page.get_by_text("it would go to 3 people").wait_for()
    check_page(page)


def listed(page: Page, address: str, n: int) -> None:
    """Load a list until it has so many rows: a server's OK is known to us a moment after the server took the mail."""
    until = time.monotonic() + PATIENCE_SECONDS
    page.goto(address)
    while page.locator("tbody tr").count() != n:
        assert time.monotonic() < until, page.locator("main").inner_text()
        page.wait_for_timeout(200)
        page.goto(address)


def standing(page: Page, opening: str, name: str) -> str:
    page.goto(f"{opening}/progress")
    return page.get_by_role("row").filter(has_text=name).get_by_role("cell").last.inner_text()


def follow(page: Page, link: str) -> None:
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("Hello Zoë Klein", timeout=PATIENCE)
    check_page(page)
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Agree and continue").tap()
    page.get_by_role("button", name="See what the answer key says").wait_for()


def sit(page: Page) -> None:
    answer(page)
    page.get_by_role("button", name="See what the answer key says").tap()
    page.get_by_role("button", name="Start", exact=True).tap()
    for number in range(1, SCENARIOS + 1):
        expect(page).to_have_title(f"Scenario {number} of {SCENARIOS} - EIAssess", timeout=PATIENCE)
        answer(page)
        page.get_by_role("button", name=re.compile("^Continue")).tap()
    page.get_by_text(f"All {SCENARIOS} scenarios are complete.").wait_for()
    page.get_by_role("button", name="Hand in").tap()
    expect(page).to_have_title("Thank you - EIAssess", timeout=PATIENCE)
    check_page(page)


def answer(page: Page) -> None:
    """Tap the first answer as best, the last as worst."""
    page.locator(".choice", has=page.locator("[name=best]")).first.tap()
    page.locator(".choice", has=page.locator("[name=worst]")).last.tap()
