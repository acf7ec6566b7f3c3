"""A candidate's voluntary answers: given after handing in, changed, taken back. No key is loaded here."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, delete, select

from eiassess.domain.digests import canonical_json
from eiassess.domain.fairness import NOT_SAID, FairnessQuestions, checked_answers
from eiassess.domain.sessions import SessionState
from eiassess.errors import InvalidInputError, NotFoundError, RefusedError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    FairnessAnswerRecord,
    FairnessCountedRecord,
    InvitationRecord,
)
from eiassess.services.fairness.one_way import mark_maker, one_way_id
from eiassess.services.fairness.pages import asked_now, find_questions, keep_opening, lock_page, read_answers
from eiassess.services.fairness.sums import STAGES
from eiassess.services.hiring.invitations import require_open_session
from eiassess.services.links import LinkClosedError


@dataclass(frozen=True)
class OwnFairness:
    """What a candidate is asked. Whether they answered is not in it: others may hold their link.

    ``asks`` is false where the opening asks no more: then an answer can only be taken back.
    """

    asked: FairnessQuestions
    asks: bool


def get_own_fairness(database: Database, invitation_id: str) -> OwnFairness:
    """Return what a candidate is asked after handing in.

    Raises
    ------
    LinkClosedError
        The link was closed.
    NotFoundError
        They were never asked anything.
    RefusedError
        They have not handed in.
    """
    with database.reading() as db:
        session, _ = require_open_session(db, invitation_id)
        found = own_fairness(db, session)
        if found is None:
            message = "Nothing is asked here"
            raise NotFoundError(message)
        _require_handed_in(session)
        return found


def own_fairness(db: Session, session: AssessmentSessionRecord) -> OwnFairness | None:
    """Return what somebody is or was asked; the same whether they answered or not."""
    asked = find_questions(db, session.opening_id)
    return None if asked is None else OwnFairness(asked, asked_now(db, session.opening_id) is not None)


def own_answers(db: Session, session: AssessmentSessionRecord) -> dict[str, str] | None:
    """Return somebody's answers by the words of the questions, for their own data; nothing if none are kept."""
    asked = find_questions(db, session.opening_id)
    if asked is None:
        return None
    record = db.get(FairnessAnswerRecord, one_way_id(db, session.id))
    if record is None:
        return None
    given = read_answers(record.answers)
    return {each.words: given.get(each.id, NOT_SAID) for each in asked.questions}


def answer_fairness(database: Database, invitation_id: str, given: Mapping[str, str]) -> None:
    """Keep a candidate's answers, apart from all else of theirs; the last ones count.

    Parameters
    ----------
    given
        By question the place of the category as it was sent; see `checked_answers`.

    Raises
    ------
    InvalidInputError
        Nothing was chosen at all, or what was sent is none of the categories.
    LinkClosedError
        The link was closed.
    NotFoundError
        Nothing is asked.
    RefusedError
        They have not handed in.
    """
    with database.writing() as db:
        session = _locked_page_of(db, invitation_id)
        asked = asked_now(db, session.opening_id)
        if asked is None:
            message = "Nothing is asked here"
            raise NotFoundError(message)
        _require_handed_in(session)
        if not any(given.get(each.id) for each in asked.questions):
            message = "Choose an answer, or skip these questions"
            raise InvalidInputError(message, asked.questions[0].id)
        _keep(db, session, canonical_json(checked_answers(asked, given)))


def _locked_page_of(db: Session, invitation_id: str) -> AssessmentSessionRecord:
    """Return the sitting of a link once its opening's page is locked, and lock nothing of the person's own.

    PostgreSQL notes in each row which transaction locked it last. A lock on the sitting would be noted there under the
    same number as in the row with the answers, and join the two. Whoever deletes a sitting locks the page too.
    """
    invitation, session = InvitationRecord, AssessmentSessionRecord
    own = select(session.opening_id).join(invitation, col(invitation.session_id) == col(session.id))
    opening_id = db.exec(own.where(invitation.id == invitation_id)).first()
    if opening_id is None:
        raise LinkClosedError
    keep_opening(db, opening_id)
    lock_page(db, opening_id)
    return require_open_session(db, invitation_id)[0]


def _keep(db: Session, session: AssessmentSessionRecord, answers: str) -> None:
    person = one_way_id(db, session.id)
    record = db.get(FairnessAnswerRecord, person)
    if record is None:
        db.add(FairnessAnswerRecord(person=person, opening_id=session.opening_id, answers=answers))
    elif record.answers != answers:
        _forget_marks(db, record)  # the sums know another answer of theirs
        record.answers = answers
    db.flush()


def take_back_fairness(database: Database, invitation_id: str) -> None:
    """Delete a candidate's answers; sums that were made with them stay as they are until the next step.

    Raises
    ------
    LinkClosedError
        The link was closed.
    """
    with database.writing() as db:
        session = _locked_page_of(db, invitation_id)
        forget_answers(db, session.id, session.opening_id)


def forget_answers(db: Session, session_id: str, opening_id: str) -> None:
    """Delete the voluntary answers of a sitting, within the caller's transaction."""
    if lock_page(db, opening_id) is None:
        return
    record = db.get(FairnessAnswerRecord, one_way_id(db, session_id))
    if record is not None:
        _forget_marks(db, record)
        db.delete(record)
        db.flush()


def _forget_marks(db: Session, record: FairnessAnswerRecord) -> None:
    # Whoever has the secret could try out which answers a mark was made from, also when those are gone.
    mark, counted = mark_maker(db), FairnessCountedRecord
    marks = [mark(record.person, record.answers, stage) for stage in ("", *STAGES)]
    db.exec(delete(counted).where(col(counted.mark).in_(marks)))


def delete_ownerless_answers(db: Session) -> None:
    """Delete the answers of openings that have no sitting any more: after another secret nobody could find them."""
    record, session = FairnessAnswerRecord, AssessmentSessionRecord
    db.exec(delete(record).where(col(record.opening_id).not_in(select(session.opening_id))))


def _require_handed_in(session: AssessmentSessionRecord) -> None:
    if session.state != SessionState.SUBMITTED:
        message = "These questions come after handing in"
        raise RefusedError(message)
