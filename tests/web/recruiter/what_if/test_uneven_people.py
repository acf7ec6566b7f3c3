"""The page of other weights where somebody answered unevenly: shown, marked, and in no band."""

import re

import pytest
from flask.testing import FlaskClient

from eiassess.domain.roles import Role
from eiassess.services.differences.estimates import renew_estimates
from eiassess.web.shell.context import Installation
from tests.hiring_story import switch_on
from tests.web.pages import check_page
from tests.web.people import hire_staff, invite, open_job, sign_in
from tests.web.recruiter.candidate.test_not_compared import sit_unevenly
from tests.web.staff import sit


@pytest.fixture
def address(client: FlaskClient, installation: Installation) -> str:
    """An opening whose scores may rank, with Odd who answered unevenly among those who did not."""
    opening = open_job(installation)
    hire_staff(installation, "zora", Role.RECRUITER, opening)
    sign_in(client, "zora")
    for seed in range(12):
        issued = invite(installation, opening, f"P{seed}", email=f"p{seed}@example.org")
        sit(installation, issued, noise=0.6 + 0.08 * seed, seed=seed)
    sit_unevenly(installation, opening)
    renew_estimates(installation.database, installation.clock())
    switch_on(installation.database, opening)
    return f"/openings/{opening}/what-if"


def test_the_part_that_is_sent_alone_marks_them_too(client: FlaskClient, address: str) -> None:
    page = client.get(address).text
    check_page(page)
    part = client.get(f"{address}/now")
    assert part.status_code == 200
    (odd,) = (row for row in part.text.split("<tr") if ": answered unevenly over the sitting" in row)
    assert odd.count("not compared</span>") == 2, "in its column, and under the name where a phone has no room for that"
    assert re.search(r'</a><div class="only-phone[^"]*"><span class="pill', odd)
    assert part.text.strip() in page


def test_their_heading_is_that_of_the_list(client: FlaskClient, address: str) -> None:
    for page in (client.get(address).text, client.get(f"{address}/now").text):
        assert "Compared with nobody: 1 person answered unevenly over the sitting" in page
        assert "In no band" not in page
