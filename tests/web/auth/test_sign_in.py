"""/sign-in and /sign-out."""

import re
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eiassess.domain.roles import Role
from eiassess.services.people.accounts import find_user_record
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


def test_guessing_is_slowed_down(client: FlaskClient, clock: Clock) -> None:
    assert guess(client, *["alice@example.org"] * 11) == [200] * 10 + [429]
    answer = try_to_sign_in(client, "alice@example.org", PASSWORD)
    assert answer.status_code == 429
    assert "Wait a quarter of an hour" in answer.text
    clock.move(minutes=16)
    assert try_to_sign_in(client, "alice@example.org", PASSWORD).status_code == 302


def test_an_account_is_guarded_however_its_address_is_written(client: FlaskClient) -> None:
    written = ["alice@example.org", "ALICE@example.org", "alice@\uff45xample.org", "alice@example\u3002org"]
    assert guess(client, *(written * 3)) == [200] * 10 + [429] * 2


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


def test_people_who_share_an_address_do_not_lock_each_other_out(
    app: Flask, installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    hire_staff(installation, "newcomer", Role.RECRUITER)
    monkeypatch.setattr("eiassess.web.auth.tries.FROM_AN_ADDRESS", 4)
    monkeypatch.setattr("eiassess.web.auth.tries.FOR_AN_ACCOUNT", 2)
    for who in ["alice", "newcomer"] * 3:
        sign_in(app.test_client(), who)
    assert guess(app.test_client(), *["alice@example.org"] * 3) == [200] * 2 + [429]
    sign_in(app.test_client(), "newcomer")
