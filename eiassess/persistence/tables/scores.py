"""Scores: appended, never changed."""

from datetime import datetime

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from eiassess.persistence.columns import UtcDateTime


class ScoreRecord(SQLModel, table=True):
    """A session's scores with all that they were made from; a trigger refuses changes.

    ``overall`` is the overall score once more, and ``flagged`` whether the answers are a reason to talk: so that a list
    can be sorted by them without reading what is in ``content``.
    """

    __tablename__ = "score"
    __table_args__ = (UniqueConstraint("session_id", "number", name="uq_score_session_number"),)

    id: str = Field(primary_key=True, max_length=32)
    session_id: str = Field(foreign_key="assessment_session.id", index=True, max_length=32)
    number: int
    form_digest: str = Field(max_length=64)
    key_digest: str = Field(max_length=64)
    responses_digest: str = Field(max_length=64)
    engine: str = Field(max_length=80)
    content: str = Field(sa_type=Text)
    content_digest: str = Field(max_length=64)
    overall: float | None = None
    flagged: bool = False
    scored_at: datetime = Field(sa_type=UtcDateTime)
