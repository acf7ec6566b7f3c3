"""/sign-in/provider and /sign-in/callback: who gets in by a provider of sign-in."""

import re
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from sqlmodel import select
from werkzeug.test import TestResponse

from eiassess.persistence.tables import UserIdentityRecord, WebSessionRecord
from eiassess.services.people.accounts import find_user_record, store_user_record
from eiassess.services.people.identities import list_identities, take_identities
from eiassess.web.shell.context import Installation
from tests.hiring_story import PASSWORD
from tests.sign_in_provider import CONFIGURATION, REALM, SignInHost
from tests.web.auth.provided import is_in, know, leave, sign_in_there, staff_browser
from tests.web.auth.two_steps import SET_UP, begin
from tests.web.pages import check_page
from tests.web.people import Clock, press, sign_in, token_in

COOKIE = "eiassess-staff"


@pytest.fixture
def browser(installation: Installation, host: SignInHost) -> FlaskClient:
    return staff_browser(installation, host)


def cookie_of(client: FlaskClient) -> str:
    cookie = client.get_cookie(COOKIE)
    assert cookie
    return cookie.value


def test_the_page_offers_the_provider_and_the_password(browser: FlaskClient) -> None:
    page = browser.get("/sign-in?next=/openings").text
    assert "Sign in with Example staff" in page
    assert 'href="/sign-in/provider?next=/openings"' in page
    assert 'type="password"' in page
    check_page(page)


def test_without_a_provider_there_is_no_such_way(client: FlaskClient) -> None:
    assert "/sign-in/provider" not in client.get("/sign-in").text
    for address in ("/sign-in/provider", "/sign-in/callback?state=x&code=y"):
        assert client.get(address).status_code == 404


def test_who_is_known_gets_in(installation: Installation, browser: FlaskClient, host: SignInHost) -> None:
    know(installation, host)
    answer = sign_in_there(browser)
    assert (answer.status_code, answer.location) == (303, "/")
    page = browser.get("/openings").text
    assert "Alice" in page
    assert "Sign out" in page


def test_what_the_provider_is_asked(browser: FlaskClient, host: SignInHost) -> None:
    asked = parse_qs(urlsplit(browser.get("/sign-in/provider").location).query)
    assert asked["redirect_uri"] == ["http://localhost/sign-in/callback"]
    assert asked["scope"] == ["openid"]  # nothing but who it is
    assert asked["code_challenge_method"] == ["S256"]
    assert all(len(asked[name][0]) >= 43 for name in ("state", "nonce", "code_challenge"))
    again = parse_qs(urlsplit(browser.get("/sign-in/provider").location).query)
    assert all(again[name] != asked[name] for name in ("state", "nonce", "code_challenge"))
    assert host.asked_for == [CONFIGURATION, f"{REALM}/keys"]  # once for both


def test_one_is_led_to_where_one_wanted_to_go(
    installation: Installation, browser: FlaskClient, host: SignInHost
) -> None:
    know(installation, host)
    page = browser.get(browser.get("/openings?x=1").location).text
    begin = re.search(r'href="(/sign-in/provider\?next=[^"]*)"', page)
    assert begin
    assert sign_in_there(browser, begin[1].replace("&amp;", "&")).location == "/openings?x=1"


@pytest.mark.parametrize(
    "where",
    ["https://evil.example/", "//evil.example", "///evil.example", "/\\evil.example", "openings", "/" + "x" * 400],
)
def test_one_is_never_led_elsewhere(
    installation: Installation, browser: FlaskClient, host: SignInHost, where: str
) -> None:
    know(installation, host)
    back = leave(browser, f"/sign-in/provider?next={where}")
    assert browser.get(back).location == "/"


def test_beginning_stores_nothing(installation: Installation, browser: FlaskClient) -> None:
    for _ in range(5):
        browser.get("/sign-in/provider")
    browser.get("/sign-in/callback?state=made-up&code=made-up")
    with installation.database.reading() as db:
        assert db.exec(select(WebSessionRecord)).all() == []
    assert len(cookie_of(browser)) < 1000


def test_the_session_gets_another_id(installation: Installation, browser: FlaskClient, host: SignInHost) -> None:
    know(installation, host)
    back = leave(browser)
    before = cookie_of(browser)
    browser.get(back)
    assert cookie_of(browser) != before
    thief = staff_browser(installation, host)
    thief.set_cookie(COOKIE, before)
    assert not is_in(thief)


def test_the_back_button_accuses_nobody(installation: Installation, browser: FlaskClient, host: SignInHost) -> None:
    know(installation, host)
    back = leave(browser)
    browser.get(back)
    assert browser.get(back).location == "/sign-in"
    assert browser.get("/sign-in").location == "/"  # signed in they still are
    press(browser, "/openings", "/sign-out")
    assert browser.get(back).location == "/sign-in"
    page = browser.get("/sign-in")
    assert "There is a problem" not in page.text
    assert not is_in(browser)


def test_who_is_in_already_is_not_sent_away(browser: FlaskClient, host: SignInHost) -> None:
    sign_in(browser, "alice")
    assert browser.get("/sign-in/provider").location == "/"
    assert host.asked_for == []


def test_two_tabs_can_be_under_way(installation: Installation, browser: FlaskClient, host: SignInHost) -> None:
    know(installation, host)
    first, second = leave(browser), leave(browser)
    press(browser, "/sign-in", email="alice@example.org", password="not the password")
    assert browser.get(first).location == "/"
    assert browser.get(second).location == "/sign-in"
    assert is_in(browser)


def test_of_many_tabs_the_last_are_remembered(
    installation: Installation, browser: FlaskClient, host: SignInHost
) -> None:
    know(installation, host)
    first, *_, last = [leave(browser) for _ in range(4)]
    assert browser.get(first).location == "/sign-in"
    assert browser.get(last).location == "/"


def test_another_browser_cannot_come_back_instead(
    installation: Installation, browser: FlaskClient, host: SignInHost
) -> None:
    """Whoever sends somebody a return of their own would have them work in the sender's account."""
    know(installation, host)
    back = leave(browser)
    victim = staff_browser(installation, host)
    for _ in range(2):
        assert victim.get(back).location == "/sign-in"
        assert not is_in(victim)
        leave(victim)


def test_a_return_after_half_an_hour_begins_anew(
    installation: Installation, browser: FlaskClient, host: SignInHost, clock: Clock
) -> None:
    know(installation, host)
    back = leave(browser)
    clock.move(minutes=31)
    assert browser.get(back).location == "/sign-in"
    assert not is_in(browser)


@pytest.mark.parametrize("back", ["", "?code=x", "?state=", "?state=x", "?error=access_denied", "?state=x&state=y"])
def test_a_return_that_nobody_began(browser: FlaskClient, back: str) -> None:
    assert browser.get(f"/sign-in/callback{back}").location == "/sign-in"


def test_who_is_unknown_reads_whom_to_ask(browser: FlaskClient, host: SignInHost) -> None:
    host.subject = "9<script>'"
    answer = sign_in_there(browser)
    assert answer.status_code == 403
    assert "Ask whoever runs this installation to connect you with an account" in answer.text
    assert "9&lt;script&gt;&#39;" in answer.text
    assert 'href="/sign-in/provider?other=yes"' in answer.text
    check_page(answer.text)
    assert not is_in(browser)
    sign_in_there(browser, "/sign-in/provider?other=yes")
    assert host.prompts == ["", "select_account"]


def test_an_address_alone_lets_nobody_in(browser: FlaskClient, host: SignInHost) -> None:
    host.claims = {"email": "alice@example.org", "email_verified": True}
    assert sign_in_there(browser).status_code == 403
    assert not is_in(browser)


def test_an_identifier_of_another_provider_is_another_person(installation: Installation, browser: FlaskClient) -> None:
    know(installation, SignInHost(installation.clock, "https://elsewhere.example"))
    assert sign_in_there(browser).status_code == 403


def test_who_is_no_longer_active_stays_out(installation: Installation, browser: FlaskClient, host: SignInHost) -> None:
    know(installation, host)
    sign_in_there(browser)
    record = find_user_record(installation.database, email="alice@example.org")
    assert record is not None
    record.active = False
    store_user_record(installation.database, record)
    assert not is_in(browser)
    newcomer = staff_browser(installation, host)
    answer = sign_in_there(newcomer)
    assert (answer.status_code, is_in(newcomer)) == (403, False)


def test_the_provider_and_not_our_second_step_says_how_surely(installation: Installation, host: SignInHost) -> None:
    needed = replace(installation.settings, two_steps_for=frozenset({"recruiter"}))
    strict = replace(installation, settings=needed)
    browser = staff_browser(strict, host)
    know(installation, host)
    sign_in_there(browser)
    assert browser.get("/openings").status_code == 200
    press(browser, "/openings", "/sign-out")
    sign_in(browser, "alice")
    assert browser.get("/openings").location == "/account/two-steps", "with a password alone it is needed"


def test_who_has_to_say_again_who_they_are_can_show_it_there(
    installation: Installation, browser: FlaskClient, host: SignInHost
) -> None:
    know(installation, host)
    sign_in_there(browser)
    page = browser.get("/sign-in/again?next=/openings").text
    assert 'href="/sign-in/provider?again=yes&amp;next=/openings"' in page
    assert 'type="password"' in page
    check_page(page)


def test_taking_an_identity_away_ends_its_sessions(
    installation: Installation, browser: FlaskClient, host: SignInHost
) -> None:
    know(installation, host)
    sign_in_there(browser)
    take_identities(installation.database, "alice@example.org")
    assert not is_in(browser)
    assert sign_in_there(browser).status_code == 403


def identities(installation: Installation) -> list[str]:
    with installation.database.reading() as db:
        return [each.subject for each in db.exec(select(UserIdentityRecord)).all()]


@pytest.mark.parametrize("by", ["token", "userinfo"])
def test_a_checked_address_connects_once_where_the_settings_allow_it(
    installation: Installation, host: SignInHost, by: str
) -> None:
    told = {"email": "Alice@Example.org", "email_verified": True}
    host.claims, host.userinfo = (told, {}) if by == "token" else ({}, told)
    browser = staff_browser(installation, host, links_by_address=True)
    assert sign_in_there(browser).location == "/"
    assert is_in(browser)
    assert [each.subject for each in list_identities(installation.database, "alice@example.org")] == [host.subject]
    assert (f"{REALM}/userinfo" in host.asked_for) == (by == "userinfo")
    # From now on the identifier counts: the same address of somebody else opens nothing
    host.subject = "another person"
    other = staff_browser(installation, host, links_by_address=True)
    assert sign_in_there(other).status_code == 403
    # and who changes their address stays who they are
    host.subject, host.claims, host.userinfo = "248289761001", {"email": "new@example.org"}, {}
    assert sign_in_there(staff_browser(installation, host, links_by_address=True)).location == "/"


@pytest.mark.parametrize(
    "told",
    [
        {"email": "alice@example.org"},
        {"email": "alice@example.org", "email_verified": False},
        {"email": "alice@example.org", "email_verified": "true"},
        {"email": "alice@example.org", "email_verified": 1},
        {"email": "nobody@example.org", "email_verified": True},
        {"email": "no address", "email_verified": True},
        {"email": ["alice@example.org"], "email_verified": True},
        {},
    ],
)
def test_an_address_that_is_not_checked_connects_nobody(
    installation: Installation, host: SignInHost, told: dict[str, object]
) -> None:
    for host.claims, host.userinfo in ((told, {}), ({}, told)):
        answer = sign_in_there(staff_browser(installation, host, links_by_address=True))
        assert answer.status_code == 403
        assert "No account for you here" in answer.text
    assert identities(installation) == []


def test_no_account_that_is_switched_off_is_connected(installation: Installation, host: SignInHost) -> None:
    record = find_user_record(installation.database, email="alice@example.org")
    assert record is not None
    record.active = False
    store_user_record(installation.database, record)
    host.claims = {"email": "alice@example.org", "email_verified": True}
    assert sign_in_there(staff_browser(installation, host, links_by_address=True)).status_code == 403
    assert identities(installation) == []


def test_passwords_can_be_switched_off(installation: Installation, host: SignInHost) -> None:
    browser = staff_browser(installation, host, is_only_way=True)
    page = browser.get("/sign-in").text
    assert "Sign in with Example staff" in page
    assert "password" not in page.lower()
    check_page(page)
    other_form = staff_browser(installation, host)
    data = {"email": "alice@example.org", "password": PASSWORD}
    token = token_in(other_form.get("/sign-in").text)
    cookie = cookie_of(other_form)
    browser.set_cookie(COOKIE, cookie)
    answer = browser.post("/sign-in", data={**data, "csrf_token": token})
    assert answer.status_code == 403
    assert "Nobody signs in by password here" in answer.text
    assert not is_in(browser)
    know(installation, host)
    assert sign_in_there(browser).location == "/"
    assert is_in(browser)
    token = token_in(browser.get("/account").text)
    refused = browser.post("/sign-in/again", data={"csrf_token": token, "password": PASSWORD})
    assert (refused.status_code, "Nobody signs in by password here" in refused.text) == (403, True)


def again(browser: FlaskClient) -> TestResponse:
    return sign_in_there(browser, "/sign-in/provider?again=yes&next=/openings?x=1")


def test_who_is_in_can_prove_that_it_is_still_them(
    installation: Installation, browser: FlaskClient, host: SignInHost, clock: Clock
) -> None:
    know(installation, host)
    sign_in_there(browser)
    before = cookie_of(browser)
    clock.move(minutes=20)
    host.claims = {"auth_time": int(clock().timestamp())}
    with browser.session_transaction() as held:
        held["fs_paa"] = 0
    answer = again(browser)
    assert (answer.status_code, answer.location) == (303, "/openings?x=1")
    assert (host.prompts, host.ages) == (["", "login"], ["", "0"])
    assert cookie_of(browser) != before
    with browser.session_transaction() as held:
        assert held["fs_paa"] > 0
    assert is_in(browser)


def test_the_page_that_asks_who_one_is_leads_to_the_provider(
    installation: Installation, browser: FlaskClient, host: SignInHost, clock: Clock
) -> None:
    know(installation, host)
    sign_in_there(browser)
    begin(browser, clock)
    clock.move(minutes=20)
    host.claims = {"auth_time": int(clock().timestamp())}
    asked = browser.get(SET_UP)
    assert asked.location.startswith("/sign-in/again?")
    page = browser.get(asked.location).text
    check_page(page)
    (there,) = re.findall(r'href="(/sign-in/provider[^"]*)"', page)
    assert sign_in_there(browser, there.replace("&amp;", "&")).location == SET_UP
    assert browser.get(SET_UP).status_code == 200


@pytest.mark.parametrize("asked", [None, "now", 0, -1300])
def test_a_provider_that_did_not_ask_anew_proves_nothing_new(
    installation: Installation, browser: FlaskClient, host: SignInHost, clock: Clock, asked: object
) -> None:
    know(installation, host)
    sign_in_there(browser)
    clock.move(minutes=20)
    host.claims = {"auth_time": int(clock().timestamp()) + asked if isinstance(asked, int) and asked else asked}
    answer = again(browser)
    assert answer.status_code == 403
    assert "does not show who you are" in answer.text
    check_page(answer.text)


def test_somebody_else_proves_nothing_for_who_is_in(
    installation: Installation, browser: FlaskClient, host: SignInHost, clock: Clock
) -> None:
    know(installation, host, "bob", "bob's")
    know(installation, host)
    sign_in_there(browser)
    host.claims = {"auth_time": int(clock().timestamp())}
    for host.subject in ("bob's", "nobody's"):
        assert again(browser).status_code == 403
    assert "Alice" in browser.get("/openings").text


def test_a_return_counts_for_what_was_begun(
    installation: Installation, browser: FlaskClient, host: SignInHost, clock: Clock
) -> None:
    """Whoever has signed out meanwhile is not let in by it, and nobody is in twice."""
    know(installation, host)
    host.claims = {"auth_time": int(clock().timestamp())}
    first, second = leave(browser), leave(browser)
    browser.get(first)
    assert browser.get(second).location == "/sign-in"
    back = leave(browser, "/sign-in/provider?again=yes")
    press(browser, "/openings", "/sign-out")
    assert browser.get(back).location == "/sign-in"
    assert not is_in(browser)
    browser.get(leave(browser, "/sign-in/provider?again=yes"))  # who is not in just signs in
    assert is_in(browser)
