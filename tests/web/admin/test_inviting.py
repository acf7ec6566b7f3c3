"""/people/invite, and inviting again or taking back on a person's page."""

import re
from dataclasses import replace
from email.headerregistry import Address

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import select

from eiassess.config import Encryption, MailServer
from eiassess.persistence.tables import MessageRecord
from eiassess.services.hiring.openings import assign_member
from eiassess.services.mailing.showing import shown
from eiassess.services.mailing.sources import MailSources
from eiassess.services.people.joining import Chosen, join, open_join_link
from eiassess.web.app import create_app
from eiassess.web.shell.context import Installation
from tests.hiring_story import rows
from tests.web.pages import check_page
from tests.web.people import open_job, press, sign_in
from tests.web.staff_people import CHOSEN, Staff, invite_nora

NORA = {"name": "Nora Lind", "email": "nora@example.org", "roles": ["recruiter", "analyst"]}


def user_id_of(installation: Installation, email: str) -> str:
    return next(str(row["id"]) for row in rows(installation.database, "user_account") if row["email"] == email)


def test_without_a_mail_server_the_link_is_shown_once(grace: FlaskClient, app: Flask) -> None:
    page = grace.get("/people/invite").text
    assert "You see their link once" in page
    check_page(page)
    answer = press(grace, "/people/invite", **NORA)
    assert answer.status_code == 200
    check_page(answer.text)
    link = re.search(r"http://localhost(/join/[\w-]{43})", answer.text)
    assert link
    assert app.test_client().get(link[1]).status_code == 303
    assert link[1] not in grace.get("/people").text


def by_mail(installation: Installation) -> FlaskClient:
    """Grace's browser, where a server sends mails."""
    server = MailServer("127.0.0.1", 25, Encryption.NEVER, Address("Hiring", "jobs", "example.org"))
    client = create_app(replace(installation, settings=replace(installation.settings, mail=server))).test_client()
    sign_in(client, "grace")
    return client


@pytest.mark.usefixtures("staff")
def test_the_mail_says_who_invites_to_what_and_where(installation: Installation) -> None:
    client = by_mail(installation)
    assert "They get a link by mail" in client.get("/people/invite").text
    answer = press(client, "/people/invite", **NORA)
    assert answer.status_code == 303
    page = client.get(answer.location).text
    assert "The invitation is on its way." in page
    assert "/join/" not in page
    check_page(page)
    with installation.database.reading() as db:
        mail = shown(
            db, db.exec(select(MessageRecord)).one(), MailSources(installation.links, "us"), installation.clock()
        )
    assert "Grace has made an account for you" in mail.text
    assert "You are to recruit and look after forms, keys and statistics." in mail.text
    assert "Monday 30 November 2026, 14:02 (UTC)" in mail.text
    found = re.search(r"http://localhost/join/([\w-]{43})", mail.text)
    assert found
    stored = "\n".join(
        str(row) for table in ("message", "staff_invitation") for row in rows(installation.database, table)
    )
    assert found[1] not in stored
    assert open_join_link(installation.database, found[1], installation.clock())


@pytest.mark.parametrize(
    ("changed", "message", "target"),
    [
        ({"name": ""}, "Give a name.", "#name"),
        ({"name": "", "email": "", "roles": []}, "Give an e-mail address.", "#email"),
        ({"name": "x" * 201}, "A name has 1 to 200 characters.", "#name"),
        ({"email": "nora@"}, "&#39;nora@&#39; is not", "#email"),
        ({"email": "ALICE@example.org"}, "There is already an account for alice@example.org.", "#email"),
        ({"roles": []}, "Choose at least one role.", "#roles-0"),
        ({"roles": ["root"]}, "not a valid choice", "#roles-0"),
    ],
)
def test_what_cannot_be_used_is_said_and_kept(
    grace: FlaskClient, installation: Installation, changed: dict[str, object], message: str, target: str
) -> None:
    answer = press(grace, "/people/invite", **{**NORA, **changed})
    assert answer.status_code == 400
    assert message in answer.text
    assert f'href="{target}"' in answer.text
    assert "<title>Error: " in answer.text
    check_page(answer.text)
    assert len(rows(installation.database, "user_account")) == 3


def test_who_is_invited_already_is_invited_again_from_their_page(
    grace: FlaskClient, installation: Installation, staff: Staff
) -> None:
    first = invite_nora(installation, staff)
    assert "nora@example.org is invited already" in press(grace, "/people/invite", **NORA).text
    page = f"/people/{first.user_id}"
    check_page(grace.get(page).text)
    answer = press(grace, page, f"{page}/invite-again")
    link = re.search(r"/join/([\w-]{43})", answer.text)
    assert link
    assert link[1] != first.token
    assert len(rows(installation.database, "staff_invitation")) == 1
    assert len(rows(installation.database, "message")) == 1, "the mail that waits carries the new link"


def test_an_invitation_is_taken_back_and_nothing_is_left(
    grace: FlaskClient, installation: Installation, staff: Staff
) -> None:
    link = invite_nora(installation, staff)
    page = f"/people/{link.user_id}"
    assert "deletes what is kept of this person" in grace.get(page).text
    answer = press(grace, page, f"{page}/take-back")
    assert answer.location == "/people?done=deleted"
    assert "what was kept of that person is deleted" in grace.get(answer.location).text
    stored = [
        rows(installation.database, name) for name in ("user_account", "user_role", "message", "staff_invitation")
    ]
    assert link.user_id not in str(stored)
    assert grace.get(page).status_code == 404


def test_whom_an_opening_names_stays_there_by_name(
    grace: FlaskClient, installation: Installation, staff: Staff
) -> None:
    link = invite_nora(installation, staff)
    assign_member(installation.database, open_job(installation), "nora@example.org")
    page = f"/people/{link.user_id}"
    assert "since an opening names this person" in grace.get(page).text
    answer = press(grace, page, f"{page}/take-back")
    shown_page = grace.get(answer.location).text
    assert "The account stays, without a way in" in shown_page
    assert "Take the invitation back" not in shown_page
    check_page(shown_page)
    again = press(grace, page, f"{page}/invite-again").text
    assert "/join/" in again


def test_who_has_come_is_neither_invited_again_nor_taken_back(
    grace: FlaskClient, installation: Installation, staff: Staff
) -> None:
    link = invite_nora(installation, staff)
    invitation = open_join_link(installation.database, link.token, installation.clock())
    join(installation.database, invitation, Chosen("Nora", CHOSEN), installation.clock())
    page = f"/people/{link.user_id}"
    text = grace.get(page).text
    assert "Invitation" not in text
    for action in ("invite-again", "take-back"):
        answer = press(grace, page, f"{page}/{action}")
        assert answer.status_code == 409
        assert "Nora has come already" in answer.text
    assert user_id_of(installation, "nora@example.org") == link.user_id
