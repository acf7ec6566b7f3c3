"""An opening whose form was changed: who sat the earlier one is listed, and set apart."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from eiassess.banks.catalog import load_form
from eiassess.services.hiring.openings import use_form
from eiassess.web.shell.context import Installation
from tests.banks.small_bank import FORM, write_small_bank
from tests.web.pages import check_page
from tests.web.people import sign_in
from tests.web.staff import Office, invite, sit


@pytest.fixture
def alice(client: FlaskClient, installation: Installation, office: Office, tmp_path: Path) -> FlaskClient:
    """Alice's browser, after her opening has gone over to another form."""
    bank = write_small_bank(tmp_path / "banks" / "small")
    use_form(installation.database, office.opening, load_form(FORM, (bank.parent,)), installation.clock())
    sign_in(client, "alice")
    return client


def test_scores_of_the_earlier_form_are_set_apart(alice: FlaskClient, office: Office) -> None:
    page = alice.get(f"/openings/{office.opening}").text
    assert "5 sat another form or version or were scored under another key: no comparison" in page
    assert page.count(">not comparable<") == 8
    check_page(page)


def test_they_still_compare_with_each_other(alice: FlaskClient, office: Office) -> None:
    answer = alice.get(f"/openings/{office.opening}/compare?c={office.casey}&c={office.nora}")
    assert answer.status_code == 200


def test_one_alone_is_counted_as_one(
    client: FlaskClient, installation: Installation, office: Office, tmp_path: Path
) -> None:
    bank = write_small_bank(tmp_path / "banks" / "small")
    sit(installation, invite(installation, office.empty_opening, "Only One"), noise=1.0)
    use_form(installation.database, office.empty_opening, load_form(FORM, (bank.parent,)), installation.clock())
    sign_in(client, "alice")
    page = client.get(f"/openings/{office.empty_opening}").text
    assert "1 sat another form" in page
