"""Who works on an opening is chosen in the browser."""

import re

from flask.testing import FlaskClient

from eiassess.domain.openings import MemberPart
from eiassess.domain.roles import Role
from eiassess.services.people.accounts import change_roles
from eiassess.web.shell.context import Installation
from tests.web.pages import check_page
from tests.web.people import press, sign_in
from tests.web.recruiter.settings.test_settings import found
from tests.web.staff import Office


def parts(installation: Installation, office: Office) -> dict[str, tuple[MemberPart, ...]]:
    return {each.name: each.parts for each in found(installation, office.opening).members}


def user_id(client: FlaskClient, office: Office, name: str) -> str:
    page = client.get(f"/openings/{office.opening}/members").text
    found = re.search(rf'/members/(\w+)"[^>]*>(?:(?!<li>).)*?<b>{name}</b>', page, re.DOTALL)
    assert found
    return found[1]


def test_members_are_added_with_their_parts(client: FlaskClient, installation: Installation, office: Office) -> None:
    sign_in(client, "alice")
    address = f"/openings/{office.opening}/members"
    page = client.get(address).text
    assert "until then the promise that deciders do not see requests does not hold" in page
    check_page(page)
    assert press(client, address, email="Erin@example.org", part=["manages", "interviews"]).status_code == 303
    assert parts(installation, office)["Erin"] == (MemberPart.MANAGES, MemberPart.INTERVIEWS)
    assert press(client, address, email="frank@example.org", part=["adjustments"]).status_code == 303
    page = client.get(address).text
    assert "does not hold" not in page
    check_page(page)


def test_what_cannot_be_is_said_and_what_was_typed_stays(client: FlaskClient, office: Office) -> None:
    sign_in(client, "alice")
    address = f"/openings/{office.opening}/members"
    for fields, code, words in (
        ({"email": "erin@example.org"}, 400, "Choose at least one part."),
        ({"email": "erin", "part": "manages"}, 400, "is not an e-mail address"),
        ({"email": "nobody@example.org", "part": "manages"}, 409, "There is no account for nobody@example.org."),
        ({"email": "erin@example.org", "part": "recruits"}, 409, "needs the role recruiter or administrator"),
        ({"email": "erin@example.org", "part": ["manages", "adjustments"]}, 409, "must decide nothing here."),
    ):
        answer = press(client, address, **fields)
        assert answer.status_code == code
        assert words in answer.text
        assert f'value="{fields["email"]}"' in answer.text
        check_page(answer.text)


def test_parts_change_and_somebody_who_recruits_is_left(
    client: FlaskClient, installation: Installation, office: Office
) -> None:
    sign_in(client, "alice")
    address = f"/openings/{office.opening}/members"
    dana, bob, alice = (user_id(client, office, name) for name in ("Dana", "Bob", "Alice"))
    assert press(client, address, f"{address}/{dana}").status_code == 303
    assert "Dana" not in parts(installation, office)
    assert press(client, address, f"{address}/{dana}", part="manages").status_code == 404
    assert press(client, address, f"{address}/{bob}", part="interviews").status_code == 303
    refused = press(client, address, f"{address}/{alice}", part="interviews")
    assert refused.status_code == 409
    assert "Nobody would be left who recruits" in refused.text
    check_page(refused.text)
    assert press(client, address, f"{address}/{bob}", part="recruits").status_code == 303
    away = press(client, address, f"{address}/{alice}", part="interviews")
    assert (away.status_code, away.location) == (303, "/openings")
    assert client.get(address).status_code == 404


def test_somebody_with_two_roles_has_both_areas_and_each_opening_by_their_part(
    client: FlaskClient, installation: Installation, office: Office
) -> None:
    change_roles(installation.database, "dana@example.org", give=[Role.RECRUITER])
    sign_in(client, "dana")
    page = client.get("/hiring").text
    assert 'href="/openings"' in page
    assert 'href="/hiring"' in client.get("/openings").text
    assert client.get(f"/openings/{office.opening}").status_code == 404, "she only manages there"
