"""Who acts right now: an entrance says so once, and every transaction that changes something writes it down.

The entry is the last thing that a transaction writes, so neither the change nor the entry exists without the other,
and whoever waits for the chain's end waits for one commit only.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import insert, text
from sqlmodel import Session, col, select, update

from eiassess.domain.audit.actions import TELLS_NOBODY, Action
from eiassess.domain.audit.chain import START, Head, chained, key_of, sealed
from eiassess.domain.audit.entries import Actor, ActorKind, Deed, ObjectKind, Outcome, Target
from eiassess.persistence.tables.audit import AuditEntryRecord, AuditHeadRecord

_NOTED, _LEFT_OUT = "eiassess_audit_noted", "eiassess_audit_left_out"
HEAD = 1
"""The id of the one row that says where the chain ends."""


@dataclass
class Acting:
    """Somebody doing something; without an action only what services note by themselves is entered.

    Attributes
    ----------
    is_entered
        Whether a transaction has entered it, so that nobody else need.
    """

    actor: Actor
    action: Action | None
    target: Target
    clock: Callable[[], datetime]
    is_entered: bool = False

    def deed(self, outcome: Outcome = Outcome.DONE) -> Deed | None:
        """Say what is to be entered if no transaction does."""
        return None if self.action is None else Deed(self.clock(), self.actor, self.action, self.target, outcome)


_ACTING: ContextVar[Acting | None] = ContextVar("eiassess_acting", default=None)


@contextmanager
def acting(who: Acting) -> Iterator[Acting]:
    """Let somebody act for as long as this lasts, in this thread."""
    before = _ACTING.set(who)
    try:
        yield who
    finally:
        _ACTING.reset(before)


def begin_acting(who: Acting | None) -> None:
    """Let somebody act in this thread until ``end_acting``, where a ``with`` block cannot span it."""
    _ACTING.set(who)


def end_acting() -> None:
    """Let nobody act in this thread any more."""
    _ACTING.set(None)


def who_acts() -> Acting | None:
    """Return who acts in this thread; nobody does where a test calls a service by itself."""
    return _ACTING.get()


def note(db: Session, target: Target, action: Action | None = None) -> None:
    """Have this transaction enter this, in place of what the entrance named; several times, several entries.

    Parameters
    ----------
    action
        Else what the entrance named; if that named nothing, nothing is entered.
    """
    who = who_acts()
    done = (action or who.action) if who else None
    if who and done:
        db.info.setdefault(_NOTED, []).append(Deed(who.clock(), who.actor, done, target))


def act_as_candidate(session_id: str) -> None:
    """Say which candidate's link it is that somebody acts with, unless the deed must not tell."""
    who = who_acts()
    if who and who.actor.kind is ActorKind.CANDIDATE and who.action not in TELLS_NOBODY:
        who.actor = Actor(ActorKind.CANDIDATE, session_id)
        who.target = Target(ObjectKind.CANDIDATE, session_id)


def do_nothing() -> None:
    """Say that whoever acts was led elsewhere, so what they asked for is not done."""
    who = who_acts()
    if who:
        who.action = None


def tell_count(n: int) -> None:
    """Say how many there were of what somebody looks at or takes: an address may name others, or anything."""
    who = who_acts()
    if who:
        who.target = replace(who.target, count=n)


def leave_out(db: Session) -> None:
    """Have this transaction enter nothing by itself: what is done in it is not what was asked for, or not worth it."""
    db.info[_LEFT_OUT] = True


def enter_what_was_done(db: Session, secret: Callable[[], str]) -> bool:
    """Write down, at the end of a transaction, who did what in it; tell whether there was something."""
    deeds: list[Deed] = db.info.pop(_NOTED, [])
    who = who_acts()
    own = who.deed() if who and not db.info.get(_LEFT_OUT) else None
    if not deeds and own:
        deeds = [own]
    if deeds:
        append_deeds(db, secret(), deeds)
    return bool(deeds)


def append_deeds(db: Session, secret: str, deeds: Sequence[Deed]) -> None:
    """Add entries at the end of the chain; whoever else does so waits until this transaction is committed."""
    db.flush()  # what can still fail fails before others wait
    key = key_of(secret)
    entries, head = chained(key, _locked_head(db, key), deeds)
    db.connection().execute(insert(AuditEntryRecord), [vars(entry) for entry in entries])
    moved = update(AuditHeadRecord).where(col(AuditHeadRecord.id) == HEAD)
    db.connection().execute(moved.values(count=head.count, hash=head.hash, seal=head.seal))


def _locked_head(db: Session, key: bytes) -> Head:
    """Lock the end of the chain, which the first of all entries begins."""
    record = AuditHeadRecord
    query = select(record.count, record.hash, record.seal).where(record.id == HEAD).with_for_update()
    found = db.exec(query).first()
    if found is None:
        first = sealed(key, 0, START)
        begin = text(
            "INSERT INTO audit_head (id, count, hash, seal) VALUES (:id, 0, :hash, :seal) ON CONFLICT (id) DO NOTHING"
        )
        db.connection().execute(begin, {"id": HEAD, "hash": first.hash, "seal": first.seal})
        found = db.exec(query).one()  # of two that begin it at once, one waits and goes on from the other's
    return Head(*found)
