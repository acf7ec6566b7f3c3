"""Copies, by digest, of what invitations pinned; never changed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Text
from sqlmodel import Field, SQLModel

from eiassess.persistence.columns import UtcDateTime


class PinnedContentRecord(SQLModel, table=True):
    """A form with its scenarios, or a bank's texts, as canonical JSON. Holds no key."""

    __tablename__ = "pinned_content"
    __table_args__ = (CheckConstraint("kind IN ('form', 'bank')", name="ck_pinned_content_kind"),)

    digest: str = Field(primary_key=True, max_length=64)
    kind: str = Field(max_length=10)
    content: str = Field(sa_type=Text)
    pinned_at: datetime = Field(sa_type=UtcDateTime)


class PinnedKeyRecord(SQLModel, table=True):
    """A scoring key as canonical JSON, in a table of its own."""

    __tablename__ = "pinned_key"

    digest: str = Field(primary_key=True, max_length=64)
    content: str = Field(sa_type=Text)
    pinned_at: datetime = Field(sa_type=UtcDateTime)
