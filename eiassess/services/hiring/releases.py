"""Releasing a candidate's report to the hiring managers of the opening."""

from datetime import datetime

from eiassess.domain.sessions import SessionState
from eiassess.errors import NotFoundError, RefusedError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import AssessmentSessionRecord
from eiassess.services.hiring.openings import require_member


def release_candidate(database: Database, user_id: str, session_id: str, now: datetime) -> None:
    """Let the opening's hiring managers see a candidate; doing it again changes nothing.

    Raises
    ------
    NotFoundError
        There is no such candidate in an opening of this person.
    RefusedError
        The answers are not handed in yet.
    """
    with database.writing() as db:
        session = db.get(AssessmentSessionRecord, session_id, with_for_update=True)
        if session is None:
            message = "There is no such candidate"
            raise NotFoundError(message)
        require_member(db, session.opening_id, user_id)
        if session.state != SessionState.SUBMITTED:
            message = "This candidate has not handed in yet, so there is no report to release"
            raise RefusedError(message)
        if session.released_at is None:
            session.released_at, session.released_by = now, user_id
            db.add(session)


def withdraw_release(database: Database, user_id: str, session_id: str) -> None:
    """Take a candidate's report back from the hiring managers; what they downloaded stays with them.

    Raises
    ------
    NotFoundError
        There is no such candidate in an opening of this person.
    """
    with database.writing() as db:
        session = db.get(AssessmentSessionRecord, session_id, with_for_update=True)
        if session is None:
            message = "There is no such candidate"
            raise NotFoundError(message)
        require_member(db, session.opening_id, user_id)
        session.released_at = session.released_by = None
        db.add(session)
