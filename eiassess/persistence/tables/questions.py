"""What candidates ask the people who recruit."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Text
from sqlmodel import Field, SQLModel

from eiassess.persistence.columns import UtcDateTime


class CandidateQuestionRecord(SQLModel, table=True):
    """A question that a person answers: to explain a result, to correct something, to give out what staff wrote."""

    __tablename__ = "candidate_question"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('explain', 'correct', 'staff notes', 'something else')", name="ck_candidate_question_kind"
        ),
    )

    id: str = Field(primary_key=True, max_length=32)
    session_id: str = Field(foreign_key="assessment_session.id", index=True, max_length=32)
    kind: str = Field(max_length=20)
    words: str = Field(sa_type=Text)
    asked_at: datetime = Field(sa_type=UtcDateTime)
    answer: str | None = Field(default=None, sa_type=Text)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answered_by: str | None = Field(default=None, foreign_key="user_account.id", max_length=32)
