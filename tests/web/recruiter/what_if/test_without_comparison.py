"""The page of other weights where people are compared with nobody, and what it says of the job's own weights."""

import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from eiassess.domain.roles import Role
from eiassess.services.people.accounts import find_account
from eiassess.services.results.bands import Band, Bands
from eiassess.services.results.what_if import WhatIf, get_what_if
from eiassess.web.recruiter.what_if.sentences import begins_sentence, lead_sentence, weights_in_words
from eiassess.web.shell.context import Installation
from tests.hiring_story import switch_on
from tests.integration.test_not_compared import alike_ratings
from tests.web.pages import check_page
from tests.web.people import hire_staff, invite, open_job, sign_in
from tests.web.recruiter.candidate.test_not_compared import sit_as
from tests.web.staff import sit

WHY = "all ratings of one kind are alike once a scenario is left out, so that the error cannot be estimated"


@pytest.fixture
def opening(client: FlaskClient, installation: Installation) -> str:
    """An opening whose scores may rank, with Odd alone, whose error is not known."""
    opening = open_job(installation)
    hire_staff(installation, "zora", Role.RECRUITER, opening)
    sign_in(client, "zora")
    sit_as(installation, opening, alike_ratings())
    switch_on(installation.database, opening)
    return opening


def weigh(installation: Installation, opening: str) -> WhatIf:
    zora = find_account(installation.database, "zora@example.org")
    assert zora
    return get_what_if(installation.database, zora.id, opening, {})


def test_where_nobody_is_compared_they_are_drawn_and_it_says_why(client: FlaskClient, opening: str) -> None:
    page = client.get(f"/openings/{opening}/what-if").text
    check_page(page)
    assert f"Compared with nobody: of 1 person, {WHY}. So there are no bands, and people stand by name." in page
    assert "Nobody has a score yet" not in page
    assert page.count('<th scope="row"') == 1
    for address in (f"/openings/{opening}", f"/openings/{opening}?sort=band"):
        page = client.get(address).text
        check_page(page)
        assert f"Compared with nobody: of 1 person, {WHY}." in page
        assert f": {WHY}</span>" in page
    (candidate,) = set(re.findall(r'"/candidates/([0-9a-z]+)', page))
    page = client.get(f"/candidates/{candidate}").text
    assert f"Drawn, and not compared with other people: {WHY}." in page
    assert "All ratings of one kind are alike once a scenario is left out, see above. Nothing else unusual" in page


def test_without_bands_they_are_marked_on_every_width(
    client: FlaskClient, installation: Installation, opening: str
) -> None:
    for seed in range(2):
        sit(installation, invite(installation, opening, f"P{seed}", email=f"p{seed}@example.org"), noise=1.0, seed=seed)
    page = client.get(f"/openings/{opening}/what-if").text
    check_page(page)
    assert "Band</th>" not in page
    (marked,) = (row for row in page.split("<tr") if "not compared</span>" in row)
    assert re.search(rf'</a><div class="meta"><span class="pill[^>]*>not compared</span><span[^>]*>: {WHY}<', marked)
    assert page.count('<th scope="row"') == 3


def test_a_page_says_what_of_the_job_cannot_be_weighed(
    client: FlaskClient, installation: Installation, opening: str
) -> None:
    assert client
    found = weigh(installation, opening)
    nothing = "The job's settings give nothing a weight, so you begin with 1 for all: the overall score."
    assert begins_sentence(found) == nothing
    missing = replace(found, not_measured=("recovery", "speaking-up"))
    assert begins_sentence(missing) == (
        "The job's settings give a weight to nothing but Recovery, Speaking up, of which not every form here has "
        "scenarios, so you begin with 1 for all: the overall score."
    )
    assert begins_sentence(replace(missing, starts_with_job=True)) == (
        "You begin with the job's own weights, from its settings. Not every form here has scenarios of what the job "
        "weighs as well: Recovery, Speaking up."
    )


def test_nothing_else_counts_is_said_of_what_the_forms_measure(
    client: FlaskClient, installation: Installation, opening: str
) -> None:
    assert client
    found = weigh(installation, opening)
    assert weights_in_words({"recovery": 3}, found) == "Recovery 3; nothing else counts"
    assert weights_in_words({"recovery": 3}, replace(found, competencies=("recovery",))) == "Recovery 3"


def test_only_who_stands_in_both_bands_is_counted_among_those_who_move(
    client: FlaskClient, installation: Installation, opening: str
) -> None:
    assert client
    found = weigh(installation, opening)
    (odd,) = found.people
    one, other = (replace(odd, not_compared=None, band=band, weighted_band=1) for band in (0, 1))
    with_bands = replace(found, people=(one, other, odd))
    bands = Bands(9.0, (Band(90.0, 1), Band(80.0, 1)))
    said = lead_sentence(replace(with_bands, before=bands, bands=bands))
    assert said.startswith("Of 2 people, nobody would stand in a higher band")
