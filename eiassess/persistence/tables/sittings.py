"""Invitations, sessions and what candidates answered."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from eiassess.persistence.columns import UtcDateTime


class AssessmentSessionRecord(SQLModel, table=True):
    """One candidate's way through one form."""

    __tablename__ = "assessment_session"
    __table_args__ = (
        CheckConstraint("state IN ('invited', 'started', 'submitted')", name="ck_session_state"),
        CheckConstraint("handed_in_by IN ('candidate', 'server')", name="ck_session_handed_in_by"),
        CheckConstraint("withdrawn_by IN ('candidate', 'recruiter')", name="ck_session_withdrawn_by"),
        Index("ix_assessment_session_stage", "opening_id", "stage", "number"),
        Index("ix_assessment_session_number", "opening_id", "number"),
        Index("ix_assessment_session_state", "opening_id", "state", "number"),
        Index("ix_assessment_session_submitted", "opening_id", "submitted_at", "number"),
        Index("ix_assessment_session_released", "opening_id", "released_at", "number"),
    )

    id: str = Field(primary_key=True, max_length=32)
    candidate_id: str = Field(foreign_key="candidate.id", unique=True, max_length=32)
    opening_id: str = Field(foreign_key="opening.id", index=True, max_length=32)
    number: int
    """The candidate's number in the opening once more: so that lists are ordered without looking at candidates."""
    form_digest: str = Field(foreign_key="pinned_content.digest", max_length=64)
    key_digest: str = Field(foreign_key="pinned_key.digest", max_length=64)
    bank_digest: str = Field(foreign_key="pinned_content.digest", max_length=64)
    order_seed: str = Field(max_length=32)
    state: str = Field(max_length=12)
    notice_digest: str | None = Field(default=None, max_length=64)
    consented_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    practised_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    clock_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ends_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """The person's own deadline, if it was extended; times that only they may know stand in another table."""
    submitted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    handed_in_by: str | None = Field(default=None, max_length=12)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    withdrawn_by: str | None = Field(default=None, max_length=12)
    released_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    released_by: str | None = Field(default=None, foreign_key="user_account.id", max_length=32)
    stage: str = Field(default="to_review", max_length=32)
    """Where they stand for the people who decide, as the last move says; one of all openings' or the opening's own."""


class PracticeAnswerRecord(SQLModel, table=True):
    """What a candidate first gave to a practice scenario, for the feedback that they get; it is never scored."""

    __tablename__ = "practice_answer"

    session_id: str = Field(primary_key=True, foreign_key="assessment_session.id", max_length=32)
    scenario_id: str = Field(primary_key=True, max_length=80)
    ratings: str = Field(sa_type=Text)


class InvitationRecord(SQLModel, table=True):
    """A link to a session; the token itself is never stored."""

    __tablename__ = "invitation"

    id: str = Field(primary_key=True, max_length=32)
    session_id: str = Field(foreign_key="assessment_session.id", index=True, max_length=32)
    token_hash: str = Field(unique=True, max_length=64)
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ItemResponseRecord(SQLModel, table=True):
    """The ratings of one scenario; the revision only grows."""

    __tablename__ = "item_response"
    __table_args__ = (CheckConstraint("revision >= 0", name="ck_item_response_revision"),)

    session_id: str = Field(primary_key=True, foreign_key="assessment_session.id", max_length=32)
    scenario_id: str = Field(primary_key=True, max_length=80)
    ratings: str = Field(sa_type=Text)
    revision: int
    seconds: float
    saved_at: datetime = Field(sa_type=UtcDateTime)


class ScenarioShowingRecord(SQLModel, table=True):
    """When a scenario was first shown, and as which one of the sitting, counted from 1; never changed."""

    __tablename__ = "scenario_showing"
    __table_args__ = (
        CheckConstraint("position >= 1", name="ck_scenario_showing_position"),
        UniqueConstraint("session_id", "position", name="uq_scenario_showing_position"),
    )

    session_id: str = Field(primary_key=True, foreign_key="assessment_session.id", max_length=32)
    scenario_id: str = Field(primary_key=True, max_length=80)
    position: int
    first_shown_at: datetime = Field(sa_type=UtcDateTime)


class LateAnswerRecord(SQLModel, table=True):
    """How many answers to a scenario came after the end; what they were is not kept."""

    __tablename__ = "late_answer"

    session_id: str = Field(primary_key=True, foreign_key="assessment_session.id", max_length=32)
    scenario_id: str = Field(primary_key=True, max_length=80)
    answers: int
    arrived_at: datetime = Field(sa_type=UtcDateTime)


class FailedHandInRecord(SQLModel, table=True):
    """A sitting that the server could not hand in when its time was over; the row goes once it succeeds."""

    __tablename__ = "failed_hand_in"

    session_id: str = Field(primary_key=True, foreign_key="assessment_session.id", max_length=32)
    failed_at: datetime = Field(sa_type=UtcDateTime)


class OneUseCodeRecord(SQLModel, table=True):
    """A code that was mailed to a candidate before their data are given out or erased; the code is never stored."""

    __tablename__ = "one_use_code"

    id: str = Field(primary_key=True, max_length=32)
    session_id: str = Field(foreign_key="assessment_session.id", index=True, max_length=32)
    purpose: str = Field(max_length=12)
    code_hash: str = Field(max_length=64)
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    tries: int = 0
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
