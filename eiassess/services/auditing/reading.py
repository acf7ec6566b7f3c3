"""Reading the audit: a page of it, and all of it as a file."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from eiassess.banks.tables.csv_cells import csv_line
from eiassess.domain.audit.entries import ActorKind, Entry, ObjectKind
from eiassess.persistence.acting import HEAD
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import OpeningRecord, UserRecord
from eiassess.persistence.tables.audit import AuditEntryRecord, AuditHeadRecord

A_PAGE = 50
A_BATCH = 2000


@dataclass(frozen=True)
class AuditFilter:
    """Which entries are wanted; what is empty is not asked for. Days are in UTC, the last one included."""

    actor: str = ""
    action: str = ""
    object_id: str = ""
    outcome: str = ""
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True)
class AuditPage:
    """A page of entries, the newest first, and what accounts and openings in it are called today.

    ``older`` is the number before which the next page begins, ``newer`` the one after which the page before ends;
    ``None`` where there is none.
    """

    entries: tuple[Entry, ...]
    names: Mapping[str, str]
    older: int | None
    newer: int | None


def list_entries(
    database: Database, wanted: AuditFilter, *, before: int | None = None, after: int | None = None
) -> AuditPage:
    """List a page of entries: the newest, those before a number, or those after one."""
    with database.reading() as db:
        number = col(AuditEntryRecord.number)
        query = _wanted(wanted)
        if after is not None:
            newer = _read(db, query.where(number > after).order_by(number).limit(A_PAGE + 1))
            has_newer, rows = len(newer) > A_PAGE, list(reversed(newer[:A_PAGE]))
            has_older = bool(rows)  # the page that one came from
        else:
            bounded = query if before is None else query.where(number < before)
            found = _read(db, bounded.order_by(number.desc()).limit(A_PAGE + 1))
            has_older, rows = len(found) > A_PAGE, list(found[:A_PAGE])
            has_newer = before is not None and bool(rows)
        entries = tuple(rows)
        return AuditPage(
            entries,
            _names(db, entries),
            entries[-1].number if entries and has_older else None,
            entries[0].number if entries and has_newer else None,
        )


def list_actors(database: Database) -> tuple[tuple[str, str], ...]:
    """List the accounts that can have acted: id and name, in the order of their names."""
    with database.reading() as db:
        found = db.exec(select(UserRecord.id, UserRecord.name).order_by(col(UserRecord.name), col(UserRecord.id)))
        return tuple(found.all())


def count_entries(database: Database) -> int:
    """Return how many entries there are, as the head says."""
    with database.reading() as db:
        head = db.get(AuditHeadRecord, HEAD)
        return head.count if head else 0


def csv_of_audit(database: Database, wanted: AuditFilter) -> Iterator[str]:
    """Write the wanted entries as CSV, the oldest first."""
    yield csv_line(list(Entry.__dataclass_fields__))
    for entry in _all(database, wanted):
        yield csv_line([str(value) for value in asdict(entry).values()])


def json_lines_of_audit(database: Database, wanted: AuditFilter) -> Iterator[str]:
    """Write the wanted entries as JSON, each in a line, the oldest first."""
    for entry in _all(database, wanted):
        yield json.dumps(asdict(entry)) + "\n"


def _all(database: Database, wanted: AuditFilter) -> Iterator[Entry]:
    """Read batch by batch, each in a transaction of its own: no reader holds the database for a whole file."""
    number, after = col(AuditEntryRecord.number), 0
    while True:
        with database.reading() as db:
            query = _wanted(wanted).where(number > after).order_by(number).limit(A_BATCH)
            batch = _read(db, query)
        yield from batch
        if len(batch) < A_BATCH:
            return
        after = batch[-1].number


def _wanted(wanted: AuditFilter) -> Select[Any]:
    record = AuditEntryRecord
    query: Select[Any] = select_columns(*(getattr(record, name) for name in Entry.__dataclass_fields__))
    if wanted.actor in list(ActorKind):
        query = query.where(col(record.actor_kind) == wanted.actor)
    elif wanted.actor:
        query = query.where(col(record.actor_id) == wanted.actor)
    if wanted.action:
        query = query.where(col(record.action) == wanted.action)
    if wanted.object_id:
        query = query.where(col(record.object_id) == wanted.object_id)
    if wanted.outcome:
        query = query.where(col(record.outcome) == wanted.outcome)
    if wanted.first_day:
        query = query.where(col(record.at) >= wanted.first_day.isoformat())
    if wanted.last_day:
        query = query.where(col(record.at) < (wanted.last_day + timedelta(days=1)).isoformat())
    return query


def _read(db: Session, query: Select[Any]) -> list[Entry]:
    """Read columns, not records: a file of 100,000 entries takes a fraction of the time."""
    return [Entry(*row) for row in db.connection().execute(query)]


def _names(db: Session, entries: Sequence[Entry]) -> dict[str, str]:
    """Look up what accounts and openings are called; what is gone has no name any more."""
    accounts = {each.actor_id for each in entries if each.actor_kind == ActorKind.ACCOUNT}
    accounts |= {each.object_id for each in entries if each.object_kind == ObjectKind.ACCOUNT}
    openings = {each.object_id for each in entries if each.object_kind == ObjectKind.OPENING}
    user, opening = UserRecord, OpeningRecord
    named = dict(db.exec(select(user.id, user.name).where(col(user.id).in_(accounts))).all())
    return named | dict(db.exec(select(opening.id, opening.title).where(col(opening.id).in_(openings))).all())
