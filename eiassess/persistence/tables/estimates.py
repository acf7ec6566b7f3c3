"""What errors of scores were estimated from: appended, never changed."""

from datetime import datetime

from sqlalchemy import Index, Text
from sqlmodel import Field, SQLModel

from eiassess.persistence.columns import UtcDateTime


class ErrorEstimateRecord(SQLModel, table=True):
    """An estimate of the errors of one form's scores under one key, as canonical JSON by its digest.

    It names scores by marks that lead nowhere once the scores are deleted. ``made_by`` is the account of the analyst
    who asked for it, ``None`` where the night's work made it.
    """

    __tablename__ = "error_estimate"
    __table_args__ = (Index("ix_error_estimate_of", "form_digest", "key_digest", "simulated", "made_at"),)

    digest: str = Field(primary_key=True, max_length=64)
    form_digest: str = Field(foreign_key="pinned_content.digest", max_length=64)
    key_digest: str = Field(foreign_key="pinned_key.digest", max_length=64)
    simulated: bool
    n: int
    made_at: datetime = Field(sa_type=UtcDateTime)
    made_by: str | None = Field(default=None, foreign_key="user_account.id", max_length=32)
    content: str = Field(sa_type=Text)
