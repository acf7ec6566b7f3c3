"""Newest scores once more, in columns that lists are sorted and filtered by; the stored scores remain the truth."""

from sqlalchemy import Index
from sqlmodel import Field, SQLModel


class ScoreBasisRecord(SQLModel, table=True):
    """What scores were made from, under one short name: scores compare, or do not, basis by basis."""

    __tablename__ = "score_basis"

    id: str = Field(primary_key=True, max_length=16)
    form_digest: str = Field(max_length=64)
    key_digest: str = Field(max_length=64)
    engine: str = Field(max_length=80)


class ListedScoreRecord(SQLModel, table=True):
    """Somebody's newest overall score with its stored interval; empty where there is a score without an overall one.

    ``number`` is the candidate's in the opening; ``with_areas`` says whether the areas stand among the parts too.
    ``drawn_low`` and ``drawn_high`` are the drawn interval, ``not_compared`` why the score is drawn and compared with
    nobody's (empty where it is compared), and ``drawn_from`` the digest of the estimate of errors that says both; empty
    where nobody has asked it yet.
    """

    __tablename__ = "listed_score"
    __table_args__ = (
        Index("ix_listed_score_overall", "opening_id", "overall", "number", "basis", "not_compared"),
        Index("ix_listed_score_basis", "opening_id", "basis", "not_compared", "overall"),
        Index("ix_listed_score_number", "opening_id", "number", "overall", "basis", "flagged", "not_compared"),
    )

    session_id: str = Field(primary_key=True, foreign_key="assessment_session.id", max_length=32)
    opening_id: str = Field(foreign_key="opening.id", max_length=32)
    number: int
    basis: str = Field(foreign_key="score_basis.id", max_length=16)
    overall: float | None = None
    low: float | None = None
    high: float | None = None
    flagged: bool = False
    with_areas: bool = True
    drawn_low: float | None = None
    drawn_high: float | None = None
    not_compared: str | None = Field(default=None, max_length=20)
    drawn_from: str | None = Field(default=None, max_length=64)


class ListedPartRecord(SQLModel, table=True):
    """Somebody's newest score in a competency or an area, with its stored interval; ``not_compared`` as overall."""

    __tablename__ = "listed_part"
    __table_args__ = (
        Index("ix_listed_part_score", "opening_id", "part", "score", "number", "basis", "not_compared"),
        Index("ix_listed_part_number", "opening_id", "part", "number", "score", "basis", "not_compared"),
    )

    session_id: str = Field(primary_key=True, foreign_key="assessment_session.id", max_length=32)
    part: str = Field(primary_key=True, max_length=80)
    opening_id: str = Field(foreign_key="opening.id", max_length=32)
    number: int
    basis: str = Field(foreign_key="score_basis.id", max_length=16)
    score: float
    low: float | None = None
    high: float | None = None
    not_compared: str | None = Field(default=None, max_length=20)
