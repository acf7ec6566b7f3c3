"""Work under a lease: claimed, its progress told, and ended; what a worker that died had is put back.

With each lease the fence grows. Whoever holds an older one is told so and changes nothing any more.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from eiassess.domain.job_states import JobState
from eiassess.errors import EIAssessError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import JobRecord

LEASE = timedelta(minutes=5)
"""Grows by as much with each progress that is told."""
PAUSES = tuple(timedelta(minutes=each) for each in (1, 5, 30, 240))
"""After the first failure, the second, and so on; one more, and a person has to look."""
_DIED = "The program ended in the middle of it"


class LostLeaseError(EIAssessError):
    """Another worker has the job meanwhile: stop, and change nothing."""


@dataclass(frozen=True)
class JobClaim:
    """A job that is ours until the lease ends."""

    id: str
    kind: str
    fence: int
    values: Mapping[str, str] = field(default_factory=dict)


def claim_job(database: Database, now: datetime) -> JobClaim | None:
    """Take the job that is due longest; no other worker gets it until the lease ends."""
    record = JobRecord
    query = (
        select(record)
        .where(record.state == JobState.WAITING, record.due_at <= now)
        .order_by(col(record.due_at), col(record.created_at), col(record.id))
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    with database.writing() as db:
        job = db.exec(query).first()
        if job is None:
            return None
        job.state, job.lease_until = JobState.RUNNING.value, now + LEASE
        job.fence, job.tries = job.fence + 1, job.tries + 1
        return JobClaim(job.id, job.kind, job.fence, json.loads(job.given))


def tell_progress(db: Session, claim: JobClaim, done: int, total: int, now: datetime) -> None:
    """Note how far a job is and hold it longer, within the transaction of the step that was done.

    Raises
    ------
    LostLeaseError
        It is not ours any more: the step must not be committed.
    """
    job = _require_held(db, claim)
    job.done, job.total, job.lease_until = done, total, now + LEASE


def finish_job(database: Database, claim: JobClaim, words: str, now: datetime) -> None:
    """Note that a job is done.

    Raises
    ------
    LostLeaseError
        It is not ours any more.
    """
    with database.writing() as db:
        job = _require_held(db, claim)
        job.state, job.words, job.finished_at, job.lease_until = JobState.DONE.value, words, now, None


def fail_job(database: Database, claim: JobClaim, words: str, now: datetime) -> None:
    """Have a job tried again after a pause, longer each time; at last it has failed, and a person has to look.

    Raises
    ------
    LostLeaseError
        It is not ours any more.
    """
    with database.writing() as db:
        _put_back(_require_held(db, claim), words, now)


def sweep_jobs(database: Database, now: datetime) -> int:
    """Put back what workers that died had; return how many. A job that kills its worker ends as failed too."""
    record = JobRecord
    query = select(record).where(record.state == JobState.RUNNING, col(record.lease_until) <= now).with_for_update()
    with database.writing() as db:
        found = db.exec(query).all()
        for job in found:
            _put_back(job, _DIED, now)
        return len(found)


def _require_held(db: Session, claim: JobClaim) -> JobRecord:
    job = db.get(JobRecord, claim.id, with_for_update=True)
    if job is None or job.fence != claim.fence or job.state != JobState.RUNNING:
        message = f"Job {claim.id} is not ours any more"
        raise LostLeaseError(message)
    return job


def _put_back(job: JobRecord, words: str, now: datetime) -> None:
    job.words, job.lease_until = words, None
    if job.tries > len(PAUSES):
        job.state, job.finished_at = JobState.FAILED.value, now
    else:
        job.state, job.due_at = JobState.WAITING.value, now + PAUSES[job.tries - 1]
