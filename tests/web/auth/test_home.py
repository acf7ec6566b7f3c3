"""GET /: what the product is, or on to one's work."""

import pytest
from flask.testing import FlaskClient

from tests.web.pages import check_page
from tests.web.people import sign_in


def test_visitors_are_told_what_this_is(client: FlaskClient) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert 'href="/sign-in"' in page.text
    check_page(page.text)


@pytest.mark.parametrize(("who", "where"), [("alice", "/openings"), ("dana", "/hiring"), ("grace", "/openings")])
def test_staff_go_to_their_work(client: FlaskClient, who: str, where: str) -> None:
    sign_in(client, who)
    answer = client.get("/")
    assert (answer.status_code, answer.location) == (303, where)
