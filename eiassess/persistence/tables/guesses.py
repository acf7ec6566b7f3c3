"""Counters against guessing."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from eiassess.persistence.columns import UtcDateTime


class AttemptRecord(SQLModel, table=True):
    """How often something was tried in a window of time; the bucket is a keyed hash that holds no address."""

    __tablename__ = "attempt"

    bucket: str = Field(primary_key=True, max_length=64)
    count: int
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)
