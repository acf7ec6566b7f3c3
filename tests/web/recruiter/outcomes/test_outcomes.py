"""/openings/<id>/outcomes and /candidates/<id>/work: asking how those work who were hired."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eiassess.domain.deciding import DecisionStage
from eiassess.persistence.tables import OpeningRecord
from eiassess.services.deciding.decisions import Decision, move_candidates
from eiassess.services.upkeep.retention import delete_expired
from eiassess.web.shell.context import Installation
from tests.hiring_story import rows
from tests.web.browsing import check_everywhere, opened, started
from tests.web.pages import check_page
from tests.web.people import press, sign_in
from tests.web.staff import Office

PASSWORD_OF_TESTS = "correct horse battery"


@pytest.fixture
def alice(client: FlaskClient) -> FlaskClient:
    sign_in(client, "alice")
    return client


def hire(installation: Installation, office: Office, *people: str, days_ago: int = 90) -> None:
    """Let the office's opening ask, as if it had from the beginning, and have some hired before."""
    database = installation.database
    with database.writing() as db:
        db.get_one(OpeningRecord, office.opening).outcome_days = 90
    alice = next(each["id"] for each in rows(database, "user_account") if each["email"].startswith("alice"))
    decision = Decision(DecisionStage.HIRED, "Hanna Head", "Best.")
    move_candidates(database, alice, office.opening, people, decision, installation.clock() - timedelta(days=days_ago))
    delete_expired(database, installation.clock())


def test_it_is_switched_on_before_anybody_is_invited_and_off_again(
    alice: FlaskClient, office: Office, installation: Installation
) -> None:
    address = f"/openings/{office.empty_opening}/outcomes"
    assert address in alice.get(f"/openings/{office.empty_opening}/decisions").text
    page = alice.get(address).text
    assert "Nobody is asked in this opening" in page
    assert 'value="90"' in page
    check_page(page)
    wrong = press(alice, address, days="soon")
    assert wrong.status_code == 400
    assert wrong.text.count("Days: give a whole number from 1 to 730.") == 2
    assert 'value="soon"' in wrong.text
    check_page(wrong.text)
    assert press(alice, address, days="160").location == address
    page = alice.get(address).text
    assert "Asked 160 days after somebody was hired" in page
    assert "Answers are kept 180 days here" in page
    assert "Nobody stands at hired yet" in page
    assert "about 160 days later" in page
    check_page(page)
    assert press(alice, address, off="yes").location == address
    assert [
        each["outcome_days"] for each in rows(installation.database, "opening") if each["title"] == "Nobody yet"
    ] == [None]


def test_once_somebody_was_invited_it_is_too_late(alice: FlaskClient, office: Office) -> None:
    address = f"/openings/{office.opening}/outcomes"
    page = alice.get(address).text
    assert "cannot be switched on here any more" in page
    check_page(page)
    late = press(alice, address, days="90")
    assert late.status_code == 409
    assert "did not read of the study" in late.text
    check_page(late.text)


def test_a_rating_is_given_once(alice: FlaskClient, office: Office, installation: Installation) -> None:
    hire(installation, office, office.casey)
    address, work = f"/openings/{office.opening}/outcomes", f"/candidates/{office.casey}/work"
    page = alice.get(address).text
    assert "Casey Zwart" in page
    assert "1 waits to be rated" in page
    assert f'href="{work}"' in page
    check_page(page)
    page = alice.get(work).text
    assert "How does" in page
    assert "Casey Zwart" in page
    assert "Steps in at the right moment, in private and with facts" in page
    check_page(page)
    nothing = press(alice, work)
    assert nothing.status_code == 400
    assert nothing.text.count("Answer at least one question.") == 2
    check_page(nothing.text)
    wrong = press(alice, work, ownership="x", colleagues="4")
    assert wrong.status_code == 400
    assert re.search(r'id="colleagues-4"[^>]*checked', wrong.text)
    assert press(alice, work, ownership="2", colleagues="4").location == address
    assert {(each["question"], each["rating"]) for each in rows(installation.database, "work_rating")} == {
        ("ownership", 2), ("colleagues", 4)
    }  # fmt: skip
    page = alice.get(address).text
    assert "Rated" in page
    assert "to be rated" not in page
    page = alice.get(work).text
    assert "A rating is kept already" in page
    check_page(page)
    token = re.search(r'name="csrf_token" value="([^"]+)"', alice.get(address).text)
    assert token
    again = alice.post(work, data={"csrf_token": token[1], "ownership": "5"})
    assert again.status_code == 409
    assert len(rows(installation.database, "work_rating")) == 2


def test_before_their_day_nobody_is_rated(alice: FlaskClient, office: Office, installation: Installation) -> None:
    hire(installation, office, office.casey, days_ago=1)
    page = alice.get(f"/openings/{office.opening}/outcomes").text
    assert re.search(r"<td>From \d+ [A-Z][a-z]{2} \d{4} on</td>", page)
    work = f"/candidates/{office.casey}/work"
    assert f'href="{work}"' not in page
    check_page(page)
    refused = alice.get(work)
    assert refused.status_code == 409
    assert "Their work is asked about from " in refused.text


def test_who_was_asked_by_mail_stands_so_and_names_can_be_hidden(
    alice: FlaskClient, office: Office, installation: Installation
) -> None:
    hire(installation, office, office.casey, office.invited)
    installation.clock.move(days=90)  # type: ignore[attr-defined]  # the clock of tests
    delete_expired(installation.database, installation.clock() + timedelta(minutes=1))
    sign_in(alice, "alice")
    page = alice.get(f"/openings/{office.opening}/outcomes").text
    assert "</a>, asked by mail" in page
    assert "Asked 90 days after somebody was hired. 1 waits to be rated." in page
    assert "Comes to the study within an hour, if there is a score" in page
    press(alice, "/openings", "/blind", hide="yes")
    for path in (f"/openings/{office.opening}/outcomes", f"/candidates/{office.casey}/work"):
        assert "Casey" not in alice.get(path).text


def test_nobody_else_may(alice: FlaskClient, office: Office) -> None:
    assert alice.get(f"/openings/{office.other_opening}/outcomes").status_code == 404
    assert alice.get(f"/candidates/{office.elsewhere}/work").status_code == 404


def test_axe_finds_nothing(app: Flask, alice: FlaskClient, office: Office, installation: Installation) -> None:
    assert alice
    hire(installation, office, office.casey)
    with started() as browser, opened(browser, app) as context:
        page = context.new_page()
        page.goto("/sign-in")
        page.get_by_label("E-mail").fill("alice@example.org")
        page.get_by_label("Password").fill(PASSWORD_OF_TESTS)
        page.get_by_role("button", name="Sign in").click()
        for path in (f"/openings/{office.opening}/outcomes", f"/openings/{office.empty_opening}/outcomes"):
            page.goto(path)
            check_everywhere(page, "How those hired work")
        page.goto(f"/candidates/{office.casey}/work")
        check_everywhere(page, re.compile("How does .*Casey Zwart.* work"))
