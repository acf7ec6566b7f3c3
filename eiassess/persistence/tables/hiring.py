"""Openings, who works on them, and candidates."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, Text, event
from sqlmodel import Field, SQLModel

from eiassess.domain.openings import Combination, MemberPart, OpeningState, ScoreUse
from eiassess.domain.searching import found_by
from eiassess.persistence.columns import SortedText, UtcDateTime


def _one_of(column: str, values: type[StrEnum], name: str) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({', '.join(repr(value.value) for value in values)})", name=name)


class OpeningRecord(SQLModel, table=True):
    """A job to fill, with the form, key and bank that its candidates sit."""

    __tablename__ = "opening"
    __table_args__ = (
        _one_of("state", OpeningState, "ck_opening_state"),
        _one_of("purpose", ScoreUse, "ck_opening_purpose"),
        _one_of("combination", Combination, "ck_opening_combination"),
        CheckConstraint("time_limit_minutes >= 1", name="ck_opening_time_limit"),
    )

    id: str = Field(primary_key=True, max_length=32)
    title: str = Field(max_length=200)
    simulated: bool = False
    form_digest: str = Field(foreign_key="pinned_content.digest", max_length=64)
    key_digest: str = Field(foreign_key="pinned_key.digest", max_length=64)
    bank_digest: str = Field(foreign_key="pinned_content.digest", max_length=64)
    keep_days: int
    created_at: datetime = Field(sa_type=UtcDateTime)
    state: str = Field(default=OpeningState.OPEN, max_length=10)
    text: str = Field(default="", sa_type=Text)
    purpose: str = Field(default=ScoreUse.INTERVIEWS, max_length=20)
    deadline_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    time_zone: str = Field(default="UTC", max_length=64)
    contact: str = Field(default="", max_length=200)
    combination: str = Field(default=Combination.APART, max_length=20)
    hand_in_at_deadline: bool = True
    time_limit_minutes: int | None = None
    outcome_days: int | None = None
    """After how many days it is asked how those work who were hired; ``None`` if nobody asks."""


class OpeningProfileRecord(SQLModel, table=True):
    """What a competency is to the job of an opening."""

    __tablename__ = "opening_profile"
    __table_args__ = (CheckConstraint("weight BETWEEN 0 AND 3", name="ck_opening_profile_weight"),)

    opening_id: str = Field(primary_key=True, foreign_key="opening.id", max_length=32)
    competency: str = Field(primary_key=True, max_length=80)
    weight: int
    reason: str = Field(sa_type=Text)
    expected_low: int | None = None
    expected_high: int | None = None
    expected_because: str = Field(sa_type=Text)


class OpeningMemberRecord(SQLModel, table=True):
    """Who does what in an opening: one row for each part; a part is of use only with a role that opens its pages."""

    __tablename__ = "opening_member"
    __table_args__ = (_one_of("part", MemberPart, "ck_opening_member_part"),)

    opening_id: str = Field(primary_key=True, foreign_key="opening.id", max_length=32)
    user_id: str = Field(primary_key=True, foreign_key="user_account.id", max_length=32, index=True)
    part: str = Field(primary_key=True, max_length=20)


class FormerMemberRecord(SQLModel, table=True):
    """That somebody once had a part in an opening, and so could know its people; it stays when these are deleted."""

    __tablename__ = "former_member"

    opening_id: str = Field(primary_key=True, foreign_key="opening.id", max_length=32)
    user_id: str = Field(primary_key=True, foreign_key="user_account.id", max_length=32)


class CandidateRecord(SQLModel, table=True):
    """A person who was invited to an opening, once by each address.

    ``email_key`` is the address without what spellings of one address differ in. It is empty for some of those who were
    invited twice before that was refused. ``name_found_by`` and ``email_found_by`` are what searches look at; they
    follow name and address by themselves.
    """

    __tablename__ = "candidate"
    __table_args__ = (
        Index("uq_candidate_email_key", "opening_id", "email_key", unique=True),
        Index("ix_candidate_name", "opening_id", "name_found_by", "number"),
        Index("ix_candidate_number", "opening_id", "number"),
    )

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
