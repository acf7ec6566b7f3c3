"""Limits on guessing passwords, shared by all processes and surviving restarts; no address is stored.

Whoever guesses waits longer and longer for the account that they guess at, from where they guess. Nobody else waits
with them: a limit for an account from everywhere would let a stranger close it. Where many places guess at one
account, a place where nobody signed in to it before has a pause before its first try, so that its owner gets in from
anywhere, a minute later. Where one place guesses at many accounts, it waits, but for accounts that signed in there.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, select, update

from eiassess.persistence.engine import Database, upsert
from eiassess.persistence.tables import AttemptRecord

FREE_TRIES = 5
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=4), timedelta(minutes=15)
REMEMBERED = timedelta(hours=24)
"""How long after the last wrong try the pauses begin anew."""
WINDOW = timedelta(minutes=15)
FROM_A_PLACE = 50
AT_AN_ACCOUNT = 100
AS_AFTER = 9
"""A new place, where many guess at an account, waits as after so many wrong tries: a minute."""
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

    def from_place(self, secret: str, now: datetime) -> str:
        """Name the row that counts the tries from here in this window."""
        return _bucket(secret, "from", self.origin, _window(now))

    def at_account(self, secret: str, now: datetime) -> str:
        """Name the row that counts the tries at this account, from everywhere, in this window."""
        return _bucket(secret, "at", self.account or "", _window(now))


def begin_try(database: Database, secret: str, trying: SignInTry, now: datetime) -> timedelta:
    """Count a try before its password is looked at, or return how long its sender has to wait first.

    A try that has to wait is not counted: waiting never grows by trying, and nothing is stored for it. The count is
    made before the password is looked at, so that tries at the same time cannot slip through together.
    """
    with database.writing(aside=True) as db:
        db.exec(delete(AttemptRecord).where(col(AttemptRecord.expires_at) < now))
        is_known = _count_of(db, trying.known_place(secret)) > 0
        if not is_known and _count_of(db, trying.from_place(secret, now)) >= FROM_A_PLACE:
            return _window_left(now)
        if trying.account is not None:
            left = _count_at_account(db, secret, trying, now, is_known=is_known)
            if left > NO_PAUSE:
                return left
        _add(db, trying.from_place(secret, now), 1, now + WINDOW)
        return NO_PAUSE


def _count_at_account(db: Session, secret: str, trying: SignInTry, now: datetime, *, is_known: bool) -> timedelta:
    """Count a try at an account, or return how long to wait."""
    pair, at = trying.pair(secret), trying.at_account(secret, now)
    wrong = _add(db, pair, 0, now + REMEMBERED)  # locks the row, so that tries at the same time stand in a queue
    left = _last_try(db, pair) + pause_after(wrong) - now
    if left > NO_PAUSE:
        return left
    if not is_known and wrong < AS_AFTER and _count_of(db, at) >= AT_AN_ACCOUNT:
        _add(db, pair, AS_AFTER - wrong, now + REMEMBERED)
        return pause_after(AS_AFTER)
    _add(db, pair, 1, now + REMEMBERED, is_later=True)
    _add(db, at, 1, now + WINDOW)
    return NO_PAUSE


def end_try_well(database: Database, secret: str, trying: SignInTry, began: datetime, now: datetime) -> None:
    """Take back what was counted when the try began: whoever gave the right password was not guessing.

    From now on this account is known to be signed in to from here.
    """
    with database.writing(aside=True) as db:
        db.exec(delete(AttemptRecord).where(col(AttemptRecord.bucket) == trying.pair(secret)))
        for bucket in (trying.at_account(secret, began), trying.from_place(secret, began)):
            one_less = update(AttemptRecord).where(col(AttemptRecord.bucket) == bucket, col(AttemptRecord.count) > 0)
            db.exec(one_less.values(count=col(AttemptRecord.count) - 1))
        known = trying.known_place(secret)
        db.exec(delete(AttemptRecord).where(col(AttemptRecord.bucket) == known))
        _add(db, known, 1, now + PLACE_KNOWN_FOR)


def pause_after(wrong: int) -> timedelta:
    """Return how long to wait after so many wrong tries: nothing at first, then twice as long each time."""
    if wrong < FREE_TRIES:
        return NO_PAUSE
    doublings = min(wrong - FREE_TRIES, 20)  # far past the longest pause, and no endless number
    pause: timedelta = FIRST_PAUSE * 2**doublings
    return min(pause, LONGEST_PAUSE)


def _count_of(db: Session, bucket: str) -> int:
    count = db.exec(select(AttemptRecord.count).where(AttemptRecord.bucket == bucket)).first()
    return count or 0


def _last_try(db: Session, pair: str) -> datetime:
    return db.exec(select(AttemptRecord.expires_at).where(AttemptRecord.bucket == pair)).one() - REMEMBERED


def _add(db: Session, bucket: str, n: int, until: datetime, *, is_later: bool = False) -> int:
    """Add to a row, made where there is none, and return what it has now; nobody else changes it meanwhile."""
    made = upsert(db, AttemptRecord).values(bucket=bucket, count=n, expires_at=until)
    changed = {"count": col(AttemptRecord.count) + n} | ({"expires_at": until} if is_later else {})
    counted = made.on_conflict_do_update(index_elements=["bucket"], set_=changed).returning(col(AttemptRecord.count))
    count: int = db.connection().execute(counted).scalar_one()
    return count


def _window(now: datetime) -> str:
    return str(int(now.timestamp() // WINDOW.total_seconds()))


def _window_left(now: datetime) -> timedelta:
    seconds = WINDOW.total_seconds()
    return timedelta(seconds=seconds - now.timestamp() % seconds)


def _bucket(secret: str, *words: str) -> str:
    return hmac.new(secret.encode(), "\n".join(("sign-in", *words)).encode(), hashlib.sha256).hexdigest()
