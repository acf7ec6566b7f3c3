"""What forms asked for and was done, so that the same form posted again does nothing."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from eiassess.persistence.columns import UtcDateTime


class DoneOnceRecord(SQLModel, table=True):
    """One showing of a form that was worked off; ``key`` is a hash of it and of what it asked for."""

    __tablename__ = "done_once"

    key: str = Field(primary_key=True, max_length=64)
    done_at: datetime = Field(sa_type=UtcDateTime, index=True)
