"""The end of an opening: closed it takes no invitation, archived it is out of sight; nothing ends by itself."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from eiassess.domain.audit.actions import Action
from eiassess.domain.audit.entries import ObjectKind, Target
from eiassess.domain.openings import OpeningState
from eiassess.domain.sessions import SessionState, WithdrawnBy
from eiassess.errors import RefusedError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import AssessmentSessionRecord, CandidateRecord, OpeningRecord
from eiassess.services.auditing.acting import note
from eiassess.services.hiring.ends import who_is_expected
from eiassess.services.hiring.openings import require_member
from eiassess.services.hiring.withdrawing import lock_sessions, withdraw


@dataclass(frozen=True)
class OnTheWay:
    """A candidate who has an open link and has not handed in."""

    session_id: str
    number: int
    name: str
    email: str
    has_begun: bool


def list_on_their_way(database: Database, user_id: str, opening_id: str, now: datetime) -> tuple[OnTheWay, ...]:
    """List who could still hand in to an opening, in the order of their invitations.

    Raises
    ------
    NotFoundError
        There is no such opening, or it is not theirs.
    """
    with database.reading() as db:
        require_member(db, opening_id, user_id)
        return _on_their_way(db, opening_id, now)


def close_opening(
    database: Database, user_id: str, opening_id: str, now: datetime, *, end_links: bool
) -> tuple[OnTheWay, ...]:
    """Take no more invitations; those who are on their way may finish, or are withdrawn. Return who was.

    The links of whoever is withdrawn lead to their own page, as long as anything is stored about them.

    Raises
    ------
    NotFoundError
        There is no such opening, or it is not theirs.
    RefusedError
        It is closed or archived.
    """
    with database.writing() as db:
        opening = _in_state(db, user_id, opening_id, OpeningState.OPEN, "This opening is closed already")
        _move(db, opening, OpeningState.CLOSED)
        if not end_links:
            return ()
        ended = _on_their_way(db, opening_id, now)
        for session in lock_sessions(db, opening_id, [each.session_id for each in ended]):
            withdraw(db, session, WithdrawnBy.RECRUITER, now)
        note(db, Target(ObjectKind.OPENING, opening_id), Action.END_OPENING)
        note(db, Target(ObjectKind.OPENING, opening_id, len(ended)), Action.WITHDRAW)
        return ended


def reopen_opening(database: Database, user_id: str, opening_id: str) -> None:
    """Let a closed opening take invitations again; links that ended stay so.

    Raises
    ------
    NotFoundError
        There is no such opening, or it is not theirs.
    RefusedError
        It is not closed.
    """
    with database.writing() as db:
        opening = _in_state(db, user_id, opening_id, OpeningState.CLOSED, "Only a closed opening can be opened again")
        _move(db, opening, OpeningState.OPEN)


def archive_opening(database: Database, user_id: str, opening_id: str) -> None:
    """Take a closed opening out of the list.

    Raises
    ------
    NotFoundError
        There is no such opening, or it is not theirs.
    RefusedError
        It is open, or archived already.
    """
    with database.writing() as db:
        opening = _in_state(db, user_id, opening_id, OpeningState.CLOSED, "Close the opening before archiving it")
        _move(db, opening, OpeningState.ARCHIVED)


def unarchive_opening(database: Database, user_id: str, opening_id: str) -> None:
    """Take an opening back from the archive; it is closed then.

    Raises
    ------
    NotFoundError
        There is no such opening, or it is not theirs.
    RefusedError
        It is not archived.
    """
    with database.writing() as db:
        opening = _in_state(db, user_id, opening_id, OpeningState.ARCHIVED, "This opening is not archived")
        _move(db, opening, OpeningState.CLOSED)


def _in_state(db: Session, user_id: str, opening_id: str, state: OpeningState, refusal: str) -> OpeningRecord:
    opening = require_member(db, opening_id, user_id)
    db.refresh(opening, with_for_update=True)
    if opening.state != state:
        raise RefusedError(refusal)
    return opening


def _move(db: Session, opening: OpeningRecord, state: OpeningState) -> None:
    opening.state = state
    db.add(opening)


def _on_their_way(db: Session, opening_id: str, now: datetime) -> tuple[OnTheWay, ...]:
    session = AssessmentSessionRecord
    query = (
        select(session, CandidateRecord)
        .join(CandidateRecord, col(CandidateRecord.id) == col(session.candidate_id))
        .where(session.opening_id == opening_id)
        .order_by(col(CandidateRecord.number))
    )
    found = db.exec(query).all()
    expected = who_is_expected(db, [each for each, _ in found], now)
    return tuple(
        OnTheWay(each.id, candidate.number, candidate.name, candidate.email, each.state == SessionState.STARTED)
        for each, candidate in found
        if each.id in expected
    )
