"""Sessions of browsers, kept in the database so that a copied cookie ends with them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Update
from sqlmodel import Session, col, delete, select, update

from eiassess.persistence.engine import Database
from eiassess.persistence.tables import UserRecord, WebSessionRecord
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
    "expert": SessionLimits(timedelta(hours=24), timedelta(days=14)),
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


def store_web_session(
    database: Database,
    token: str,
    audience: str,
    data: str,
    now: datetime,
    *,
    is_new: bool,
    signed_in: str | None = None,
) -> None:
    """Keep what a session holds, and clear away sessions that ended by themselves.

    A session that is not new and not there was ended while this request was under way; it stays ended.

    Parameters
    ----------
    signed_in
        What stands for whoever is signed in, their ``fs_uniquifier``; if it was changed meanwhile, nobody is.
    """
    id_hash = hash_token(token)
    with database.writing(aside=True) as db:
        user_id = _owner(db, signed_in) if signed_in else None
        if is_new:
            db.add(
                WebSessionRecord(
                    id_hash=id_hash, audience=audience, user_id=user_id, data=data, created_at=now, seen_at=now
                )
            )
        else:
            db.exec(_changing(id_hash).values(data=data, user_id=user_id, seen_at=now))
        oldest = now - max(limits.idle for limits in LIMITS.values())
        db.exec(delete(WebSessionRecord).where(col(WebSessionRecord.seen_at) < oldest))


def end_web_session(database: Database, token: str) -> None:
    """End a session: its cookie opens nothing from now on."""
    with database.writing(aside=True) as db:
        db.exec(delete(WebSessionRecord).where(col(WebSessionRecord.id_hash) == hash_token(token)))


def _touch(database: Database, token: str, now: datetime) -> None:
    with database.writing(aside=True) as db:
        db.exec(_changing(hash_token(token)).values(seen_at=now))


def _changing(id_hash: str) -> Update:
    return update(WebSessionRecord).where(col(WebSessionRecord.id_hash) == id_hash)


def _owner(db: Session, uniquifier: str) -> str | None:
    return db.exec(select(UserRecord.id).where(UserRecord.fs_uniquifier == uniquifier)).first()
