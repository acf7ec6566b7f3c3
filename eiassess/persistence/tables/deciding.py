"""From a list to a decision: who said what, why and when. Rows are appended, never changed."""

from datetime import datetime

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from eiassess.persistence.columns import UtcDateTime


class UseChoiceRecord(SQLModel, table=True):
    """Sorting by score switched on or off for an opening with a key; the highest number is what stands.

    ``person`` answers for it, ``chosen_by`` recorded it, ``notice`` is what candidates read of it.
    """

    __tablename__ = "use_choice"
    __table_args__ = (UniqueConstraint("opening_id", "number", name="uq_use_choice_number"),)

    id: str = Field(primary_key=True, max_length=32)
    opening_id: str = Field(foreign_key="opening.id", max_length=32)
    number: int
    key_digest: str = Field(foreign_key="pinned_key.digest", max_length=64)
    allowed: bool
    person: str = Field(max_length=200)
    reason: str = Field(sa_type=Text)
    notice: str = Field(sa_type=Text)
    chosen_by: str = Field(foreign_key="user_account.id", max_length=32)
    chosen_at: datetime = Field(sa_type=UtcDateTime)


class OpeningStageRecord(SQLModel, table=True):
    """A stage that an opening has beside those of all openings."""

    __tablename__ = "opening_stage"
    __table_args__ = (UniqueConstraint("opening_id", "name", name="uq_opening_stage_name"),)

    id: str = Field(primary_key=True, max_length=32)
    opening_id: str = Field(foreign_key="opening.id", max_length=32)
    name: str = Field(max_length=60)
    created_by: str = Field(foreign_key="user_account.id", max_length=32)
    created_at: datetime = Field(sa_type=UtcDateTime)


class StageMoveRecord(SQLModel, table=True):
    """A change of somebody's stage; the highest number is where they stand, as their session says too."""

    __tablename__ = "stage_move"
    __table_args__ = (UniqueConstraint("session_id", "number", name="uq_stage_move_number"),)

    id: str = Field(primary_key=True, max_length=32)
    session_id: str = Field(foreign_key="assessment_session.id", max_length=32)
    number: int
    stage: str = Field(max_length=32)
    person: str = Field(max_length=200)
    reason: str = Field(sa_type=Text)
    moved_by: str = Field(foreign_key="user_account.id", max_length=32)
    moved_at: datetime = Field(sa_type=UtcDateTime)


class CandidateNoteRecord(SQLModel, table=True):
    """What somebody of the staff wrote about a candidate."""

    __tablename__ = "candidate_note"

    id: str = Field(primary_key=True, max_length=32)
    session_id: str = Field(foreign_key="assessment_session.id", max_length=32, index=True)
    words: str = Field(sa_type=Text)
    author_id: str = Field(foreign_key="user_account.id", max_length=32)
    written_at: datetime = Field(sa_type=UtcDateTime)


class CandidateMarkRecord(SQLModel, table=True):
    """Somebody put on the shortlist by a person, or taken off it; the highest number is what stands."""

    __tablename__ = "candidate_mark"
    __table_args__ = (UniqueConstraint("session_id", "number", name="uq_candidate_mark_number"),)

    id: str = Field(primary_key=True, max_length=32)
    session_id: str = Field(foreign_key="assessment_session.id", max_length=32)
    number: int
    marked: bool
    marked_by: str = Field(foreign_key="user_account.id", max_length=32)
    marked_at: datetime = Field(sa_type=UtcDateTime)
