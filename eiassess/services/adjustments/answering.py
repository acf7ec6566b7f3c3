"""The contact for adjustments reads requests and answers them; of scores and answers they see nothing here."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from eiassess.domain.mail_kinds import REQUEST_ANSWERED
from eiassess.domain.openings import MemberPart
from eiassess.domain.requests import FACTORS, WORDS_AT_MOST, AdjustmentKind
from eiassess.domain.sessions import SessionState
from eiassess.errors import InvalidInputError, NotFoundError, RefusedError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import (
    AdjustmentRecord,
    AdjustmentRequestRecord,
    AssessmentSessionRecord,
    CandidateRecord,
    OpeningMemberRecord,
    OpeningRecord,
)
from eiassess.services.adjustments.desk import desk_of
from eiassess.services.hiring.ends import times_of
from eiassess.services.outbox.queueing import MailOrder, queue_mail


@dataclass(frozen=True)
class WaitingRequest:
    """A request as its reader sees it.

    Parameters
    ----------
    time_limit_minutes
        The opening's limit; ``None`` if it has none, and no factor can be given.
    factor, ends_at
        What this person has now.
    can_change
        Whether times can still be changed: not once the answers are handed in.
    """

    id: str
    opening_id: str
    opening_title: str
    candidate_name: str
    kind: AdjustmentKind
    words: str
    asked_at: datetime
    answer: str | None
    answered_at: datetime | None
    time_limit_minutes: int | None
    factor: float
    ends_at: datetime
    time_zone: str
    keeps_promise: bool
    can_change: bool


@dataclass(frozen=True)
class AdjustmentAnswer:
    """What a request is answered by.

    Parameters
    ----------
    words
        What the candidate reads.
    factor
        How much longer than others they may take.
    ends_at
        A later end of theirs; ``None`` to leave it as it is.
    """

    words: str
    factor: float = 1.0
    ends_at: datetime | None = None


def list_requests(database: Database, user_id: str) -> tuple[WaitingRequest, ...]:
    """List the requests that somebody reads, those that wait first, the oldest of these on top."""
    with database.reading() as db:
        desks = {opening: desk_of(db, opening) for opening in _openings(db, user_id)}
        record, session = AdjustmentRequestRecord, AssessmentSessionRecord
        query = select(record, session.opening_id).join(session).where(col(session.opening_id).in_(desks))
        asked = db.exec(query.order_by(col(record.asked_at), col(record.id))).all()
        found = [_waiting(db, each) for each, opening in asked if desks[opening].opens(user_id, each)]
        return tuple(sorted(found, key=lambda each: each.answer is not None))


def get_request(database: Database, user_id: str, request_id: str) -> WaitingRequest:
    """Return one request to whoever reads it.

    Raises
    ------
    NotFoundError
        There is none, or others read it.
    """
    with database.reading() as db:
        return _waiting(db, _require_request(db, user_id, request_id))


def answer_request(database: Database, user_id: str, request_id: str, given: AdjustmentAnswer, now: datetime) -> None:
    """Answer a request, with the times that the person gets; the candidate is mailed the words, once.

    Raises
    ------
    NotFoundError
        There is none, or others read it.
    InvalidInputError
        The words are missing or too long, or the times cannot be given.
    RefusedError
        Times are given to somebody who has handed in.
    """
    words = _checked_words(given.words)
    with database.writing() as db:
        record = _require_request(db, user_id, request_id)
        session = db.get_one(AssessmentSessionRecord, record.session_id, with_for_update=True)
        db.refresh(record)  # whoever answered meanwhile has let go of the sitting
        opening = db.get_one(OpeningRecord, session.opening_id)
        if record.answer == words and _has_already(db, session, given):  # posted again
            return
        _give_times(db, session, opening, given, user_id, now)
        record.answer, record.answered_at, record.answered_by = words, now, user_id
        record.for_contact = record.for_contact or desk_of(db, opening.id).keeps_promise
        db.add(record)
        candidate = db.get_one(CandidateRecord, session.candidate_id)
        order = MailOrder(
            candidate.name,
            candidate.email,
            opening_id=opening.id,
            session_id=session.id,
            given={"answer": words},
        )
        queue_mail(db, REQUEST_ANSWERED, order, now)


def _openings(db: Session, user_id: str) -> list[str]:
    member = OpeningMemberRecord
    parts = (MemberPart.ADJUSTMENTS, MemberPart.RECRUITS)
    query = select(member.opening_id).where(member.user_id == user_id, col(member.part).in_(parts)).distinct()
    return list(db.exec(query))


def _require_request(db: Session, user_id: str, request_id: str) -> AdjustmentRequestRecord:
    """Return a request that somebody reads; one that others read looks as if there were none."""
    record = db.get(AdjustmentRequestRecord, request_id)
    if record is not None:
        session = db.get_one(AssessmentSessionRecord, record.session_id)
        if desk_of(db, session.opening_id).opens(user_id, record):
            return record
    message = "There is no such request"
    raise NotFoundError(message)


def _waiting(db: Session, record: AdjustmentRequestRecord) -> WaitingRequest:
    session = db.get_one(AssessmentSessionRecord, record.session_id)
    opening = db.get_one(OpeningRecord, session.opening_id)
    times = times_of(db, session)
    return WaitingRequest(
        id=record.id,
        opening_id=opening.id,
        opening_title=opening.title,
        candidate_name=db.get_one(CandidateRecord, session.candidate_id).name,
        kind=AdjustmentKind(record.kind),
        words=record.words,
        asked_at=record.asked_at,
        answer=record.answer,
        answered_at=record.answered_at,
        time_limit_minutes=opening.time_limit_minutes,
        factor=times.factor,
        ends_at=times.own_deadline,
        time_zone=opening.time_zone,
        keeps_promise=desk_of(db, opening.id).keeps_promise,
        can_change=session.state != SessionState.SUBMITTED,
    )


def _checked_words(words: str) -> str:
    words = words.strip()
    if not words:
        message = "Write what the candidate is to read"
        raise InvalidInputError(message, "words")
    if len(words) > WORDS_AT_MOST:
        message = f"Shorten the answer to at most {WORDS_AT_MOST} characters; it has {len(words)}"
        raise InvalidInputError(message, "words")
    return words


def _has_already(db: Session, session: AssessmentSessionRecord, given: AdjustmentAnswer) -> bool:
    times = times_of(db, session)
    return given.factor == times.factor and given.ends_at in {None, times.granted}


def _give_times(
    db: Session,
    session: AssessmentSessionRecord,
    opening: OpeningRecord,
    given: AdjustmentAnswer,
    user_id: str,
    now: datetime,
) -> None:
    """Give somebody their times; whoever has what is given keeps it, also where it says no more than usual."""
    before = times_of(db, session)
    if given.factor == before.factor and given.ends_at is None:
        return
    if session.state == SessionState.SUBMITTED:
        message = "The answers are handed in, so times cannot be changed any more; answer without them"
        raise RefusedError(message)
    if given.factor not in FACTORS or (given.factor > 1 and opening.time_limit_minutes is None):
        message = "Choose one of the times that are offered"
        raise InvalidInputError(message, "factor")
    if given.ends_at is not None and given.ends_at <= now:
        message = "Choose a day and time that are still to come"
        raise InvalidInputError(message, "ends_at")
    ends_at = given.ends_at or before.granted
    db.merge(
        AdjustmentRecord(session_id=session.id, factor=given.factor, ends_at=ends_at, given_at=now, given_by=user_id)
    )
