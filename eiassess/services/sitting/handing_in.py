"""Handing in and scoring: responses, form and key by digest, to one more row of scores."""

import json
from datetime import datetime

from sqlmodel import Session, col, func, select

from eiassess import __version__
from eiassess.domain.audit.entries import ObjectKind, Target
from eiassess.domain.digests import canonical_json, digest_of
from eiassess.domain.mail_kinds import HANDED_IN
from eiassess.domain.scores import StoredScore
from eiassess.domain.sessions import HandedInBy, SessionState
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import (
    AdjustmentRecord,
    AssessmentSessionRecord,
    CandidateRecord,
    ItemResponseRecord,
    ScoreRecord,
)
from eiassess.scoring.person.engine import ENGINE, score_answers
from eiassess.scoring.person.stored_form import person_score_from_dict, person_score_to_dict
from eiassess.scoring.quality import response_quality
from eiassess.services.auditing.acting import leave_out, note
from eiassess.services.content.pinned import get_form
from eiassess.services.content.pinned_keys import get_key
from eiassess.services.hiring.ends import times_of
from eiassess.services.hiring.invitations import require_open_session
from eiassess.services.identifiers import new_id
from eiassess.services.outbox.queueing import MailOrder, queue_mail
from eiassess.services.sitting.answers import list_responses, require_sitting, require_time
from eiassess.services.sitting.listed import list_score

ENGINE_NAME = f"{ENGINE} (EIAssess {__version__})"


def submit_session(database: Database, invitation_id: str, now: datetime) -> None:
    """Hand in the last saved answers and score them; doing it again changes nothing.

    Raises
    ------
    LinkClosedError
        The invitation cannot be used any more.
    NotSittingError
        The candidate has not agreed to the notice, or the time has ended.
    """
    with database.writing() as db:
        session, _ = require_open_session(db, invitation_id, lock=True)
        if session.state == SessionState.SUBMITTED:
            leave_out(db)
            return
        require_sitting(session)
        require_time(db, session, now)
        hand_in(db, session, now)
        queue_receipt(db, session, now)
        note(db, Target(ObjectKind.OPENING, session.opening_id))


def hand_in(
    db: Session, session: AssessmentSessionRecord, now: datetime, by: HandedInBy = HandedInBy.CANDIDATE
) -> None:
    """Close a session and add its first scores, within the caller's transaction.

    Whoever was given time that others do not know of is handed in, for these, at the end that they know of, so that no
    page, list or report gives it away. When it really was, only the person reads, and the contact for adjustments may.
    """
    times = times_of(db, session)
    known = times.shown_to_others(now)
    session.state = SessionState.SUBMITTED
    session.submitted_at = known
    session.handed_in_by = by
    db.add(session)
    if times.has_own_times:
        db.get_one(AdjustmentRecord, session.id).handed_in_at = now
    db.flush()
    add_score(db, session, known)


def queue_receipt(db: Session, session: AssessmentSessionRecord, now: datetime) -> None:
    """Mail the person that their answers are handed in, and by whom."""
    person = db.get_one(CandidateRecord, session.candidate_id)
    # Where others are shown another time, the opening's list of mails does not tell when this one was asked for.
    opening_id = None if times_of(db, session).has_own_times else session.opening_id
    order = MailOrder(person.name, person.email, opening_id=opening_id, session_id=session.id)
    queue_mail(db, HANDED_IN, order, now)


def add_score(db: Session, session: AssessmentSessionRecord, now: datetime) -> None:
    """Append a session's scores and list them; of whoever was given more time, no speed is held against them."""
    seconds = {} if times_of(db, session).has_own_times else _seconds(db, session.id)
    responses = {scenario: dict(saved.ratings) for scenario, saved in list_responses(db, session.id).items()}
    form, key = get_form(db, session.form_digest), get_key(db, session.key_digest)
    score = score_answers(form, key, responses)
    laid_out = person_score_to_dict(score)
    content = canonical_json(laid_out)
    earlier = db.exec(select(func.count()).where(ScoreRecord.session_id == session.id)).one()
    record = ScoreRecord(
        id=new_id(),
        session_id=session.id,
        number=earlier + 1,
        form_digest=session.form_digest,
        key_digest=session.key_digest,
        responses_digest=digest_of(canonical_json(responses)),
        engine=ENGINE_NAME,
        content=content,
        content_digest=digest_of(content),
        overall=laid_out["overall"] and laid_out["overall"]["score"],
        flagged=response_quality(form, score, seconds).is_flagged,
        scored_at=now,
    )
    db.add(record)
    list_score(db, session, record, responses)


def _seconds(db: Session, session_id: str) -> dict[str, float]:
    """Read how long was spent on each scenario, where that is known."""
    answer = ItemResponseRecord
    query = select(answer.scenario_id, answer.seconds).where(answer.session_id == session_id, answer.seconds > 0)
    return dict(db.exec(query).all())


def latest_scores(db: Session, session_ids: list[str]) -> dict[str, StoredScore]:
    """Return the newest score of each session, in one query."""
    query = (
        select(ScoreRecord)
        .where(col(ScoreRecord.session_id).in_(session_ids))
        .order_by(col(ScoreRecord.session_id), col(ScoreRecord.number))
    )
    return {record.session_id: stored_score(record) for record in db.exec(query)}


def stored_score(record: ScoreRecord) -> StoredScore:
    """Take the scores out of a row."""
    return StoredScore(
        score=person_score_from_dict(json.loads(record.content)),
        form_digest=record.form_digest,
        key_digest=record.key_digest,
        responses_digest=record.responses_digest,
        content_digest=record.content_digest,
        engine=record.engine,
        scored_at=record.scored_at,
    )
