"""GET /interviews."""

from flask import Flask
from flask.testing import FlaskClient

from eiassess.web.shell.context import Installation
from tests.web.interviewing import plan, rate, signed_in
from tests.web.pages import check_page
from tests.web.people import sign_in
from tests.web.staff import HOSTILE, Office


def test_who_interviews_nobody_is_told_what_the_page_is_for(client: FlaskClient) -> None:
    sign_in(client, "dana")
    page = client.get("/interviews").text
    assert "You interview nobody yet" in page
    assert '<a href="/interviews"' not in page
    check_page(page)


def test_what_waits_and_what_is_rated(
    app: Flask, client: FlaskClient, office: Office, installation: Installation
) -> None:
    alice = signed_in(app, "alice")
    sign_in(client, "dana")
    done = plan(alice, installation, office.casey, "dana", day="2026-12-04")
    plan(alice, installation, office.hostile, "dana")
    page = client.get("/interviews").text
    assert "2 interviews wait for your ratings." in page
    assert HOSTILE not in page
    assert "Interview 1, Fri 4 Dec 2026" in page
    rate(client, done, 4)
    page = client.get("/interviews").text
    assert "1 interview waits for your ratings." in page
    assert page.index("Waiting for you") < page.index("You have rated") < page.index("Casey Zwart")
    assert '<a href="/interviews" aria-current="page">Interviews</a>' in page
    check_page(page)
