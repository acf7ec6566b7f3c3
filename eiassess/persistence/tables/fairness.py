"""Voluntary answers, apart from whoever gave them, and the sums that were made from them."""

from datetime import date, datetime

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from eiassess.persistence.columns import UtcDateTime


class FairnessPageRecord(SQLModel, table=True):
    """What an opening asks after handing in, whether it still does, and who answers for it."""

    __tablename__ = "fairness_page"

    opening_id: str = Field(primary_key=True, foreign_key="opening.id", max_length=32)
    questions: str = Field(sa_type=Text)
    asks: bool = True
    person: str = Field(max_length=200)
    switched_by: str = Field(foreign_key="user_account.id", max_length=32)
    switched_at: datetime = Field(sa_type=UtcDateTime)


class FairnessAnswerRecord(SQLModel, table=True):
    """One person's answers. Neither a key to the person nor a time; SQLite keeps the rows in the order of their ids.

    ``person`` is made from the sitting's id with a key that the database does not have.
    """

    __tablename__ = "fairness_answer"
    __table_args__ = ({"sqlite_with_rowid": False},)

    person: str = Field(primary_key=True, max_length=64)
    opening_id: str = Field(foreign_key="opening.id", index=True, max_length=32)
    answers: str = Field(sa_type=Text)


class FairnessCountedRecord(SQLModel, table=True):
    """That some answers are in the sums; of which, the database alone cannot tell.

    ``mark`` is made from the answers with a key that the database does not have; ``stage`` is the stage in whose table
    they are, or empty for the sums as a whole.
    """

    __tablename__ = "fairness_counted"
    __table_args__ = ({"sqlite_with_rowid": False},)

    mark: str = Field(primary_key=True, max_length=64)
    opening_id: str = Field(foreign_key="opening.id", index=True, max_length=32)
    stage: str = Field(default="", max_length=32)


class FairnessSumsRecord(SQLModel, table=True):
    """The sums that an opening's analysts see, as they were made; they change in steps."""

    __tablename__ = "fairness_sums"

    opening_id: str = Field(primary_key=True, foreign_key="opening.id", max_length=32)
    content: str = Field(sa_type=Text)
    made_on: date
