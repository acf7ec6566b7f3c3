"""/join/<token>, /join, /joined: an invitation becomes an account, once."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from eiassess.services.people.first_administrator import invite_first_administrator
from eiassess.services.people.inviting_staff import invite_again, take_invitation_back
from eiassess.services.people.passwords import HashingTurns
from eiassess.web.app import create_app
from eiassess.web.shell.context import Installation
from tests.hiring_story import rows
from tests.web.pages import check_page
from tests.web.people import Clock, press, token_in
from tests.web.staff_people import CHOSEN, COOKIE, Staff, invite_nora, thief_of


def sign_in_as(client: FlaskClient, email: str, password: str) -> TestResponse:
    return press(client, "/sign-in", email=email, password=password)


def stored(installation: Installation) -> dict[str, object]:
    (row,) = (row for row in rows(installation.database, "user_account") if row["email"] == "nora@example.org")
    return row


def test_a_link_leads_to_a_form_without_its_token(
    client: FlaskClient, installation: Installation, staff: Staff
) -> None:
    link = invite_nora(installation, staff)
    answer = client.get(f"/join/{link.token}")
    assert (answer.status_code, answer.location) == (303, "/join")
    page = client.get("/join")
    assert link.token not in page.text
    assert "nora@example.org" in page.text
    assert 'value="Nora Lind"' in page.text
    assert 'autocomplete="new-password"' in page.text
    check_page(page.text)


def test_looking_uses_nothing_up(client: FlaskClient, app: Flask, installation: Installation, staff: Staff) -> None:
    link = invite_nora(installation, staff)
    before = stored(installation), rows(installation.database, "staff_invitation")
    for _ in range(3):
        scanner = app.test_client()
        scanner.get(f"/join/{link.token}")
        scanner.get("/join")
    assert (stored(installation), rows(installation.database, "staff_invitation")) == before
    assert client.get(f"/join/{link.token}.").status_code == 303


def test_whoever_joins_can_sign_in_with_the_name_and_password_they_chose(
    client: FlaskClient, app: Flask, installation: Installation, staff: Staff
) -> None:
    link = invite_nora(installation, staff)
    assert sign_in_as(client, "nora@example.org", "").status_code == 200
    client.get(f"/join/{link.token}")
    answer = press(client, "/join", name="Nora Lindqvist", password=CHOSEN)
    assert (answer.status_code, answer.location) == (303, "/joined")
    done = client.get("/joined").text
    assert "Your account is ready" in done
    check_page(done)
    assert client.get("/openings").location.startswith("/sign-in"), "joining is not signing in"
    assert sign_in_as(client, "nora@example.org", CHOSEN).status_code == 302
    page = client.get("/account").text
    assert "Nora Lindqvist" in page
    assert "Recruiter, Analyst" in page
    assert client.get("/analysis").status_code == 200
    again = app.test_client()
    assert again.get(f"/join/{link.token}").status_code == 410
    assert rows(installation.database, "staff_invitation") == []


def test_a_link_works_once_also_in_two_tabs(
    client: FlaskClient, other_device: FlaskClient, installation: Installation, staff: Staff
) -> None:
    link = invite_nora(installation, staff)
    tokens = []
    for browser in (client, other_device):
        browser.get(f"/join/{link.token}")
        tokens.append(token_in(browser.get("/join").text))
    first = client.post("/join", data={"csrf_token": tokens[0], "name": "Nora", "password": CHOSEN})
    second = other_device.post("/join", data={"csrf_token": tokens[1], "name": "Thief", "password": f"{CHOSEN} 2"})
    assert (first.status_code, second.status_code) == (303, 410)
    assert stored(installation)["name"] == "Nora"
    check_page(second.text)


def test_a_link_ends_after_seven_days(
    client: FlaskClient, clock: Clock, installation: Installation, staff: Staff
) -> None:
    link = invite_nora(installation, staff)
    clock.move(days=6, hours=23)
    assert client.get(f"/join/{link.token}").status_code == 303
    token = token_in(client.get("/join").text)
    clock.move(hours=1)
    answer = client.post("/join", data={"csrf_token": token, "name": "Nora", "password": CHOSEN})
    assert answer.status_code in {400, 410}
    assert stored(installation)["joined_at"] is None
    closed = client.get(f"/join/{link.token}")
    assert closed.status_code == 410
    assert "ask whoever invited you" in closed.text
    check_page(closed.text)


def test_a_link_that_was_replaced_or_taken_back_opens_nothing(
    client: FlaskClient, other_device: FlaskClient, installation: Installation, staff: Staff
) -> None:
    first = invite_nora(installation, staff)
    client.get(f"/join/{first.token}")
    second = invite_again(
        installation.database, installation.links, staff.grace.id, first.user_id, installation.clock()
    )
    assert client.get("/join").status_code == 410
    assert client.get(f"/join/{first.token}").status_code == 410
    assert other_device.get(f"/join/{second.token}").status_code == 303
    take_invitation_back(installation.database, first.user_id)
    assert other_device.get("/join").status_code == 410
    assert other_device.get(f"/join/{second.token}").status_code == 410


def test_without_a_link_there_is_nothing_to_join(client: FlaskClient) -> None:
    assert client.get("/join").status_code == 410


def test_guessing_links_is_held_up(client: FlaskClient) -> None:
    codes = [client.get(f"/join/guess-{number}").status_code for number in range(31)]
    assert codes == [410] * 30 + [429]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"name": " ", "password": CHOSEN}, "A name has 1 to 200 characters."),
        ({"name": "Nora", "password": ""}, "A password needs at least 12 characters."),
        ({"name": "Nora", "password": "nora@example.org"}, "among the first that people guess"),
    ],
)
def test_what_cannot_be_used_is_said_and_the_link_stays(
    client: FlaskClient, installation: Installation, staff: Staff, fields: dict[str, str], message: str
) -> None:
    client.get(f"/join/{invite_nora(installation, staff).token}")
    answer = press(client, "/join", **fields)
    assert answer.status_code == 400
    assert message in answer.text
    assert "<title>Error: " in answer.text
    assert f'value="{fields["password"]}"' not in answer.text or not fields["password"]
    check_page(answer.text)
    assert press(client, "/join", name="Nora", password=CHOSEN).status_code == 303


def test_an_address_that_is_sent_along_changes_nothing(
    client: FlaskClient, installation: Installation, staff: Staff
) -> None:
    client.get(f"/join/{invite_nora(installation, staff).token}")
    assert press(client, "/join", name="Nora", password=CHOSEN, email="x@example.org", roles="administrator").location
    assert stored(installation)["email"] == "nora@example.org"
    assert "x@example.org" not in str(rows(installation.database, "user_account"))


def test_a_form_that_lay_open_too_long_says_how_to_go_on(
    client: FlaskClient, clock: Clock, installation: Installation, staff: Staff
) -> None:
    client.get(f"/join/{invite_nora(installation, staff).token}")
    token = token_in(client.get("/join").text)
    clock.move(minutes=31)
    answer = client.post("/join", data={"csrf_token": token, "name": "Nora", "password": CHOSEN})
    assert answer.status_code == 400
    assert "Follow the link in your mail once more" in answer.text


def test_joining_gives_the_session_of_before_no_rights(
    client: FlaskClient, app: Flask, installation: Installation, staff: Staff
) -> None:
    client.get(f"/join/{invite_nora(installation, staff).token}")
    cookie = client.get_cookie(COOKIE)
    assert cookie
    press(client, "/join", name="Nora", password=CHOSEN)
    thief = app.test_client()
    thief.set_cookie(COOKIE, cookie.value)
    sign_in_as(client, "nora@example.org", CHOSEN)
    assert thief.get("/account").status_code == 303


def test_the_first_administrator_gives_an_address_too(client: FlaskClient, installation: Installation) -> None:
    link = invite_first_administrator(installation.database, installation.links, installation.clock())
    client.get(f"/join/{link.token}")
    page = client.get("/join").text
    assert "The first administrator" in page
    check_page(page)
    refused = press(client, "/join", name="Ada", email="ada@", password=CHOSEN)
    assert refused.status_code == 400
    assert 'href="#email"' in refused.text
    assert press(client, "/join", name="Ada", email="Ada@example.org", password=CHOSEN).location == "/joined"
    assert sign_in_as(client, "ada@example.org", CHOSEN).status_code == 302
    assert client.get("/people").status_code == 200


def test_the_first_administrators_link_ends_after_an_hour_and_with_an_administrator(
    client: FlaskClient, clock: Clock, installation: Installation, request: pytest.FixtureRequest
) -> None:
    link = invite_first_administrator(installation.database, installation.links, installation.clock())
    clock.move(minutes=59)
    assert client.get(f"/join/{link.token}").status_code == 303
    clock.move(minutes=1)
    assert client.get("/join").status_code == 410
    later = invite_first_administrator(installation.database, installation.links, installation.clock())
    assert client.get(f"/join/{later.token}").status_code == 303
    request.getfixturevalue("staff")
    assert client.get("/join").status_code == 410


def test_too_many_at_once_are_asked_to_come_back(
    installation: Installation, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns = HashingTurns(at_once=1, waiting=0)
    monkeypatch.setattr("eiassess.web.auth.sign_in.usual_turns", lambda: turns)
    client = create_app(installation).test_client()
    client.get(f"/join/{invite_nora(installation, staff).token}")
    with turns.taken():
        answer = press(client, "/join", name="Nora", password=CHOSEN)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert press(client, "/join", name="Nora", password=CHOSEN).status_code == 303


def test_following_a_link_gives_the_session_another_id(
    app: Flask, client: FlaskClient, installation: Installation, staff: Staff
) -> None:
    first = invite_nora(installation, staff).token
    client.get(f"/join/{first}")
    planted = thief_of(app, client)
    client.get(f"/join/{first}")
    assert "nora@example.org" in client.get("/join").text
    assert planted.get("/join").status_code == 410


def test_signing_out_ends_the_whole_session(installation: Installation, staff: Staff, alice: FlaskClient) -> None:
    alice.get(f"/join/{invite_nora(installation, staff).token}")
    assert alice.get("/join").status_code == 200
    press(alice, "/account", "/sign-out")
    assert alice.get_cookie(COOKIE) is None
    assert rows(installation.database, "web_session") == []
    assert alice.get("/join").status_code == 410
