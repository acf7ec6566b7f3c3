"""/sign-in and /sign-out."""

import re
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from argon2 import PasswordHasher, extract_parameters, low_level
from flask import Flask, template_rendered
from flask.testing import FlaskClient
from sqlmodel import select

from eiassess.domain.roles import Role
from eiassess.persistence.tables import WebSessionRecord
from eiassess.services.people.accounts import find_user_record, set_password, store_user_record
from eiassess.services.people.passwords import HashingTurns
from eiassess.web.app import create_app
from eiassess.web.shell.context import Installation
from tests.hiring_story import PASSWORD
from tests.web.pages import check_page
from tests.web.people import Clock, hire_staff, press, sign_in, token_in

COOKIE = "eiassess-staff"


def try_to_sign_in(client: FlaskClient, email: str, password: str, **more: str):  # noqa: ANN201 - Flask's test response
    return press(client, "/sign-in", email=email, password=password, **more)


def cookie_of(client: FlaskClient) -> str:
    cookie = client.get_cookie(COOKIE)
    assert cookie
    return cookie.value


def test_the_form(client: FlaskClient) -> None:
    page = client.get("/sign-in")
    assert "There is a problem" not in page.text
    check_page(page.text)


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("alice@example.org", "not the password"),
        ("nobody@example.org", PASSWORD),
        ("no address", PASSWORD),
        ("", ""),
    ],
)
def test_whatever_is_not_right_is_said_in_the_same_words(client: FlaskClient, email: str, password: str) -> None:
    page = try_to_sign_in(client, email, password)
    assert page.status_code == 200
    assert "<title>Error: Sign in" in page.text
    assert "We do not know this e-mail address with this password" in page.text
    assert 'href="#email"' in page.text
    assert f'value="{email}"' in page.text
    check_page(page.text)
    assert client.get("/openings").location.startswith("/sign-in")


def test_known_and_unknown_addresses_look_alike(client: FlaskClient) -> None:
    def without_own_words(html: str, email: str) -> str:
        return re.sub(r'name="csrf_token"[^>]*>', "", html.replace(email, "ADDRESS"))

    known, unknown = (
        without_own_words(try_to_sign_in(client, email, "not the password").text, email)
        for email in ("alice@example.org", "nobody@example.org")
    )
    assert known == unknown


def test_signing_in_gives_the_session_another_id(client: FlaskClient, app: Flask) -> None:
    client.get("/sign-in")
    before = cookie_of(client)
    sign_in(client, "alice")
    assert cookie_of(client) != before
    attacker = app.test_client()
    attacker.set_cookie(COOKIE, before)
    assert attacker.get("/openings").status_code == 303


def test_a_copied_cookie_is_refused_after_signing_out(client: FlaskClient, app: Flask) -> None:
    sign_in(client, "alice")
    copied = cookie_of(client)
    thief = app.test_client()
    thief.set_cookie(COOKIE, copied)
    assert thief.get("/openings").status_code == 200
    press(client, "/openings", "/sign-out")
    for each in (client, thief):
        assert each.get("/openings").location.startswith("/sign-in")


def test_signing_out_takes_a_post_with_a_token(client: FlaskClient) -> None:
    sign_in(client, "alice")
    assert client.get("/sign-out").status_code == 405
    assert client.post("/sign-out").status_code == 400
    assert client.get("/openings").status_code == 200


def test_signing_in_takes_a_token(client: FlaskClient) -> None:
    answer = client.post("/sign-in", data={"email": "alice@example.org", "password": PASSWORD})
    assert answer.status_code == 400
    assert client.get("/openings").status_code == 303


@pytest.mark.parametrize("where", ["/openings", "/openings?x=1"])
def test_one_is_led_back_to_where_one_wanted_to_go(client: FlaskClient, where: str) -> None:
    wanted = client.get(where)
    page = client.get(wanted.location)
    back = re.search(r'name="next" value="([^"]*)"', page.text)
    assert back
    answer = try_to_sign_in(client, "alice@example.org", PASSWORD, next=back[1])
    assert answer.location.rstrip("?") == where


@pytest.mark.parametrize(
    "where",
    [
        "https://evil.example/",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:x",
    ],
)
def test_one_is_never_led_elsewhere(client: FlaskClient, where: str) -> None:
    page = client.get("/sign-in", query_string={"next": where}).text
    data = {"email": "alice@example.org", "password": PASSWORD, "csrf_token": token_in(page), "next": where}
    for address in ("/sign-in", f"/sign-in?next={where}"):
        answer = client.post(address, data=data)
        assert urlsplit(urljoin("http://localhost/sign-in", answer.location or "")).hostname == "localhost"


def test_asking_to_be_remembered_changes_nothing(client: FlaskClient) -> None:
    answer = try_to_sign_in(client, "alice@example.org", PASSWORD, remember="y")
    assert not [cookie for cookie in answer.headers.getlist("Set-Cookie") if not cookie.startswith(COOKIE)]


def test_a_session_ends_after_half_an_hour_of_rest(client: FlaskClient, clock: Clock) -> None:
    sign_in(client, "alice")
    clock.move(minutes=29)
    assert client.get("/openings").status_code == 200
    clock.move(minutes=31)
    assert client.get("/openings").status_code == 303


@pytest.mark.parametrize("address", ["/sign-in", "/sign-in?include_auth_token"])
def test_only_the_form_signs_in(client: FlaskClient, address: str) -> None:
    token = token_in(client.get("/sign-in").text)
    body = {"email": "alice@example.org", "password": PASSWORD, "remember": True}
    headers = {"X-CSRFToken": token, "Accept": "application/json"}
    for given in ({"json": body}, {"data": "NaN", "content_type": "application/json"}, {"data": "{"}):
        answer = client.post(address, headers=headers, **given)
        assert answer.status_code == 400
        assert "authentication_token" not in answer.text
    assert client.get("/sign-in", headers={"Accept": "application/json"}).mimetype == "text/html"
    assert client.get("/openings").status_code == 303


def test_nothing_but_a_session_stands_for_somebody(client: FlaskClient, app: Flask, installation: Installation) -> None:
    """Flask-Security knows tokens that outlive signing out; here they open nothing, wherever they stand."""
    record = find_user_record(installation.database, email="alice@example.org")
    assert record is not None
    with app.test_request_context():
        token = str(record.get_auth_token())
    for answer in (
        client.get("/openings", headers={"Authentication-Token": token}),
        client.get("/openings", query_string={"auth_token": token}),
        client.get("/openings", json={"auth_token": token}),
        client.get("/openings", data="[" * 50_000, content_type="application/json"),
    ):
        assert answer.location.startswith("/sign-in")


def guess(client: FlaskClient, *emails: str) -> list[int]:
    token = token_in(client.get("/sign-in").text)
    form = {"password": "a guess that is wrong", "csrf_token": token}
    return [client.post("/sign-in", data={**form, "email": email}).status_code for email in emails]


def elsewhere(app: Flask, address: str) -> FlaskClient:
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = address
    return client


def test_whoever_guesses_waits_longer_each_time(client: FlaskClient, clock: Clock) -> None:
    assert guess(client, *["alice@example.org"] * 6) == [200] * 5 + [429]
    answer = try_to_sign_in(client, "alice@example.org", PASSWORD)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "4")
    assert "Too many tries to sign in. Wait 4 seconds and try again." in answer.text
    clock.move(seconds=4)
    assert guess(client, *["alice@example.org"] * 2) == [200, 429]
    assert "Wait 8 seconds" in try_to_sign_in(client, "alice@example.org", PASSWORD).text
    clock.move(seconds=8)
    assert try_to_sign_in(client, "alice@example.org", PASSWORD).status_code == 302


def test_an_account_is_guarded_however_its_address_is_written(client: FlaskClient) -> None:
    written = ["alice@example.org", "ALICE@example.org", "alice@\uff45xample.org", "alice@example\u3002org"]
    assert guess(client, *(written * 2)) == [200] * 5 + [429] * 3


def test_no_stranger_can_close_an_account(app: Flask) -> None:
    stranger = elsewhere(app, "203.0.113.9")
    assert guess(stranger, *["alice@example.org"] * 6)[-1] == 429
    assert try_to_sign_in(elsewhere(app, "198.51.100.4"), "alice@example.org", PASSWORD).status_code == 302


def test_all_addresses_of_one_network_are_one_visitor(app: Flask) -> None:
    codes = [guess(elsewhere(app, f"2001:db8:0:1::{number:x}"), "alice@example.org")[0] for number in range(1, 7)]
    assert codes == [200] * 5 + [429]
    assert guess(elsewhere(app, "2001:db8:0:2::1"), "alice@example.org") == [200]


def test_guessing_at_many_accounts_is_slowed_down_whatever_a_request_says_of_its_origin(client: FlaskClient) -> None:
    token = token_in(client.get("/sign-in").text)
    codes = [
        client.post(
            "/sign-in",
            data={"email": f"a{number}@example.org", "password": "", "csrf_token": token},
            headers={"X-Forwarded-For": f"203.0.113.{number}", "Forwarded": f"for=203.0.113.{number}"},
        ).status_code
        for number in range(52)
    ]
    assert codes == [200] * 50 + [429] * 2
    answer = try_to_sign_in(client, "bob@example.org", PASSWORD)
    assert re.search(r"Wait \d+ minutes and try again", answer.text)


def test_people_who_share_an_address_do_not_lock_each_other_out(
    app: Flask, installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    hire_staff(installation, "newcomer", Role.RECRUITER)
    monkeypatch.setattr("eiassess.services.people.sign_in_tries.FROM_A_PLACE", 7)
    for who in ["alice", "newcomer"] * 4:
        sign_in(app.test_client(), who)
    assert guess(app.test_client(), *["bob@example.org"] * 5, "nobody@example.org", "no address") == [200] * 7
    assert guess(app.test_client(), "somebody@example.org", "no address") == [429] * 2
    sign_in(app.test_client(), "newcomer")


@pytest.mark.parametrize("password", ["x" * 4097, "\u00df" * 2049, "\ufdfa" * 200, "x" * 257])
@pytest.mark.parametrize("email", ["alice@example.org", "nobody@example.org", "no address"])
def test_a_password_that_nobody_can_have_is_not_right(client: FlaskClient, email: str, password: str) -> None:
    page = try_to_sign_in(client, email, password)
    assert page.status_code == 200
    assert "We do not know this e-mail address with this password" in page.text


def test_the_longest_password_signs_in(client: FlaskClient, installation: Installation) -> None:
    longest = f"{PASSWORD} {'x' * 256}"[:256]
    set_password(installation.database, "alice@example.org", longest)
    assert try_to_sign_in(client, "alice@example.org", longest).status_code == 302


def test_who_is_no_longer_active_is_not_let_in(client: FlaskClient, app: Flask, installation: Installation) -> None:
    sign_in(client, "alice")
    set_active(installation, "alice@example.org", active=False)
    assert client.get("/openings").location.startswith("/sign-in")
    newcomer = app.test_client()
    assert try_to_sign_in(newcomer, "alice@example.org", PASSWORD).status_code == 200
    assert newcomer.get("/openings").location.startswith("/sign-in")


def set_active(installation: Installation, email: str, *, active: bool) -> None:
    record = find_user_record(installation.database, email=email)
    assert record is not None
    record.active = active
    store_user_record(installation.database, record)


def test_passwords_are_hashed_in_the_web_as_asvs_asks(client: FlaskClient, installation: Installation) -> None:
    """A weak hash from before is made anew at sign-in, and not a weak one again."""
    record = find_user_record(installation.database, email="alice@example.org")
    assert record is not None
    record.password = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    store_user_record(installation.database, record)
    sign_in(client, "alice")
    changed = find_user_record(installation.database, email="alice@example.org")
    assert changed is not None
    parameters = extract_parameters(str(changed.password))
    assert (parameters.type.name, parameters.time_cost >= 3, parameters.memory_cost >= 64 * 1024) == ("ID", True, True)


def test_looking_at_the_form_stores_nothing(client: FlaskClient, installation: Installation) -> None:
    for _ in range(3):
        client.get("/sign-in")
    try_to_sign_in(client, "alice@example.org", "not the password")
    with installation.database.reading() as db:
        assert db.exec(select(WebSessionRecord)).all() == []


def test_a_cookie_that_we_did_not_sign_holds_nothing(client: FlaskClient, app: Flask) -> None:
    client.get("/sign-in")
    thief = app.test_client()
    thief.set_cookie(COOKIE, f"{cookie_of(client)[:-3]}AAA")
    assert thief.post("/sign-in", data={"csrf_token": token_in(client.get("/sign-in").text)}).status_code == 400


def test_a_form_that_lay_open_for_a_day_is_asked_for_again(client: FlaskClient, clock: Clock) -> None:
    token = token_in(client.get("/sign-in").text)
    clock.move(hours=25)
    data = {"email": "alice@example.org", "password": PASSWORD, "csrf_token": token}
    assert client.post("/sign-in", data=data).status_code == 400


def test_too_many_at_once_are_asked_to_come_back(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    turns = HashingTurns(at_once=1, waiting=0)
    monkeypatch.setattr("eiassess.web.auth.sign_in.usual_turns", lambda: turns)
    client = create_app(installation).test_client()
    with turns.taken():
        for _ in range(6):
            answer = try_to_sign_in(client, "alice@example.org", PASSWORD)
            assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
        assert "Many people sign in right now" in answer.text
    assert try_to_sign_in(client, "alice@example.org", PASSWORD).status_code == 302


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("alice@example.org", "not the password"),
        ("nobody@example.org", "not the password"),
        ("frank@example.org", PASSWORD),
        ("frank@example.org", "not the password"),
    ],
)
def test_known_unknown_and_switched_off_accounts_cost_one_hash_each(
    client: FlaskClient, installation: Installation, monkeypatch: pytest.MonkeyPatch, email: str, password: str
) -> None:
    """The time that sign-in takes is that of hashing: as many hashes, as long an answer."""
    set_active(installation, "frank@example.org", active=False)
    worked: list[str] = []

    def counted(name: str) -> None:
        real = getattr(low_level, name)
        monkeypatch.setattr(low_level, name, lambda *given, **named: (worked.append(name), real(*given, **named))[1])

    counted("hash_secret")
    counted("verify_secret")
    assert try_to_sign_in(client, email, password).status_code == 200
    assert len(worked) == 1


def test_what_was_not_right_is_not_even_told_to_the_template(app: Flask, installation: Installation) -> None:
    """Flask-Security names what was wrong unless it is told to be general: a page that shows it would give it away."""
    set_active(installation, "frank@example.org", active=False)
    told: list[str] = []

    def note(_sender: Flask, context: dict[str, Any], **_more: object) -> None:
        form = context["login_user_form"]
        told.extend(str(message) for messages in form.errors.values() for message in messages)

    tries = [("alice@example.org", "wrong"), ("nobody@example.org", "wrong"), ("frank@example.org", PASSWORD)]
    with template_rendered.connected_to(note, app):
        for email, password in tries:
            try_to_sign_in(app.test_client(), email, password)
    assert set(told) == {"Authentication failed - identity or password/passcode invalid"}
