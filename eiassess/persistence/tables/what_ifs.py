"""Other weights than an opening's own, as somebody tried them: no row of anybody's score."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from eiassess.persistence.columns import UtcDateTime


class WhatIfRecord(SQLModel, table=True):
    """A what-if that somebody kept, with a name that no other one of the opening has, and why."""

    __tablename__ = "what_if"
    __table_args__ = (UniqueConstraint("opening_id", "name", name="uq_what_if_name"),)

    id: str = Field(primary_key=True, max_length=32)
    opening_id: str = Field(foreign_key="opening.id", max_length=32)
    name: str = Field(max_length=60)
    reason: str = Field(sa_type=Text)
    kept_by: str = Field(foreign_key="user_account.id", max_length=32)
    kept_at: datetime = Field(sa_type=UtcDateTime)


class WhatIfWeightRecord(SQLModel, table=True):
    """What a competency counts in a what-if; one without a row does not count."""

    __tablename__ = "what_if_weight"
    __table_args__ = (CheckConstraint("weight BETWEEN 1 AND 3", name="ck_what_if_weight"),)

    what_if_id: str = Field(primary_key=True, foreign_key="what_if.id", max_length=32)
    competency: str = Field(primary_key=True, max_length=80)
    weight: int
