"""What candidates ask the people who recruit, and what these answer."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from eiassess.domain.mail_kinds import QUESTION_ANSWERED
from eiassess.domain.requests import WORDS_AT_MOST, QuestionKind
from eiassess.errors import InvalidInputError, NotFoundError, RefusedError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    CandidateQuestionRecord,
    CandidateRecord,
)
from eiassess.services.hiring.invitations import require_open_session
from eiassess.services.hiring.openings import require_member
from eiassess.services.identifiers import new_id
from eiassess.services.outbox.queueing import MailOrder, queue_mail

OPEN_AT_MOST = 10


@dataclass(frozen=True)
class OwnQuestion:
    """A question as its candidate sees it."""

    kind: QuestionKind
    words: str
    asked_at: datetime
    answer: str | None
    answered_at: datetime | None


@dataclass(frozen=True)
class AskedQuestion:
    """A question as those who recruit see it; ``session_id`` names the candidate in addresses."""

    id: str
    session_id: str
    candidate_name: str
    number: int
    question: OwnQuestion


def ask_people(database: Database, invitation_id: str, kind: QuestionKind, words: str, now: datetime) -> None:
    """Keep a candidate's question for those who recruit.

    Raises
    ------
    LinkClosedError
        The link was closed.
    InvalidInputError
        The words are too long, or missing where nobody could answer without them.
    RefusedError
        Too many wait for an answer.
    """
    words = words.strip()
    if len(words) > WORDS_AT_MOST:
        message = f"Shorten this to at most {WORDS_AT_MOST} characters; it has {len(words)}"
        raise InvalidInputError(message, "words")
    if not words and kind in {QuestionKind.CORRECT, QuestionKind.SOMETHING_ELSE}:
        message = "Write what it is about"
        raise InvalidInputError(message, "words")
    with database.writing() as db:
        session, _ = require_open_session(db, invitation_id, lock=True)
        if sum(each.answer is None for each in own_questions(db, session.id)) >= OPEN_AT_MOST:
            message = "Several of your questions wait for an answer already. Wait for it first"
            raise RefusedError(message)
        db.add(CandidateQuestionRecord(id=new_id(), session_id=session.id, kind=kind, words=words, asked_at=now))


def own_questions(db: Session, session_id: str) -> tuple[OwnQuestion, ...]:
    """List what a candidate asked, the newest first."""
    record = CandidateQuestionRecord
    query = select(record).where(record.session_id == session_id).order_by(col(record.asked_at).desc(), col(record.id))
    return tuple(_own(each) for each in db.exec(query))


def list_questions(database: Database, user_id: str, opening_id: str) -> tuple[AskedQuestion, ...]:
    """List what an opening's candidates asked, those that wait first, the oldest of these on top.

    Raises
    ------
    NotFoundError
        There is no such opening for this person.
    """
    record, session = CandidateQuestionRecord, AssessmentSessionRecord
    with database.reading() as db:
        require_member(db, opening_id, user_id)
        query = (
            select(record, CandidateRecord)
            .join(session, col(session.id) == col(record.session_id))
            .join(CandidateRecord, col(CandidateRecord.id) == col(session.candidate_id))
            .where(session.opening_id == opening_id)
            .order_by(col(record.answered_at).is_not(None), col(record.asked_at), col(record.id))
        )
        return tuple(_asked(*each) for each in db.exec(query))


def get_question(database: Database, user_id: str, question_id: str) -> tuple[AskedQuestion, str]:
    """Return a question, and the opening's id.

    Raises
    ------
    NotFoundError
        There is no such question in an opening of this person.
    """
    with database.reading() as db:
        record, session = _require_question(db, user_id, question_id)
        return _asked(record, db.get_one(CandidateRecord, session.candidate_id)), session.opening_id


def answer_question(database: Database, user_id: str, question_id: str, words: str, now: datetime) -> str:
    """Answer a question; the candidate is mailed the words, once. Return the opening's id.

    Raises
    ------
    NotFoundError
        There is no such question in an opening of this person.
    InvalidInputError
        The words are missing or too long.
    """
    words = words.strip()
    if not 1 <= len(words) <= WORDS_AT_MOST:
        message = f"Write an answer of 1 to {WORDS_AT_MOST} characters"
        raise InvalidInputError(message, "words")
    with database.writing() as db:
        record, session = _require_question(db, user_id, question_id)
        db.refresh(record, with_for_update=True)
        if record.answer == words:  # posted again: nobody is mailed the same twice
            return session.opening_id
        record.answer, record.answered_at, record.answered_by = words, now, user_id
        db.add(record)
        candidate = db.get_one(CandidateRecord, session.candidate_id)
        order = MailOrder(
            candidate.name,
            candidate.email,
            opening_id=session.opening_id,
            session_id=session.id,
            given={"answer": words},
        )
        queue_mail(db, QUESTION_ANSWERED, order, now)
        return session.opening_id


def _require_question(
    db: Session, user_id: str, question_id: str
) -> tuple[CandidateQuestionRecord, AssessmentSessionRecord]:
    record = db.get(CandidateQuestionRecord, question_id)
    if record is None:
        message = "There is no such question"
        raise NotFoundError(message)
    session = db.get_one(AssessmentSessionRecord, record.session_id)
    require_member(db, session.opening_id, user_id)
    return record, session


def _asked(record: CandidateQuestionRecord, candidate: CandidateRecord) -> AskedQuestion:
    return AskedQuestion(record.id, record.session_id, candidate.name, candidate.number, _own(record))


def _own(record: CandidateQuestionRecord) -> OwnQuestion:
    return OwnQuestion(QuestionKind(record.kind), record.words, record.asked_at, record.answer, record.answered_at)
