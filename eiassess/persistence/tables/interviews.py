"""Interviews with candidates: who interviews, what each rated, and who read others' ratings."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from eiassess.persistence.columns import UtcDateTime


class InterviewRecord(SQLModel, table=True):
    """An interview with a candidate, the first, the second and so on; ``day`` is empty until it is fixed."""

    __tablename__ = "interview"
    __table_args__ = (UniqueConstraint("session_id", "number", name="uq_interview_number"),)

    id: str = Field(primary_key=True, max_length=32)
    session_id: str = Field(foreign_key="assessment_session.id", max_length=32)
    number: int
    day: str = Field(default="", max_length=10)
    planned_by: str = Field(foreign_key="user_account.id", max_length=32)
    planned_at: datetime = Field(sa_type=UtcDateTime)
    called_off_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class InterviewerRecord(SQLModel, table=True):
    """Who is named to interview."""

    __tablename__ = "interviewer"

    interview_id: str = Field(primary_key=True, foreign_key="interview.id", max_length=32)
    user_id: str = Field(primary_key=True, foreign_key="user_account.id", max_length=32, index=True)
    session_id: str = Field(foreign_key="assessment_session.id", max_length=32, index=True)
    named_by: str = Field(foreign_key="user_account.id", max_length=32)
    named_at: datetime = Field(sa_type=UtcDateTime)


class InterviewRatingRecord(SQLModel, table=True):
    """What an interviewer gave for a competency; appended, never changed: the highest number is what stands.

    ``rating`` is empty where nothing was asked; ``blind`` says that its rater had read no other's ratings.
    """

    __tablename__ = "interview_rating"
    __table_args__ = (
        UniqueConstraint("interview_id", "rater_id", "competency", "number", name="uq_interview_rating_number"),
        CheckConstraint("rating BETWEEN 1 AND 5", name="ck_interview_rating_rating"),
    )

    id: str = Field(primary_key=True, max_length=32)
    interview_id: str = Field(foreign_key="interview.id", max_length=32)
    session_id: str = Field(foreign_key="assessment_session.id", max_length=32, index=True)
    rater_id: str = Field(foreign_key="user_account.id", max_length=32)
    competency: str = Field(max_length=80)
    number: int
    rating: int | None = None
    note: str = Field(sa_type=Text)
    blind: bool
    rated_at: datetime = Field(sa_type=UtcDateTime)


class RatingsReadRecord(SQLModel, table=True):
    """When somebody first read others' ratings of a candidate; what they rate from then on is not blind."""

    __tablename__ = "ratings_read"

    session_id: str = Field(primary_key=True, foreign_key="assessment_session.id", max_length=32)
    user_id: str = Field(primary_key=True, foreign_key="user_account.id", max_length=32)
    read_at: datetime = Field(sa_type=UtcDateTime)
