"""/account: one's name, password, and where one is signed in."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eiassess.services.people.passwords import HashingTurns
from eiassess.web.app import create_app
from eiassess.web.shell.context import Installation
from tests.hiring_story import PASSWORD, rows
from tests.web.pages import check_page
from tests.web.people import Clock, press, sign_in, token_in
from tests.web.staff_people import CHOSEN, COOKIE, Staff, is_out, thief_of

LONG = "Åse-Lill Wolfeschlegelsteinhausenbergerdorff " * 4


def change(browser: FlaskClient, present: str = PASSWORD, new: str = CHOSEN):  # noqa: ANN201 - Flask's test response
    return press(browser, "/account", "/account/password", present=present, new=new)


def test_the_page_says_who_one_is(alice: FlaskClient) -> None:
    page = alice.get("/account").text
    assert "alice@example.org" in page
    assert "Recruiter" in page
    assert "Begun" in page
    assert page.count("This one") == 1
    assert "You are signed in nowhere else." in page
    check_page(page)
    assert 'href="/account"' in alice.get("/openings").text


def test_a_name_is_changed_everywhere(alice: FlaskClient) -> None:
    answer = press(alice, "/account", "/account/name", name=f"  {LONG} ")
    assert answer.location == "/account?done=name"
    page = alice.get(answer.location).text
    assert "Your name is changed." in page
    assert page.count(LONG.strip()) == 2
    check_page(page)


@pytest.mark.parametrize("name", ["", " ", "x" * 201, "\u200b"])
def test_a_name_that_cannot_be_used_is_refused_and_kept_as_typed(alice: FlaskClient, name: str) -> None:
    answer = press(alice, "/account", "/account/name", name=name)
    assert answer.status_code == 400
    assert "<title>Error: Your account" in answer.text
    assert 'href="#name"' in answer.text
    check_page(answer.text)
    assert "Alice" in alice.get("/account").text


def test_a_new_password_keeps_this_session_with_another_id_and_ends_all_others(
    alice: FlaskClient, app: Flask, installation: Installation, staff: Staff
) -> None:
    elsewhere = app.test_client()
    sign_in(elsewhere, "alice")
    thief = thief_of(app, alice)
    answer = change(alice)
    assert answer.location == "/account?done=password"
    page = alice.get(answer.location).text
    assert "You are still signed in here, and nowhere else." in page
    check_page(page)
    assert is_out(elsewhere)
    assert is_out(thief), "a copied cookie holds the id of before"
    assert not is_out(alice)
    assert len([row for row in rows(installation.database, "web_session") if row["user_id"] == staff.alice.id]) == 1
    newcomer = app.test_client()
    assert press(newcomer, "/sign-in", email="alice@example.org", password=PASSWORD).status_code == 200
    assert press(newcomer, "/sign-in", email="alice@example.org", password=CHOSEN).status_code == 302


@pytest.mark.parametrize(
    ("present", "new", "message", "target"),
    [
        ("not the password", CHOSEN, "This is not your present password.", "#present"),
        ("", CHOSEN, "Give your present password.", "#present"),
        ("x" * 5000, CHOSEN, "This is not your present password.", "#present"),
        (PASSWORD, "", "Choose a new password.", "#new"),
        (PASSWORD, "too short", "A password needs at least 12 characters.", "#new"),
        (PASSWORD, "alice@example.org", "among the first that people guess", "#new"),
        (PASSWORD, "x" * 257, "at most 256 characters", "#new"),
    ],
)
def test_a_password_that_is_not_right_or_cannot_be_used_changes_nothing(
    alice: FlaskClient, app: Flask, present: str, new: str, message: str, target: str
) -> None:
    answer = change(alice, present, new)
    assert answer.status_code == 400
    assert message in answer.text
    assert f'href="{target}"' in answer.text
    check_page(answer.text)
    assert not is_out(alice)
    sign_in(app.test_client(), "alice")


def test_whoever_finds_a_browser_open_cannot_guess_on(alice: FlaskClient, clock: Clock) -> None:
    for _ in range(5):
        change(alice, "a guess that is wrong")
    answer = change(alice)
    assert answer.status_code == 400
    assert "Too many wrong tries. Wait 4 seconds and try again." in answer.text
    clock.move(seconds=4)
    assert change(alice).status_code == 303
    assert change(alice, CHOSEN, PASSWORD).status_code == 303, "what was right is not counted"


def test_a_new_password_that_cannot_be_used_is_no_guess(alice: FlaskClient) -> None:
    for _ in range(7):
        assert "at least 12 characters" in change(alice, PASSWORD, "short").text
    assert change(alice).status_code == 303


@pytest.mark.usefixtures("staff")
def test_a_password_is_changed_in_turn(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    turns = HashingTurns(at_once=1, waiting=0)
    monkeypatch.setattr("eiassess.web.auth.sign_in.usual_turns", lambda: turns)
    browser = create_app(installation).test_client()
    sign_in(browser, "alice")
    with turns.taken():
        assert change(browser).status_code == 503
    assert change(browser).status_code == 303


def sessions(page: str) -> list[str]:
    return [part.split("/end")[0] for part in page.split("/account/sessions/")[1:] if '/end"' in part.split(">")[0]]


def test_sessions_are_listed_and_ended_one_by_one(alice: FlaskClient, app: Flask, clock: Clock) -> None:
    clock.move(minutes=3)
    phone, tablet = app.test_client(), app.test_client()
    for browser in (phone, tablet):
        sign_in(browser, "alice")
    page = alice.get("/account").text
    check_page(page)
    assert "Mon 23 Nov 2026, 14:02 UTC" in page
    assert "Mon 23 Nov 2026, 14:05 UTC" in page
    ids = sessions(page)
    assert len(ids) == 2
    answer = press(alice, "/account", f"/account/sessions/{ids[0]}/end")
    assert answer.location == "/account?done=ended"
    assert sorted([is_out(phone), is_out(tablet)]) == [False, True]
    assert len(sessions(alice.get("/account").text)) == 1
    answer = press(alice, "/account", "/account/sessions/end-others")
    assert answer.location == "/account?done=others"
    assert "You are signed in here, and nowhere else." in alice.get(answer.location).text
    assert is_out(phone)
    assert is_out(tablet)
    assert not is_out(alice)


def test_nobody_ends_a_session_of_somebody_else(alice: FlaskClient, grace: FlaskClient) -> None:
    other = alice.application.test_client()
    sign_in(other, "alice")
    (theirs,) = sessions(alice.get("/account").text)
    assert press(grace, "/account", f"/account/sessions/{theirs}/end").status_code == 404
    assert press(alice, "/account", "/account/sessions/made-up/end").status_code == 404
    assert not is_out(other)


def test_sessions_that_are_over_are_not_listed(alice: FlaskClient, app: Flask, clock: Clock) -> None:
    phone = app.test_client()
    sign_in(phone, "alice")
    for _ in range(3):
        clock.move(minutes=20)
        alice.get("/account")
    assert sessions(alice.get("/account").text) == []
    assert is_out(phone)


def test_a_session_ends_after_twelve_hours_however_much_it_is_used(alice: FlaskClient, clock: Clock) -> None:
    for _ in range(24):
        clock.move(minutes=30)
        assert not is_out(alice)
    clock.move(seconds=1)
    assert is_out(alice)


def test_a_new_password_begins_the_twelve_hours_anew(alice: FlaskClient, clock: Clock) -> None:
    for _ in range(23):
        clock.move(minutes=30)
        assert not is_out(alice)
    change(alice)
    for _ in range(2):
        clock.move(minutes=29)
        assert not is_out(alice)


def test_signing_out_leaves_no_session_of_anybody(alice: FlaskClient, installation: Installation, staff: Staff) -> None:
    press(alice, "/account", "/sign-out")
    assert [row for row in rows(installation.database, "web_session") if row["user_id"] == staff.alice.id] == []


def test_no_session_says_which_browser_it_is_from(app: Flask, installation: Installation, staff: Staff) -> None:
    """Flask-Login would keep a hash of address and browser."""
    browser = app.test_client()
    sign_in(browser, "alice")
    browser.get("/account", headers={"User-Agent": "Another/1.0"})
    (row,) = rows(installation.database, "web_session")
    assert '"_id"' not in row["data"]
    assert row["user_id"] == staff.alice.id
    assert set(row) == {"id_hash", "audience", "user_id", "data", "created_at", "seen_at"}
    assert not is_out(browser)


@pytest.mark.parametrize(
    "path", ["/account/name", "/account/password", "/account/sessions/x/end", "/account/sessions/end-others"]
)
def test_each_change_takes_the_token_of_ones_own_page(alice: FlaskClient, grace: FlaskClient, path: str) -> None:
    stolen = token_in(grace.get("/account").text)
    for data in ({}, {"csrf_token": stolen}):
        assert alice.post(path, data={"name": "X", "present": PASSWORD, "new": CHOSEN, **data}).status_code == 400
    cookie = alice.get_cookie(COOKIE)
    assert cookie
    assert not is_out(alice)
