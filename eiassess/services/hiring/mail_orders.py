"""Mails to candidates: to whom each goes, and what it is about."""

from collections.abc import Collection

from sqlmodel import Session, col, select

from eiassess.persistence.tables import AssessmentSessionRecord, CandidateRecord
from eiassess.services.outbox.queueing import MailOrder


def orders_for(db: Session, opening_id: str, session_ids: Collection[str]) -> list[MailOrder]:
    """Address a mail to each of some candidates of an opening, in the order of their numbers."""
    session, candidate = AssessmentSessionRecord, CandidateRecord
    query = (
        select(session.id, candidate.name, candidate.email)
        .join(candidate, col(candidate.id) == col(session.candidate_id))
        .where(col(session.id).in_(session_ids))
        .order_by(col(candidate.number))
    )
    return [MailOrder(name, email, opening_id=opening_id, session_id=each) for each, name, email in db.exec(query)]
