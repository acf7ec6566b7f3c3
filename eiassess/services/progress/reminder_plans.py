"""Reminders planned for an opening: a job row each, worked off once, after looking again who has not handed in.

Whoever has a later end of their own is reminded as many days before that end: once an opening's reminder is worked off,
one for each such end is planned, and from then on whenever such an end is given.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from eiassess.domain.audit.actions import Action
from eiassess.domain.audit.entries import ObjectKind, Target
from eiassess.domain.job_states import JobState
from eiassess.domain.mail_kinds import REMINDER
from eiassess.errors import InvalidInputError, NotFoundError, RefusedError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import AssessmentSessionRecord, JobRecord, OpeningRecord
from eiassess.services.auditing.acting import note
from eiassess.services.hiring.ends import times_of_all, who_is_expected
from eiassess.services.hiring.mail_orders import orders_for
from eiassess.services.hiring.openings import require_member
from eiassess.services.hiring.own_reminders import REMIND_JOB, plan_for_own_ends
from eiassess.services.hiring.reached import who_was_not_reached
from eiassess.services.jobs.queueing import queue_job
from eiassess.services.jobs.working import JobClaim, tell_progress
from eiassess.services.outbox.queueing import queue_mails

DAYS = range(1, 31)


@dataclass(frozen=True)
class PlannedReminder:
    """A reminder that is planned or was worked off; ``words`` say what became of it."""

    id: str
    due_at: datetime
    state: JobState
    words: str
    holds: bool
    """Whether the deadline is still the one that it was planned for."""
    own_end: datetime | None = None
    """The end of those whom it is for, if that is one of their own."""


def plan_reminder(database: Database, user_id: str, opening_id: str, days: int, now: datetime) -> None:
    """Plan a reminder some days before an opening's deadline; planning the same again changes nothing.

    Raises
    ------
    InvalidInputError
        That is no number of days, or so many days before the deadline have passed.
    NotFoundError
        There is no such opening for this person.
    RefusedError
        The opening has no deadline.
    """
    with database.writing() as db:
        add_reminder(db, require_member(db, opening_id, user_id), days, now)


def add_reminder(db: Session, opening: OpeningRecord, days: int, now: datetime) -> None:
    """Plan a reminder within the caller's transaction.

    Raises
    ------
    InvalidInputError
        That is no number of days, or so many days before the deadline have passed.
    RefusedError
        The opening has no deadline.
    """
    if opening.deadline_at is None:
        message = "A reminder is planned before a deadline; give the opening one first"
        raise RefusedError(message)
    due_at = opening.deadline_at - timedelta(days=days)
    if days not in DAYS or due_at <= now:
        message = f"Give {DAYS[0]} to {DAYS[-1]} days, so that the day of the reminder lies ahead"
        raise InvalidInputError(message, "days")
    planned_for = {"opening": opening.id, "planned_for": opening.deadline_at.isoformat()}
    if not any(each.due_at == due_at and json.loads(each.given) == planned_for for each in _waiting(db, opening.id)):
        queue_job(db, REMIND_JOB, now, values=planned_for, opening_id=opening.id, due_at=due_at)


def list_reminders(database: Database, user_id: str, opening_id: str) -> tuple[PlannedReminder, ...]:
    """List an opening's planned reminders, the next to come first.

    Raises
    ------
    NotFoundError
        There is no such opening for this person.
    """
    with database.reading() as db:
        opening = require_member(db, opening_id, user_id)
        query = select(JobRecord).where(JobRecord.opening_id == opening_id, JobRecord.kind == REMIND_JOB)
        return tuple(
            _planned(opening, job, json.loads(job.given))
            for job in db.exec(query.order_by(col(JobRecord.due_at), col(JobRecord.id)))
        )


def list_reminded(database: Database, user_id: str, opening_id: str, now: datetime) -> tuple[str, ...]:
    """Name whom a reminder before the opening's deadline, or before their own later end, would go to as things stand.

    Not to those whose invitation was not delivered.

    Raises
    ------
    NotFoundError
        There is no such opening for this person.
    """
    with database.reading() as db:
        opening = require_member(db, opening_id, user_id)
        return tuple(order.name for order in orders_for(db, opening.id, _expected(db, opening, now)))


def count_unreached(database: Database, user_id: str, opening_id: str, now: datetime) -> int:
    """Count those who could still hand in and get no reminder, since their invitation was not delivered.

    Raises
    ------
    NotFoundError
        There is no such opening for this person.
    """
    with database.reading() as db:
        opening = require_member(db, opening_id, user_id)
        return len(who_was_not_reached(db, who_is_expected(db, _sessions(db, opening), now)))


def cancel_reminder(database: Database, user_id: str, opening_id: str, reminder_id: str) -> None:
    """Take back a reminder that was not worked off yet.

    Raises
    ------
    NotFoundError
        There is no such opening for this person, or no such reminder that waits.
    """
    with database.writing() as db:
        require_member(db, opening_id, user_id)
        found = [job for job in _waiting(db, opening_id) if job.id == reminder_id]
        if not found:
            message = "There is no such reminder that waits"
            raise NotFoundError(message)
        db.delete(found[0])


def work_off_reminder(database: Database, claim: JobClaim, now: datetime) -> str:
    """Queue the mails of a planned reminder, once, to those who have not handed in by now; say to how many.

    Raises
    ------
    LostLeaseError
        Another worker has the job.
    """
    with database.writing() as db:
        job = db.get_one(JobRecord, claim.id)
        opening = db.get_one(OpeningRecord, claim.values["opening"])
        if job.total:  # the mails were queued, and the program ended before it could say so
            return _told(job.done)
        if not _holds(opening, claim.values):
            return "Not sent: the deadline was moved after this was planned"
        expected, own_end = _expected(db, opening, now), _own_end(claim.values)
        end = own_end or datetime.fromisoformat(claim.values["planned_for"])
        if own_end is None:
            later = sorted({each for each in expected.values() if each > end})
            plan_for_own_ends(db, claim.values, later, end - job.due_at, now)
        those = [each for each, ends_at in expected.items() if ends_at == end]
        orders = [replace(order, planned_for=end) for order in orders_for(db, opening.id, those)]
        tell_progress(db, claim, len(orders), len(orders), now)
        queue_mails(db, REMINDER, orders, now)
        note(db, Target(ObjectKind.OPENING, opening.id, len(orders)), Action.REMIND)
        return _told(len(orders))


def _planned(opening: OpeningRecord, job: JobRecord, given: Mapping[str, str]) -> PlannedReminder:
    return PlannedReminder(job.id, job.due_at, JobState(job.state), job.words, _holds(opening, given), _own_end(given))


def _own_end(given: Mapping[str, str]) -> datetime | None:
    return datetime.fromisoformat(given["own_end"]) if "own_end" in given else None


def _told(n: int) -> str:
    return f"Sent to {'1 person' if n == 1 else f'{n} people'}"


def _holds(opening: OpeningRecord, given: Mapping[str, str]) -> bool:
    return opening.deadline_at == datetime.fromisoformat(given["planned_for"])


def _waiting(db: Session, opening_id: str) -> list[JobRecord]:
    query = select(JobRecord).where(
        JobRecord.opening_id == opening_id, JobRecord.kind == REMIND_JOB, JobRecord.state == JobState.WAITING
    )
    return list(db.exec(query.with_for_update()))


def _expected(db: Session, opening: OpeningRecord, now: datetime) -> dict[str, datetime]:
    """Return who can still hand in and was reached, with the end that others may know; nobody without a deadline."""
    if opening.deadline_at is None:
        return {}
    sessions = _sessions(db, opening)
    times, expected = times_of_all(db, sessions), who_is_expected(db, sessions, now)
    return {each: times[each].deadline for each in expected - who_was_not_reached(db, expected)}


def _sessions(db: Session, opening: OpeningRecord) -> Sequence[AssessmentSessionRecord]:
    return db.exec(select(AssessmentSessionRecord).where(AssessmentSessionRecord.opening_id == opening.id)).all()
