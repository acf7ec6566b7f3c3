"""Where somebody is signed in: a list of their browser sessions, and ways to end them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, delete, select

from eiassess.errors import NotFoundError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import WebSessionRecord
from eiassess.services.identifiers import hash_token
from eiassess.services.people.browser_sessions import LIMITS


@dataclass(frozen=True)
class SignedIn:
    """A browser session that somebody is signed in with; no browser and no address is known of it."""

    id: str
    began_at: datetime
    seen_at: datetime
    is_this: bool = False


def list_signed_in(database: Database, user_id: str, now: datetime, token: str = "") -> tuple[SignedIn, ...]:
    """List where somebody is signed in, the latest seen first; the one with this token is marked."""
    record, this = WebSessionRecord, hash_token(token)
    query = select(record).where(*_live(user_id, now)).order_by(col(record.seen_at).desc(), col(record.id_hash))
    with database.reading() as db:
        found = db.exec(query).all()
        return tuple(SignedIn(each.id_hash, each.created_at, each.seen_at, each.id_hash == this) for each in found)


def end_signed_in(database: Database, user_id: str, session_id: str) -> None:
    """End one of somebody's own sessions.

    Raises
    ------
    NotFoundError
        They have no such session.
    """
    record = WebSessionRecord
    theirs = (col(record.user_id) == user_id, col(record.id_hash) == session_id)
    with database.writing() as db:
        ended = db.connection().execute(delete(record).where(*theirs).returning(col(record.id_hash))).first()
        if ended is None:
            message = "There is no such session"
            raise NotFoundError(message)


def end_others(database: Database, user_id: str, token: str) -> int:
    """End all sessions of somebody but the one with this token; return how many were open."""
    record = WebSessionRecord
    others = (col(record.user_id) == user_id, col(record.id_hash) != hash_token(token))
    with database.writing() as db:
        return len(db.connection().execute(delete(record).where(*others).returning(col(record.id_hash))).all())


def end_sessions_of(db: Session, user_id: str) -> None:
    """End all sessions of somebody, within the caller's transaction."""
    db.exec(delete(WebSessionRecord).where(col(WebSessionRecord.user_id) == user_id))


def _live(user_id: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    record, limits = WebSessionRecord, LIMITS["staff"]
    return (
        col(record.user_id) == user_id,
        col(record.audience) == "staff",
        col(record.seen_at) >= now - limits.idle,
        col(record.created_at) >= now - limits.absolute,
    )
