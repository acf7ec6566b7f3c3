"""Who answered unevenly over the sitting: what stands on the candidate's page and on the page that compares."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from eiassess.domain.roles import Role
from eiassess.services.differences.estimates import renew_estimates
from eiassess.services.hiring.invitations import open_invitation
from eiassess.services.sitting.answers import record_consent, record_practice, save_response
from eiassess.services.sitting.handing_in import submit_session
from eiassess.web.shell.context import Installation
from tests.hiring_story import standard_form, switch_on
from tests.integration.test_uneven_sittings import WORDS, uneven_ratings
from tests.web.pages import check_page
from tests.web.people import hire_staff, invite, open_job, sign_in
from tests.web.staff import sit


def sit_unevenly(installation: Installation, opening: str) -> str:
    """Let Odd sit: near the key, but the first four pages the other way round."""
    issued = invite(installation, opening, "Odd", email="odd@example.org")
    database, now = installation.database, installation.clock() - timedelta(minutes=20)
    invitation = open_invitation(database, issued.token)
    record_consent(database, invitation, now)
    record_practice(database, invitation, now)
    values = iter(uneven_ratings())
    for number, scenario in enumerate(standard_form().form.scenarios):
        ratings = {option: next(values) for option in scenario.option_ids}
        save_response(database, invitation, scenario.id, ratings, 0, now + timedelta(minutes=number))
    submit_session(database, invitation, installation.clock())
    return issued.session_id


@pytest.fixture
def several(client: FlaskClient, installation: Installation) -> tuple[str, str, list[str]]:
    """An opening, Odd who answered unevenly, and those who did not."""
    opening = open_job(installation)
    hire_staff(installation, "zora", Role.RECRUITER, opening)
    sign_in(client, "zora")
    sat = []
    for seed in range(12):
        issued = invite(installation, opening, f"P{seed}", email=f"p{seed}@example.org")
        sit(installation, issued, noise=0.6 + 0.08 * seed, seed=seed)
        sat.append(issued.session_id)
    odd = sit_unevenly(installation, opening)
    renew_estimates(installation.database, installation.clock())
    return opening, odd, sat


@pytest.fixture
def people(several: tuple[str, str, list[str]]) -> tuple[str, str, str]:
    """An opening, Odd who answered unevenly, and somebody who did not."""
    opening, odd, sat = several
    return opening, odd, sat[-1]


def test_it_stands_with_the_reason_and_blames_nobody(client: FlaskClient, people: tuple[str, str, str]) -> None:
    opening, odd, other = people
    page = client.get(f"/candidates/{odd}").text
    assert WORDS in page
    assert re.search(r"<dt>Errors, from \d+ people, [^<]*</dt><dd><code>[0-9a-f]{64}</code>", page)
    check_page(page)
    assert "Drawn, and not compared" not in client.get(f"/candidates/{other}").text
    page = client.get(f"/openings/{opening}/compare?c={odd}&c={other}").text
    assert "Odd is drawn and not compared: answered unevenly over the sitting." in page
    check_page(page)
    page = client.get(f"/openings/{opening}").text
    rows = [row for row in page.split("<tr") if ": answered unevenly over the sitting</span>" in row]
    assert [odd in row for row in rows if other not in row] == [True]
    check_page(page)


def lead(client: FlaskClient, opening: str, *chosen: str) -> tuple[str, str]:
    """The sentence on top of a comparison, and the page."""
    page = client.get(f"/openings/{opening}/compare?{'&'.join(f'c={each}' for each in chosen)}").text
    found = re.search(r'class="lead">([^<]*)<', page)
    assert found
    return found[1], page


def test_the_message_of_a_comparison_says_nothing_of_whoever_is_not_compared(
    client: FlaskClient, several: tuple[str, str, list[str]]
) -> None:
    opening, odd, sat = several
    said, page = lead(client, opening, odd, sat[0], sat[1])
    assert "P0" in said
    assert "P1" in said
    assert said.endswith(" Odd is not compared.")
    assert "these 3 candidates" not in said
    assert "No two differ" not in page
    said, page = lead(client, opening, odd, sat[0], sat[1], sat[2])
    assert re.match(r"No two of the 3 who are compared differ|\d of 3 pairs differs? ", said)
    assert said.endswith(" Odd is not compared.")
    assert "No two of those compared differ by more than the error." in page
    assert "No two differ" not in page
    check_page(page)


@pytest.mark.parametrize("sort", ["band", "score"])
def test_whoever_is_not_compared_stands_in_no_band(
    client: FlaskClient, installation: Installation, people: tuple[str, str, str], sort: str
) -> None:
    opening, odd, _ = people
    switch_on(installation.database, opening)
    page = client.get(f"/openings/{opening}?sort={sort}&order=desc").text
    assert page.count("In no band") == 1
    in_bands, _, in_none = page.partition("In no band")
    numbers = [int(number) for number in re.findall(r"Band ([0-9]+): [0-9]+ (?:person|people) within", in_bands)]
    assert numbers == sorted(set(numbers))
    assert numbers[:1] == [1]
    assert f"/candidates/{odd}" in in_none
    assert f"/candidates/{odd}" not in in_bands
    check_page(page)
