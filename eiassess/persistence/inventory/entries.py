"""The words in which the inventory speaks: whom a column is about, what it holds, for how long, who reads it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from sqlalchemy import Column as DatabaseColumn
from sqlalchemy import Table
from sqlmodel import SQLModel


class About(Enum):
    """Whom data are about."""

    ANYBODY = "candidate, expert or staff"
    CANDIDATE = "candidate"
    EXPERT = "expert"
    HIRED = "hired person, without a name"
    NOBODY = "nobody"
    STAFF = "staff"


class Kind(Enum):
    """What data are."""

    ANSWER = "answer"
    CONTACT = "contact"
    CONTENT = "content of the test"
    DECISION = "decision"
    FREE_TEXT = "free text"
    IDENTITY = "name"
    MOMENT = "time"
    REFERENCE = "reference"
    SCORE = "result"
    SECRET = "secret"  # noqa: S105 - a word
    SETTING = "setting"
    SPECIAL = "special category"
    STATE = "state"
    TECHNICAL = "technical"


class Keeping(Enum):
    """How long data are kept; the value is the sentence that docs/privacy.md prints."""

    SITTING = (
        "With the sitting: for the days that the opening keeps answers (180 unless it says otherwise), counted from "
        "handing in or from the end of the time. Sooner if it is erased, by the candidate or for them; later while a "
        "duty to keep records holds it."
    )
    VOLUNTARY = "With the sitting, or until the candidate takes the answer back."
    MAIL = (
        "A candidate's mails with the sitting. An expert's until the names of the panel are forgotten. Those to staff "
        "are not deleted by themselves."
    )
    UNTIL_SENT = (
        "What a code, a new password or an answer said: until the mail was sent. In a mail that no server took it "
        "stays with the mail, as all the rest does."
    )
    LIST = "Seven days after the list was read; sooner when it is thrown away or a row is invited."
    STUDY = (
        "Three years from the hiring, to the first of that month. It goes at once if the person has their data erased "
        "while the sitting is still kept."
    )
    BROWSER = (
        "Opens nothing after 30 minutes of rest or 12 hours (staff), 24 hours of rest or 14 days (candidates, "
        "experts). The row is deleted when the next session begins, once it rested for 24 hours; at once on signing "
        "out."
    )
    TRIES = "15 minutes to 30 days; deleted at the next try after that."
    ONCE = "30 days; deleted when the next form is sent after that."
    PANEL = (
        "Until an analyst has the names of the closed panel forgotten; not by itself. Ratings then stay, under a "
        "number."
    )
    ACCOUNT = (
        "As long as the account is there: accounts are closed and not deleted, but for invitations that are taken back."
    )
    IDENTITY = "Until whoever runs the server takes it away."
    JOINING = (
        "Until it is used, replaced or taken back. It opens nothing after seven days (the first administrator's: an "
        "hour), but the row stays."
    )
    RESET = (
        "An hour; deleted by the worker after that, at once if the link is used, and when the worker finds that nobody "
        "is to be mailed."
    )
    TWO_STEPS = "Until the second step is turned off; a recovery code until it is used or new ones are made."
    AUDIT = "For good, and without a name: of somebody who was erased the id leads to nothing any more."
    RECEIPT = "For good: it names nobody."
    OPENING = "As long as the opening is there; openings are not deleted by themselves."
    MAKER = "Until whoever made it deletes it."
    FOR_GOOD = "For good: it says what scores and keys were made from, and who stands for it."
    SUMS = "For good: sums of many, and of no one by themselves."
    WORK = "Not deleted by itself; it holds nothing personal."


class Reader(Enum):
    """Who reads data on pages, in files or in mails of the program."""

    ADMINISTRATORS = "administrators"
    ANALYSTS = "analysts"
    ANALYSTS_IN_SUMS = "analysts, in sums"
    CANDIDATE = "the candidate"
    CONTACT = "the contact for adjustments"
    EXPERT = "the expert"
    INTERVIEWERS = "its interviewers"
    MAKER = "whoever made it"
    MANAGERS = "hiring managers, if it was released"
    NOBODY = "no page"
    OWNER = "its owner"
    RECRUITERS = "recruiters of the opening"


Readers = tuple[Reader, ...]


@dataclass(frozen=True)
class Column:
    """What one column is for; what is empty here is as the table says.

    Parameters
    ----------
    why
        Its purpose, as the end of "it is kept".
    special
        How special categories of data (GDPR 9) can stand in it; empty where they cannot.
    """

    why: str
    kind: Kind
    about: About | None = None
    keeping: Keeping | None = None
    seen_by: Readers = ()
    special: str = ""


@dataclass(frozen=True)
class TableEntry:
    """What a table is for, and its columns but for those whose entry follows from the model.

    Ids and foreign keys need none, unless they are about somebody else than they lead to.
    """

    record: type[SQLModel]
    why: str
    about: About
    keeping: Keeping
    seen_by: Readers
    columns: Mapping[str, Column] = field(default_factory=dict)


@dataclass(frozen=True)
class ColumnEntry:
    """A column with all that the inventory says of it."""

    name: str
    why: str
    kind: Kind
    about: About
    keeping: Keeping
    seen_by: Readers
    special: str


PEOPLE_OF = {
    "assessment_session": About.CANDIDATE,
    "candidate": About.CANDIDATE,
    "panel_expert": About.EXPERT,
    "study_person": About.HIRED,
    "user_account": About.STAFF,
}
"""Whom a key is about that leads into a table of people."""


def table_of(entry: TableEntry) -> str:
    """Name the table of an entry."""
    return str(entry.record.__tablename__)


def columns_of(record: type[SQLModel]) -> tuple[str, ...]:
    """Name the columns of a table, in its order."""
    return tuple(column.name for column in _columns(record))


def missing_columns(entry: TableEntry) -> tuple[str, ...]:
    """Name the columns of which the inventory says nothing."""
    return tuple(
        column.name
        for column in _columns(entry.record)
        if column.name not in entry.columns and _that_follows(column) is None
    )


def unknown_columns(entry: TableEntry) -> tuple[str, ...]:
    """Name the columns that the table does not have."""
    there = columns_of(entry.record)
    return tuple(name for name in entry.columns if name not in there)


def described(entry: TableEntry) -> tuple[ColumnEntry, ...]:
    """Say of each column of a table what the inventory says, in the table's order.

    Raises
    ------
    KeyError
        The inventory says nothing of a column.
    """
    return tuple(_described(entry, column) for column in _columns(entry.record))


def _described(entry: TableEntry, column: "DatabaseColumn[object]") -> ColumnEntry:
    said = entry.columns.get(column.name) or _that_follows(column)
    if said is None:
        place = f"{table_of(entry)}.{column.name}"
        raise KeyError(place)
    return ColumnEntry(
        column.name,
        said.why,
        said.kind,
        said.about or entry.about,
        said.keeping or entry.keeping,
        said.seen_by or entry.seen_by,
        said.special,
    )


def _that_follows(column: "DatabaseColumn[object]") -> Column | None:
    """Return the entry of a key: what it leads to says what it is for."""
    targets = [key.target_fullname.partition(".")[0] for key in column.foreign_keys]
    if targets:
        return Column(f"to know which row of `{targets[0]}` it is about", Kind.REFERENCE, PEOPLE_OF.get(targets[0]))
    if column.name == "id":
        return Column("to tell rows apart", Kind.REFERENCE)
    return None


def _columns(record: type[SQLModel]) -> "tuple[DatabaseColumn[object], ...]":
    table: Table = record.__table__  # type: ignore[attr-defined]  # SQLModel types it for its subclasses only
    return tuple(table.columns)
