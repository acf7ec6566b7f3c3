"""From an empty database to a team: a link on the terminal, a mail, a password, and out again at once."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import copy

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser import check_page, watched_page
from tests.databases import free_port
from tests.journeys.serving import PATIENCE, Post, serving
from tests.mail_host import MailHost
from tests.mail_host import running as running_mail_host

WIDTHS: dict[str, ViewportSize] = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1280, "height": 900}}
ADA, NORA = "violet engine under snow", "seven quiet harbours north"


@pytest.fixture
def post() -> Iterator[Post]:
    with running_mail_host(MailHost()) as host:
        yield Post(host)


@pytest.fixture
def settings(post: Post, sqlite_template: Path, tmp_path: Path) -> dict[str, str]:
    """What an installation is told that has a database and nobody in it."""
    instance = tmp_path / "instance"
    instance.mkdir(mode=0o700)
    copy(sqlite_template, instance / "eiassess.sqlite")
    return {
        "EIASSESS_INSTANCE": str(instance),
        "EIASSESS_BASE_URL": f"http://127.0.0.1:{free_port()}",
        "EIASSESS_SMTP_URL": post.host.url("?starttls=never"),
        "EIASSESS_MAIL_FROM": "Hiring <jobs@example.org>",
    }


@pytest.mark.parametrize("width", WIDTHS)
def test_from_an_empty_database_to_somebody_who_is_out_again(
    browser: Browser, settings: dict[str, str], post: Post, width: str
) -> None:
    base = settings["EIASSESS_BASE_URL"]
    link = on_the_terminal(settings)
    with (
        serving(settings, int(base.rpartition(":")[2])),
        watched_page(browser, viewport=WIDTHS[width]) as ada,
        watched_page(browser, viewport=WIDTHS[width]) as nora,
    ):
        for page in (ada, nora):
            page.set_default_timeout(PATIENCE)
        become_first_administrator(ada, link)
        sign_in(ada, "ada@example.org", ADA)
        invite_nora(ada)
        join(nora, link_of_nora(post, base))
        sign_in(nora, "nora@example.org", NORA)
        look_after_oneself(nora)
        put_out(ada)
        nora.goto(f"{base}/openings")
        expect(nora).to_have_title("Sign in - EIAssess")
        enter(nora, "nora@example.org", NORA)
        nora.get_by_text("We do not know this e-mail address with this password").wait_for()


def on_the_terminal(settings: dict[str, str]) -> str:
    command = [sys.executable, "-m", "eiassess", "user", "first-administrator"]
    return subprocess.run(command, env=os.environ | settings, check=True, capture_output=True, text=True).stdout.strip()


def become_first_administrator(page: Page, link: str) -> None:
    page.goto(link)
    assert page.url.endswith("/join"), "the token has left the address"
    check_page(page)
    page.get_by_label("Your name").fill("Ada Byron")
    page.get_by_label("Your e-mail address").fill("ada@example.org")
    page.get_by_label("Password").fill("short")
    page.get_by_role("button", name="Make the account").click()
    expect(page).to_have_title("Error: Your account - EIAssess")
    check_page(page)
    page.get_by_label("Password").fill(ADA)
    page.get_by_role("button", name="Make the account").click()
    page.get_by_role("heading", name="Your account is ready").wait_for()
    check_page(page)
    page.get_by_role("main").get_by_role("link", name="Sign in").click()


def enter(page: Page, address: str, password: str) -> None:
    page.get_by_label("E-mail").fill(address)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def sign_in(page: Page, address: str, password: str) -> None:
    enter(page, address, password)
    page.get_by_role("button", name="Sign out").wait_for()


def invite_nora(page: Page) -> None:
    """Invite her from the list, with two roles."""
    page.get_by_role("navigation", name="Main").get_by_role("link", name="People").click()
    expect(page.get_by_text("1 can sign in.")).to_be_visible()
    check_page(page)
    page.get_by_role("link", name="Invite somebody").click()
    check_page(page)
    page.get_by_label("Name").fill("Nora Lind")
    page.get_by_label("E-mail address").fill("nora@example.org")
    page.get_by_role("button", name="Send the invitation").click()
    page.get_by_role("link", name="Choose at least one role.").wait_for()
    check_page(page)
    for role in ("Recruiter", "Analyst"):
        page.get_by_role("checkbox", name=re.compile(f"^{role}:")).check()
    page.get_by_role("button", name="Send the invitation").click()
    page.get_by_text("The invitation is on its way.").wait_for()
    expect(page.get_by_text("Invited, not come yet")).to_be_visible()
    check_page(page)


def link_of_nora(post: Post, base: str) -> str:
    """Take the link out of the mail that the worker sent."""
    (mail,) = post.wait_for(1)
    assert mail.to == "nora@example.org"
    body = mail.message.get_body(("plain",))
    assert body
    assert "Ada Byron has made an account for you." in body.get_content()
    (link,) = set(re.findall(rf"{re.escape(base)}/join/[\w-]+", body.get_content()))
    return str(link)


def join(page: Page, link: str) -> None:
    page.goto(link)
    expect(page.get_by_label("Your name")).to_have_value("Nora Lind")
    check_page(page)
    page.get_by_label("Password").fill(NORA)
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_role("main").get_by_role("link", name="Sign in").click()


def look_after_oneself(page: Page) -> None:
    page.get_by_role("link", name="Your account: Nora Lind").click()
    expect(page.get_by_text("Recruiter, Analyst")).to_be_visible()
    page.get_by_label("Your name").fill("Nora Lindqvist")
    page.get_by_role("button", name="Change the name").click()
    page.get_by_text("Your name is changed.").wait_for()
    check_page(page)


def put_out(page: Page) -> None:
    """Find her in the list, and let her in no longer."""
    page.get_by_role("navigation", name="Main").get_by_role("link", name="People").click()
    page.get_by_label("Name or address").fill("lindqvist")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="Nora Lindqvist").click()
    check_page(page)
    page.get_by_role("button", name="Deactivate").click()
    page.get_by_text("The account is deactivated, and its sessions have ended.").wait_for()
    check_page(page)
