"""Limits on guessing passwords, shared by all processes and surviving restarts; no address is stored.

Whoever guesses waits longer and longer for the account that they guess at, from where they guess. Nobody else waits
with them: a limit for an account from everywhere would let a stranger close it. Where many places guess at one
account, or one place at many, those wait who never signed in to this account from there.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, update

from eiassess.persistence.engine import Database, upsert
from eiassess.persistence.tables import AttemptRecord

FREE_TRIES = 5
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=4), timedelta(minutes=15)
REMEMBERED = timedelta(hours=24)
"""How long after the last wrong try the pauses begin anew."""
WINDOW = timedelta(minutes=15)
FROM_A_PLACE = 50
AT_AN_ACCOUNT = 100
PLACE_KNOWN_FOR = timedelta(days=30)
NO_PAUSE = timedelta(0)


@dataclass(frozen=True)
class SignInTry:
    """Who tries to sign in, as typed, and from where.

    Attributes
    ----------
    account
        The address as sign-in looks it up; ``None`` where what was typed is none.
    origin
        The visitor's address, or the network that stands for one.
    """

    account: str | None
    origin: str

    def pair(self, secret: str) -> str:
        """Name the row of the wrong tries of this account from this place."""
        return _bucket(secret, "pair", self.account or "", self.origin)

    def known_place(self, secret: str) -> str:
        """Name the row that says that somebody signed in to this account from here."""
        return _bucket(secret, "known", self.account or "", self.origin)

    def windows(self, secret: str, now: datetime) -> list[tuple[str, int]]:
        """Name the rows that count the tries of this window, each with how many are let in; always in one order."""
        number = str(int(now.timestamp() // WINDOW.total_seconds()))
        rows = [(_bucket(secret, "from", self.origin, number), FROM_A_PLACE)]
        if self.account is not None:
            rows.append((_bucket(secret, "at", self.account, number), AT_AN_ACCOUNT))
        return sorted(rows)  # who locks several in one order never waits for somebody who waits for them


def begin_try(database: Database, secret: str, trying: SignInTry, now: datetime) -> timedelta:
    """Count a try before its password is looked at, or return how long its sender has to wait first.

    A try that has to wait is not counted: waiting never grows by trying. The count is made before the password is
    looked at, so that tries at the same time cannot slip through together.
    """
    with database.writing() as db:
        db.exec(delete(AttemptRecord).where(col(AttemptRecord.expires_at) < now))
        pair = None if trying.account is None else _locked(db, trying.pair(secret), now + REMEMBERED)
        if pair is not None:
            left: timedelta = pair.expires_at - REMEMBERED + pause_after(pair.count) - now
            if left > NO_PAUSE:
                return left
        windows = [(_locked(db, bucket, now + WINDOW), limit) for bucket, limit in trying.windows(secret, now)]
        is_known = db.get(AttemptRecord, trying.known_place(secret)) is not None
        if not is_known and any(row.count >= limit for row, limit in windows):
            return _window_left(now)
        for row, _limit in windows:
            row.count += 1
        if pair is not None:
            pair.count += 1
            pair.expires_at = now + REMEMBERED
        return NO_PAUSE


def end_try_well(database: Database, secret: str, trying: SignInTry, began: datetime, now: datetime) -> None:
    """Take back what was counted when the try began: whoever gave the right password was not guessing.

    From now on this account is known to be signed in to from here.
    """
    with database.writing() as db:
        db.exec(delete(AttemptRecord).where(col(AttemptRecord.bucket) == trying.pair(secret)))
        for bucket, _limit in trying.windows(secret, began):
            one_less = update(AttemptRecord).where(col(AttemptRecord.bucket) == bucket, col(AttemptRecord.count) > 0)
            db.exec(one_less.values(count=col(AttemptRecord.count) - 1))
        until = now + PLACE_KNOWN_FOR
        known = upsert(db, AttemptRecord).values(bucket=trying.known_place(secret), count=1, expires_at=until)
        db.connection().execute(known.on_conflict_do_update(index_elements=["bucket"], set_={"expires_at": until}))


def pause_after(wrong: int) -> timedelta:
    """Return how long to wait after so many wrong tries: nothing at first, then twice as long each time."""
    if wrong < FREE_TRIES:
        return NO_PAUSE
    doublings = min(wrong - FREE_TRIES, 20)  # far past the longest pause, and no endless number
    pause: timedelta = FIRST_PAUSE * 2**doublings
    return min(pause, LONGEST_PAUSE)


def _locked(db: Session, bucket: str, until: datetime) -> AttemptRecord:
    """Return a row that no other try changes meanwhile; it is made where there is none, since nothing locks nothing."""
    made = upsert(db, AttemptRecord).values(bucket=bucket, count=0, expires_at=until)
    db.connection().execute(made.on_conflict_do_nothing(index_elements=["bucket"]))
    return db.get_one(AttemptRecord, bucket, with_for_update=True)


def _window_left(now: datetime) -> timedelta:
    seconds = WINDOW.total_seconds()
    return timedelta(seconds=seconds - now.timestamp() % seconds)


def _bucket(secret: str, *words: str) -> str:
    return hmac.new(secret.encode(), "\n".join(("sign-in", *words)).encode(), hashlib.sha256).hexdigest()
