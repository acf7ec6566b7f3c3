"""Telling candidates by mail where they stand, when a recruiter says so, and of one decision once."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from eiassess.domain.deciding import TELLING
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import AssessmentSessionRecord, MessageRecord, StageMoveRecord
from eiassess.services.deciding.deciders import require_decider
from eiassess.services.hiring.mail_orders import orders_for
from eiassess.services.hiring.withdrawing import lock_sessions
from eiassess.services.once import require_first_time
from eiassess.services.outbox.queueing import queue_mails


def tell_candidates(
    database: Database, user_id: str, opening_id: str, session_ids: Sequence[str], now: datetime, *, form: str = ""
) -> int:
    """Queue a mail to each whose stage has one and who was not told of it yet; return how many.

    Parameters
    ----------
    form
        The showing of the form that asks for it, which is worked off once.

    Raises
    ------
    AlreadyDoneError
        The same form asked for the same people before.
    NotFoundError
        There is no such opening, or it is not theirs.
    RefusedError
        They are the contact for adjustments.
    """
    with database.writing() as db:
        require_decider(db, opening_id, user_id)
        sessions = lock_sessions(db, opening_id, session_ids)
        require_first_time(db, form, ("tell", opening_id, *sorted(session_ids)), now)
        return queue_telling(db, opening_id, [each.id for each in sessions], now)


def queue_telling(db: Session, opening_id: str, session_ids: Collection[str], now: datetime) -> int:
    """Queue the mails within the caller's transaction; return how many."""
    stages = untold(db, session_ids)
    for stage, kind in TELLING.items():
        people = [each for each, stands in stages.items() if stands == stage]
        queue_mails(db, kind, orders_for(db, opening_id, people), now)
    return len(stages)


def untold(db: Session, session_ids: Collection[str]) -> dict[str, str]:
    """Say at which stage those stand who have come to one that a mail tells of, and were not told since; by session."""
    session, move, mail = AssessmentSessionRecord, StageMoveRecord, MessageRecord
    told = {stage: kind.name for stage, kind in TELLING.items()}
    came = (
        select(session.id, session.stage, func.max(move.moved_at))
        .join(move, col(move.session_id) == col(session.id))
        .where(col(session.id).in_(session_ids), col(session.stage).in_(told))
        .group_by(session.id, session.stage)
    )
    mailed = (
        select(mail.session_id, mail.kind, func.max(mail.created_at))
        .where(col(mail.session_id).in_(session_ids), col(mail.kind).in_(told.values()))
        .group_by(col(mail.session_id), col(mail.kind))
    )
    last = {(each, kind): at for each, kind, at in db.exec(mailed)}
    return {
        each: stage
        for each, stage, at in db.exec(came)
        if (each, told[stage]) not in last or last[each, told[stage]] < at
    }
