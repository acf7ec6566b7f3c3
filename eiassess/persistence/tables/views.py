"""Lists as somebody wants to see them again."""

from datetime import datetime

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from eiassess.persistence.columns import UtcDateTime


class SavedViewRecord(SQLModel, table=True):
    """A list of an opening that somebody gave a name: what its address ends in, without what was searched for."""

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("user_id", "opening_id", "name", name="uq_saved_view_name"),)

    id: str = Field(primary_key=True, max_length=32)
    user_id: str = Field(foreign_key="user_account.id", max_length=32)
    opening_id: str = Field(foreign_key="opening.id", max_length=32)
    name: str = Field(max_length=60)
    address: str = Field(sa_type=Text)
    saved_at: datetime = Field(sa_type=UtcDateTime)
