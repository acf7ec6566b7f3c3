"""The shortlist: put together by people, and only where scores may put people in order."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from eiassess.errors import RefusedError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import CandidateMarkRecord
from eiassess.services.deciding.deciders import require_decider
from eiassess.services.deciding.uses import ranking_allowed
from eiassess.services.hiring.withdrawing import lock_sessions
from eiassess.services.identifiers import new_id


def mark_candidates(
    database: Database, user_id: str, opening_id: str, session_ids: Sequence[str], now: datetime, *, marked: bool
) -> int:
    """Put candidates on an opening's shortlist, or take them off it; return for how many that changed something.

    Raises
    ------
    NotFoundError
        There is no such opening, or it is not theirs.
    RefusedError
        Scores may put nobody in order here, or they are the contact for adjustments.
    """
    with database.writing() as db:
        opening = require_decider(db, opening_id, user_id)
        if not ranking_allowed(db, opening):
            message = (
                "There is no shortlist here: too few experts stand behind this answer key, and candidates were told "
                "that results are not for ranking"
            )
            raise RefusedError(message)
        people = [each.id for each in lock_sessions(db, opening_id, session_ids)]
        standing = _newest(db, people)
        changing = [each for each in people if (each in standing and standing[each].marked) != marked]
        for each in changing:
            number = standing[each].number + 1 if each in standing else 1
            db.add(
                CandidateMarkRecord(
                    id=new_id(), session_id=each, number=number, marked=marked, marked_by=user_id, marked_at=now
                )
            )
        return len(changing)


def on_shortlist(db: Session, session_ids: Collection[str]) -> frozenset[str]:
    """Say which of some candidates are on the shortlist, in one query."""
    return frozenset(each for each, mark in _newest(db, session_ids).items() if mark.marked)


def _newest(db: Session, session_ids: Collection[str]) -> dict[str, CandidateMarkRecord]:
    mark, other = CandidateMarkRecord, aliased(CandidateMarkRecord)
    newest = select(func.max(other.number)).where(other.session_id == col(mark.session_id)).scalar_subquery()
    query = select(mark).where(col(mark.session_id).in_(session_ids), col(mark.number) == newest)
    return {each.session_id: each for each in db.exec(query)}
