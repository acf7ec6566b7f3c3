"""/people: the list, its search and filters."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import select

from eiassess.domain.mail_states import MailState
from eiassess.domain.roles import Role
from eiassess.persistence.tables import MessageRecord
from eiassess.services.hiring.openings import assign_member
from eiassess.services.people.administering import deactivate
from eiassess.services.people.inviting_staff import take_invitation_back
from eiassess.web.shell.context import Installation
from tests.web.pages import check_page
from tests.web.people import Clock, hire_staff, open_job, sign_in
from tests.web.staff_people import Staff, invite_nora


def names(page: str) -> list[str]:
    return re.findall(r'<a href="/people/[0-9a-f]+">(?:<bdi>)?([^<]+)', page)


def test_the_list_says_who_is_there(grace: FlaskClient, installation: Installation, staff: Staff) -> None:
    invite_nora(installation, staff, "<b>Nora</b> & Söhne")
    page = grace.get("/people").text
    assert "3 can sign in, 1 was invited and has not come." in page
    assert "&lt;b&gt;Nora" in page
    assert "nora@example.org" in page
    assert "Recruiter, Analyst" in page
    assert "Invited, not come yet" in page
    check_page(page)


def test_last_sign_ins_are_seen(grace: FlaskClient, app: Flask, clock: Clock, staff: Staff) -> None:
    page = grace.get("/people").text
    assert page.count("23 Nov 2026") == 1
    assert page.count("never") == 2
    clock.move(minutes=5)
    sign_in(app.test_client(), "alice")
    assert "Mon 23 Nov 2026, 14:07 UTC" in grace.get(f"/people/{staff.alice.id}").text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=ALI", ["Alice"]),
        ("q=dana%40example", ["Dana"]),
        ("role=administrator", ["Grace"]),
        ("show=invited", ["Nora Lind"]),
        ("show=inactive", ["Dana"]),
        ("show=active", ["Alice", "Grace"]),
        ("show=active&role=recruiter", ["Alice"]),
        ("show=nonsense&role=nonsense&page=-3", ["Alice", "Dana", "Grace", "Nora Lind"]),
        ("q=lind+nora", ["Nora Lind"]),
    ],
)
def test_the_list_is_narrowed_by_its_address(
    grace: FlaskClient, installation: Installation, staff: Staff, asked: str, found: list[str]
) -> None:
    invite_nora(installation, staff)
    deactivate(installation.database, staff.dana.id)
    page = grace.get(f"/people?{asked}").text
    assert [each.strip("\u2068\u2069") for each in names(page)] == found
    assert "1 is deactivated" in page
    check_page(page)


def test_where_nobody_is_found_the_way_back_is_shown(grace: FlaskClient) -> None:
    page = grace.get("/people?q=xyz").text
    assert "Nobody is like that" in page
    check_page(page)


def test_long_lists_have_pages(grace: FlaskClient, installation: Installation) -> None:
    for number in range(48):
        hire_staff(installation, f"person{number:02}", Role.RECRUITER)
    first, second = grace.get("/people?role=recruiter").text, grace.get("/people?page=2").text
    assert (len(names(first)), len(names(second))) == (49, 1)
    assert "51 to 51 of 51" in second
    assert 'rel="prev"' in second
    following = grace.get("/people").text
    assert 'href="/people?page=2" rel="next"' in following
    check_page(second)


def test_a_mail_that_did_not_arrive_is_seen(grace: FlaskClient, installation: Installation, staff: Staff) -> None:
    link = invite_nora(installation, staff)
    with installation.database.writing() as db:
        mail = db.exec(select(MessageRecord)).one()
        mail.state, mail.words = MailState.REFUSED.value, "550 no such mailbox"
    assert "Invited, mail not delivered" in grace.get("/people").text
    page = grace.get(f"/people/{link.user_id}").text
    assert "550 no such mailbox" in page
    check_page(page)


def test_states_of_invitations_are_told_apart(
    grace: FlaskClient, clock: Clock, installation: Installation, staff: Staff
) -> None:
    link = invite_nora(installation, staff)
    assign_member(installation.database, open_job(installation), "nora@example.org", ())
    clock.move(days=8)
    sign_in(grace, "grace")
    assert "Invited, link has ended" in grace.get("/people").text
    assert "The link ended Mon 30 Nov 2026" in grace.get(f"/people/{link.user_id}").text
    take_invitation_back(installation.database, link.user_id)
    page = grace.get("/people").text
    assert "Invitation taken back" in page
    assert "Nora Lind" in page, "an opening names her"


def test_an_administrator_sees_no_results(grace: FlaskClient, installation: Installation) -> None:
    opening = open_job(installation)
    for path in (f"/openings/{opening}", f"/openings/{opening}/progress", "/hiring", "/analysis"):
        assert grace.get(path).status_code == 404


def test_whoever_does_not_administer_is_not_shown_the_way(alice: FlaskClient, staff: Staff) -> None:
    assert 'href="/people"' not in alice.get("/openings").text
    for path in ("/people", "/people/invite", f"/people/{staff.grace.id}"):
        assert alice.get(path).status_code == 404
