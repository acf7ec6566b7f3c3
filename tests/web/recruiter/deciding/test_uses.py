"""/openings/<id>/use: what an opening's scores may be used for."""

import pytest
from flask.testing import FlaskClient

from eiassess.web.shell.context import Installation
from tests.hiring_story import rows, switch_on
from tests.web.pages import check_page
from tests.web.people import press, sign_in
from tests.web.staff import HOSTILE, Office


@pytest.fixture
def alice(client: FlaskClient) -> FlaskClient:
    sign_in(client, "alice")
    return client


def test_before_the_first_invitation_it_can_be_switched_on_and_off(
    alice: FlaskClient, office: Office, installation: Installation
) -> None:
    address = f"/openings/{office.empty_opening}/use"
    assert f'href="{address}"' in alice.get(f"/openings/{office.empty_opening}/settings").text
    page = alice.get(address).text
    assert "Scores put nobody in order here" in page
    assert "no expert behind it" in page
    assert "What candidates will read" in page
    check_page(page)
    assert press(alice, address, person=HOSTILE, reason="Four talks are all we have time for.").location == address
    page = alice.get(address).text
    assert "may be sorted by score" in page
    assert HOSTILE not in page
    assert "Four talks are all we have time for." in page
    check_page(page)
    assert press(alice, address, f"{address}/off").location == address
    page = alice.get(address).text
    assert "switched off, recorded by" in page
    check_page(page)
    assert [each["allowed"] for each in rows(installation.database, "use_choice")] == [1, 0]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"person": "", "reason": "So."}, "Give the name of the person who answers for this."),
        ({"person": "Ann", "reason": " "}, "Give the reason."),
        ({}, "Give the name of the person who answers for this."),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(
    alice: FlaskClient, office: Office, fields: dict[str, str], said: str
) -> None:
    answer = press(alice, f"/openings/{office.empty_opening}/use", **fields)
    assert answer.status_code == 400
    assert answer.text.count(said) == 2
    assert f'value="{fields.get("person", "")}"' in answer.text
    check_page(answer.text)


def test_once_somebody_is_invited_the_page_says_that_it_is_too_late(alice: FlaskClient, office: Office) -> None:
    address = f"/openings/{office.opening}/use"
    page = alice.get(address).text
    assert "cannot be switched on here any more" in page
    assert "Switch on sorting by score" not in page
    check_page(page)
    for to in (address, f"{address}/off"):
        refused = press(alice, f"/openings/{office.empty_opening}/use", to, person="Ann", reason="So.")
        assert refused.status_code == 409
        check_page(refused.text)


def test_of_an_opening_that_is_on_the_page_says_what_follows_from_off(
    alice: FlaskClient, office: Office, installation: Installation
) -> None:
    switch_on(installation.database, office.opening)
    page = alice.get(f"/openings/{office.opening}/use").text
    assert "A named person answers for sorting by score all the same" in page
    assert "it cannot be switched on again" in page
    check_page(page)
