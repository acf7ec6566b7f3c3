"""/account/two-steps and /sign-in/code: signing in in two steps."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eiassess.services.people.accounts import find_user_record, store_user_record
from eiassess.services.people.two_steps import rescue_from_two_steps
from eiassess.web.app import create_app
from eiassess.web.shell.context import Installation
from tests.hiring_story import rows
from tests.web.auth.resets import mailed, with_mail
from tests.web.auth.two_steps import PAGE, SET_UP, Phone, begin, codes_on, give_code, give_password, secret_on, turn_on
from tests.web.pages import check_page
from tests.web.people import Clock, press, sign_in, token_in

COOKIE = "eiassess-staff"


@pytest.fixture
def alice(client: FlaskClient) -> FlaskClient:
    """Alice's browser, signed in."""
    sign_in(client, "alice")
    return client


@pytest.fixture
def phone(alice: FlaskClient, clock: Clock) -> Phone:
    """Alice's phone, after she has turned it on."""
    return turn_on(alice, clock)[0]


def test_setting_it_up(alice: FlaskClient, clock: Clock) -> None:
    page = alice.get(PAGE).text
    assert "You sign in with your password alone." in page
    check_page(page)
    phone = begin(alice, clock)
    page = alice.get(SET_UP).text
    assert "<svg" in page
    check_page(page)
    done = press(alice, SET_UP, code=phone.code())
    assert len(set(codes_on(done.text))) == 10
    check_page(done.text)
    page = alice.get(PAGE).text
    assert "You sign in in two steps, since" in page
    assert "You have 10 of 10 left." in page
    check_page(page)
    assert alice.get(SET_UP).location == PAGE


def test_the_secret_stays_until_it_is_begun_anew(alice: FlaskClient, clock: Clock) -> None:
    begin(alice, clock)
    first = secret_on(alice.get(SET_UP).text)
    assert secret_on(alice.get(SET_UP).text) == first
    begin(alice, clock)
    assert secret_on(alice.get(SET_UP).text) != first


def test_a_code_that_the_app_does_not_show_turns_nothing_on(alice: FlaskClient, clock: Clock) -> None:
    begin(alice, clock)
    for code, said in (("", "Type the code."), ("000 00", "This is not the code that the app shows now")):
        page = press(alice, SET_UP, code=code)
        assert page.status_code == 400
        assert said in page.text
        assert "<svg" in page.text
        check_page(page.text)
    assert "with your password alone" in alice.get(PAGE).text


def test_nothing_of_it_is_stored_that_makes_codes(alice: FlaskClient, clock: Clock, installation: Installation) -> None:
    begin(alice, clock)
    secret = secret_on(alice.get(SET_UP).text)
    codes = codes_on(press(alice, SET_UP, code=Phone(secret, clock).code()).text)
    stored = str([rows(installation.database, table) for table in ("two_steps", "recovery_code", "web_session")])
    for each in (secret, secret.replace(" ", ""), *codes, *(code.replace("-", "") for code in codes)):
        assert each not in stored


def test_signing_in_in_two_steps(phone: Phone, app: Flask) -> None:
    newcomer = app.test_client()
    newcomer.get("/sign-in")
    before = newcomer.get_cookie(COOKIE)
    answer = give_password(newcomer, next="/openings?x=1")
    assert (answer.status_code, answer.location) == (303, "/sign-in/code")
    half = newcomer.get_cookie(COOKIE)
    assert newcomer.get("/openings").location.startswith("/sign-in")
    page = newcomer.get("/sign-in/code").text
    check_page(page)
    answer = give_code(newcomer, f"{phone.code()[:3]} {phone.code()[3:]}")
    assert (answer.status_code, answer.location) == (303, "/openings?x=1")
    assert newcomer.get("/openings").status_code == 200
    after = newcomer.get_cookie(COOKIE)
    assert before
    assert half
    assert after
    assert len({before.value, half.value, after.value}) == 3
    thief = app.test_client()
    thief.set_cookie(COOKIE, half.value)
    assert thief.get("/sign-in/code").location == "/sign-in"


def test_without_the_password_there_is_no_second_step(phone: Phone, app: Flask) -> None:
    newcomer = app.test_client()
    assert newcomer.get("/sign-in/code").location == "/sign-in"
    assert press(newcomer, "/sign-in", "/sign-in/code", code=phone.code()).location == "/sign-in"
    assert newcomer.get("/openings").location.startswith("/sign-in")


def test_a_code_is_taken_once_and_the_one_before_for_half_a_minute(phone: Phone, app: Flask, clock: Clock) -> None:
    browsers = [app.test_client() for _ in range(4)]
    for each in browsers:
        give_password(each)
    assert give_code(browsers[0], phone.code()).status_code == 303
    page = give_code(browsers[1], phone.code())
    assert page.status_code == 400
    assert "This is no code that works now." in page.text
    check_page(page.text)
    clock.move(seconds=60)
    assert give_code(browsers[1], phone.code(1)).status_code == 303
    assert give_code(browsers[2], phone.code(2)).status_code == 400
    assert give_code(browsers[2], phone.code(-1)).status_code == 400
    assert give_code(browsers[3], phone.code()).status_code == 303


def test_a_recovery_code_is_taken_once(alice: FlaskClient, app: Flask, clock: Clock) -> None:
    _, codes = turn_on(alice, clock)
    for expected in (303, 400):
        newcomer = app.test_client()
        give_password(newcomer)
        assert give_code(newcomer, codes[0].upper().replace("-", " ")).status_code == expected
    assert give_code(newcomer, codes[1]).status_code == 303
    assert "You have 8 of 10 left." in newcomer.get(PAGE).text


def test_new_recovery_codes_end_the_old_ones(alice: FlaskClient, app: Flask, clock: Clock) -> None:
    _, old = turn_on(alice, clock)
    page = press(alice, PAGE, f"{PAGE}/codes")
    new = codes_on(page.text)
    check_page(page.text)
    newcomer = app.test_client()
    give_password(newcomer)
    assert [give_code(newcomer, code).status_code for code in (old[0], new[0])] == [400, 303]


def test_the_second_step_has_to_follow_within_minutes(phone: Phone, app: Flask, clock: Clock) -> None:
    newcomer = app.test_client()
    give_password(newcomer)
    token = token_in(newcomer.get("/sign-in/code").text)
    clock.move(minutes=11)
    answer = newcomer.post("/sign-in/code", data={"csrf_token": token, "code": phone.code()})
    assert (answer.status_code, answer.location) == (303, "/sign-in")


def test_codes_cannot_be_guessed_at_length(phone: Phone, app: Flask, clock: Clock) -> None:
    guesser = app.test_client()
    give_password(guesser)
    codes = [give_code(guesser, "no code").status_code for _ in range(6)]
    assert codes == [400] * 5 + [429]
    assert "Too many tries to type a code. Wait 4 seconds" in give_code(guesser, phone.code()).text
    clock.move(seconds=30)
    assert give_code(guesser, phone.code()).status_code == 303


def test_the_right_password_alone_does_not_end_the_pauses(phone: Phone, app: Flask) -> None:
    assert phone
    guesser = app.test_client()
    codes = [give_password(guesser).status_code for _ in range(6)]
    assert codes == [303] * 5 + [429]


def test_signing_in_whole_ends_the_pauses(phone: Phone, app: Flask, clock: Clock) -> None:
    newcomer = app.test_client()
    for _ in range(5):
        give_password(newcomer)
    give_code(newcomer, phone.code())
    clock.move(seconds=30)
    for _ in range(5):
        assert give_password(app.test_client()).status_code == 303


def test_turning_it_on_and_off_ends_the_other_sessions(
    alice: FlaskClient, app: Flask, clock: Clock, installation: Installation
) -> None:
    other = app.test_client()
    sign_in(other, "alice")
    phone, _ = turn_on(alice, clock)
    assert alice.get("/openings").status_code == 200
    assert other.get("/openings").location.startswith("/sign-in")
    give_password(other)
    give_code(other, phone.code())
    answer = press(alice, PAGE, f"{PAGE}/off")
    assert answer.location == f"{PAGE}?off=yes"
    page = alice.get(answer.location).text
    assert "You sign in with your password alone." in page
    check_page(page)
    assert other.get("/openings").location.startswith("/sign-in")
    assert rows(installation.database, "recovery_code") == []
    sign_in(other, "alice")


def test_turning_it_on_and_off_is_no_sign_in(alice: FlaskClient, clock: Clock, installation: Installation) -> None:
    before = sign_ins(installation)
    clock.move(minutes=5)
    turn_on(alice, clock)
    press(alice, PAGE, f"{PAGE}/off")
    assert alice.get("/openings").status_code == 200
    assert sign_ins(installation) == before
    clock.move(minutes=11)
    assert press(alice, PAGE, f"{PAGE}/begin").location.startswith("/sign-in/again")


def sign_ins(installation: Installation) -> tuple[int, object]:
    """How many stand in the audit, and when alice signed in last."""
    entered = sum(row["action"] == "sign-in" for row in rows(installation.database, "audit_entry"))
    alice = find_user_record(installation.database, email="alice@example.org")
    assert alice
    return entered, alice.last_sign_in_at


def test_it_is_not_begun_twice(alice: FlaskClient, phone: Phone) -> None:
    assert phone
    assert press(alice, PAGE, f"{PAGE}/begin").status_code == 409


def test_a_new_password_by_mail_does_not_go_round_it(phone: Phone, installation: Installation, clock: Clock) -> None:
    client = create_app(with_mail(installation)).test_client()
    press(client, "/reset", email="alice@example.org")
    link = mailed(installation)[-1].split("http://localhost")[1].split("\n")[0]
    client.get(link)
    press(client, "/reset/new", password="lamp otter bridge seven")
    assert client.get("/openings").location.startswith("/sign-in")
    press(client, "/sign-in", email="alice@example.org", password="lamp otter bridge seven")
    assert client.get("/openings").location.startswith("/sign-in")
    clock.move(seconds=30)
    assert give_code(client, phone.code()).status_code == 303
    assert client.get("/openings").status_code == 200


def test_who_was_switched_off_meanwhile_is_not_let_in(phone: Phone, app: Flask, installation: Installation) -> None:
    newcomer = app.test_client()
    give_password(newcomer)
    token = token_in(newcomer.get("/sign-in/code").text)
    record = find_user_record(installation.database, email="alice@example.org")
    assert record
    record.active = False
    store_user_record(installation.database, record)
    answer = newcomer.post("/sign-in/code", data={"csrf_token": token, "code": phone.code()})
    assert (answer.status_code, answer.location) == (303, "/sign-in")


def test_after_the_rescue_the_password_is_enough(
    alice: FlaskClient, phone: Phone, app: Flask, installation: Installation
) -> None:
    assert phone
    assert rescue_from_two_steps(installation.database, "alice@example.org")
    assert alice.get("/openings").location.startswith("/sign-in")
    sign_in(app.test_client(), "alice")
    assert not rescue_from_two_steps(installation.database, "alice@example.org")
