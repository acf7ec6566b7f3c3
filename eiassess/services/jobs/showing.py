"""An opening's background work as its recruiters see it, and what they do about work that was given up."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, update
from sqlmodel import Session, col, func, select

from eiassess.domain.job_states import JobState
from eiassess.errors import NotFoundError
from eiassess.persistence.engine import Database, wake_when_committed
from eiassess.persistence.tables import JobRecord
from eiassess.services.outbox.members import require_member

JOBS_A_PAGE = 50
SHOWN_FIRST = (JobState.FAILED, JobState.RUNNING, JobState.WAITING, JobState.DONE)
"""Where somebody has to do something comes first."""


@dataclass(frozen=True)
class JobLine:
    """One piece of work in a list; ``words`` say what came of it, or why it failed the last time."""

    id: str
    kind: str
    state: JobState
    tries: int
    done: int
    total: int
    words: str
    due_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True)
class Work:
    """A page of an opening's background work, and how much stands where in all."""

    opening_title: str
    lines: tuple[JobLine, ...]
    counts: dict[JobState, int]


def list_jobs(database: Database, user_id: str, opening_id: str, page: int = 1) -> Work:
    """List an opening's background work: what was given up, runs, waits and is done, the newest of each first.

    Raises
    ------
    NotFoundError
        There is no such opening among theirs.
    """
    record = JobRecord
    place = case({state.value: number for number, state in enumerate(SHOWN_FIRST)}, value=col(record.state))
    query = (
        select(record)
        .where(record.opening_id == opening_id)
        .order_by(place, col(record.due_at).desc(), col(record.id))
        .limit(JOBS_A_PAGE)
        .offset((page - 1) * JOBS_A_PAGE)
    )
    with database.reading() as db:
        title = require_member(db, opening_id, user_id).title
        return Work(title, tuple(_line(job) for job in db.exec(query)), _counts(db, opening_id))


def count_given_up(db: Session, opening_id: str) -> int:
    """Count the pieces of an opening's background work that wait for a person."""
    return _counts(db, opening_id).get(JobState.FAILED, 0)


def retry_job(database: Database, user_id: str, opening_id: str, job_id: str, now: datetime) -> bool:
    """Have work that was given up tried again, from the beginning of its pauses; return whether it was.

    Whoever asks a second time changes nothing: it waits, runs or is done by then.

    Raises
    ------
    NotFoundError
        There is no such opening among theirs, or no such work in it.
    """
    again = (
        update(JobRecord)
        .where(col(JobRecord.id) == job_id, col(JobRecord.state) == JobState.FAILED)
        .values(state=JobState.WAITING.value, tries=0, due_at=now, finished_at=None)
        .returning(col(JobRecord.id))
    )
    with database.writing() as db:
        require_member(db, opening_id, user_id)
        if db.exec(select(JobRecord.id).where(JobRecord.id == job_id, JobRecord.opening_id == opening_id)).first():
            is_again = db.connection().execute(again).first() is not None
            wake_when_committed(db)
            return is_again
    message = "There is no such work"
    raise NotFoundError(message)


def _counts(db: Session, opening_id: str) -> dict[JobState, int]:
    record = JobRecord
    counted = select(record.state, func.count()).where(record.opening_id == opening_id).group_by(record.state)
    return {JobState(state): n for state, n in db.exec(counted)}


def _line(job: JobRecord) -> JobLine:
    state = JobState(job.state)
    return JobLine(job.id, job.kind, state, job.tries, job.done, job.total, job.words, job.due_at, job.finished_at)
