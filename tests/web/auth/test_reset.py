"""/reset: a new password by mail."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eiassess.persistence.tables import AttemptRecord
from eiassess.services.people.accounts import find_user_record, store_user_record
from eiassess.services.people.passwords import HashingTurns
from eiassess.web.app import create_app
from eiassess.web.shell.context import Installation
from tests.hiring_story import PASSWORD, rows
from tests.web.auth.resets import mailed, with_mail
from tests.web.pages import check_page
from tests.web.people import Clock, press, sign_in

NEW = "lamp otter bridge seven"
ALICE = "alice@example.org"


@pytest.fixture
def app(installation: Installation) -> Flask:
    """The office, with mail."""
    return create_app(with_mail(installation))


def ask(client: FlaskClient, email: str = ALICE):  # noqa: ANN201 - Flask's test response
    return press(client, "/reset", email=email)


def link(installation: Installation) -> str:
    """The path of the newest link that was mailed."""
    return re.findall(r"http://localhost(/reset/[\w-]{43})\n", mailed(installation)[-1])[0]


def link_for(client: FlaskClient, installation: Installation) -> str:
    assert ask(client).location == "/reset/sent"
    return link(installation)


def test_from_forgotten_to_signed_in(client: FlaskClient, app: Flask, installation: Installation) -> None:
    assert 'href="/reset"' in client.get("/sign-in").text
    elsewhere = app.test_client()
    sign_in(elsewhere, "alice")
    check_page(client.get("/reset").text)
    path = link_for(client, installation)
    check_page(client.get("/reset/sent").text)
    answer = client.get(path)
    assert (answer.status_code, answer.location) == (303, "/reset/new")
    page = client.get("/reset/new").text
    assert "alice@example.org" in page
    check_page(page)
    assert press(client, "/reset/new", password=NEW).location == "/reset/done"
    check_page(client.get("/reset/done").text)
    assert client.get("/openings").location.startswith("/sign-in")
    assert elsewhere.get("/openings").location.startswith("/sign-in")
    for password, code in ((PASSWORD, 200), (NEW, 302)):
        assert press(client, "/sign-in", email=ALICE, password=password).status_code == code


def test_the_mail_names_the_hour_and_leads_to_the_configured_address(
    client: FlaskClient, installation: Installation
) -> None:
    ask(client)
    (text,) = mailed(installation)
    assert "Hello Alice," in text
    assert "within 60 minutes" in text
    assert re.search(r"\nhttp://localhost/reset/[\w-]{43}\n", text)
    assert client.get("/reset", headers={"Host": "evil.example"}).status_code == 400


def test_only_a_hash_is_stored(client: FlaskClient, installation: Installation) -> None:
    token = link_for(client, installation).rsplit("/", 1)[1]
    for table in ("password_reset", "message", "web_session", "job"):
        assert token not in str(rows(installation.database, table))


@pytest.mark.parametrize("email", ["alice@example.org", "nobody@example.org", "frank@example.org"])
def test_all_addresses_get_the_same_answer_and_cause_the_same_work(
    client: FlaskClient, installation: Installation, email: str
) -> None:
    frank = find_user_record(installation.database, email="frank@example.org")
    assert frank
    frank.active = False
    store_user_record(installation.database, frank)
    answer = ask(client, email)
    assert (answer.status_code, answer.location) == (303, "/reset/sent")
    assert [len(rows(installation.database, table)) for table in ("password_reset", "message", "job")] == [1, 0, 0]
    assert len(mailed(installation)) == (email == ALICE)
    assert len(rows(installation.database, "password_reset")) == (email == ALICE)


@pytest.mark.parametrize(("email", "said"), [("", "Type your e-mail address."), ("alice", "is not an e-mail address")])
def test_what_is_no_address_is_named(client: FlaskClient, email: str, said: str) -> None:
    page = ask(client, email)
    assert page.status_code == 400
    assert "<title>Error: A new password" in page.text
    assert said in page.text
    check_page(page.text)


def test_a_link_works_once(client: FlaskClient, app: Flask, installation: Installation) -> None:
    path = link_for(client, installation)
    other = app.test_client()
    for each in (client, other):
        each.get(path)
    form = other.get("/reset/new").text
    assert press(client, "/reset/new", password=NEW).location == "/reset/done"
    late = press(other, "/sign-in", "/reset/new", password="another long one of mine")
    assert late.status_code == 410
    assert form
    page = client.get(path)
    assert page.status_code == 410
    assert "This link does not work any more" in page.text
    check_page(page.text)
    assert press(client, "/sign-in", email=ALICE, password=NEW).status_code == 302


def test_a_link_works_for_an_hour(client: FlaskClient, installation: Installation, clock: Clock) -> None:
    path = link_for(client, installation)
    clock.move(minutes=59)
    assert client.get(path).status_code == 303
    clock.move(minutes=1)
    assert client.get("/reset/new").status_code == 410
    assert client.get(path).status_code == 410


def test_a_newer_link_ends_the_older(client: FlaskClient, installation: Installation, clock: Clock) -> None:
    older = link_for(client, installation)
    clock.move(minutes=1)
    newer = link_for(client, installation)
    assert [client.get(each).status_code for each in (older, newer)] == [410, 303]


def test_a_link_of_somebody_who_was_switched_off_opens_nothing(client: FlaskClient, installation: Installation) -> None:
    path = link_for(client, installation)
    alice = find_user_record(installation.database, email=ALICE)
    assert alice
    alice.active = False
    store_user_record(installation.database, alice)
    assert client.get(path).status_code == 410


def test_looking_at_a_link_uses_nothing_up(app: Flask, client: FlaskClient, installation: Installation) -> None:
    path = link_for(client, installation)
    before = rows(installation.database, "password_reset")
    for _ in range(3):
        assert app.test_client().get(f"{path})").status_code == 303
    assert rows(installation.database, "password_reset") == before


@pytest.mark.parametrize(("password", "said"), [("", "Type a new password."), ("short", "at least 12 characters")])
def test_a_password_that_cannot_be_taken_is_named_and_leaves_the_link_open(
    client: FlaskClient, installation: Installation, password: str, said: str
) -> None:
    client.get(link_for(client, installation))
    page = press(client, "/reset/new", password=password)
    assert page.status_code == 400
    assert said in page.text
    check_page(page.text)
    assert press(client, "/reset/new", password=NEW).location == "/reset/done"


def test_it_lets_somebody_in_whose_account_is_guessed_at(client: FlaskClient, installation: Installation) -> None:
    for _ in range(6):
        answer = press(client, "/sign-in", email=ALICE, password="a guess that is wrong")
    assert answer.status_code == 429
    client.get(link_for(client, installation))
    press(client, "/reset/new", password=NEW)
    assert press(client, "/sign-in", email=ALICE, password=NEW).status_code == 302


def test_asking_often_is_slowed_down(client: FlaskClient, installation: Installation) -> None:
    codes = [ask(client).status_code for _ in range(6)]
    assert codes == [303] * 5 + [429]
    assert "Too many tries to get a new password. Wait 4 seconds" in ask(client).text
    assert ask(client, "bob@example.org").status_code == 303
    with installation.database.reading() as db:
        assert db.get(AttemptRecord, "alice@example.org") is None


def test_made_up_links_are_slowed_down(client: FlaskClient) -> None:
    codes = [client.get(f"/reset/made-up-{number}").status_code for number in range(31)]
    assert codes == [410] * 30 + [429]


def test_without_mail_it_says_who_can_help(installation: Installation) -> None:
    client = create_app(installation).test_client()
    page = client.get("/reset")
    assert "No mails are sent from here" in page.text
    check_page(page.text)
    assert press(client, "/sign-in", "/reset", email=ALICE).status_code == 409
    assert rows(installation.database, "password_reset") == []


def test_too_many_at_once_are_asked_to_come_back(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    turns = HashingTurns(at_once=1, waiting=0)
    monkeypatch.setattr("eiassess.web.auth.sign_in.usual_turns", lambda: turns)
    client = create_app(with_mail(installation)).test_client()
    client.get(link_for(client, installation))
    with turns.taken():
        assert press(client, "/reset/new", password=NEW).status_code == 503
    assert press(client, "/reset/new", password=NEW).location == "/reset/done"
