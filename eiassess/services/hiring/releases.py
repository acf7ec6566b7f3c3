"""Releasing candidates to the hiring managers of the opening, field by field; what was released when is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from eiassess.domain.audit.actions import Action
from eiassess.domain.audit.entries import ObjectKind, Target
from eiassess.domain.releases import USUAL, Fields, read_fields, written_fields
from eiassess.domain.sessions import SessionState
from eiassess.errors import InvalidInputError, RefusedError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import AssessmentSessionRecord, ReleaseRecord, UserRecord
from eiassess.services.auditing.acting import note
from eiassess.services.hiring.openings import get_session_record, require_member
from eiassess.services.hiring.withdrawing import lock_sessions
from eiassess.services.identifiers import new_id


@dataclass(frozen=True)
class ReleaseStep:
    """A release, a change of it, or its end: then there are no fields; ``by`` is a person's name, if it is known."""

    at: datetime
    by: str
    fields: Fields


def release_candidate(database: Database, user_id: str, session_id: str, now: datetime, fields: Fields = USUAL) -> None:
    """Let the opening's hiring managers see some of a candidate; the same again changes nothing.

    Raises
    ------
    NotFoundError
        There is no such candidate in an opening of this person.
    RefusedError
        The answers are not handed in yet.
    InvalidInputError
        No field is named.
    """
    _require_some(fields)
    with database.writing() as db:
        session = _locked(db, user_id, session_id)
        if session.state != SessionState.SUBMITTED:
            message = "This candidate has not handed in yet, so there is no report to release"
            raise RefusedError(message)
        add_release(db, session, user_id, now, fields)


def release_candidates(
    database: Database, user_id: str, opening_id: str, session_ids: Sequence[str], fields: Fields, now: datetime
) -> int:
    """Release those who handed in, all with the same fields, and return how many; of others nothing changes.

    Raises
    ------
    NotFoundError
        There is no such opening for this person.
    InvalidInputError
        No field is named.
    """
    _require_some(fields)
    with database.writing() as db:
        require_member(db, opening_id, user_id)
        there = [each for each in lock_sessions(db, opening_id, session_ids) if each.state == SessionState.SUBMITTED]
        for session in there:
            add_release(db, session, user_id, now, fields)
        note(db, Target(ObjectKind.OPENING, opening_id, len(there)), Action.RELEASE)
        return len(there)


def withdraw_release(database: Database, user_id: str, session_id: str, now: datetime) -> None:
    """Take a candidate back from the hiring managers; what they downloaded stays with them.

    Raises
    ------
    NotFoundError
        There is no such candidate in an opening of this person.
    """
    with database.writing() as db:
        _take_back(db, _locked(db, user_id, session_id), user_id, now)


def withdraw_releases(
    database: Database, user_id: str, opening_id: str, session_ids: Sequence[str], now: datetime
) -> int:
    """Take several back from the hiring managers; return how many were released.

    Raises
    ------
    NotFoundError
        There is no such opening for this person.
    """
    with database.writing() as db:
        require_member(db, opening_id, user_id)
        n = sum(_take_back(db, each, user_id, now) for each in lock_sessions(db, opening_id, session_ids))
        note(db, Target(ObjectKind.OPENING, opening_id, n), Action.RELEASE)
        return n


def list_release_steps(database: Database, user_id: str, session_id: str) -> tuple[ReleaseStep, ...]:
    """List what became of a candidate's release, the newest first.

    Raises
    ------
    NotFoundError
        There is no such candidate in an opening of this person.
    """
    with database.reading() as db:
        session = get_session_record(db, session_id)
        require_member(db, session.opening_id, user_id)
        return release_steps(db, session_id)


def release_steps(db: Session, session_id: str) -> tuple[ReleaseStep, ...]:
    """List what became of a release, the newest first, within the caller's transaction."""
    release = ReleaseRecord
    query = (
        select(release, UserRecord.name)
        .outerjoin(UserRecord, col(UserRecord.id) == col(release.by))
        .where(release.session_id == session_id)
        .order_by(col(release.number).desc())
    )
    return tuple(ReleaseStep(each.at, name or "", read_fields(each.fields)) for each, name in db.exec(query))


def released_fields(db: Session, session: AssessmentSessionRecord) -> Fields:
    """Return what hiring managers see of a candidate; nothing if it is not released, or was taken back."""
    if session.released_at is None:
        return frozenset()
    newest = db.exec(_newest(session.id)).first()
    return read_fields(newest.fields) if newest else frozenset()


def add_release(db: Session, session: AssessmentSessionRecord, user_id: str, now: datetime, fields: Fields) -> None:
    """Release a candidate, or change what is released, within the caller's transaction."""
    if released_fields(db, session) == fields:
        return
    if session.released_at is None:
        session.released_at, session.released_by = now, user_id
        db.add(session)
    _append(db, session.id, user_id, now, fields)


def _require_some(fields: Fields) -> None:
    if not fields:
        message = "Choose at least one thing that the hiring managers see"
        raise InvalidInputError(message, "fields")


def _locked(db: Session, user_id: str, session_id: str) -> AssessmentSessionRecord:
    session = get_session_record(db, session_id, locked=True)
    require_member(db, session.opening_id, user_id)
    return session


def _take_back(db: Session, session: AssessmentSessionRecord, user_id: str, now: datetime) -> bool:
    if session.released_at is None:
        return False
    session.released_at = session.released_by = None
    db.add(session)
    _append(db, session.id, user_id, now, frozenset())
    return True


def _append(db: Session, session_id: str, user_id: str, now: datetime, fields: Fields) -> None:
    earlier = db.exec(select(func.count()).where(ReleaseRecord.session_id == session_id)).one()
    db.add(
        ReleaseRecord(
            id=new_id(), session_id=session_id, number=earlier + 1, fields=written_fields(fields), at=now, by=user_id
        )
    )
    db.flush()


def _newest(session_id: str) -> SelectOfScalar[ReleaseRecord]:
    release = ReleaseRecord
    return select(release).where(release.session_id == session_id).order_by(col(release.number).desc()).limit(1)
