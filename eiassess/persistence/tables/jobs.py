"""Background work: what is to be done, by whom it is being done, and how far it is."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, Text
from sqlmodel import Field, SQLModel

from eiassess.domain.job_states import JobState
from eiassess.persistence.columns import UtcDateTime


class JobRecord(SQLModel, table=True):
    """One piece of work, written in the transaction of what it is about.

    Whoever does it has a lease until ``lease_until``, and with each lease ``fence`` grows: who holds an older one
    changes nothing any more. ``key`` is unique among all jobs that have one, so that the same work is asked for once.
    """

    __tablename__ = "job"
    __table_args__ = (
        CheckConstraint(f"state IN ({', '.join(repr(state.value) for state in JobState)})", name="ck_job_state"),
        CheckConstraint("done >= 0 AND total >= 0", name="ck_job_progress"),
        Index("ix_job_state_due_at", "state", "due_at"),
    )

    id: str = Field(primary_key=True, max_length=32)
    kind: str = Field(max_length=40)
    key: str | None = Field(default=None, unique=True, max_length=100)
    opening_id: str | None = Field(default=None, foreign_key="opening.id", index=True, max_length=32)
    given: str = Field(default="{}", sa_type=Text)
    state: str = Field(default=JobState.WAITING.value, max_length=16)
    tries: int = 0
    fence: int = 0
    done: int = 0
    total: int = 0
    words: str = Field(default="", sa_type=Text)
    created_at: datetime = Field(sa_type=UtcDateTime)
    due_at: datetime = Field(sa_type=UtcDateTime)
    lease_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
