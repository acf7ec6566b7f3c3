"""Handing in by the server: whoever's time is over, each in a transaction of their own."""

import logging
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, delete, select

from eiassess.domain.audit.actions import Action
from eiassess.domain.audit.entries import ObjectKind, Target
from eiassess.domain.responses import n_missing
from eiassess.domain.sessions import HandedInBy, SessionState
from eiassess.persistence.engine import Database, upsert
from eiassess.persistence.tables import AssessmentSessionRecord, FailedHandInRecord, OpeningRecord
from eiassess.scoring.person.missing import is_enough
from eiassess.services.auditing.acting import note
from eiassess.services.content.pinned import get_form
from eiassess.services.hiring.ends import times_of, times_of_all
from eiassess.services.sitting.answers import list_responses
from eiassess.services.sitting.handing_in import hand_in, queue_receipt

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class HandInSweep:
    """What became of the sittings whose time was over: by their ids, those handed in and those that failed."""

    handed_in: tuple[str, ...]
    failed: tuple[str, ...]


def hand_in_due(database: Database, now: datetime) -> HandInSweep:
    """Hand in what is saved for everybody whose time is over, where the opening says so and enough was answered.

    Each is a transaction of its own: one that fails is logged, listed and tried again the next time, and holds nobody
    else up. A save that is under way comes first.
    """
    handed_in, failed = [], []
    for session_id in _due(database, now):
        try:
            if _hand_in_one(database, session_id, now):
                handed_in.append(session_id)
        except Exception:
            log.exception("Sitting %s could not be handed in; the others are, and it is tried again", session_id)
            failed.append(session_id)
            _list_failure(database, session_id, now)
    return HandInSweep(tuple(handed_in), tuple(failed))


def list_failed_hand_ins(db: Session, opening_id: str) -> tuple[str, ...]:
    """List the sittings of an opening that the server could not hand in."""
    record, session = FailedHandInRecord, AssessmentSessionRecord
    query = select(record.session_id).join(session).where(session.opening_id == opening_id)
    return tuple(db.exec(query.order_by(col(record.failed_at), col(record.session_id))))


def _due(database: Database, now: datetime) -> list[str]:
    session, opening = AssessmentSessionRecord, OpeningRecord
    query = (
        select(session)
        .join(opening)
        .where(
            session.state == SessionState.STARTED,
            col(session.withdrawn_at).is_(None),
            col(opening.hand_in_at_deadline).is_(True),
        )
        .order_by(col(session.id))
    )
    with database.reading() as db:
        started = db.exec(query).all()
        times = times_of_all(db, started)
        return [each.id for each in started if times[each.id].is_due(now)]


def _hand_in_one(database: Database, session_id: str, now: datetime) -> bool:
    with database.writing() as db:
        # Locked as whoever saves locks it: what is saved meanwhile is handed in too. Then everything is asked again.
        session = db.get(AssessmentSessionRecord, session_id, with_for_update=True)
        if session is None or session.state != SessionState.STARTED or session.withdrawn_at is not None:
            return False
        times = times_of(db, session)
        if not times.is_due(now) or not _has_enough(db, session):
            return False
        hand_in(db, session, times.ends_at, HandedInBy.SERVER)  # the person's time, not that of the sweep
        queue_receipt(db, session, now)
        note(db, Target(ObjectKind.OPENING, session.opening_id), Action.HAND_IN_AT_END)
        db.exec(delete(FailedHandInRecord).where(col(FailedHandInRecord.session_id) == session_id))
        return True


def _has_enough(db: Session, session: AssessmentSessionRecord) -> bool:
    form, saved = get_form(db, session.form_digest), list_responses(db, session.id)
    complete = sum(n_missing(form, each, saved[each.id].ratings) == 0 for each in form.scenarios if each.id in saved)
    return is_enough(complete, len(form.scenarios))


def _list_failure(database: Database, session_id: str, now: datetime) -> None:
    try:
        with database.writing() as db:
            row = upsert(db, FailedHandInRecord).values(session_id=session_id, failed_at=now)
            db.connection().execute(row.on_conflict_do_nothing())
    except Exception:
        log.exception("That sitting %s could not be handed in is not even listed", session_id)
