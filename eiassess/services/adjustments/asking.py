"""A candidate asks to have something different, and sees what became of it."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from eiassess.domain.requests import WORDS_AT_MOST, AdjustmentKind
from eiassess.domain.sessions import SessionState
from eiassess.errors import InvalidInputError, RefusedError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import AdjustmentRequestRecord, OpeningRecord
from eiassess.services.adjustments.desk import desk_of
from eiassess.services.hiring.invitations import require_open_session
from eiassess.services.identifiers import new_id

OPEN_AT_MOST = 10


@dataclass(frozen=True)
class OwnRequest:
    """A request as its candidate sees it."""

    kind: AdjustmentKind
    words: str
    asked_at: datetime
    answer: str | None
    answered_at: datetime | None


@dataclass(frozen=True)
class AskPage:
    """What a candidate is told before they ask: who reads it, what can be asked, what they asked before."""

    readers: tuple[str, ...]
    keeps_promise: bool
    kinds: tuple[AdjustmentKind, ...]
    asked: tuple[OwnRequest, ...]


def get_ask_page(database: Database, invitation_id: str) -> AskPage:
    """Return who would read a candidate's request, and what they asked before.

    Raises
    ------
    LinkClosedError
        The link was closed.
    """
    with database.reading() as db:
        session, _ = require_open_session(db, invitation_id)
        opening = db.get_one(OpeningRecord, session.opening_id)
        desk = desk_of(db, opening.id)
        return AskPage(
            tuple(each.name for each in desk.readers),
            desk.keeps_promise,
            kinds_for(opening),
            own_requests(db, session.id),
        )


def ask_adjustment(database: Database, invitation_id: str, kind: AdjustmentKind, words: str, now: datetime) -> None:
    """Keep a candidate's request for whoever reads such requests.

    Raises
    ------
    LinkClosedError
        The link was closed.
    InvalidInputError
        The kind cannot be asked for here, or the words are too long, or missing where nobody could answer without them.
    RefusedError
        The answers are handed in, or too many requests wait.
    """
    words = words.strip()
    if len(words) > WORDS_AT_MOST:
        message = f"Shorten this to at most {WORDS_AT_MOST} characters; it has {len(words)}"
        raise InvalidInputError(message, "words")
    if not words and kind is AdjustmentKind.SOMETHING_ELSE:
        message = "Say what would help you, so that somebody can answer"
        raise InvalidInputError(message, "words")
    with database.writing() as db:
        session, _ = require_open_session(db, invitation_id, lock=True)
        if session.state == SessionState.SUBMITTED:
            message = "Your answers are handed in, so nothing about taking part can be changed any more"
            raise RefusedError(message)
        opening = db.get_one(OpeningRecord, session.opening_id)
        if kind not in kinds_for(opening):
            message = "There is no time limit here. Choose what else you need"
            raise InvalidInputError(message, "kind")
        if sum(each.answer is None for each in own_requests(db, session.id)) >= OPEN_AT_MOST:
            message = (
                "Several of your requests wait for an answer already. Wait for it, or ask the person who invited you"
            )
            raise RefusedError(message)
        promised = desk_of(db, opening.id).keeps_promise
        db.add(
            AdjustmentRequestRecord(
                id=new_id(), session_id=session.id, kind=kind, words=words, asked_at=now, for_contact=promised
            )
        )


def kinds_for(opening: OpeningRecord) -> tuple[AdjustmentKind, ...]:
    """List what can be asked for: more time only where time is limited."""
    limited = opening.time_limit_minutes is not None
    return tuple(kind for kind in AdjustmentKind if limited or kind is not AdjustmentKind.MORE_TIME)


def own_requests(db: Session, session_id: str) -> tuple[OwnRequest, ...]:
    """List what a candidate asked for, the newest first."""
    record = AdjustmentRequestRecord
    query = select(record).where(record.session_id == session_id).order_by(col(record.asked_at).desc(), col(record.id))
    return tuple(
        OwnRequest(AdjustmentKind(each.kind), each.words, each.asked_at, each.answer, each.answered_at)
        for each in db.exec(query)
    )
