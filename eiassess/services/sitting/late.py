"""Answers that came after the end: counted, so that a person can be told, and never kept."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, func, select

from eiassess.domain.responses import Ratings
from eiassess.persistence.engine import upsert
from eiassess.persistence.tables import LateAnswerRecord


def count_late(saved: Ratings, given: Ratings) -> int:
    """Count the options whose answer differs from what is saved."""
    return sum(saved.get(option) != given.get(option) for option in {*saved, *given})


def keep_late(db: Session, session_id: str, scenario_id: str, answers: int, now: datetime) -> None:
    """Keep how many answers to a scenario came late; sent again, they are counted once."""
    values = {"answers": answers, "arrived_at": now}
    row = upsert(db, LateAnswerRecord).values(session_id=session_id, scenario_id=scenario_id, **values)
    db.connection().execute(row.on_conflict_do_update(index_elements=["session_id", "scenario_id"], set_=values))


def late_answers(db: Session, session_ids: Sequence[str]) -> dict[str, int]:
    """Return how many answers came late, of those from whom some did."""
    record = LateAnswerRecord
    query = (
        select(record.session_id, func.sum(record.answers))
        .where(col(record.session_id).in_(session_ids))
        .group_by(col(record.session_id))
    )
    return {session_id: int(n) for session_id, n in db.exec(query)}
