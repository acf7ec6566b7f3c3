"""People of the study: scores and ratings of work without a name; the link to a sitting goes with the sitting."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Text
from sqlmodel import Field, SQLModel

from eiassess.persistence.columns import UtcDateTime


class StudyPersonRecord(SQLModel, table=True):
    """Somebody who was hired, under a pseudonym: what their scores were made from, the scores with their errors."""

    __tablename__ = "study_person"

    id: str = Field(primary_key=True, max_length=32)
    simulated: bool
    form_digest: str = Field(foreign_key="pinned_content.digest", max_length=64, index=True)
    key_digest: str = Field(foreign_key="pinned_key.digest", max_length=64)
    engine: str = Field(max_length=80)
    overall: float
    scores: str = Field(sa_type=Text)
    keep_until: datetime = Field(sa_type=UtcDateTime)


class StudyLinkRecord(SQLModel, table=True):
    """Whose row of the study it is, as long as the sitting is kept."""

    __tablename__ = "study_link"

    session_id: str = Field(primary_key=True, foreign_key="assessment_session.id", max_length=32)
    person_id: str = Field(foreign_key="study_person.id", unique=True, max_length=32)
    asked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When somebody was asked how they work; they are asked once."""


class WorkRatingRecord(SQLModel, table=True):
    """What was said of somebody's work: one question, one point."""

    __tablename__ = "work_rating"
    __table_args__ = (CheckConstraint("rating BETWEEN 1 AND 5", name="ck_work_rating"),)

    person_id: str = Field(primary_key=True, foreign_key="study_person.id", max_length=32)
    question: str = Field(primary_key=True, max_length=40)
    rating: int
