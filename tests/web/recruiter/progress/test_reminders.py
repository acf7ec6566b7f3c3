"""Planning a reminder in the browser."""

import re

from flask.testing import FlaskClient
from sqlmodel import select

from eiassess.domain.job_states import JobState
from eiassess.domain.mail_kinds import INVITATION
from eiassess.domain.mail_states import MailState
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    CandidateRecord,
    JobRecord,
    MessageRecord,
    OpeningRecord,
)
from eiassess.services.hiring.own_reminders import REMIND_JOB
from eiassess.services.jobs.queueing import queue_job
from eiassess.services.outbox.queueing import MailOrder, queue_mail
from eiassess.web.shell.context import Installation
from tests.web.pages import check_page
from tests.web.people import Clock, press, sign_in
from tests.web.staff import Office


def test_a_reminder_is_planned_with_names_and_taken_back(client: FlaskClient, office: Office, clock: Clock) -> None:
    sign_in(client, "alice")
    opening = f"/openings/{office.opening}"
    address = f"{opening}/reminders"
    without = client.get(address).text
    assert "There is no deadline" in without
    check_page(without)
    assert press(client, opening, address, days="3").status_code == 409
    fields = {"title": "Adviser", "keep_days": "180", "time_zone": "Europe/Berlin"}
    day = f"{clock.time:%Y}-12-24"
    assert press(client, f"{opening}/settings", **fields, deadline_day=day, deadline_time="17:00").status_code == 303
    page = client.get(address).text
    check_page(page)
    assert "it would go to 2 people:" in page
    for name in ("Ilka Half", "Xanthe Invited"):
        assert f"<li>{name}</li>" in page
    for days in ("", "three", "31", "-1"):
        wrong = press(client, address, days=days)
        assert wrong.status_code == 400
        assert f'value="{days}"' in wrong.text
        check_page(wrong.text)
    assert press(client, address, days="3").status_code == 303
    planned = client.get(address).text
    assert "<b>Monday 21 December 2026, 17:00 (Europe/Berlin, UTC+01:00)</b>: planned" in planned
    check_page(planned)
    later = {"deadline_day": day.replace("24", "30"), "deadline_time": "17:00"}
    press(client, f"{opening}/settings", **fields, **later)
    assert "the deadline was moved: plan it anew" in client.get(address).text
    press(client, opening, "/blind", hide="yes")
    assert "Ilka Half" not in client.get(address).text
    drop = re.search(r'action="([^"]+/cancel)"', planned)
    assert drop
    assert press(client, address, drop[1]).status_code == 303
    assert "/cancel" not in client.get(address).text


def test_a_reminder_that_failed_for_good_is_told_without_the_error(
    client: FlaskClient, office: Office, installation: Installation, clock: Clock
) -> None:
    sign_in(client, "alice")
    opening = f"/openings/{office.opening}"
    deadline = {"deadline_day": f"{clock.time:%Y}-12-24", "deadline_time": "17:00", "time_zone": "Europe/Berlin"}
    press(client, f"{opening}/settings", title="Adviser", keep_days="180", **deadline)
    press(client, f"{opening}/reminders", days="3")
    with installation.database.writing() as db:
        job = db.exec(select(JobRecord).where(JobRecord.kind == REMIND_JOB)).one()
        job.state, job.words = JobState.FAILED, "OperationalError; the log says more"
        db.add(job)
    page = client.get(f"{opening}/reminders").text
    check_page(page)
    assert "OperationalError" not in page
    assert "was not sent, since this program failed at it several times: try it again on Background work" in page
    assert "Who was given a later end is reminded as many days before that end." in page


def test_a_reminder_of_people_with_a_later_end_names_that_end(
    client: FlaskClient, office: Office, installation: Installation, clock: Clock
) -> None:
    sign_in(client, "alice")
    values = {"opening": office.opening, "planned_for": clock.time.isoformat(), "own_end": "2026-12-30T16:00:00+00:00"}
    with installation.database.writing() as db:
        opening = db.get_one(OpeningRecord, office.opening)
        opening.deadline_at, opening.time_zone = clock.time, "Europe/Berlin"
        queue_job(db, REMIND_JOB, clock.time, values=values, opening_id=office.opening)
    page = client.get(f"/openings/{office.opening}/reminders").text
    assert "planned, for who has until Wednesday 30 December 2026, 17:00 (Europe/Berlin, UTC+01:00)" in page


def test_the_page_says_how_many_get_none_since_their_invitation_was_not_delivered(
    client: FlaskClient, office: Office, installation: Installation, clock: Clock
) -> None:
    sign_in(client, "alice")
    opening = f"/openings/{office.opening}"
    deadline = {"deadline_day": f"{clock.time:%Y}-12-24", "deadline_time": "17:00", "time_zone": "Europe/Berlin"}
    press(client, f"{opening}/settings", title="Adviser", keep_days="180", **deadline)
    assert "not delivered" not in client.get(f"{opening}/reminders").text
    clock.move(minutes=1)
    with installation.database.writing() as db:
        person = db.exec(select(CandidateRecord).where(CandidateRecord.name == "Xanthe Invited")).one()
        session = db.exec(
            select(AssessmentSessionRecord).where(AssessmentSessionRecord.candidate_id == person.id)
        ).one()
        to = MailOrder(person.name, person.email, opening_id=office.opening, session_id=session.id)
        db.get_one(MessageRecord, queue_mail(db, INVITATION, to, clock.time)).state = MailState.BOUNCED
    page = client.get(f"{opening}/reminders").text
    check_page(page)
    assert "it would go to 1 person:" in page
    assert "1 person gets none, since their invitation was not delivered: send a new link from" in page
    assert "<li>Xanthe Invited</li>" not in page
    assert "Xanthe Invited" in client.get(f"{opening}/progress?stage=not_delivered").text
