"""Whether an opening asks how those work who were hired, and after how many days."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from eiassess.domain.deciding import DecisionStage
from eiassess.domain.outcomes import ASKED_AT_MOST, STUDY_DAYS, study_words
from eiassess.errors import InvalidInputError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    CandidateRecord,
    StudyLinkRecord,
    WorkRatingRecord,
)
from eiassess.services.hiring.opening_settings import changeable_opening, count_invited, uninvited_opening
from eiassess.services.hiring.openings import require_member
from eiassess.services.outcomes.study import hired_at, leave_study


@dataclass(frozen=True)
class HiredPerson:
    """Somebody who stands at hired; ``in_study`` is false until they were told so, ``asked_from`` when it is asked."""

    session_id: str
    name: str
    number: int
    in_study: bool
    asked: bool
    asked_from: datetime
    rated: bool


@dataclass(frozen=True)
class OpeningOutcomes:
    """What an opening's page on outcomes shows; ``days`` is ``None`` if nobody asks."""

    opening_id: str
    title: str
    simulated: bool
    days: int | None
    keep_days: int
    study_days: int
    n_invited: int
    notice: str
    hired: tuple[HiredPerson, ...]


def get_outcomes(database: Database, user_id: str, opening_id: str, days: int) -> OpeningOutcomes:
    """Return who was hired in an opening; ``days`` are those that a notice is shown for if nobody asks yet.

    Raises
    ------
    NotFoundError
        There is no such opening, or it is not theirs.
    """
    with database.reading() as db:
        opening = require_member(db, opening_id, user_id)
        return OpeningOutcomes(
            opening.id,
            opening.title,
            opening.simulated,
            opening.outcome_days,
            opening.keep_days,
            STUDY_DAYS,
            count_invited(db, opening_id),
            study_words(opening.outcome_days or days),
            _hired(db, opening_id, opening.outcome_days or days),
        )


def switch_on(database: Database, user_id: str, opening_id: str, days: int) -> None:
    """Ask of those who are hired; candidates read so before they agree.

    Raises
    ------
    InvalidInputError
        The days are none that can be waited for.
    NotFoundError
        There is no such opening, or it is not theirs.
    RefusedError
        Somebody was invited already, or the opening is archived.
    """
    if not 1 <= days <= ASKED_AT_MOST:
        message = f"Days: give a whole number from 1 to {ASKED_AT_MOST}"
        raise InvalidInputError(message, "days")
    with database.writing() as db:
        refusal = (
            "Somebody was invited already and did not read of the study, so it cannot be switched on any more; "
            "copy this opening for the next round"
        )
        uninvited_opening(db, user_id, opening_id, refusal).outcome_days = days


def switch_off(database: Database, user_id: str, opening_id: str) -> None:
    """Ask no more; what the study has of people whose sitting is still here goes too.

    Raises
    ------
    NotFoundError
        There is no such opening, or it is not theirs.
    RefusedError
        The opening is archived.
    """
    with database.writing() as db:
        changeable_opening(db, user_id, opening_id).outcome_days = None
        session, link = AssessmentSessionRecord, StudyLinkRecord
        query = select(session.id).join(link, col(link.session_id) == col(session.id))
        for session_id in db.exec(query.where(session.opening_id == opening_id)).all():
            leave_study(db, session_id)


def _hired(db: Session, opening_id: str, days: int) -> tuple[HiredPerson, ...]:
    session, candidate, link = AssessmentSessionRecord, CandidateRecord, StudyLinkRecord
    rated = set(db.exec(select(WorkRatingRecord.person_id)).all())
    query = (
        select(session.id, candidate.name, candidate.number, link)
        .join(candidate, col(candidate.id) == col(session.candidate_id))
        .outerjoin(link, col(link.session_id) == col(session.id))
        .where(
            session.opening_id == opening_id,
            session.stage == DecisionStage.HIRED,
            col(session.withdrawn_at).is_(None),
        )
        .order_by(col(candidate.number))
    )
    return tuple(
        HiredPerson(
            session_id,
            name,
            number,
            found is not None,
            found is not None and found.asked_at is not None,
            hired_at(db, session_id) + timedelta(days=days),
            found is not None and found.person_id in rated,
        )
        for session_id, name, number, found in db.exec(query).all()
    )
