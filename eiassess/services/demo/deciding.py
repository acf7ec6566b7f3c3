"""Stages, mails of them, notes and a shortlist in the demo's opening, made up as its candidates are."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from eiassess.domain.deciding import DecisionStage
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    CandidateMarkRecord,
    CandidateNoteRecord,
    CandidateRecord,
    StageMoveRecord,
    UserRecord,
)
from eiassess.services.deciding.decisions import record_moves
from eiassess.services.deciding.telling import queue_telling
from eiassess.services.demo.mails import send_waiting
from eiassess.services.identifiers import new_id

STEPS = (
    (DecisionStage.INTERVIEW, range(6), "", "", True),
    (DecisionStage.OFFER, range(1), "Morgan Manager", "Made up: spoke best of angry customers.", True),
    (DecisionStage.NOT_TAKEN, range(1, 2), "Morgan Manager", "Made up: could not work in the evenings.", False),
)
"""Stage, whom it is about, who decided, why, and whether they were told: one has still to be."""
NOTES = ("Made up: asked twice about night shifts.", "Made up: has worked at a help desk for four years.")
ON_THE_SHORTLIST = 3


def decide_some(db: Session, opening_id: str, recruiter: str, now: datetime) -> None:
    """Let a recruiter have recorded some steps, within the caller's transaction."""
    user = db.exec(select(UserRecord).where(UserRecord.email == recruiter)).one().id
    session = AssessmentSessionRecord
    query = select(session).join(CandidateRecord).where(session.opening_id == opening_id)
    people = db.exec(query.order_by(col(CandidateRecord.number)).limit(6)).all()
    day_before = now - timedelta(days=1)
    for day, (stage, places, person, reason, told) in enumerate(STEPS):
        at = now - timedelta(days=5 - day)
        step = StageMoveRecord(
            id="", session_id="", number=0, stage=stage.value, person=person, reason=reason, moved_by=user, moved_at=at
        )  # fmt: skip
        about = [people[place] for place in places]
        record_moves(db, about, step)
        if told:
            queue_telling(db, opening_id, [each.id for each in about], at)
    send_waiting(db, opening_id)
    for place, words in enumerate(NOTES):
        db.add(
            CandidateNoteRecord(
                id=new_id(),
                session_id=people[place].id,
                words=words,
                author_id=user,
                written_at=day_before,
            )
        )
    for each in people[:ON_THE_SHORTLIST]:
        db.add(
            CandidateMarkRecord(
                id=new_id(),
                session_id=each.id,
                number=1,
                marked=True,
                marked_by=user,
                marked_at=day_before,
            )
        )
