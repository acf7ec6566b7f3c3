"""/openings/<id>/fairness: whether candidates are asked voluntary questions after handing in."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eiassess.web.shell.context import Installation
from tests.fairness_story import ask_in
from tests.hiring_story import rows
from tests.web.browsing import check_everywhere, opened, started
from tests.web.pages import check_page
from tests.web.people import press, sign_in
from tests.web.staff import Office

PASSWORD_OF_TESTS = "correct horse battery"
OWN = {"question-1": "Where do you work best?", "categories-1": "At home\r\n\r\nAt the office", "person": "Hanna Head"}


@pytest.fixture
def alice(client: FlaskClient) -> FlaskClient:
    sign_in(client, "alice")
    return client


def test_it_is_switched_on_before_anybody_is_invited(
    alice: FlaskClient, office: Office, installation: Installation
) -> None:
    address = f"/openings/{office.empty_opening}/fairness"
    assert address in alice.get(f"/openings/{office.empty_opening}/settings").text
    page = alice.get(address).text
    assert "Nobody is asked in this opening." in page
    assert 'value="Alice"' in page
    assert "No mail server is set here." in page
    check_page(page)
    usual = alice.get(f"{address}?start=usual").text
    assert "How old are you?" in usual
    assert "50 or older" in usual
    check_page(usual)
    assert 'value="yes" checked' in alice.get(f"{address}?start=law").text
    assert press(alice, address, **OWN).location == address
    page = alice.get(address).text
    assert "Whoever hands in is asked 1 question." in page
    assert "At home; At the office; I would rather not say" in page
    assert "Hanna Head answers for it. Recorded by Alice" in page
    assert "you may answer one question about yourself" in page
    check_page(page)
    (record,) = rows(installation.database, "fairness_page")
    assert record["person"] == "Hanna Head"
    press(alice, address, **OWN, law_144="yes")
    page = alice.get(address).text
    assert "Whoever hands in is asked 3 questions." in page
    assert "Native Hawaiian or Other Pacific Islander" in page
    check_page(page)
    assert press(alice, address, off="yes").location == address
    assert "Nobody is asked in this opening." in alice.get(address).text
    again = press(alice, address, off="yes")
    assert again.status_code == 409
    assert "This opening asks nothing after handing in." in again.text
    check_page(again.text)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"person": " "}, "Give the name of the person who answers for this"),
        ({"question-1": "", "categories-1": ""}, "Ask at least one question"),
        ({"question-1": ""}, "Question 1: give its words"),
        ({"categories-1": "One"}, "Question 1: give 2 to 12 categories, one on each line; there are 1"),
        ({"categories-1": "One\nTwo\none"}, "Question 1: &#39;one&#39; stands there twice"),
        ({"categories-1": "One\nI would rather NOT say"}, "&#39;I would rather not say&#39; is always offered"),
        ({"categories-1": "One\nTwo\nPrefer not to say"}, "leave out &#39;Prefer not to say&#39;, it names no group"),
        ({"categories-1": "One\nTwo\nunknown"}, "leave out &#39;unknown&#39;"),
        ({"categories-1": "One\nTwo or more\nTwo OrMore"}, "&#39;Two OrMore&#39; stands there twice"),
        ({"categories-1": f"One\n{'x' * 81}"}, "a category has at most 80 characters"),
        ({"question-2": "where do you work best?", "categories-2": "A\nB"}, "stands there twice"),
        (
            {f"{what}-{place}": f"{place}\n{what}" for place in (2, 3, 4) for what in ("question", "categories")}
            | {"law_144": "yes"},
            "Ask at most 5 questions in all",
        ),
    ],
)
def test_what_cannot_be_asked_is_said_at_its_place_and_kept(
    alice: FlaskClient, office: Office, installation: Installation, changed: dict[str, str], said: str
) -> None:
    answer = press(alice, f"/openings/{office.empty_opening}/fairness", **(OWN | changed))
    assert answer.status_code == 400
    assert said in answer.text
    if "categories-1" not in changed:
        assert "At the office" in answer.text
    check_page(answer.text)
    assert rows(installation.database, "fairness_page") == []


def test_once_somebody_was_invited_it_can_only_be_switched_off(
    alice: FlaskClient, office: Office, installation: Installation
) -> None:
    address = f"/openings/{office.opening}/fairness"
    page = alice.get(address).text
    assert "they cannot be switched on here any more" in page
    assert "Words of question" not in page
    check_page(page)
    late = press(alice, address, **OWN)
    assert late.status_code == 409
    assert "did not read of these questions" in late.text
    check_page(late.text)
    ask_in(installation.database, office.opening)
    page = alice.get(address).text
    assert "another name for a category would change what people said" in page
    check_page(page)
    assert press(alice, address, **OWN).status_code == 409
    press(alice, address, off="yes")
    page = alice.get(address).text
    assert "It was switched off. What was answered before is kept" in page
    check_page(page)


def test_nobody_else_may(alice: FlaskClient, office: Office) -> None:
    assert alice.get(f"/openings/{office.other_opening}/fairness").status_code == 404


def test_axe_finds_nothing(app: Flask, alice: FlaskClient, office: Office, installation: Installation) -> None:
    assert alice
    ask_in(installation.database, office.opening)
    with started() as browser, opened(browser, app) as context:
        page = context.new_page()
        page.goto("/sign-in")
        page.get_by_label("E-mail").fill("alice@example.org")
        page.get_by_label("Password").fill(PASSWORD_OF_TESTS)
        page.get_by_role("button", name="Sign in").click()
        for opening in (office.opening, office.empty_opening):
            page.goto(f"/openings/{opening}/fairness")
            check_everywhere(page, "Voluntary questions")
