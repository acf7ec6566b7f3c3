"""What candidates asked to have different, and what they were given: for the contact for adjustments alone."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Text
from sqlmodel import Field, SQLModel

from eiassess.persistence.columns import UtcDateTime


class AdjustmentRequestRecord(SQLModel, table=True):
    """A candidate's request; they need not say why."""

    __tablename__ = "adjustment_request"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('more time', 'other format', 'call', 'something else')", name="ck_adjustment_request_kind"
        ),
    )

    id: str = Field(primary_key=True, max_length=32)
    session_id: str = Field(foreign_key="assessment_session.id", index=True, max_length=32)
    kind: str = Field(max_length=20)
    words: str = Field(sa_type=Text)
    asked_at: datetime = Field(sa_type=UtcDateTime)
    for_contact: bool = False
    """Whether it was asked or answered while a contact was named: nobody but a contact may then read it, ever."""
    answer: str | None = Field(default=None, sa_type=Text)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answered_by: str | None = Field(default=None, foreign_key="user_account.id", max_length=32)


class FormerContactRecord(SQLModel, table=True):
    """Until when somebody was an opening's contact for adjustments, and so could read what was asked."""

    __tablename__ = "former_contact"

    opening_id: str = Field(primary_key=True, foreign_key="opening.id", max_length=32)
    user_id: str = Field(primary_key=True, foreign_key="user_account.id", max_length=32)
    until: datetime = Field(sa_type=UtcDateTime)


class AdjustmentRecord(SQLModel, table=True):
    """The times that one person was given; they enter the end of their time and nothing that others see."""

    __tablename__ = "adjustment"
    __table_args__ = (CheckConstraint("factor >= 1", name="ck_adjustment_factor"),)

    session_id: str = Field(primary_key=True, foreign_key="assessment_session.id", max_length=32)
    factor: float = 1.0
    ends_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    handed_in_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When it really was, where others are shown the end that they know of."""
    given_at: datetime = Field(sa_type=UtcDateTime)
    given_by: str | None = Field(default=None, foreign_key="user_account.id", max_length=32)
