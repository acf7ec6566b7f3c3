"""Lists of people that wait to be invited, until somebody confirms them or their time is over."""

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from eiassess.persistence.columns import UtcDateTime


class InvitationListRecord(SQLModel, table=True):
    """A list that was read and waits.

    ``cells`` is the list as it was read, so that its columns can be chosen anew; it is empty once the list is
    confirmed. ``columns`` are those that somebody chose, ``notes`` what is said of sheets and rows that hold nobody;
    both as JSON. Nothing of it stays after ``ends_at``.
    """

    __tablename__ = "invitation_list"

    id: str = Field(primary_key=True, max_length=32)
    opening_id: str = Field(foreign_key="opening.id", index=True, max_length=32)
    made_by: str | None = Field(default=None, foreign_key="user_account.id", max_length=32)
    source: str = Field(max_length=200)
    cells: str = Field(default="", sa_type=Text)
    columns: str = Field(default="{}", sa_type=Text)
    notes: str = Field(default="[]", sa_type=Text)
    n_invited: int = 0
    created_at: datetime = Field(sa_type=UtcDateTime)
    ends_at: datetime = Field(sa_type=UtcDateTime)
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class InvitationListRowRecord(SQLModel, table=True):
    """A row of such a list, with what is wrong in it and what is noted as JSON; one that was invited is gone."""

    __tablename__ = "invitation_list_row"

    list_id: str = Field(primary_key=True, foreign_key="invitation_list.id", max_length=32)
    position: int = Field(primary_key=True)
    sheet: str = Field(max_length=80)
    row: int
    name: str = Field(sa_type=Text)
    email: str = Field(sa_type=Text)
    email_key: str = Field(index=True, max_length=254)
    phone: str = Field(sa_type=Text)
    problems: str = Field(sa_type=Text)
    notes: str = Field(sa_type=Text)
