"""Who answered unevenly over the sitting: what stands on the candidate's page and on the page that compares."""

import re
from collections.abc import Sequence
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from eiassess.domain.roles import Role
from eiassess.domain.shown_scores import shown_interval
from eiassess.services.differences.estimates import renew_estimates
from eiassess.services.hiring.invitations import open_invitation
from eiassess.services.people.accounts import find_account
from eiassess.services.results.for_recruiters import get_candidate_result
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
    return sit_as(installation, opening, uneven_ratings())


def sit_as(installation: Installation, opening: str, ratings: Sequence[int]) -> str:
    """Let Odd sit and rate like this, page by page."""
    issued = invite(installation, opening, "Odd", email="odd@example.org")
    database, now = installation.database, installation.clock() - timedelta(minutes=20)
    invitation = open_invitation(database, issued.token)
    record_consent(database, invitation, now)
    record_practice(database, invitation, now)
    values = iter(ratings)
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
    assert "Answered unevenly over the sitting, see above. Nothing else unusual was noticed." in page
    even = client.get(f"/candidates/{other}").text
    assert "Drawn, and not compared" not in even
    assert "<p>Nothing unusual was noticed.</p>" in even
    page = client.get(f"/openings/{opening}/compare?c={odd}&c={other}").text
    assert "Odd is drawn and not compared: answered unevenly over the sitting." in page
    check_page(page)
    page = client.get(f"/openings/{opening}").text
    rows = [row for row in page.split("<tr") if ": answered unevenly over the sitting</span>" in row]
    assert [odd in row for row in rows if other not in row] == [True]
    assert re.search(r'</a><div class="only-phone[^"]*"><span class="pill[^>]*>not compared<', rows[0]), "on a phone"
    assert 'class="only-phone' not in next(row for row in page.split("<tr") if other in row)
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


@pytest.mark.parametrize("order", ["asc", "desc"])
@pytest.mark.parametrize("sort", ["band", "score"])
def test_whoever_is_not_compared_stands_below_and_is_counted_apart(
    client: FlaskClient, installation: Installation, people: tuple[str, str, str], sort: str, order: str
) -> None:
    opening, odd, _ = people
    switch_on(installation.database, opening)
    invite(installation, opening, "Late", email="late@example.org")
    page = client.get(f"/openings/{opening}?sort={sort}&order={order}").text
    heading = "Compared with nobody: 1 person answered unevenly over the sitting"
    in_bands, _, below = page.partition(f'"in-view">{heading}')
    apart, _, in_none = below.partition("In no band")
    counted = re.findall(r"Band ([0-9]+): ([0-9]+) (?:person|people) within", page)
    numbers = sorted(int(number) for number, _ in counted)
    assert numbers == list(range(1, len(numbers) + 1))
    assert sum(int(n) for _, n in counted) == in_bands.count("<tr>") - 1 == 12, "all but Odd, and the row of heads"
    assert (f"/candidates/{odd}" in apart, apart.count("<tr>")) == (True, 1)
    assert "Late" in in_none
    assert f"{heading}." in page
    check_page(page)


def test_of_two_intervals_each_has_its_name(
    client: FlaskClient, installation: Installation, people: tuple[str, str, str]
) -> None:
    """The list, the candidate's page and the comparison draw the same one."""
    opening, odd, other = people
    found, zora = {}, find_account(installation.database, "zora@example.org")
    assert zora is not None
    compared = client.get(f"/openings/{opening}/compare?c={odd}&c={other}").text
    for session_id in (odd, other):
        result = get_candidate_result(installation.database, zora.id, session_id)
        assert result.placed is not None
        assert result.stored is not None
        assert result.stored.score.overall is not None
        drawn, stored = shown_interval(result.placed.interval), shown_interval(result.stored.score.overall.interval)
        page = client.get(f"/candidates/{session_id}").text
        assert f"{'stored ' if drawn != stored else ''}95 % interval {stored})" in page, "the words rest on that one"
        assert (f" (stored interval {stored})</td>" in page) == (drawn != stored)
        assert f'<td class="num">{drawn}</td>' in page
        assert drawn in compared
        if drawn != stored:
            found[session_id] = stored
            assert re.search(rf"draw the overall score with the interval {drawn}, which leans on .* of 1[0-9] ", page)
            assert f"The stored one, from these answers alone, is {stored}: reports have that." in page
        row = next(each for each in client.get(f"/openings/{opening}").text.split("<tr") if session_id in each)
        assert f'<td class="num">{drawn}</td>' in row
    assert found, "one of them has two"
