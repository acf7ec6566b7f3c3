"""Whether the audit is what was written: every entry, their order, and their number."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import TextClause, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from eiassess.domain.audit.chain import Break, Head, Unreadable, check_chain, key_of
from eiassess.domain.audit.entries import Entry
from eiassess.errors import InvalidInputError
from eiassess.persistence.acting import HEAD
from eiassess.persistence.engine import Database
from eiassess.persistence.tables.audit import AuditEntryRecord, AuditHeadRecord

A_BATCH = 2000
KEPT_HEAD = re.compile(r"(\d{1,12}):([0-9a-f]{64})")
COLUMNS = ", ".join(Entry.__dataclass_fields__)


@dataclass(frozen=True)
class Verified:
    """How many entries were read, and where the chain does not hold."""

    count: int
    breaks: tuple[Break, ...]


def verify_audit(database: Database, kept: str = "") -> Verified:
    """Read all entries and work out every hash again.

    Parameters
    ----------
    kept
        What ``audit_head`` returned some time ago: the entry must be there as it was.

    Raises
    ------
    InvalidInputError
        What was kept is no head.
    """
    wanted = _read_kept(kept)
    key = key_of(database.secret())
    with database.reading() as db:
        counted = _Counted(db)
        breaks = tuple(check_chain(key, counted, _head(db), wanted))
        return Verified(counted.n, breaks)


def audit_head(database: Database) -> str:
    """Return the number and hash of the last entry, to be kept where whoever rules this machine cannot reach it."""
    with database.reading() as db:
        head = _head(db)
        return f"{head.count}:{head.hash}" if head else ""


def _read_kept(kept: str) -> tuple[int, str] | None:
    if not kept:
        return None
    found = KEPT_HEAD.fullmatch(kept.strip())
    if found is None:
        message = "A head is a number, a colon and 64 characters from 0 to f, as `eiassess audit head` prints it"
        raise InvalidInputError(message)
    return int(found[1]), found[2]


def _head(db: Session) -> Head | None:
    record = AuditHeadRecord
    found = db.exec(select(record.count, record.hash, record.seal).where(record.id == HEAD)).first()
    return Head(*found) if found else None


class _Counted:
    """All entries in order, and how many they were."""

    def __init__(self, db: Session) -> None:
        self._db = db
        self.n = 0

    def __iter__(self) -> Iterator[Entry | Unreadable]:
        after: int | None = None
        while batch := self._batch(after):
            self.n += len(batch)
            yield from batch
            after = batch[-1].number

    def _batch(self, after: int | None) -> list[Entry | Unreadable]:
        number = col(AuditEntryRecord.number)
        query = select(AuditEntryRecord.number).order_by(number).limit(A_BATCH)
        numbers = list(self._db.exec(query if after is None else query.where(number > after)))
        if not numbers:
            return []
        try:
            found = self._db.connection().execute(_ROWS, {"first": numbers[0], "last": numbers[-1]})
            return [Entry(*row) for row in found]
        except DBAPIError:  # a text whose bytes are none
            return [self._one(number) for number in numbers]

    def _one(self, number: int) -> Entry | Unreadable:
        try:
            return Entry(*self._db.connection().execute(_ROWS, {"first": number, "last": number}).one())
        except DBAPIError:
            return Unreadable(number)


_ROWS: TextClause = text(
    # as stored, past the types of the columns: what one of them reads as the same was changed all the same
    f"SELECT {COLUMNS} FROM audit_entry WHERE number BETWEEN :first AND :last ORDER BY number"  # noqa: S608 - our own names
)
