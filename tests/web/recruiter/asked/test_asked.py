"""What comes from candidates: questions that a person answers, and how they found it."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eiassess.domain.roles import Role
from eiassess.services.hiring.invitations import open_invitation
from eiassess.services.own_page.experience import complain_of_scenario, rate_experience
from eiassess.services.people.accounts import Account
from eiassess.web.shell.context import Installation
from tests.hiring_story import rows
from tests.web.pages import check_page
from tests.web.people import Casey, hire_staff, invite, make_casey, press, sign_in


@pytest.fixture
def casey(installation: Installation) -> Casey:
    return make_casey(installation)


@pytest.fixture
def alice(installation: Installation, casey: Casey, client: FlaskClient) -> Account:
    account = hire_staff(installation, "alice", Role.RECRUITER, casey.opening_id)
    sign_in(client, "alice")
    return account


def ask(app: Flask, casey: Casey, **what: str) -> None:
    browser = app.test_client()
    browser.get(casey.link)
    assert press(browser, "/sit/question", **what).location == "/sit/own?sent=question"


def page_of(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    check_page(answer.text)
    return " ".join(answer.text.split())


@pytest.mark.usefixtures("alice")
class TestQuestions:
    def test_nothing_asked(self, client: FlaskClient, casey: Casey) -> None:
        page = page_of(client, f"/openings/{casey.opening_id}/asked")
        assert "No question waits for an answer." in page
        assert "Nobody has answered so far." in page

    def test_one_is_answered_by_a_person_and_mailed(
        self, app: Flask, client: FlaskClient, casey: Casey, installation: Installation
    ) -> None:
        ask(app, casey, kind="explain")
        ask(app, casey, kind="correct", words="My name is Caseyne")
        path = f"/openings/{casey.opening_id}/asked"
        page = page_of(client, path)
        assert "2 questions wait for an answer." in page
        assert "My name is Caseyne" in page
        (row,) = (each for each in rows(installation.database, "candidate_question") if each["kind"] == "correct")
        question = f"/asked/{row['id']}"
        assert "asks to have something corrected" in page_of(client, question)
        for words in ("", " ", "x" * 2001):
            assert press(client, question, words=words).status_code == 400
        assert press(client, question, words="Done.").location == path
        page = page_of(client, path)
        assert "One question waits for an answer." in page
        assert "Answered: 1" in page
        assert "Done." in page_of(client, question)
        (mail,) = rows(installation.database, "message")
        assert mail["kind"] == "question_answered"
        browser = app.test_client()
        browser.get(casey.link)
        assert "Done." in browser.get("/sit/own").text

    def test_another_recruiters_questions_do_not_exist(
        self, app: Flask, casey: Casey, installation: Installation
    ) -> None:
        ask(app, casey, kind="staff notes")
        hire_staff(installation, "charlie", Role.RECRUITER)
        other = app.test_client()
        sign_in(other, "charlie")
        question = f"/asked/{rows(installation.database, 'candidate_question')[0]['id']}"
        assert other.get(question).status_code == 404
        assert other.get("/asked/nowhere").status_code == 404
        assert other.get(f"/openings/{casey.opening_id}/asked").status_code == 404

    def test_names_are_hidden_where_they_shall_be(self, app: Flask, client: FlaskClient, casey: Casey) -> None:
        ask(app, casey, kind="explain")
        path = f"/openings/{casey.opening_id}/asked"
        press(client, path, to="/blind", hide="yes", next=path)
        page = page_of(client, path)
        assert "Candidate 1" in page
        assert "Casey" not in page

    def test_too_many_at_once_are_refused_until_some_are_answered(self, app: Flask, casey: Casey) -> None:
        for _ in range(10):
            ask(app, casey, kind="explain")
        browser = app.test_client()
        browser.get(casey.link)
        answer = press(browser, "/sit/question", kind="explain")
        assert answer.status_code == 400
        assert "wait for an answer already" in answer.text
        assert press(browser, "/sit/question", kind="explain", words="x" * 2001).status_code == 400
        for _ in range(10):
            assert press(browser, "/sit/ask", kind="call").status_code == 303
        assert press(browser, "/sit/ask", kind="call").status_code == 400

    def test_a_sitting_that_could_not_be_handed_in_is_listed(
        self, client: FlaskClient, casey: Casey, installation: Installation
    ) -> None:
        with installation.database.writing() as db:
            db.connection().exec_driver_sql(
                f"INSERT INTO failed_hand_in VALUES ('{casey.session_id}', '2026-11-23 12:00:00')"  # noqa: S608 - our own
            )
        assert "One sitting could not be handed in" in page_of(client, f"/openings/{casey.opening_id}/asked")


@pytest.mark.usefixtures("alice")
def test_how_they_found_it_is_shown_from_five_on_without_names(
    client: FlaskClient, casey: Casey, installation: Installation
) -> None:
    path = f"/openings/{casey.opening_id}/asked"
    given = [(5, "Zebra"), (4, ""), (4, "Aardvark"), (1, "Too long"), (5, "")]
    for number, (rating, line) in enumerate(given):
        assert "Too long" not in page_of(client, path)
        issued = invite(installation, casey.opening_id, f"Person {'ABCDE'[number]}")
        invitation = open_invitation(installation.database, issued.token)
        rate_experience(installation.database, invitation, rating, line, installation.clock())
    page = page_of(client, path)
    assert "5 have answered; on average 3.8 of 5." in page
    assert page.index("Aardvark") < page.index("Too long") < page.index("Zebra")


def test_analysts_see_which_scenarios_were_unclear(
    client: FlaskClient, casey: Casey, installation: Installation
) -> None:
    hire_staff(installation, "avery", Role.ANALYST)
    sign_in(client, "avery")
    assert "Nobody has complained of a scenario." in page_of(client, "/analysis/complaints")
    for name, number, line in (("A", 3, "Two are alike"), ("B", 3, ""), ("C", 1, "Long")):
        invitation = open_invitation(installation.database, invite(installation, casey.opening_id, f"P {name}").token)
        complain_of_scenario(installation.database, invitation, number, line, installation.clock())
    page = page_of(client, "/analysis/complaints")
    assert "2 scenarios to look at." in page
    assert page.index("scenario 3") < page.index("scenario 1")
    assert "2 people found it unclear or unfair." in page
    assert "Two are alike" in page
