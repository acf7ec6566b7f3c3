"""Sessions of browsers, kept in the database so that a copied cookie ends with them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, delete

from eiassess.persistence.engine import Database
from eiassess.persistence.tables import WebSessionRecord
from eiassess.services.identifiers import hash_token

TOUCH_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class SessionLimits:
    """How long a browser session of one audience lasts."""

    idle: timedelta
    absolute: timedelta


LIMITS = {
    "staff": SessionLimits(timedelta(minutes=30), timedelta(hours=12)),
    # A candidate may put the phone away for a night; the session holds nothing but which invitation was opened.
    "candidate": SessionLimits(timedelta(hours=24), timedelta(days=14)),
}


def find_web_session(database: Database, token: str, audience: str, now: datetime) -> str | None:
    """Return what a live session holds; ``None`` if there is none, and every minute note that it was seen."""
    limits = LIMITS[audience]
    with database.reading() as db:
        record = db.get(WebSessionRecord, hash_token(token))
        if record is None or record.audience != audience:
            return None
        if now - record.seen_at > limits.idle or now - record.created_at > limits.absolute:
            return None
        data, seen_at = record.data, record.seen_at
    if now - seen_at > TOUCH_EVERY:
        _touch(database, token, now)
    return data


def store_web_session(database: Database, token: str, audience: str, data: str, now: datetime) -> None:
    """Keep what a session holds, and clear away sessions that ended by themselves."""
    with database.writing() as db:
        record = db.get(WebSessionRecord, hash_token(token)) or WebSessionRecord(
            id_hash=hash_token(token), audience=audience, data="", created_at=now, seen_at=now
        )
        record.data, record.seen_at = data, now
        db.add(record)
        oldest = now - max(limits.idle for limits in LIMITS.values())
        db.exec(delete(WebSessionRecord).where(col(WebSessionRecord.seen_at) < oldest))


def end_web_session(database: Database, token: str) -> None:
    """End a session: its cookie opens nothing from now on."""
    with database.writing() as db:
        record = db.get(WebSessionRecord, hash_token(token))
        if record is not None:
            db.delete(record)


def _touch(database: Database, token: str, now: datetime) -> None:
    with database.writing() as db:
        record = db.get(WebSessionRecord, hash_token(token))
        if record is not None:
            record.seen_at = now
            db.add(record)
