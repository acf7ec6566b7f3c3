"""Alice forgot her password: a mail, a new one, and from then on two steps, each page on a phone and on a desk."""

import re
from dataclasses import replace

from playwright.sync_api import Browser, Page, expect

from eiassess.services.mailing.sources import MailSources
from eiassess.web.app import create_app
from eiassess.worker.loop import WorkPlace, work_off
from eiassess.worker.mails import MailWork
from tests.hiring_story import PASSWORD
from tests.journeys.firm import Firm
from tests.mail_host import MailHost, running
from tests.mailing import mail_server, text
from tests.web.auth.two_steps import Phone
from tests.web.browsing import check_everywhere, opened

NEW = "lamp otter bridge seven"
PHONE = {"width": 390, "height": 844}


def test_from_a_forgotten_password_to_two_steps(browser: Browser, firm: Firm) -> None:
    with running(MailHost()) as host:
        settings = replace(firm.installation.settings, mail=mail_server(host))
        installation = replace(firm.installation, settings=settings)
        with opened(browser, create_app(installation), viewport=PHONE) as context:
            alice = context.new_page()
            ask_for_a_mail(alice)
            work_off(place(firm, host))
            assert host.recipients == ["alice@example.org"]
            choose(alice, re.findall(r"http://[^/]+(/reset/\S+)", text(host))[0])
            sign_in(alice, NEW)
            phone = set_up(alice, firm)
            alice.get_by_role("button", name="Sign out").click()
            sign_in(alice, NEW)
            check_everywhere(alice, "One more step")
            firm.clock.move(seconds=30)
            alice.get_by_role("textbox", name="Code").fill(phone.code())
            alice.get_by_role("button", name="Sign in").click()
            expect(alice.get_by_role("heading", level=1)).to_have_text("Openings")
            say_again(alice, firm, phone)


def place(firm: Firm, host: MailHost) -> WorkPlace:
    """The worker of this firm, with somebody's mail server."""
    installation = firm.installation
    sources = MailSources(installation.links, "Alice", to_reader=True)
    mail = MailWork(installation.database, sources, mail_server(host), "hiring.example.org", firm.clock)
    return WorkPlace(installation.database, firm.clock, mail)


def ask_for_a_mail(page: Page) -> None:
    page.goto("/sign-in")
    page.get_by_role("link", name="Forgot your password?").click()
    check_everywhere(page, "A new password")
    page.get_by_label("E-mail address").fill("alice@example.org")
    page.get_by_role("button", name="Send the link").click()
    check_everywhere(page, "Look into your mail")


def choose(page: Page, link: str) -> None:
    page.goto(link)
    assert page.url.endswith("/reset/new")
    check_everywhere(page, "Choose a new password")
    page.get_by_label("New password").fill("short")
    page.get_by_role("button", name="Set the password").click()
    expect(page.locator(".error-summary")).to_contain_text("at least 12 characters")
    page.get_by_label("New password").fill(NEW)
    page.get_by_role("button", name="Set the password").click()
    check_everywhere(page, "Your new password is set")
    page.goto(link)
    check_everywhere(page, "This link does not work any more")


def sign_in(page: Page, password: str) -> None:
    assert password != PASSWORD
    page.goto("/sign-in")
    page.get_by_label("E-mail address").fill("alice@example.org")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def set_up(page: Page, firm: Firm) -> Phone:
    page.goto("/account/two-steps")
    check_everywhere(page, "Sign in in two steps")
    page.get_by_role("button", name="Set it up").click()
    check_everywhere(page, "Set up the second step")
    assert page.get_by_role("img", name="QR code").is_visible()
    phone = Phone(page.locator("main p strong").inner_text(), firm.clock)
    page.get_by_role("textbox", name="Code").fill(phone.code())
    page.get_by_role("button", name="Turn it on").click()
    check_everywhere(page, "Your recovery codes")
    assert page.locator("main code").count() == 10
    return phone


def say_again(page: Page, firm: Firm, phone: Phone) -> None:
    """After a while, new recovery codes ask for a fresh sign-in and lead back."""
    page.goto("/account/two-steps")
    check_everywhere(page, "Sign in in two steps")
    firm.clock.move(minutes=16)
    page.get_by_role("button", name="Make ten new codes").click()
    check_everywhere(page, "Say again who you are")
    page.get_by_label("Or a code").fill(phone.code())
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Make ten new codes").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
