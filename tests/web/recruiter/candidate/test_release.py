"""POST /candidates/<session>/release and /withdraw."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.people import press, sign_in
from tests.web.staff import Office


@pytest.fixture
def alice(client: FlaskClient) -> FlaskClient:
    sign_in(client, "alice")
    return client


@pytest.fixture
def dana(app: Flask) -> FlaskClient:
    client = app.test_client()
    sign_in(client, "dana")
    return client


def test_what_is_released_is_what_the_manager_sees_until_it_is_withdrawn(
    alice: FlaskClient, dana: FlaskClient, office: Office
) -> None:
    page = f"/candidates/{office.casey}"
    assert "Release to the hiring managers" in alice.get(page).text
    assert "Casey" not in dana.get("/hiring").text
    answer = press(alice, page, f"{page}/release")
    assert (answer.status_code, answer.location) == (303, f"{page}#release")
    assert "Released to the hiring managers" in alice.get(page).text
    assert "Casey Zwart" in dana.get("/hiring").text
    assert "Nora" not in dana.get("/hiring").text
    press(alice, page, f"{page}/release")  # once more changes nothing
    assert press(alice, page, f"{page}/withdraw").status_code == 303
    assert "Casey" not in dana.get("/hiring").text
    assert dana.get(f"/hiring/{office.casey}.pdf").status_code == 404


def test_nobody_is_released_before_handing_in(alice: FlaskClient, office: Office) -> None:
    page = f"/candidates/{office.half}"
    assert "/release" not in alice.get(page).text
    answer = press(alice, page, f"{page}/release")
    assert answer.status_code == 409


@pytest.mark.parametrize("what", ["release", "withdraw"])
def test_other_peoples_candidates_stay_as_they_are(app: Flask, office: Office, what: str) -> None:
    charlie, erin = app.test_client(), app.test_client()
    sign_in(charlie, "charlie")
    sign_in(erin, "erin")
    page = f"/candidates/{office.elsewhere}"
    press(charlie, page, f"{page}/release")
    answer = press(charlie, page, f"/candidates/{office.casey}/{what}")
    assert answer.status_code == 404
    alice = app.test_client()
    sign_in(alice, "alice")
    assert press(alice, "/openings", f"{page}/{what}").status_code == 404
    assert "Zoe Elsewhere" in erin.get("/hiring").text


@pytest.mark.parametrize("what", ["release", "withdraw"])
def test_it_takes_a_post_with_a_token_and_the_role(
    alice: FlaskClient, dana: FlaskClient, office: Office, what: str
) -> None:
    address = f"/candidates/{office.casey}/{what}"
    assert alice.get(address).status_code == 405
    assert alice.post(address).status_code == 400
    assert press(dana, "/hiring", address).status_code == 404
    assert "Casey" not in dana.get("/hiring").text
