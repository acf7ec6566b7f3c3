"""Withdrawing an invitation before anything is handed in: by the candidate, or by a recruiter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from eiassess.domain.audit.actions import Action
from eiassess.domain.audit.entries import ObjectKind, Target
from eiassess.domain.sessions import SessionState, WithdrawnBy
from eiassess.errors import RefusedError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import AssessmentSessionRecord
from eiassess.services.auditing.acting import note
from eiassess.services.hiring.invitations import require_open_session
from eiassess.services.hiring.openings import require_member


@dataclass(frozen=True)
class Withdrawal:
    """How many invitations a recruiter withdrew, and how many not, for their answers are handed in."""

    withdrawn: int
    handed_in: int


def withdraw_own(database: Database, invitation_id: str, now: datetime) -> None:
    """End the invitation of whoever does not want to take part; doing it again changes nothing.

    What was saved stays until they have it erased or its days are over, and their link still leads to their page.

    Raises
    ------
    LinkClosedError
        The link was closed.
    RefusedError
        The answers are handed in.
    """
    with database.writing() as db:
        session, _ = require_open_session(db, invitation_id, lock=True)
        if session.state == SessionState.SUBMITTED:
            message = "Your answers are handed in. You can have them erased instead"
            raise RefusedError(message)
        withdraw(db, session, WithdrawnBy.CANDIDATE, now)


def withdraw_candidates(
    database: Database, user_id: str, opening_id: str, session_ids: Sequence[str], now: datetime
) -> Withdrawal:
    """End the invitations of candidates who have not handed in; who is not in the opening is left alone.

    Raises
    ------
    NotFoundError
        There is no such opening for this person.
    """
    with database.writing() as db:
        require_member(db, opening_id, user_id)
        sessions = lock_sessions(db, opening_id, session_ids)
        waiting = [each for each in sessions if each.state != SessionState.SUBMITTED]
        ended = sum(withdraw(db, each, WithdrawnBy.RECRUITER, now) for each in waiting)
        note(db, Target(ObjectKind.OPENING, opening_id, ended), Action.WITHDRAW)
        return Withdrawal(ended, len(sessions) - len(waiting))


def lock_sessions(db: Session, opening_id: str, session_ids: Sequence[str] | None) -> list[AssessmentSessionRecord]:
    """Lock an opening's sittings, all or some, in one order, so that no two who do this wait for each other."""
    session = AssessmentSessionRecord
    query = select(session).where(session.opening_id == opening_id).order_by(col(session.id)).with_for_update()
    found = db.exec(query if session_ids is None else query.where(col(session.id).in_(session_ids)))
    return list(found)


def withdraw(db: Session, session: AssessmentSessionRecord, by: WithdrawnBy, now: datetime) -> bool:
    """End an invitation within the caller's transaction; tell whether it was not ended before."""
    if session.withdrawn_at is not None:
        return False
    session.withdrawn_at, session.withdrawn_by = now, by
    db.add(session)
    return True
