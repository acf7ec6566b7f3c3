"""Who is in the study: hired people of openings that ask, under a pseudonym; once rated, also if they leave later.

What is in it outlives the sitting; the link to the sitting does not.
"""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func
from sqlmodel import Session, and_, col, delete, or_, select

from eiassess.domain.deciding import DecisionStage
from eiassess.domain.digests import canonical_json
from eiassess.domain.mail_kinds import KEPT_FOR_STUDY
from eiassess.domain.mail_states import MailState
from eiassess.domain.outcomes import STUDY_DAYS
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    CandidateRecord,
    MessageRecord,
    OpeningRecord,
    ScoreRecord,
    StageMoveRecord,
    StudyLinkRecord,
    StudyPersonRecord,
    WorkRatingRecord,
)
from eiassess.services.hiring.mail_orders import orders_for
from eiassess.services.identifiers import new_id
from eiassess.services.outbox.queueing import queue_mails

KEPT_PARTS = ("overall", "competencies", "styles")
"""What of a score goes to the study: no answers, no scenarios, no labels."""


def update_study(db: Session, now: datetime) -> None:
    """Take in who was hired, tell them so by mail, and let go who stands elsewhere now and was not rated."""
    for session_id in _gone(db):
        leave_study(db, session_id)
    for session, score in _hired(db):
        if kept_until(hired_at(db, session.id)) > now:  # or whose years are over would be taken in once more
            _take(db, session, score, now)
    db.flush()


def hired_at(db: Session, session_id: str) -> datetime:
    """Return when it was recorded, the last time, that somebody stands at hired."""
    move = StageMoveRecord
    query = select(move.moved_at).where(move.session_id == session_id, move.stage == DecisionStage.HIRED)
    return db.exec(query.order_by(col(move.number).desc()).limit(1)).one()


def study_person(score: ScoreRecord, now: datetime, *, simulated: bool) -> StudyPersonRecord:
    """Make the study's row of a score, kept until the first of the month in which its years are over.

    Numbers have one decimal: at full precision a list with names that was downloaded before would tell whose they are.
    """
    content = json.loads(score.content)
    return StudyPersonRecord(
        id=new_id(),
        simulated=simulated,
        form_digest=score.form_digest,
        key_digest=score.key_digest,
        engine=score.engine,
        overall=round(score.overall or 0.0, 1),
        scores=canonical_json(_rounded({part: content[part] for part in KEPT_PARTS})),
        keep_until=kept_until(now),
    )


def kept_until(begin: datetime) -> datetime:
    """Return when the study's years are over for what began then: on the first of a month."""
    end = begin + timedelta(days=STUDY_DAYS)
    return end.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def _rounded(value: object) -> object:
    """Round all numbers in what was read from JSON."""
    if isinstance(value, dict):
        return {name: _rounded(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_rounded(each) for each in value]
    return round(value, 1) if isinstance(value, float) else value


def leave_study(db: Session, session_id: str) -> None:
    """Delete what the study has of somebody whose sitting is still here."""
    link = db.get(StudyLinkRecord, session_id)
    if link is not None:
        person_id = link.person_id
        db.delete(link)
        db.flush()
        _delete_person(db, person_id)


def part_from_sitting(db: Session, session_id: str) -> None:
    """Let the study keep somebody whose sitting is about to be deleted only if they were told and rated.

    After that they can neither be told nor rated, nor have it erased. Simulated people are written to by nobody.
    """
    link = db.get(StudyLinkRecord, session_id)
    if link is None:
        return
    simulated = db.get_one(StudyPersonRecord, link.person_id).simulated
    rated = select(WorkRatingRecord.person_id).where(WorkRatingRecord.person_id == link.person_id)
    sent = select(MessageRecord.id).where(
        MessageRecord.session_id == session_id,
        MessageRecord.kind == KEPT_FOR_STUDY.name,
        MessageRecord.state == MailState.SENT,
    )
    if db.exec(rated).first() is None or not (simulated or db.exec(sent).first()):
        leave_study(db, session_id)


def delete_ended_rows(db: Session, now: datetime) -> None:
    """Delete rows of the study whose years are over."""
    person, link = StudyPersonRecord, StudyLinkRecord
    for person_id in db.exec(select(person.id).where(col(person.keep_until) <= now)).all():
        db.exec(delete(link).where(col(link.person_id) == person_id))
        _delete_person(db, person_id)


def _delete_person(db: Session, person_id: str) -> None:
    db.exec(delete(WorkRatingRecord).where(col(WorkRatingRecord.person_id) == person_id))
    db.exec(delete(StudyPersonRecord).where(col(StudyPersonRecord.id) == person_id))


def _hired(db: Session) -> Sequence[tuple[AssessmentSessionRecord, ScoreRecord]]:
    """Find who was hired in an opening that asks and is not in the study, with their newest overall score.

    Sittings are locked first and read after, so that of two who ask at once the second finds nobody left.
    """
    session, opening, score = AssessmentSessionRecord, OpeningRecord, ScoreRecord
    wanted = (
        session.stage == DecisionStage.HIRED,
        col(session.withdrawn_at).is_(None),
        col(session.id).not_in(select(StudyLinkRecord.session_id)),
    )
    asking = select(opening.id).where(col(opening.outcome_days).is_not(None))
    lock = select(session.id).where(*wanted, col(session.opening_id).in_(asking)).order_by(col(session.id))
    locked = db.exec(lock.with_for_update()).all()
    newest = (
        select(func.max(score.number))
        .where(col(score.session_id) == col(session.id), col(score.overall).is_not(None))
        .correlate(session)
        .scalar_subquery()
    )
    query = select(session, score).join(score, col(score.session_id) == col(session.id))
    return db.exec(query.where(col(session.id).in_(locked), col(score.number) == newest, *wanted)).all()


def _gone(db: Session) -> Sequence[str]:
    """Find who withdrew, or stands elsewhere and was not rated: if the rated left too, only who stayed would count."""
    session, link = AssessmentSessionRecord, StudyLinkRecord
    unrated = col(link.person_id).not_in(select(WorkRatingRecord.person_id))
    elsewhere = or_(and_(session.stage != DecisionStage.HIRED, unrated), col(session.withdrawn_at).is_not(None))
    return db.exec(select(session.id).join(link, col(link.session_id) == col(session.id)).where(elsewhere)).all()


def _take(db: Session, session: AssessmentSessionRecord, score: ScoreRecord, now: datetime) -> None:
    simulated = db.get_one(CandidateRecord, session.candidate_id).simulated
    simulated = simulated or db.get_one(OpeningRecord, session.opening_id).simulated
    person = study_person(score, now, simulated=simulated)
    db.add(person)
    db.flush()
    db.add(StudyLinkRecord(session_id=session.id, person_id=person.id))
    queue_mails(db, KEPT_FOR_STUDY, orders_for(db, session.opening_id, [session.id]), now)
