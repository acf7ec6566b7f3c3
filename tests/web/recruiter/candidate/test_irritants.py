"""GET /candidates/<session> and the report of somebody who rated as effective what irritates customers."""

import subprocess
from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient

from eiassess.services.hiring.invitations import open_invitation
from eiassess.services.hiring.openings import add_opening
from eiassess.services.sitting.answers import record_consent, record_practice, save_response
from eiassess.services.sitting.handing_in import submit_session
from eiassess.web.shell.context import Installation
from tests.answering import following_the_key
from tests.hiring_story import standard_form
from tests.irritants import CANNED, liking_canned_words, n_tagged, tagged_form
from tests.web.pages import check_page
from tests.web.people import invite, press, sign_in
from tests.web.staff import Office

HEADING = "What may irritate customers"
MEANT = standard_form().bank.model.irritants[CANNED]


def handed_in(installation: Installation, opening: str, ratings: list[int]) -> str:
    issued = invite(installation, opening, "Tess Tagged")
    database, now = installation.database, installation.clock() - timedelta(hours=1)
    invitation = open_invitation(database, issued.token)
    record_consent(database, invitation, now)
    record_practice(database, invitation, now)
    values = iter(ratings)
    for scenario in tagged_form().form.scenarios:
        given = {option: next(values) for option in scenario.option_ids}
        save_response(database, invitation, scenario.id, given, 0, now)
    submit_session(database, invitation, now)
    return issued.session_id


def tagged_opening(installation: Installation) -> str:
    members = [f"{name}@example.org" for name in ("alice", "dana")]
    return add_opening(installation.database, "Adviser", tagged_form(), installation.clock(), members=members)


def pdf_text(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


def test_page_and_report_name_it_with_its_question_and_what_it_rests_on(
    app: Flask, client: FlaskClient, installation: Installation, office: Office
) -> None:
    del office
    tess = handed_in(installation, tagged_opening(installation), liking_canned_words())
    sign_in(client, "alice")
    page = client.get(f"/candidates/{tess}").text
    assert HEADING in page
    assert f"<h3>Rated as effective: {MEANT.name}</h3>" in page
    assert f"{MEANT.meaning}. {n_tagged()} of {n_tagged()} such responses were rated as effective" in page
    assert MEANT.interview.question in page
    assert "(THEORY with 0 experts), and it is for preparing the interview, not for ranking or selection" in page
    check_page(page)
    assert press(client, f"/candidates/{tess}", f"/candidates/{tess}/release").status_code == 303
    dana = app.test_client()
    sign_in(dana, "dana")
    report = pdf_text(dana.get(f"/hiring/{tess}.pdf").data)
    assert HEADING in report
    assert f"Rated as effective: {MEANT.name}" in report
    assert "not for ranking or selection. A rating says what somebody takes to be effective" in report


def test_where_it_does_not_differ_from_chance_nothing_is_said(
    client: FlaskClient, installation: Installation, office: Office
) -> None:
    tess = handed_in(installation, tagged_opening(installation), following_the_key())
    sign_in(client, "alice")
    for session_id in (tess, office.casey, office.random, office.same, office.half, office.invited):
        page = client.get(f"/candidates/{session_id}").text
        assert HEADING not in page
        assert "Rated as effective" not in page
