"""Erasing what is stored about one candidate of one opening, as they ask for it."""

from sqlmodel import Session, col, delete, select

from eiassess.persistence.tables import AssessmentSessionRecord, InvitationRecord, WebSessionRecord
from eiassess.services.outcomes.study import leave_study
from eiassess.services.upkeep.retention import delete_candidate


def erase_candidate(db: Session, session: AssessmentSessionRecord) -> None:
    """Delete all of a candidate within the caller's transaction, with the browser sessions that their links opened.

    Their row of the study of those who were hired goes too: it can still be told whose it is.
    """
    for link in db.exec(select(InvitationRecord.id).where(InvitationRecord.session_id == session.id)).all():
        db.exec(delete(WebSessionRecord).where(col(WebSessionRecord.data).contains(f'"{link}"')))
    leave_study(db, session.id)
    delete_candidate(db, session.id, session.candidate_id)
