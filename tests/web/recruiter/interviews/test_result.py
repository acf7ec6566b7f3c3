"""The result of interviews: how far people agree, how sure the mean is, and both parts by the opening's rule."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eiassess.domain.openings import Combination
from eiassess.domain.roles import Role
from eiassess.persistence.tables import OpeningRecord
from eiassess.web.shell.context import Installation
from tests.hiring_story import switch_on
from tests.web.interviewing import plan, rate, signed_in
from tests.web.pages import check_page
from tests.web.people import hire_staff, press, sign_in
from tests.web.staff import Office

MARKS = {ord(mark): None for mark in "\u2068\u2069"}


@pytest.fixture
def alice(client: FlaskClient) -> FlaskClient:
    sign_in(client, "alice")
    return client


def shown(alice: FlaskClient, session_id: str) -> str:
    press(alice, f"/candidates/{session_id}/interviews", f"/candidates/{session_id}/ratings")
    page = alice.get(f"/candidates/{session_id}/interviews").text
    check_page(page)
    block = alice.get(f"/candidates/{session_id}").text
    check_page(block)
    assert ("Together</dt>" in page) == ("Together</dt>" in block)
    return page.translate(MARKS)


def test_one_persons_ratings(app: Flask, alice: FlaskClient, office: Office, installation: Installation) -> None:
    rate(signed_in(app, "bob"), plan(alice, installation, office.casey, "bob", "dana"), 3, 4)
    closed = alice.get(f"/candidates/{office.casey}/interviews").text
    assert "Result</h2>" not in closed
    page = shown(alice, office.casey)
    assert "One person&#39;s ratings. How another would have rated is not known." in page
    assert "nothing can be said of agreement" in page
    assert "keeps test and interview apart" in page


def test_two_agree_in_words(app: Flask, alice: FlaskClient, office: Office, installation: Installation) -> None:
    interview = plan(alice, installation, office.casey, "bob", "dana")
    rate(signed_in(app, "bob"), interview, 3, 1, 4, "not-asked")
    rate(signed_in(app, "dana"), interview, 3, 4, 5, 2)
    page = shown(alice, office.casey)
    assert "Bob and Dana agree within one step on 2 of 3 parts that both rated, and give the same point on 1." in page
    assert "Each person&#39;s own mean: Bob 2.7 and Dana 2.8." in page
    second = plan(alice, installation, office.casey, "bob", "dana")
    rate(signed_in(app, "bob"), second, 3, "not-asked")
    rate(signed_in(app, "dana"), second, "not-asked", 4)
    assert "Interview 2: Bob and Dana rated no part in common." in shown(alice, office.casey)


def test_from_three_on_there_is_an_interval_and_a_correlation(
    app: Flask, alice: FlaskClient, office: Office, installation: Installation
) -> None:
    hire_staff(installation, "heidi", Role.MANAGER, office.opening)
    interview = plan(alice, installation, office.casey, "bob", "dana", "heidi")
    for who, points in (("bob", (2, 1, 4, 1)), ("dana", (5, 3, 5, 2)), ("heidi", (4, 2, 4, 3))):
        rate(signed_in(app, who), interview, *points, "not-asked")
    page = shown(alice, office.casey)
    assert "from how these 3 people differ" in page
    assert "ICC(2,1) 0.52, 95 % interval" in page
    assert "from 4 parts only" in page


@pytest.mark.parametrize(
    ("sheets", "says"),
    [
        (
            [(3, "not-asked")] * 3,
            ["within one step on 1 of 1 part that", "too little for an intraclass correlation", "the same mean"],
        ),
        ([(1, 2, "not-asked"), (4, 5, "not-asked"), (5, 2, "not-asked")], ["too few for an interval"]),
    ],
)
def test_what_is_too_little_is_said(
    app: Flask,
    alice: FlaskClient,
    office: Office,
    installation: Installation,
    sheets: list[tuple[object, ...]],
    says: list[str],
) -> None:
    hire_staff(installation, "heidi", Role.MANAGER, office.opening)
    interview = plan(alice, installation, office.casey, "bob", "dana", "heidi")
    for who, points in zip(("bob", "dana", "heidi"), sheets, strict=True):
        rate(signed_in(app, who), interview, *points)
    page = shown(alice, office.casey)
    for words in says:
        assert words in page


@pytest.mark.parametrize(
    ("rule", "words"), [(Combination.EQUAL, "interview&#39;s 75. "), (Combination.INTERVIEW_TWICE, "counted twice. ")]
)
def test_both_parts_by_the_rule_that_the_opening_stated(
    app: Flask, alice: FlaskClient, office: Office, installation: Installation, rule: Combination, words: str
) -> None:
    with installation.database.writing() as db:
        opening = db.get_one(OpeningRecord, office.opening)
        opening.combination = rule
        db.add(opening)
    rate(signed_in(app, "bob"), plan(alice, installation, office.casey, "bob"), 4)
    assert "keeps test and interview apart" in shown(alice, office.casey)
    switch_on(installation.database, office.opening)
    page = shown(alice, office.casey)
    assert words in page
    assert "how another interviewer would have rated is not in it" in page
    assert "Combined by the rule in this opening&#39;s settings." in page
    rate(signed_in(app, "bob"), plan(alice, installation, office.invited, "bob"), 4)
    assert "Nothing is combined: there is no overall score." in shown(alice, office.invited)


def test_the_settings_say_when_the_rule_is_frozen(alice: FlaskClient, office: Office) -> None:
    """Where the key supports no selection, nothing is combined at all."""
    assert "Test and interview are kept apart" in alice.get(f"/openings/{office.opening}/settings").text
