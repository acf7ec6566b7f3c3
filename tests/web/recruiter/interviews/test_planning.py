"""/candidates/<session>/interviews: who interviews, and what was rated once it may be read."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eiassess.persistence.tables import OpeningMemberRecord
from eiassess.services.people.accounts import find_account
from eiassess.web.shell.context import Installation
from tests.hiring_story import rows
from tests.web.interviewing import plan, rate, signed_in
from tests.web.pages import check_page
from tests.web.people import hidden, press, sign_in
from tests.web.staff import Office


@pytest.fixture
def alice(client: FlaskClient) -> FlaskClient:
    sign_in(client, "alice")
    return client


def account(installation: Installation, name: str) -> str:
    found = find_account(installation.database, f"{name}@example.org")
    assert found
    return found.id


def test_a_first_interview(alice: FlaskClient, office: Office, installation: Installation) -> None:
    assert "Plan an interview" in alice.get(f"/candidates/{office.casey}").text
    address = f"/candidates/{office.casey}/interviews"
    page = alice.get(address).text
    assert "No interview is planned." in page
    assert "Nobody has rated yet." in page
    check_page(page)
    once = hidden(page, "once")
    for _ in range(2):
        answer = press(alice, address, interviewers=account(installation, "dana"), day="2026-12-04", once=once)
        assert answer.location == address
    assert len(rows(installation.database, "interview")) == 1
    page = alice.get(address).text
    assert "1 interview; ratings of 0 of 1 interviewer are given." in page
    assert "Interview 1, Fri 4 Dec 2026" in page
    check_page(page)
    assert "Interviews and ratings" in alice.get(f"/candidates/{office.casey}").text


def test_errors_keep_what_was_typed(alice: FlaskClient, office: Office, installation: Installation) -> None:
    address = f"/candidates/{office.casey}/interviews"
    nobody = press(alice, address, day="2026-12-04")
    assert nobody.status_code == 400
    assert nobody.text.count("Name at least one person who interviews.") == 2
    assert 'value="2026-12-04"' in nobody.text
    check_page(nobody.text)
    no_day = press(alice, address, interviewers=account(installation, "dana"), day="soon")
    assert no_day.status_code == 400
    assert no_day.text.count("Give the day as year, month and day") == 2
    assert "checked" in no_day.text
    check_page(no_day.text)


def test_a_plan_is_changed_and_called_off(alice: FlaskClient, office: Office, installation: Installation) -> None:
    interview = plan(alice, installation, office.casey, "dana")
    address, where = f"/candidates/{office.casey}/interviews", f"/candidates/{office.casey}/interviews/{interview}"
    both = [account(installation, name) for name in ("alice", "bob")]
    assert press(alice, address, where, interviewers=both).status_code == 303
    page = alice.get(address).text
    assert "Bob: has not rated yet" in page.replace("\u2068", "").replace("\u2069", "")
    assert "Give your ratings" in page
    check_page(page)
    nobody = press(alice, address, where)
    assert nobody.status_code == 400
    check_page(nobody.text)
    rate(alice, interview, 4)
    left_out = press(alice, address, where, interviewers=both[1:])
    assert left_out.status_code == 409
    assert "Whoever has rated stays an interviewer" in left_out.text
    check_page(left_out.text)
    assert press(alice, address, f"{where}/off").status_code == 409
    other = plan(alice, installation, office.nora, "dana")
    address = f"/candidates/{office.nora}/interviews"
    assert press(alice, address, f"{address}/{other}/off").status_code == 303
    page = alice.get(address).text
    assert "called off" in page
    check_page(page)


def test_what_was_rated_is_read_by_pressing_and_stands_on_the_candidates_page(
    app: Flask, alice: FlaskClient, office: Office, installation: Installation
) -> None:
    interview = plan(alice, installation, office.casey, "bob", "dana")
    refused = press(alice, "/openings", f"/candidates/{office.casey}/ratings")
    assert refused.status_code == 409
    assert "Nobody else has rated yet" in refused.text
    check_page(refused.text)
    rate(signed_in(app, "bob"), interview, 2, note="Spoke of a queue.")
    address = f"/candidates/{office.casey}/interviews"
    page = alice.get(address).text
    assert "whoever reads first and rates later is marked" in page
    assert "Spoke of a queue." not in page
    check_page(page)
    answer = press(alice, address, f"/candidates/{office.casey}/ratings")
    assert answer.location == f"{address}#ratings"
    for page in (alice.get(address).text, alice.get(f"/candidates/{office.casey}").text):
        assert "Spoke of a queue." in page
        check_page(page)
    bob = signed_in(app, "bob")
    assert "Nobody but you has rated yet." in bob.get(address).text


def test_who_has_still_to_rate_is_led_to_it(alice: FlaskClient, office: Office, installation: Installation) -> None:
    interview = plan(alice, installation, office.casey, "alice", "dana")
    page = alice.get(f"/candidates/{office.casey}").text
    assert "once you have given your own ratings" in page
    assert f"/interviews/{interview}" in alice.get(f"/candidates/{office.casey}/interviews").text


def test_who_left_after_rating_stays_named(
    app: Flask, alice: FlaskClient, office: Office, installation: Installation
) -> None:
    interview = plan(alice, installation, office.casey, "dana")
    rate(signed_in(app, "dana"), interview, 4)
    plan(alice, installation, office.casey, "bob")
    press(
        alice,
        f"/openings/{office.opening}/members",
        f"/openings/{office.opening}/members/{account(installation, 'dana')}",
    )
    page = alice.get(f"/candidates/{office.casey}/interviews").text
    assert "2 interviews; ratings of 1 of 2 interviewers are given." in page
    assert "Dana" in page
    check_page(page)


def test_the_contact_for_adjustments_plans_none(alice: FlaskClient, office: Office, installation: Installation) -> None:
    with installation.database.writing() as db:
        db.add(
            OpeningMemberRecord(opening_id=office.opening, user_id=account(installation, "alice"), part="adjustments")
        )
    address = f"/candidates/{office.casey}/interviews"
    refused = press(alice, address, interviewers=account(installation, "dana"))
    assert refused.status_code == 409
    assert "records no stage, rating or decision" in refused.text
    check_page(refused.text)


def test_names_stay_hidden(alice: FlaskClient, office: Office, installation: Installation) -> None:
    with_the_name = "Give your ratings: opens the sheet with the name"
    plan(alice, installation, office.casey, "alice")
    assert with_the_name not in alice.get(f"/candidates/{office.casey}/interviews").text
    press(alice, "/openings", "/blind", hide="yes")
    page = alice.get(f"/candidates/{office.casey}/interviews").text
    assert "Casey" not in page
    assert "Candidate 01" in page
    assert with_the_name in page
    check_page(page)
