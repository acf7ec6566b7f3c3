"""Limits on guessing, shared by all processes and surviving restarts; no address is stored."""

import hashlib
import hmac
from datetime import datetime, timedelta

from sqlmodel import col, delete

from eiassess.persistence.engine import Database, upsert
from eiassess.persistence.tables import AttemptRecord


def count_attempt(database: Database, secret: str, what: str, who: str, window: timedelta, now: datetime) -> int:
    """Count one more try and return how many there were in this window.

    The row's name is a keyed hash over what, who and window: without the secret nobody finds out whose it was, and
    not even the windows of the same person can be told to belong together.
    """
    bucket = _bucket(secret, what, who, window, now)
    with database.writing(aside=True) as db:
        db.exec(delete(AttemptRecord).where(col(AttemptRecord.expires_at) < now))
        first = upsert(db, AttemptRecord).values(bucket=bucket, count=1, expires_at=now + window)
        counted = first.on_conflict_do_update(
            index_elements=["bucket"], set_={"count": col(AttemptRecord.count) + 1}
        ).returning(col(AttemptRecord.count))
        count: int = db.connection().execute(counted).scalar_one()
        return count


def attempts_so_far(database: Database, secret: str, what: str, who: str, window: timedelta, now: datetime) -> int:
    """Return how many tries were counted in this window, without counting one."""
    with database.reading() as db:
        row = db.get(AttemptRecord, _bucket(secret, what, who, window, now))
        return 0 if row is None else row.count


def _bucket(secret: str, what: str, who: str, window: timedelta, now: datetime) -> str:
    number = int(now.timestamp() // window.total_seconds())
    return hmac.new(secret.encode(), f"{what}\n{who}\n{number}".encode(), hashlib.sha256).hexdigest()
