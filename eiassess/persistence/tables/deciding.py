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
