"""Recording how somebody works: points from 1 to 5, given once, under the pseudonym of the study."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from eiassess.domain.days import day_and_hour
from eiassess.domain.deciding import DecisionStage
from eiassess.domain.outcomes import HIGHEST, LOWEST, QUESTION_IDS
from eiassess.errors import InvalidInputError, RefusedError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    CandidateRecord,
    OpeningRecord,
    ScoreRecord,
    StudyLinkRecord,
    WorkRatingRecord,
)
from eiassess.services.deciding.deciders import require_decider
from eiassess.services.hiring.openings import get_session_record
from eiassess.services.outcomes.study import hired_at, kept_until, update_study


@dataclass(frozen=True)
class PersonToRate:
    """Somebody who was hired; ``ratings`` is what was said of them, empty before."""

    session_id: str
    name: str
    number: int
    opening_id: str
    opening_title: str
    simulated: bool
    ratings: Mapping[str, int]


def get_person_to_rate(database: Database, user_id: str, session_id: str, now: datetime) -> PersonToRate:
    """Return somebody who was hired, to be rated.

    Raises
    ------
    NotFoundError
        There is no such candidate in an opening of this person.
    RefusedError
        They may not rate, or there is nothing to rate.
    """
    with database.reading() as db:
        session = get_session_record(db, session_id)
        opening = require_decider(db, session.opening_id, user_id)
        require_hired(db, session, opening, now)
        candidate = db.get_one(CandidateRecord, session.candidate_id)
        return PersonToRate(
            session.id,
            candidate.name,
            candidate.number,
            opening.id,
            opening.title,
            candidate.simulated or opening.simulated,
            ratings_of(db, session.id),
        )


def rate_work(database: Database, user_id: str, session_id: str, ratings: Mapping[str, int], now: datetime) -> None:
    """Record how somebody works.

    Raises
    ------
    InvalidInputError
        No question is answered, or a point is not from 1 to 5.
    NotFoundError
        There is no such candidate in an opening of this person.
    RefusedError
        They may not rate, there is nothing to rate, or it was said before.
    """
    with database.writing() as db:
        session = get_session_record(db, session_id)
        opening = require_decider(db, session.opening_id, user_id)
        require_hired(db, session, opening, now)
        update_study(db, now)  # the nightly work may not have come to them yet
        record_ratings(db, session.id, ratings)


def record_ratings(db: Session, session_id: str, ratings: Mapping[str, int]) -> None:
    """Record points under the pseudonym, within the caller's transaction.

    Raises
    ------
    InvalidInputError
        No question is answered, or a point is not from 1 to 5.
    RefusedError
        They have no score to compare with, it was said before, or they have left the study.
    """
    _require_usable(ratings)
    query = select(StudyLinkRecord).where(StudyLinkRecord.session_id == session_id).with_for_update()
    link = db.exec(query).first()  # before the check, so that of two at once the second finds the first one's rating
    require_unrated(db, session_id)
    if link is None:
        message = "The study has nothing of them any more"
        raise RefusedError(message)
    for question, rating in ratings.items():
        db.add(WorkRatingRecord(person_id=link.person_id, question=question, rating=rating))


def require_unrated(db: Session, session_id: str) -> None:
    """See that there is a score to compare a rating with, and no rating yet.

    Raises
    ------
    RefusedError
        They have no overall score, or it was said before.
    """
    scored = select(ScoreRecord.id).where(ScoreRecord.session_id == session_id, col(ScoreRecord.overall).is_not(None))
    if db.exec(scored).first() is None:
        message = "They have no overall score, so there is nothing to compare a rating with"
        raise RefusedError(message)
    if ratings_of(db, session_id):
        message = "A rating of their work is kept already"
        raise RefusedError(message)


def ratings_of(db: Session, session_id: str) -> dict[str, int]:
    """Return what was said of somebody's work, by question."""
    rating, link = WorkRatingRecord, StudyLinkRecord
    query = select(rating.question, rating.rating).join(link, col(link.person_id) == col(rating.person_id))
    return dict(db.exec(query.where(link.session_id == session_id)).all())


def require_hired(db: Session, session: AssessmentSessionRecord, opening: OpeningRecord, now: datetime) -> None:
    """See that there is somebody to rate, and that the days are over that candidates read of.

    Raises
    ------
    RefusedError
        The opening does not ask, they do not stand at hired, or it is too early or too late.
    """
    if opening.outcome_days is None:
        message = "This opening does not ask how people work who were hired, and its candidates did not read of it"
        raise RefusedError(message)
    if session.stage != DecisionStage.HIRED or session.withdrawn_at is not None:
        message = "They do not stand at hired"
        raise RefusedError(message)
    hired = hired_at(db, session.id)
    asked_from = hired + timedelta(days=opening.outcome_days)
    if now < asked_from:
        day = day_and_hour(asked_from, ZoneInfo(opening.time_zone), opening.time_zone)
        message = f"Their work is asked about from {day} on"
        raise RefusedError(message)
    if kept_until(hired) <= now:
        message = "The years of the study are over for them"
        raise RefusedError(message)


def _require_usable(ratings: Mapping[str, int]) -> None:
    if not ratings:
        message = "Answer at least one question"
        raise InvalidInputError(message, QUESTION_IDS[0])
    for question, rating in ratings.items():
        if question not in QUESTION_IDS or not LOWEST <= rating <= HIGHEST:
            message = f"Choose a point from {LOWEST} to {HIGHEST}"
            raise InvalidInputError(message, question)
