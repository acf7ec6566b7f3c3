"""Erased people, without their names; and whose records have to be kept for a time."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Text
from sqlmodel import Field, SQLModel

from eiassess.domain.erasures import ErasedBy, ErasureReason
from eiassess.persistence.columns import UtcDateTime

_BY = ", ".join(repr(each.value) for each in ErasedBy)
_REASONS = ", ".join(repr(each.value) for each in ErasureReason)


class ErasureReceiptRecord(SQLModel, table=True):
    """That everything about somebody was erased: when, by which kind of person, why; never whose it was.

    ``id`` is a hash of the id that the sitting had, which was made by chance: whoever opens an older copy of the
    database finds by it what has to go from there too.
    """

    __tablename__ = "erasure_receipt"
    __table_args__ = (
        CheckConstraint(f"erased_by IN ({_BY})", name="ck_erasure_receipt_erased_by"),
        CheckConstraint(f"reason IN ({_REASONS})", name="ck_erasure_receipt_reason"),
    )

    id: str = Field(primary_key=True, max_length=32)
    erased_by: str = Field(max_length=12)
    reason: str = Field(max_length=12)
    erased_at: datetime = Field(sa_type=UtcDateTime, index=True)


class ErasureHoldRecord(SQLModel, table=True):
    """A duty to keep somebody's records: who answers for it, why, and until when; it ends by itself."""

    __tablename__ = "erasure_hold"

    session_id: str = Field(primary_key=True, foreign_key="assessment_session.id", max_length=32)
    person: str = Field(max_length=200)
    reason: str = Field(sa_type=Text)
    until: datetime = Field(sa_type=UtcDateTime)
    made_by: str | None = Field(default=None, foreign_key="user_account.id", max_length=32)
    made_at: datetime = Field(sa_type=UtcDateTime)


class ErasureWishRecord(SQLModel, table=True):
    """A wish to erase that waits for the end of such a duty."""

    __tablename__ = "erasure_wish"
    __table_args__ = (
        CheckConstraint(f"wished_by IN ({_BY})", name="ck_erasure_wish_wished_by"),
        CheckConstraint(f"reason IN ({_REASONS})", name="ck_erasure_wish_reason"),
    )

    session_id: str = Field(primary_key=True, foreign_key="assessment_session.id", max_length=32)
    wished_by: str = Field(max_length=12)
    reason: str = Field(max_length=12)
    wished_at: datetime = Field(sa_type=UtcDateTime)
