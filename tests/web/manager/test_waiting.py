"""GET /hiring: who waits for this manager's interview."""

from flask import Flask
from flask.testing import FlaskClient

from eiassess.domain.deciding import DecisionStage
from eiassess.services.deciding.decisions import Decision, move_candidates
from eiassess.services.people.accounts import find_account
from eiassess.web.shell.context import Installation
from tests.web.interviewing import plan, rate, signed_in
from tests.web.pages import check_page
from tests.web.people import press, sign_in
from tests.web.staff import HOSTILE, Office


def test_who_waits_stands_above_the_reports(
    app: Flask, client: FlaskClient, office: Office, installation: Installation
) -> None:
    alice = signed_in(app, "alice")
    sign_in(client, "dana")
    assert "Waiting for your interview" not in client.get("/hiring").text
    interview = plan(alice, installation, office.casey, "dana", day="2026-12-04")
    press(alice, "/openings", f"/candidates/{office.hostile}/release")
    recruiter = find_account(installation.database, "alice@example.org")
    assert recruiter
    move_candidates(
        installation.database, recruiter.id, office.opening, [office.hostile, office.nora],
        Decision(DecisionStage.INTERVIEW), installation.clock(),
    )  # fmt: skip
    page = client.get("/hiring").text
    assert f'<a href="/interviews/{interview}">' in page
    assert "Interview 1, Fri 4 Dec 2026" in page
    assert "Released to you; no interview is planned with you yet" in page
    assert "Stands at" not in page
    assert HOSTILE not in page
    assert "Quizenberry" not in page
    check_page(page)
    rate(client, interview, 4)
    assert "Casey" not in client.get("/hiring").text
