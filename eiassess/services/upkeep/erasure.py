"""Erasing what is stored about one candidate of one opening, when they or staff ask for it."""

from datetime import datetime

from sqlmodel import Session, col, delete, select

from eiassess.domain.audit.actions import Action
from eiassess.domain.audit.entries import ObjectKind, Target
from eiassess.domain.erasures import ErasedBy, Erasure, ErasureReason
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    InvitationRecord,
    WebSessionRecord,
)
from eiassess.services.auditing.acting import leave_out, note
from eiassess.services.outcomes.study import leave_study
from eiassess.services.upkeep.holds import find_hold, keep_wish, take_wish
from eiassess.services.upkeep.receipts import write_receipt
from eiassess.services.upkeep.retention import delete_candidate
from eiassess.services.upkeep.traces import forget_traces


def erase_or_wait(
    db: Session, session: AssessmentSessionRecord, by: ErasedBy, reason: ErasureReason, now: datetime
) -> Erasure:
    """Erase a candidate within the caller's transaction, or keep the wish if a duty holds their records."""
    hold = find_hold(db, session.id, now)
    if hold is not None:
        keep_wish(db, session.id, by, reason, now)
        note(db, Target(ObjectKind.CANDIDATE, session.id), Action.ASK_ERASURE)
        return Erasure(hold=hold)
    return Erasure(erase_candidate(db, session, by, reason, now))


def erase_candidate(
    db: Session, session: AssessmentSessionRecord, by: ErasedBy, reason: ErasureReason, now: datetime
) -> str:
    """Delete all of a candidate within the caller's transaction, with the browser sessions that their links opened.

    Their row of the study of those who were hired goes too: it can still be told whose it is. What stays is a receipt
    without a name, whose id is returned.
    """
    for link in db.exec(select(InvitationRecord.id).where(InvitationRecord.session_id == session.id)).all():
        db.exec(delete(WebSessionRecord).where(col(WebSessionRecord.data).contains(f'"{link}"')))
    leave_study(db, session.id)
    named = delete_candidate(db, session.id, session.candidate_id)
    forget_traces(db, session.opening_id, [named])
    return write_receipt(db, session.id, by, reason, now)


def carry_out_wishes(database: Database, now: datetime) -> int:
    """Erase those whose wish waited for the end of a duty to keep their records; return how many.

    Each goes in a transaction of its own; who does this at the same time takes others.
    """
    done = 0
    while _carry_out_one(database, now):
        done += 1
    if done:
        database.forget_what_was_deleted()
    return done


def _carry_out_one(database: Database, now: datetime) -> bool:
    with database.writing() as db:
        found = take_wish(db, now)
        if found is None:
            leave_out(db)
            return False
        session, wish = found
        note(db, Target(ObjectKind.CANDIDATE, session.id), Action.ERASE)
        erase_candidate(db, session, ErasedBy(wish.wished_by), ErasureReason(wish.reason), now)
        return True
