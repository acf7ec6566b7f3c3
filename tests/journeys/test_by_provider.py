"""Alice signs in by a provider in a real browser, goes back, signs out, comes again; a stranger reads whom to ask."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from eiassess.services.people.identities import give_identity
from eiassess.web.app import create_app
from tests.browser import check_page
from tests.databases import free_port
from tests.journeys.firm import Firm
from tests.sign_in_provider import CONFIGURATION, Reply, SignInHost, provider_of_sign_in
from tests.web.browsing import opened


@pytest.fixture
def host(firm: Firm, monkeypatch: pytest.MonkeyPatch) -> Iterator[SignInHost]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with provider_of_sign_in(firm.clock) as running:
        running.has_page = True
        yield running


@pytest.fixture
def context(browser: Browser, firm: Firm, host: SignInHost, size: tuple[int, int]) -> Iterator[BrowserContext]:
    """A browser on the firm, where nobody signs in by password."""
    port = free_port()
    usual = firm.installation.settings
    settings = replace(usual, base_url=f"http://127.0.0.1:{port}", provider=host.settings(is_only_way=True))
    app = create_app(replace(firm.installation, settings=settings))
    with opened(browser, app, port, viewport={"width": size[0], "height": size[1]}) as made:
        yield made


def test_there_back_and_out(context: BrowserContext, firm: Firm, host: SignInHost) -> None:
    give_identity(firm.installation.database, "alice@example.org", host.issuer, host.subject, firm.clock())
    page = context.new_page()
    page.goto(f"/openings/{firm.opening}")
    expect(page.locator("h1")).to_have_text("Sign in")
    expect(page.get_by_label("Password")).to_have_count(0)
    check_page(page)
    page.get_by_role("link", name="Sign in with Example staff").click()
    assert page.url.startswith(host.issuer)
    page.get_by_role("link", name="Continue as Alice").click()
    expect(page.locator("h1")).to_contain_text("Night desk")
    assert page.url.endswith(f"/openings/{firm.opening}")

    page.go_back()  # to the provider's page, whose link leads to a return that was taken already
    page.get_by_role("link", name="Continue as Alice").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    page.goto("/openings")
    expect(page.locator("h1")).to_have_text("Sign in")

    page.get_by_role("link", name="Sign in with Example staff").click()
    replayed = page.get_by_role("link", name="Continue as Alice").get_attribute("href")
    page.get_by_role("link", name="Continue as Alice").click()
    page.get_by_role("button", name="Sign out").click()
    page.goto(str(replayed))
    expect(page.locator("h1")).to_have_text("Sign in")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_stranger_reads_whom_to_ask(context: BrowserContext, host: SignInHost) -> None:
    host.subject = "auth0|" + "5f7c8ec7c33c6c004bbafe82" * 6
    page = context.new_page()
    page.goto("/sign-in")
    page.get_by_role("link", name="Sign in with Example staff").click()
    page.get_by_role("link", name="Continue as Alice").click()
    expect(page.locator("h1")).to_have_text("No account for you here")
    expect(page.get_by_text(host.subject)).to_be_visible()
    check_page(page)


def test_a_provider_that_is_away_is_said_to_be(context: BrowserContext, host: SignInHost) -> None:
    host.replies = {CONFIGURATION: Reply(b"", 503)}
    page = context.new_page()
    page.goto("/sign-in")
    page.get_by_role("link", name="Sign in with Example staff").click()
    expect(page.locator("h1")).to_have_text("You are not signed in")
    check_page(page)
    page.get_by_role("link", name="Back to sign-in").click()
    expect(page.locator("h1")).to_have_text("Sign in")
