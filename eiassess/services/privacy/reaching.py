"""Whom somebody may do this for: candidates of openings that they recruit for, or all for whoever runs the program."""

from sqlmodel import Session

from eiassess.persistence.tables import AssessmentSessionRecord, CandidateRecord, OpeningRecord
from eiassess.services.hiring.openings import get_session_record, require_member


def reach(
    db: Session, user_id: str | None, session_id: str, *, locked: bool = False
) -> tuple[AssessmentSessionRecord, OpeningRecord, CandidateRecord]:
    """Return a candidate's session, opening and person; ``user_id`` is empty for whoever runs the installation.

    Raises
    ------
    NotFoundError
        There is no such candidate in an opening of this person.
    """
    session = get_session_record(db, session_id, locked=locked)
    if user_id is not None:
        require_member(db, session.opening_id, user_id)
    opening = db.get_one(OpeningRecord, session.opening_id)
    return session, opening, db.get_one(CandidateRecord, session.candidate_id)
