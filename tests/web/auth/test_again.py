"""/sign-in/again: saying again who one is before what takes data away or changes who gets in."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.hiring_story import PASSWORD
from tests.web.auth.two_steps import PAGE, SET_UP, begin, turn_on
from tests.web.pages import check_page
from tests.web.people import Clock, hidden, press, sign_in, token_in
from tests.web.staff import Office

COOKIE = "eiassess-staff"


@pytest.fixture
def alice(client: FlaskClient) -> FlaskClient:
    """Alice's browser, signed in."""
    sign_in(client, "alice")
    return client


def say_who(client: FlaskClient, address: str, **said: str) -> TestResponse:
    """Answer the page that a browser was sent to."""
    page = client.get(address).text
    data = {name: hidden(page, name).replace("&amp;", "&") for name in ("next", "undone")}
    return client.post("/sign-in/again", data={"csrf_token": token_in(page), **data, **said})


def downloaded(client: FlaskClient, file: str) -> int:
    """Fetch a file to its end, as a browser does: of those that still come, one person has two at most."""
    with client.get(file) as answer:
        return answer.status_code


def test_a_download_of_many_asks_and_leads_back_to_its_page(alice: FlaskClient, office: Office, clock: Clock) -> None:
    file = f"/openings/{office.opening}/download/file?c={office.casey}&c={office.nora}&format=csv&names=yes"
    assert downloaded(alice, file) == 200
    clock.move(minutes=15)
    assert downloaded(alice, file) == 200
    clock.move(seconds=1)
    asked = alice.get(file)
    assert asked.status_code == 303
    assert asked.location.startswith("/sign-in/again?next=")
    page = alice.get(asked.location).text
    assert "Nothing was done yet." in page
    assert "signed in as Alice" in page
    check_page(page)
    back = say_who(alice, asked.location, password=PASSWORD)
    assert back.status_code == 303
    assert back.location == file.replace("/file", "")
    page = alice.get(back.location).text
    assert re.search(r'value="csv" checked', page)
    assert re.search(r'name="names"[^>]* checked', page)
    assert downloaded(alice, file) == 200


def test_a_page_comes_back_by_itself(alice: FlaskClient, clock: Clock) -> None:
    begin(alice, clock)
    clock.move(minutes=16)
    asked = alice.get(SET_UP)
    assert "Nothing was done yet." not in alice.get(asked.location).text
    assert say_who(alice, asked.location, password=PASSWORD).location == SET_UP
    assert alice.get(SET_UP).status_code == 200


def test_a_form_is_not_sent_for_anybody_but_leads_back_to_its_page(alice: FlaskClient, clock: Clock) -> None:
    turn_on(alice, clock)
    clock.move(minutes=16)
    asked = press(alice, PAGE, f"{PAGE}/off")
    assert "Nothing was done yet." in alice.get(asked.location).text
    assert say_who(alice, asked.location, password=PASSWORD).location == PAGE
    assert "You sign in in two steps" in alice.get(PAGE).text
    assert press(alice, PAGE, f"{PAGE}/off").location == f"{PAGE}?off=yes"


@pytest.mark.parametrize("said", [{}, {"password": ""}, {"password": "not the password"}, {"password": "x" * 5000}])
def test_who_does_not_know_the_password_is_not_believed(alice: FlaskClient, clock: Clock, said: dict[str, str]) -> None:
    clock.move(minutes=16)
    asked = press(alice, PAGE, f"{PAGE}/begin")
    page = say_who(alice, asked.location, **said)
    assert page.status_code == 400
    assert "<title>Error: Say again who you are" in page.text
    assert "Nothing was done yet." in page.text
    check_page(page.text)
    assert press(alice, PAGE, f"{PAGE}/begin").location.startswith("/sign-in/again")


def test_guesses_are_slowed_down_together_with_those_at_sign_in(alice: FlaskClient, app: Flask, clock: Clock) -> None:
    clock.move(minutes=16)
    address = "/sign-in/again"
    codes = [say_who(alice, address, password="not the password").status_code for _ in range(6)]
    assert codes == [400] * 5 + [429]
    assert press(app.test_client(), "/sign-in", email="alice@example.org", password=PASSWORD).status_code == 429


def test_a_code_of_the_app_does_too(alice: FlaskClient, clock: Clock) -> None:
    phone, _ = turn_on(alice, clock)
    clock.move(minutes=16)
    asked = press(alice, PAGE, f"{PAGE}/codes")
    check_page(alice.get(asked.location).text)
    page = say_who(alice, asked.location, code="000000")
    assert page.status_code == 400
    assert "This is no code that works now." in page.text
    assert say_who(alice, asked.location, code=phone.code()).location == PAGE
    assert press(alice, PAGE, f"{PAGE}/codes").status_code == 200
    clock.move(minutes=16)
    codes = [say_who(alice, "/sign-in/again", code="no code").status_code for _ in range(6)]
    assert codes == [400] * 5 + [429]


def test_without_two_steps_no_code_is_believed(alice: FlaskClient, clock: Clock) -> None:
    clock.move(minutes=16)
    assert 'name="code"' not in alice.get("/sign-in/again").text
    assert say_who(alice, "/sign-in/again", code="123456").status_code == 400


def test_the_session_gets_another_id(alice: FlaskClient, app: Flask) -> None:
    before = alice.get_cookie(COOKIE)
    say_who(alice, "/sign-in/again", password=PASSWORD)
    after = alice.get_cookie(COOKIE)
    assert before
    assert after
    assert before.value != after.value
    thief = app.test_client()
    thief.set_cookie(COOKIE, before.value)
    assert thief.get("/openings").location.startswith("/sign-in")


@pytest.mark.parametrize(
    "where", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x", "", "/\tevil", "x"]
)
def test_one_is_never_led_elsewhere(alice: FlaskClient, where: str) -> None:
    page = alice.get("/sign-in/again", query_string={"next": where}).text
    data = {"csrf_token": token_in(page), "password": PASSWORD}
    assert hidden(page, "next") == "/"
    assert alice.post("/sign-in/again", data=data | {"next": where}).location == "/"


def test_who_is_not_signed_in_signs_in_first(client: FlaskClient) -> None:
    assert client.get("/sign-in/again").location.startswith("/sign-in?next=")


def test_what_is_not_ones_own_stays_unknown(client: FlaskClient, office: Office, clock: Clock) -> None:
    sign_in(client, "dana")
    clock.move(minutes=16)
    assert client.get(f"/openings/{office.opening}/download/file").status_code == 404
