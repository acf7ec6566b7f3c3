"""Erasing what is stored about one candidate of one opening, as they ask for it."""

from sqlmodel import Session, col, delete, select

from eiassess.persistence.tables import AssessmentSessionRecord, InvitationRecord, WebSessionRecord
from eiassess.services.upkeep.retention import delete_candidate


def erase_candidate(db: Session, session: AssessmentSessionRecord) -> None:
    """Delete all of a candidate within the caller's transaction, with the browser sessions that their links opened."""
    for link in db.exec(select(InvitationRecord.id).where(InvitationRecord.session_id == session.id)).all():
        db.exec(delete(WebSessionRecord).where(col(WebSessionRecord.data).contains(f'"{link}"')))
    delete_candidate(db, session.id, session.candidate_id)
