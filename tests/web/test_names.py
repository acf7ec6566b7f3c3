"""Names on pages: however a name is written, the words around it stay where they are."""

import pytest
from flask.testing import FlaskClient

from eiassess.domain.names import isolated
from eiassess.services.people.accounts import Role
from eiassess.web.shell.context import Installation
from tests.web.people import hire_staff, make_casey, sign_in

NAMES = ("\u202eesaC", "esaC\u2067", "نور", "\u2069\u202eesaC")


@pytest.mark.parametrize("name", NAMES)
def test_a_candidate_is_greeted_in_an_isolate(client: FlaskClient, installation: Installation, name: str) -> None:
    client.get(make_casey(installation, name).link)
    assert f"<h1>Hello {isolated(name)}</h1>" in client.get("/sit/notice").text


@pytest.mark.parametrize("name", NAMES)
def test_a_recruiter_reads_names_in_isolates(client: FlaskClient, installation: Installation, name: str) -> None:
    casey = make_casey(installation, name)
    hire_staff(installation, "alice", Role.RECRUITER, casey.opening_id)
    sign_in(client, "alice")
    page = client.get(f"/openings/{casey.opening_id}").text
    assert f"Compare {isolated(name)}" in page or f">{isolated(name)}</a>" in page
    one = client.get(f"/candidates/{casey.session_id}").text
    assert f"<h1>{isolated(name)}</h1>" in one
    assert f"<title>{isolated(name)} - EIAssess</title>" in one
