"""/people/<id>: roles, deactivating, ending sessions; each holds from the person's next request on."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eiassess.services.people.accounts import change_roles
from eiassess.web.shell.context import Installation
from tests.hiring_story import PASSWORD, rows
from tests.web.pages import check_page
from tests.web.people import press, sign_in, token_in
from tests.web.staff_people import Staff, invite_nora, is_out, thief_of


def act(browser: FlaskClient, user_id: str, action: str, **fields: object):  # noqa: ANN201 - Flask's test response
    page = f"/people/{user_id}"
    answer = press(browser, page, f"{page}/{action}", **fields)
    if answer.status_code == 303:
        check_page(browser.get(answer.location).text)
    return answer


def test_roles_hold_from_the_next_request_on(grace: FlaskClient, alice: FlaskClient, staff: Staff) -> None:
    page = grace.get(f"/people/{staff.alice.id}").text
    assert 'value="recruiter" checked' in page
    check_page(page)
    assert alice.get("/analysis").status_code == 404
    answer = act(grace, staff.alice.id, "roles", roles=["analyst", "manager"])
    assert answer.location == f"/people/{staff.alice.id}?done=roles"
    assert "hold from their next click on" in grace.get(answer.location).text
    assert [alice.get(path).status_code for path in ("/analysis", "/hiring", "/openings")] == [200, 200, 404]


def test_somebody_needs_a_role(grace: FlaskClient, alice: FlaskClient, staff: Staff) -> None:
    answer = act(grace, staff.alice.id, "roles")
    assert answer.status_code == 400
    assert "Choose at least one role; whoever is to do nothing here is deactivated." in answer.text
    check_page(answer.text)
    assert alice.get("/openings").status_code == 200


def test_whoever_is_deactivated_is_out_at_once_with_every_copy_of_the_cookie(
    grace: FlaskClient, alice: FlaskClient, app: Flask, installation: Installation, staff: Staff
) -> None:
    thief = thief_of(app, alice)
    assert not is_out(thief)
    assert act(grace, staff.alice.id, "deactivate").location.endswith("?done=deactivated")
    assert is_out(alice)
    assert is_out(thief)
    assert [row for row in rows(installation.database, "web_session") if row["user_id"] == staff.alice.id] == []
    newcomer = app.test_client()
    refused = press(newcomer, "/sign-in", email="alice@example.org", password=PASSWORD)
    assert "We do not know this e-mail address with this password" in refused.text
    page = grace.get(f"/people/{staff.alice.id}").text
    assert "Deactivated" in page
    assert "Make active again" in page
    assert act(grace, staff.alice.id, "reactivate").location.endswith("?done=reactivated")
    assert is_out(thief), "what was ended stays so"
    sign_in(newcomer, "alice")
    assert not is_out(newcomer)


def test_all_sessions_of_somebody_are_ended(grace: FlaskClient, alice: FlaskClient, app: Flask, staff: Staff) -> None:
    thief = thief_of(app, alice)
    assert "A session begun Mon 23 Nov 2026, 14:02 UTC" in grace.get(f"/people/{staff.alice.id}").text
    assert act(grace, staff.alice.id, "sign-out").location.endswith("?done=signed-out")
    assert is_out(alice)
    assert is_out(thief)
    assert "They are signed in nowhere." in grace.get(f"/people/{staff.alice.id}").text
    assert not is_out(grace)
    sign_in(alice, "alice")


def test_the_last_administrator_stays(grace: FlaskClient, staff: Staff, installation: Installation) -> None:
    page = grace.get(f"/people/{staff.grace.id}").text
    assert "is the only administrator who can sign in" in page
    assert f'action="/people/{staff.grace.id}/deactivate"' not in page
    answer = act(grace, staff.grace.id, "roles", roles=["recruiter"])
    assert answer.status_code == 400
    assert "is the only administrator who can sign in; give somebody else that role first" in answer.text
    check_page(answer.text)
    assert act(grace, staff.grace.id, "deactivate").status_code == 409
    assert grace.get("/people").status_code == 200
    change_roles(installation.database, "dana@example.org", give=list(staff.grace.roles))
    assert act(grace, staff.grace.id, "roles", roles=["recruiter"]).status_code == 303
    assert grace.get("/people").status_code == 404


def test_who_was_invited_as_administrator_is_none_yet(
    grace: FlaskClient, installation: Installation, staff: Staff
) -> None:
    link = invite_nora(installation, staff)
    assert act(grace, link.user_id, "roles", roles=["administrator"]).status_code == 303
    assert act(grace, staff.grace.id, "deactivate").status_code == 409
    assert act(grace, link.user_id, "deactivate").status_code == 409
    assert act(grace, link.user_id, "reactivate").status_code == 409


@pytest.mark.parametrize("action", ["roles", "invite-again", "take-back", "deactivate", "reactivate", "sign-out"])
def test_nobody_is_changed_who_is_not_there(grace: FlaskClient, action: str) -> None:
    answer = grace.post(
        f"/people/nobody/{action}", data={"csrf_token": token_in(grace.get("/people/invite").text), "roles": "analyst"}
    )
    assert answer.status_code == 404
    assert grace.get("/people/nobody").status_code == 404
