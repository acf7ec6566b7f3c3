"""Requests of candidates: the contact for adjustments reads and answers them, and nobody else sees any."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from eiassess.domain.openings import MemberPart
from eiassess.domain.roles import Role
from eiassess.errors import RefusedError
from eiassess.services.hiring.invitations import open_invitation
from eiassess.services.hiring.openings import assign_member
from eiassess.services.hiring.releases import release_candidate
from eiassess.services.people.accounts import Account, change_roles
from eiassess.services.sitting.answers import get_sitting
from eiassess.web.shell.context import Installation
from tests.hiring_story import rows
from tests.web.pages import check_page
from tests.web.people import Casey, Clock, hire_staff, press, sign_in

WORDS = "Half as much time again would help"


def ask(app: Flask, casey: Casey, **what: str) -> None:
    browser = app.test_client()
    browser.get(casey.link)
    answer = press(browser, "/sit/ask", **({"kind": "more time", "words": WORDS} | what))
    assert answer.location == "/sit/own?sent=request"


def first_request(installation: Installation) -> str:
    return str(rows(installation.database, "adjustment_request")[0]["id"])


def page_of(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    check_page(answer.text)
    return " ".join(answer.text.split())


def test_without_any_the_page_says_what_it_is_for(client: FlaskClient, toni: Account) -> None:
    del toni
    sign_in(client, "toni")
    page = page_of(client, "/adjustments")
    assert "No request waits for you." in page
    assert "Nothing was asked so far" in page


def test_the_contact_reads_it_and_gives_time_that_moves_limit_and_deadline(
    app: Flask, client: FlaskClient, asked: Casey, toni: Account, installation: Installation, clock: Clock
) -> None:
    del toni
    ask(app, asked)
    sign_in(client, "toni")
    page = page_of(client, "/adjustments")
    assert "One request waits for you." in page
    assert "Nobody else sees these pages" in page
    path = f"/adjustments/{first_request(installation)}"
    page = page_of(client, path)
    assert WORDS in page
    assert "Half as much again: 60 minutes" in page
    assert "promise" not in page
    answer = press(client, path, words="You have 60 minutes.", factor="1.5", day="2026-12-20", clock="12:00")
    assert answer.location == "/adjustments"
    assert "No request waits for you." in page_of(client, "/adjustments")
    assert "You have 60 minutes." in page_of(client, path)
    times = get_sitting(installation.database, open_invitation(installation.database, asked.token)).times
    assert times.own_limit == timedelta(minutes=60)
    assert times.own_deadline.isoformat() == "2026-12-20T12:20:00+00:00"
    assert times.known_end == clock() + timedelta(days=14)
    (mail,) = (row for row in rows(installation.database, "message") if row["kind"] == "request_answered")
    assert mail["recipient_email"] == "caseymoreau@example.org"
    browser = app.test_client()
    browser.get(asked.link)
    own = browser.get("/sit/own").text
    assert "You have 60 minutes." in own
    assert "Sunday 20 December 2026, 12:20 UTC" in own
    assert "your limit is 60 minutes" in browser.get("/sit/notice").text


def test_answering_again_without_times_keeps_what_was_given(
    app: Flask, client: FlaskClient, asked: Casey, toni: Account, installation: Installation
) -> None:
    del toni
    ask(app, asked)
    sign_in(client, "toni")
    path = f"/adjustments/{first_request(installation)}"
    press(client, path, words="Until the 20th.", factor="2", day="2026-12-20")
    press(client, path, words="And the call is on Friday.", factor="2")
    (row,) = rows(installation.database, "adjustment")
    assert (row["factor"], str(row["ends_at"])[:16]) == (2.0, "2026-12-20 23:59")


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"words": ""}, "Write what the candidate is to read."),
        ({"words": " ", "factor": "1"}, "Write what the candidate is to read."),
        ({"words": "x" * 2001}, "at most 2000 characters"),
        ({"words": "Yes.", "factor": "7"}, "Not a valid choice"),
        ({"words": "Yes.", "clock": "12:00"}, "Give the day too."),
        ({"words": "Yes.", "day": "2020-01-01"}, "still to come"),
        ({"words": "Yes.", "day": "31 foo"}, 'type="text" value="31 foo"'),
        ({"words": "Yes.", "day": "2026-02-30"}, "Give the day as year, month and day, such as 2026-12-04."),
        ({"words": "Yes.", "day": "2026-12-20", "clock": "half six"}, "Give the time, such as 17:00."),
        ({"words": "Yes.", "day": "2026-12-20", "clock": "25:00"}, 'type="text" value="25:00"'),
    ],
)
@pytest.mark.usefixtures("toni")
def test_what_cannot_be_given_is_said_and_nothing_typed_is_lost(
    app: Flask, client: FlaskClient, asked: Casey, installation: Installation, fields: dict[str, str], says: str
) -> None:
    ask(app, asked)
    sign_in(client, "toni")
    answer = press(client, f"/adjustments/{first_request(installation)}", **({"factor": "1"} | fields))
    assert answer.status_code == 400
    assert says in answer.text
    assert fields["words"][:50] in answer.text
    assert rows(installation.database, "adjustment") == []


def test_whoever_handed_in_gets_words_and_no_times(
    app: Flask, client: FlaskClient, asked: Casey, toni: Account, installation: Installation
) -> None:
    del toni
    ask(app, asked, kind="call")
    with installation.database.writing() as db:
        db.connection().exec_driver_sql(
            "UPDATE assessment_session SET state = 'submitted', submitted_at = consented_at"
        )
    sign_in(client, "toni")
    path = f"/adjustments/{first_request(installation)}"
    assert "times cannot be changed any more" in page_of(client, path)
    assert press(client, path, words="Sorry.", factor="2").status_code == 400
    assert press(client, path, words="Sorry.", factor="1").status_code == 303


def test_a_lone_recruiter_is_told_to_name_somebody_and_reads_it_until_then(
    app: Flask, client: FlaskClient, asked: Casey, alice: Account, installation: Installation
) -> None:
    del alice
    ask(app, asked)
    sign_in(client, "alice")
    page = page_of(client, "/adjustments")
    assert "Name a second person as contact for adjustments" in page
    assert "Nobody else sees these pages" not in page, "whoever recruits does decide"
    path = f"/adjustments/{first_request(installation)}"
    assert "the promise that whoever decides sees none does not hold" in page_of(client, path)
    toni = hire_staff(installation, "toni", Role.MANAGER)
    assign_member(installation.database, asked.opening_id, toni.email, [MemberPart.ADJUSTMENTS])
    assert client.get(path).status_code == 404
    assert "Nothing was asked so far" in page_of(client, "/adjustments")


def take_off(client: FlaskClient, asked: Casey, account: Account, **fields: str | list[str]) -> TestResponse:
    """Take somebody off the opening, as the page *People* does."""
    address = f"/openings/{asked.opening_id}/members"
    return press(client, address, f"{address}/{account.id}", **fields)


def test_what_was_asked_of_a_contact_stays_closed_when_there_is_none_any_more(
    app: Flask, client: FlaskClient, asked: Casey, alice: Account, toni: Account, installation: Installation
) -> None:
    del alice
    ask(app, asked)
    path = f"/adjustments/{first_request(installation)}"
    sign_in(client, "alice")
    warned = take_off(client, asked, toni)
    assert warned.status_code == 200
    assert "stays closed to you and to everybody who recruits" in warned.text
    assert "The promise that deciders do not see requests then does not hold" in warned.text
    check_page(warned.text)
    assert "Toni" in client.get(f"/openings/{asked.opening_id}/members").text, "nothing is done before it is agreed to"
    assert take_off(client, asked, toni, without_contact="yes").status_code == 303
    assert "Toni" not in client.get(f"/openings/{asked.opening_id}/members").text
    assert "Nothing was asked so far" in page_of(client, "/adjustments")
    assert client.get(path).status_code == 404
    assert press(client, "/openings/new", path, words="Yes.", factor="1").status_code == 404
    assert 'href="/adjustments"' not in client.get("/openings").text
    ask(app, asked, words="And a call.", kind="call")
    page = page_of(client, "/adjustments")
    assert "A call" in page
    assert "More time" not in page
    uma = hire_staff(installation, "uma", Role.MANAGER)
    assign_member(installation.database, asked.opening_id, uma.email, [MemberPart.ADJUSTMENTS])
    contact = app.test_client()
    sign_in(contact, "uma")
    assert WORDS in page_of(contact, path)


def test_what_a_contact_answered_stays_closed_too(
    app: Flask, client: FlaskClient, asked: Casey, alice: Account, installation: Installation
) -> None:
    del alice
    ask(app, asked)
    path = f"/adjustments/{first_request(installation)}"
    toni = hire_staff(installation, "toni", Role.MANAGER)
    assign_member(installation.database, asked.opening_id, toni.email, [MemberPart.ADJUSTMENTS])
    contact = app.test_client()
    sign_in(contact, "toni")
    assert press(contact, path, words="Twice the time.", factor="2").status_code == 303
    sign_in(client, "alice")
    take_off(client, asked, toni, without_contact="yes")
    assert client.get(path).status_code == 404


def test_whoever_could_read_requests_decides_nothing_afterwards(
    app: Flask, client: FlaskClient, asked: Casey, alice: Account, toni: Account, installation: Installation
) -> None:
    del alice
    change_roles(installation.database, toni.email, give=[Role.RECRUITER])
    ask(app, asked)
    sign_in(client, "alice")
    uma = hire_staff(installation, "uma", Role.MANAGER)
    assign_member(installation.database, asked.opening_id, uma.email, [MemberPart.ADJUSTMENTS])
    refused = take_off(client, asked, toni, part="recruits")
    assert refused.status_code == 409
    assert "could read what candidates asked for" in refused.text
    check_page(refused.text)
    assert take_off(client, asked, toni).status_code == 303, "one contact is left, so nothing is asked"
    for part in (MemberPart.RECRUITS, MemberPart.MANAGES, MemberPart.INTERVIEWS):
        with pytest.raises(RefusedError, match="was the contact for adjustments here"):
            assign_member(installation.database, asked.opening_id, toni.email, [part])
    assign_member(installation.database, asked.opening_id, toni.email, [MemberPart.ADJUSTMENTS])
    take_off(client, asked, toni)
    with installation.database.writing() as db:
        db.connection().exec_driver_sql("DELETE FROM adjustment_request")
    assign_member(installation.database, asked.opening_id, toni.email, [MemberPart.RECRUITS])


def test_whoever_was_the_contact_before_anything_was_asked_may_decide(
    app: Flask, client: FlaskClient, asked: Casey, alice: Account, toni: Account, clock: Clock
) -> None:
    del alice
    sign_in(client, "alice")
    assert take_off(client, asked, toni, part="manages", without_contact="yes").status_code == 303
    clock.move(minutes=1)
    ask(app, asked)
    assert take_off(client, asked, toni, part=["manages", "interviews"]).status_code == 303


def test_a_request_of_another_opening_or_none_does_not_exist(
    app: Flask, client: FlaskClient, asked: Casey, toni: Account, installation: Installation
) -> None:
    del toni
    ask(app, asked)
    hire_staff(installation, "uma", Role.RECRUITER)
    sign_in(client, "uma")
    assert client.get(f"/adjustments/{first_request(installation)}").status_code == 404
    assert client.get("/adjustments/nowhere").status_code == 404
    assert "Nothing was asked so far" in page_of(client, "/adjustments")


def test_the_contact_has_no_other_part_and_decides_nothing(
    asked: Casey, toni: Account, installation: Installation, clock: Clock
) -> None:
    with pytest.raises(RefusedError, match="contact for adjustments"):
        assign_member(installation.database, asked.opening_id, toni.email, [MemberPart.MANAGES])
    with pytest.raises(Exception, match="no such opening"):
        release_candidate(installation.database, toni.id, asked.session_id, clock())


def test_the_way_there_is_shown_to_whoever_takes_care_of_requests_alone(
    app: Flask, client: FlaskClient, asked: Casey, alice: Account, installation: Installation
) -> None:
    del alice
    sign_in(client, "alice")
    assert 'href="/adjustments"' not in client.get("/openings").text
    ask(app, asked)
    assert 'href="/adjustments"' in client.get("/openings").text
    toni = hire_staff(installation, "toni", Role.MANAGER)
    assign_member(installation.database, asked.opening_id, toni.email, [MemberPart.ADJUSTMENTS])
    assert 'href="/adjustments"' not in client.get("/openings").text
    contact = app.test_client()
    sign_in(contact, "toni")
    assert 'href="/adjustments"' in contact.get("/hiring").text
