"""What was shown to hiring managers: releases with their history, links to share, and visits."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from eiassess.persistence.columns import UtcDateTime


class ReleaseRecord(SQLModel, table=True):
    """A release of a candidate, a change of it, or its end; appended, never changed.

    ``fields`` names what managers see from then on; empty where the release was taken back.
    """

    __tablename__ = "release"
    __table_args__ = (UniqueConstraint("session_id", "number", name="uq_release_number"),)

    id: str = Field(primary_key=True, max_length=32)
    session_id: str = Field(foreign_key="assessment_session.id", max_length=32)
    number: int
    fields: str = Field(max_length=200)
    at: datetime = Field(sa_type=UtcDateTime)
    by: str | None = Field(default=None, foreign_key="user_account.id", max_length=32)


class ShareLinkRecord(SQLModel, table=True):
    """A link to released candidates of an opening; the token itself is never stored.

    ``given_to`` is whom it was given to; empty if it is for the opening's hiring managers.
    """

    __tablename__ = "share_link"

    id: str = Field(primary_key=True, max_length=32)
    opening_id: str = Field(foreign_key="opening.id", index=True, max_length=32)
    token_hash: str = Field(unique=True, max_length=64)
    given_to: str | None = Field(default=None, foreign_key="user_account.id", max_length=32)
    created_at: datetime = Field(sa_type=UtcDateTime)
    created_by: str = Field(foreign_key="user_account.id", max_length=32)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SharedCandidateRecord(SQLModel, table=True):
    """A candidate whom a link leads to."""

    __tablename__ = "shared_candidate"

    link_id: str = Field(primary_key=True, foreign_key="share_link.id", max_length=32)
    session_id: str = Field(primary_key=True, foreign_key="assessment_session.id", index=True, max_length=32)


class SharedViewRecord(SQLModel, table=True):
    """When somebody first looked at a candidate through a link on a day."""

    __tablename__ = "shared_view"

    link_id: str = Field(primary_key=True, foreign_key="share_link.id", max_length=32)
    session_id: str = Field(primary_key=True, foreign_key="assessment_session.id", index=True, max_length=32)
    user_id: str = Field(primary_key=True, foreign_key="user_account.id", max_length=32)
    day: str = Field(primary_key=True, max_length=10)
    at: datetime = Field(sa_type=UtcDateTime)


class ManagerVisitRecord(SQLModel, table=True):
    """When a hiring manager looked last, and the end of the visit before: what is newer than that is new."""

    __tablename__ = "manager_visit"

    user_id: str = Field(primary_key=True, foreign_key="user_account.id", max_length=32)
    looked_at: datetime = Field(sa_type=UtcDateTime)
    before_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
