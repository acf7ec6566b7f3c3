"""The end of an opening: closed it takes no invitation, archived it is out of sight; nothing ends by itself."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from eiassess.domain.openings import OpeningState
from eiassess.domain.sessions import SessionState
from eiassess.errors import RefusedError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import AssessmentSessionRecord, CandidateRecord, InvitationRecord, OpeningRecord
from eiassess.services.hiring.openings import require_member


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
    """Take no more invitations; those who are on their way may finish, or their links end. Return whose links ended.

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
        for each in ended:
            _end_links(db, each.session_id, now)
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
    session, link = AssessmentSessionRecord, InvitationRecord
    open_links = select(link.session_id).where(col(link.revoked_at).is_(None), col(link.expires_at) > now)
    query = (
        select(session, CandidateRecord)
        .join(CandidateRecord, col(CandidateRecord.id) == col(session.candidate_id))
        .where(
            session.opening_id == opening_id,
            session.state != SessionState.SUBMITTED,
            col(session.id).in_(open_links),
        )
        .order_by(col(CandidateRecord.number))
    )
    return tuple(
        OnTheWay(each.id, candidate.number, candidate.name, candidate.email, each.state == SessionState.STARTED)
        for each, candidate in db.exec(query)
    )


def _end_links(db: Session, session_id: str, now: datetime) -> None:
    db.get(AssessmentSessionRecord, session_id, with_for_update=True)  # as whoever saves answers locks it
    open_ones = select(InvitationRecord).where(
        InvitationRecord.session_id == session_id, col(InvitationRecord.revoked_at).is_(None)
    )
    for invitation in db.exec(open_ones):
        invitation.revoked_at = now
        db.add(invitation)
