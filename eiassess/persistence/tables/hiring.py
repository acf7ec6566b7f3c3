"""Openings, who works on them, and candidates."""

from datetime import datetime

from sqlalchemy import Index, event
from sqlmodel import Field, SQLModel

from eiassess.domain.searching import found_by
from eiassess.persistence.columns import SortedText, UtcDateTime


class OpeningRecord(SQLModel, table=True):
    """A job to fill, with the form, key and bank that its candidates sit."""

    __tablename__ = "opening"

    id: str = Field(primary_key=True, max_length=32)
    title: str = Field(max_length=200)
    simulated: bool = False
    form_digest: str = Field(foreign_key="pinned_content.digest", max_length=64)
    key_digest: str = Field(foreign_key="pinned_key.digest", max_length=64)
    bank_digest: str = Field(foreign_key="pinned_content.digest", max_length=64)
    keep_days: int
    created_at: datetime = Field(sa_type=UtcDateTime)


class OpeningMemberRecord(SQLModel, table=True):
    """Who may work on an opening; what they may do follows from their role."""

    __tablename__ = "opening_member"

    opening_id: str = Field(primary_key=True, foreign_key="opening.id", max_length=32)
    user_id: str = Field(primary_key=True, foreign_key="user_account.id", max_length=32, index=True)


class CandidateRecord(SQLModel, table=True):
    """A person who was invited to an opening, once by each address.

    ``email_key`` is the address without what spellings of one address differ in. It is empty for some of those who were
    invited twice before that was refused. ``name_found_by`` and ``email_found_by`` are what searches look at; they
    follow name and address by themselves.
    """

    __tablename__ = "candidate"
    __table_args__ = (Index("uq_candidate_email_key", "opening_id", "email_key", unique=True),)

    id: str = Field(primary_key=True, max_length=32)
    opening_id: str = Field(foreign_key="opening.id", max_length=32, index=True)
    name: str = Field(max_length=200)
    email: str = Field(max_length=254)
    email_key: str | None = Field(default=None, max_length=254)
    name_found_by: str = Field(default="", sa_type=SortedText)
    email_found_by: str = Field(default="", sa_type=SortedText)
    number: int
    simulated: bool = False
    created_at: datetime = Field(sa_type=UtcDateTime)


@event.listens_for(CandidateRecord, "before_insert")
@event.listens_for(CandidateRecord, "before_update")
def _stay_findable(_mapper: object, _connection: object, candidate: CandidateRecord) -> None:
    candidate.name_found_by = found_by(candidate.name)
    candidate.email_found_by = found_by(candidate.email)
