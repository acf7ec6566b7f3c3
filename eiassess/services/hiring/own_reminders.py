"""Reminders before later ends that some have of their own: as many days before as the opening's reminder was."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from sqlmodel import Session, col, select

from eiassess.domain.job_states import JobState
from eiassess.persistence.tables import JobRecord, OpeningRecord
from eiassess.services.jobs.queueing import queue_job

REMIND_JOB = "planned_reminder"


def plan_for_own_ends(
    db: Session, given: Mapping[str, str], ends: Sequence[datetime], before: timedelta, now: datetime
) -> None:
    """Plan as long before each later end that people have of their own; once for each, whoever asks again.

    One that was planned for another deadline is not sent any more, so it does not stand in the way of a new one.

    Parameters
    ----------
    given
        What the opening's own reminder was given.
    """
    for end in ends:
        due, values = end - before, {**given, "own_end": end.isoformat()}
        queue_job(db, REMIND_JOB, now, values=values, opening_id=given["opening"], key=_key(values, due), due_at=due)


def plan_for_new_ends(db: Session, opening: OpeningRecord, ends: Sequence[datetime], now: datetime) -> None:
    """Plan before ends that were just given, for each of the opening's reminders that was worked off already.

    Those that wait look for such ends themselves. No reminder is planned whose day has passed.
    """
    if opening.deadline_at is None:
        return
    job, deadline = JobRecord, opening.deadline_at
    begun = (
        job.opening_id == opening.id,
        job.kind == REMIND_JOB,
        col(job.state).in_([JobState.DONE, JobState.RUNNING]),
    )
    for each in db.exec(select(job).where(*begun)).all():
        given = json.loads(each.given)
        if "own_end" not in given and given["planned_for"] == deadline.isoformat():
            before = deadline - each.due_at
            plan_for_own_ends(db, given, [end for end in ends if end > deadline and end - before > now], before, now)


def _key(values: Mapping[str, str], due: datetime) -> str:
    """Name what is planned, deadline and all; as a digest, since a job's key is short."""
    named = json.dumps([*sorted(values.items()), due.isoformat()])
    return f"{REMIND_JOB} {sha256(named.encode()).hexdigest()}"
