"""What candidates think of their sitting."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Text
from sqlmodel import Field, SQLModel

from eiassess.persistence.columns import UtcDateTime


class ExperienceRatingRecord(SQLModel, table=True):
    """How a candidate found the sitting, with a line if they wrote one."""

    __tablename__ = "experience_rating"
    __table_args__ = (CheckConstraint("rating BETWEEN 1 AND 5", name="ck_experience_rating"),)

    session_id: str = Field(primary_key=True, foreign_key="assessment_session.id", max_length=32)
    rating: int
    line: str = Field(default="", sa_type=Text)
    rated_at: datetime = Field(sa_type=UtcDateTime)


class ScenarioComplaintRecord(SQLModel, table=True):
    """A scenario that a candidate found unclear or unfair: work for whoever looks after the content."""

    __tablename__ = "scenario_complaint"

    session_id: str = Field(primary_key=True, foreign_key="assessment_session.id", max_length=32)
    scenario_id: str = Field(primary_key=True, max_length=80)
    line: str = Field(default="", sa_type=Text)
    complained_at: datetime = Field(sa_type=UtcDateTime)
