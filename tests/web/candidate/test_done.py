"""GET /sit/done: thanks, and something to take along."""

import html

import pytest
from flask.testing import FlaskClient

from tests.hiring_story import standard_form
from tests.web.people import Casey, press, rate


@pytest.fixture
def page(client: FlaskClient, sitting: Casey) -> str:
    del sitting
    rate(client, 1, {"a": 2})
    press(client, "/sit/review", to="/sit/submit")
    return html.unescape(client.get("/sit/done").text)


def test_it_gives_back_an_idea_for_each_competency(page: str) -> None:
    bank = standard_form().bank
    for group in bank.model.groups:
        assert f"<h3>{group.name}</h3>" in page
    for competency in bank.model.competencies.values():
        assert competency.name in page
        assert competency.candidate_feedback in page


def test_it_says_what_follows_and_why_there_is_no_score(page: str) -> None:
    assert standard_form().bank.notice.key_status in page
    assert "A number alone would look more certain than it is" in page
    assert "16 scenarios, 65 answers left open" in page
    assert "kept for 180 days" in page
    assert "help@example.org" in page
    assert "A person decides about the job" in page


def test_everything_leads_here_from_now_on(client: FlaskClient, page: str) -> None:
    del page
    for address in ("/sit", "/sit/notice", "/sit/practice", "/sit/scenario/1", "/sit/review"):
        answer = client.get(address)
        assert (answer.status_code, answer.location) == (303, "/sit/done")


def test_it_waits_for_handing_in(client: FlaskClient, sitting: Casey) -> None:
    del sitting
    assert client.get("/sit/done").location == "/sit"


def test_the_link_still_opens_it(other_device: FlaskClient, sitting: Casey, page: str) -> None:
    del page
    other_device.get(sitting.link)
    assert "Thank you, Casey Moreau" in other_device.get("/sit", follow_redirects=True).text
