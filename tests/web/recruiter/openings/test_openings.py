"""GET /openings."""

import pytest
from flask.testing import FlaskClient

from tests.web.pages import check_page
from tests.web.people import sign_in
from tests.web.staff import Office


def test_a_recruiter_sees_own_openings_with_how_far_they_are(client: FlaskClient, office: Office) -> None:
    sign_in(client, "alice")
    page = client.get("/openings").text
    assert f'href="/openings/{office.opening}"' in page
    assert office.other_opening not in page
    assert "Team lead" not in page
    check_page(page)


def test_without_openings_the_page_says_what_they_are_for(client: FlaskClient) -> None:
    sign_in(client, "frank")
    page = client.get("/openings").text
    assert "You have no openings yet" in page
    assert 'href="/openings/new"' in page
    check_page(page)


@pytest.mark.parametrize("who", ["dana", "grace"])
def test_others_find_no_candidates_here(client: FlaskClient, office: Office, who: str) -> None:
    sign_in(client, who)
    assert client.get("/openings").status_code == (200 if who == "grace" else 404)
    for address in (
        f"/openings/{office.opening}",
        f"/openings/{office.opening}/compare?c={office.casey}&c={office.nora}",
        f"/candidates/{office.casey}",
    ):
        assert client.get(address).status_code == 404


def test_visitors_are_asked_to_sign_in(client: FlaskClient, office: Office) -> None:
    for address in ("/openings", f"/openings/{office.opening}", f"/candidates/{office.casey}"):
        answer = client.get(address)
        assert (answer.status_code, answer.location.split("?")[0]) == (303, "/sign-in")
