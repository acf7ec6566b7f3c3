"""Duties to keep somebody's records, and wishes to erase that wait for their end."""

from datetime import datetime

from sqlmodel import Session, col, select

from eiassess.domain.erasures import ErasedBy, ErasureReason, Hold
from eiassess.persistence.tables import AssessmentSessionRecord, ErasureHoldRecord, ErasureWishRecord


def find_hold(db: Session, session_id: str, now: datetime) -> Hold | None:
    """Return the duty that holds somebody's records now, if there is one."""
    record = db.get(ErasureHoldRecord, session_id)
    if record is None or record.until <= now:
        return None
    return Hold(record.person, record.reason, record.until)


def keep_wish(db: Session, session_id: str, by: ErasedBy, reason: ErasureReason, now: datetime) -> None:
    """Keep a wish to erase until the duty ends; one that waits already stays as it is."""
    if db.get(ErasureWishRecord, session_id) is None:
        db.add(ErasureWishRecord(session_id=session_id, wished_by=by, reason=reason, wished_at=now))


def take_wish(db: Session, now: datetime) -> tuple[AssessmentSessionRecord, ErasureWishRecord] | None:
    """Return a sitting whose erasure waited for the end of a duty that has ended, locked, and the wish."""
    session, wish, hold = AssessmentSessionRecord, ErasureWishRecord, ErasureHoldRecord
    held = select(hold.session_id).where(col(hold.until) > now)
    query = (
        select(session, wish)
        .join(wish, col(wish.session_id) == col(session.id))
        .where(col(wish.session_id).not_in(held))
        .order_by(col(wish.session_id))
        .limit(1)
        .with_for_update(of=session, skip_locked=True)
    )
    return db.exec(query).first()
