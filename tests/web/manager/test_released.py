"""GET /hiring."""

from flask import Flask
from flask.testing import FlaskClient

from eiassess.domain.roles import Role
from eiassess.web.shell.context import Installation
from tests.web.pages import check_page
from tests.web.people import hire_staff, press, sign_in
from tests.web.staff import HOSTILE, Office


def release(app: Flask, *sessions: str, by: str = "alice") -> None:
    recruiter = app.test_client()
    sign_in(recruiter, by)
    for session_id in sessions:
        assert press(recruiter, "/openings", f"/candidates/{session_id}/release").status_code == 303


def test_before_anything_is_released_the_page_says_what_it_is_for(client: FlaskClient) -> None:
    sign_in(client, "dana")
    page = client.get("/hiring").text
    assert "Adviser" in page
    assert "No candidate has been released to you yet" in page
    assert "Team lead" not in page
    check_page(page)


def test_a_manager_sees_released_candidates_of_own_openings_only(
    app: Flask, client: FlaskClient, office: Office
) -> None:
    release(app, office.nora, office.hostile)
    release(app, office.elsewhere, by="charlie")
    sign_in(client, "dana")
    page = client.get("/hiring")
    assert page.headers["Cache-Control"] == "no-store"
    assert "Nora Quizenberry" in page.text
    assert f'href="/hiring/{office.nora}.pdf"' in page.text
    for hidden in ("Casey", "Zoe", "example.org", office.casey, office.elsewhere):
        assert hidden not in page.text
    assert HOSTILE not in page.text
    assert "&lt;script&gt;" in page.text
    check_page(page.text)


def test_recruiters_and_visitors_find_nothing_here(client: FlaskClient) -> None:
    assert client.get("/hiring").status_code == 303
    sign_in(client, "alice")
    assert client.get("/hiring").status_code == 404


def test_a_manager_without_an_opening_is_told_whom_to_ask(client: FlaskClient, installation: Installation) -> None:
    hire_staff(installation, "heidi", Role.MANAGER)
    sign_in(client, "heidi")
    page = client.get("/hiring").text
    assert "Ask your recruiter" in page
    check_page(page)
