"""Two steps that a role needs: whoever has not set them up is led there and reaches nothing else."""

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eiassess.web.app import create_app
from eiassess.web.shell.context import Installation
from tests.web.auth.resets import mailed, with_mail
from tests.web.auth.two_steps import PAGE, SET_UP, give_code, give_password, turn_on
from tests.web.pages import check_page
from tests.web.people import Clock, press, sign_in
from tests.web.staff import Office


@pytest.fixture
def app(installation: Installation) -> Flask:
    """An office whose recruiters and administrators need two steps."""
    needed = replace(with_mail(installation).settings, two_steps_for=frozenset({"recruiter", "administrator"}))
    return create_app(replace(installation, settings=needed))


def test_who_has_not_set_it_up_reaches_nothing_else(client: FlaskClient, office: Office) -> None:
    sign_in(client, "alice")
    for path in ("/openings", f"/openings/{office.opening}", f"/candidates/{office.casey}", "/worth", "/adjustments"):
        answer = client.get(path)
        assert (answer.status_code, answer.location) == (303, PAGE), path
    page = client.get(PAGE).text
    assert "Your role needs two steps here." in page
    assert 'href="/openings"' not in page
    check_page(page)
    assert press(client, PAGE, f"/candidates/{office.casey}/release").location == PAGE
    assert press(client, PAGE, "/sign-out").status_code == 302


def test_who_sets_it_up_gets_to_work(client: FlaskClient, app: Flask, clock: Clock) -> None:
    sign_in(client, "alice")
    phone, _ = turn_on(client, clock)
    assert client.get("/openings").status_code == 200
    assert 'href="/openings"' in client.get(PAGE).text
    newcomer = app.test_client()
    give_password(newcomer)
    give_code(newcomer, phone.code())
    assert newcomer.get("/openings").status_code == 200
    press(newcomer, PAGE, f"{PAGE}/off")
    assert newcomer.get("/openings").location == PAGE


def test_other_roles_choose(client: FlaskClient) -> None:
    sign_in(client, "dana")
    assert client.get("/hiring").status_code == 200
    assert "Your role needs" not in client.get(PAGE).text


def test_a_new_password_by_mail_leads_there_too(client: FlaskClient, installation: Installation) -> None:
    press(client, "/reset", email="alice@example.org")
    client.get(mailed(installation)[-1].split("http://localhost")[1].split("\n")[0])
    press(client, "/reset/new", password="lamp otter bridge seven")
    press(client, "/sign-in", email="alice@example.org", password="lamp otter bridge seven")
    assert client.get("/openings").location == PAGE
    assert client.get(SET_UP).location == PAGE
