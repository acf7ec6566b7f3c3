"""How likely one of two is truly higher, on the page that compares."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from eiassess.domain.roles import Role
from eiassess.services.deciding.uses import switch_on
from eiassess.services.differences.estimates import renew_estimates
from eiassess.web.shell.context import Installation
from tests.web.pages import check_page
from tests.web.people import hire_staff, invite, open_job, sign_in
from tests.web.recruiter.candidate.test_not_compared import sit_unevenly
from tests.web.staff import sit

TITLE = "How likely is one truly higher?"


def people_in(installation: Installation, opening: str, n: int) -> str:
    """Let people sit who rate nearer and less near to the key; the address compares the nearest and the last."""
    sessions = []
    for seed in range(n):
        issued = invite(installation, opening, f"P{seed}", email=f"p{seed}@example.org")
        sit(installation, issued, noise=0.5 + 0.08 * seed, seed=seed)
        sessions.append(issued.session_id)
    renew_estimates(installation.database, installation.clock())
    return f"/openings/{opening}/compare?c={sessions[0]}&c={sessions[n - 1]}"


@pytest.fixture
def opening(installation: Installation) -> str:
    return open_job(installation)


def recruit(installation: Installation, client: FlaskClient, opening: str, *, ranked: bool) -> None:
    account = hire_staff(installation, "zora", Role.RECRUITER, opening)
    if ranked:
        switch_on(installation.database, account.id, opening, "Hanna", "One job.", installation.clock())
    sign_in(client, "zora")


def test_it_is_said_when_asked_for(client: FlaskClient, installation: Installation, opening: str) -> None:
    recruit(installation, client, opening, ranked=True)
    address = people_in(installation, opening, 36)
    page = client.get(address).text
    assert TITLE in page
    assert "truly higher than" not in page
    check_page(page)
    page = client.get(f"{address}&chances=1").text
    assert "P0 truly higher than P35: more than 19 in 20 (99 % or more)." in page
    assert "it is no order" in page
    check_page(page)


def test_every_link_keeps_the_view(client: FlaskClient, installation: Installation, opening: str) -> None:
    recruit(installation, client, opening, ranked=True)
    address = people_in(installation, opening, 36)
    plain = client.get(address).text
    scenario = re.findall(r'name="scenario" value="([^"]+)"', plain)[0]
    page = client.get(f"{address}&scenario={scenario}&chances=1&state=submitted").text
    links = [unescape(each) for each in re.findall(r'href="(/openings/[^"]*/compare[^"]*)"', page)]
    asks, leaves = ([each for each in links if ("chances=1" in each) is said] for said in (True, False))
    assert asks
    assert all(f"scenario={scenario}" in each and "state=submitted" in each for each in links)
    assert [each.partition("#")[2] for each in leaves] == ["chances"], "only the link that leaves them out"
    assert '<input type="hidden" name="chances" value="1">' in page
    (back,) = re.findall(r'name="next" value="([^"]+)"', page)
    assert f"scenario={scenario}&chances=1&state=submitted" in unescape(back)


def test_the_link_is_left_out_where_it_can_be_said_of_no_two(
    client: FlaskClient, installation: Installation, opening: str
) -> None:
    recruit(installation, client, opening, ranked=True)
    odd = sit_unevenly(installation, opening)
    address = people_in(installation, opening, 36)
    assert "Show how likely it is" in client.get(f"{address}&c={odd}").text
    page = client.get(f"{address.rpartition('&c=')[0]}&c={odd}").text
    assert "Odd is drawn and not compared" in page
    assert "Show how likely it is" not in page
    assert TITLE not in page


def test_not_of_fewer_than_thirty_people(client: FlaskClient, installation: Installation, opening: str) -> None:
    recruit(installation, client, opening, ranked=True)
    address = people_in(installation, opening, 12)
    assert TITLE not in client.get(f"{address}&chances=1").text


def test_not_where_scores_put_nobody_in_order(client: FlaskClient, installation: Installation, opening: str) -> None:
    recruit(installation, client, opening, ranked=False)
    address = people_in(installation, opening, 36)
    page = client.get(f"{address}&chances=1").text
    assert "Compare 2 candidates" in page
    assert TITLE not in page
