"""Limits on guessing, shared by all processes and surviving restarts; no address is stored."""

import hashlib
import hmac
from datetime import datetime, timedelta

from sqlmodel import col, delete

from eiassess.persistence.engine import Database
from eiassess.persistence.tables import AttemptRecord


def count_attempt(database: Database, secret: str, what: str, who: str, window: timedelta, now: datetime) -> int:
    """Count one more try and return how many there were in this window.

    The row's name is a keyed hash over what, who and window: without the secret nobody finds out whose it was, and
    not even the windows of the same person can be told to belong together.
    """
    number = int(now.timestamp() // window.total_seconds())
    bucket = hmac.new(secret.encode(), f"{what}\n{who}\n{number}".encode(), hashlib.sha256).hexdigest()
    with database.writing() as db:
        db.exec(delete(AttemptRecord).where(col(AttemptRecord.expires_at) < now))
        record = db.get(AttemptRecord, bucket, with_for_update=True) or AttemptRecord(
            bucket=bucket, count=0, expires_at=now + window
        )
        record.count += 1
        db.add(record)
        return record.count
