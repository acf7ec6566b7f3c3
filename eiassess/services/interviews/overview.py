"""A candidate's interviews as a recruiter sees them: planned, held, and what was rated, as far as the gate is open."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from eiassess.domain.banks import QuestionBank
from eiassess.domain.interviews import InterviewRating
from eiassess.domain.openings import Combination
from eiassess.domain.scores import ScoreEstimate
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    InterviewerRecord,
    InterviewRatingRecord,
    InterviewRecord,
    UserRecord,
)
from eiassess.services.content.pinned import get_bank
from eiassess.services.deciding.uses import ranking_allowed
from eiassess.services.hiring.opening_members import Member
from eiassess.services.hiring.openings import get_own_candidate
from eiassess.services.interviews.gate import Sight, owed_interviews, sight_of, visible_ratings
from eiassess.services.interviews.planning import possible_interviewers
from eiassess.services.sitting.handing_in import latest_scores


@dataclass(frozen=True)
class Interviewer:
    """Somebody who is named for an interview, and whether they have rated."""

    user_id: str
    name: str
    has_rated: bool


@dataclass(frozen=True)
class PlannedInterview:
    """An interview with a candidate; it is held once somebody has rated."""

    id: str
    number: int
    day: str
    called_off_at: datetime | None
    interviewers: tuple[Interviewer, ...]

    @property
    def is_held(self) -> bool:
        """Whether anybody has rated."""
        return any(each.has_rated for each in self.interviewers)


@dataclass(frozen=True)
class CandidateInterviews:
    """A candidate's interviews.

    Parameters
    ----------
    ratings
        What was rated, as far as whoever asks may see it: all of it, or nothing.
    owed
        The interview that whoever asks is named for and has not rated; empty if there is none.
    possible
        Who may be named for another interview.
    """

    session_id: str
    number: int
    name: str
    simulated: bool
    opening_id: str
    opening_title: str
    bank: QuestionBank
    interviews: tuple[PlannedInterview, ...]
    ratings: tuple[InterviewRating, ...]
    sight: Sight
    owed: str
    possible: tuple[Member, ...]
    overall: ScoreEstimate | None
    """The test's overall score; ``None`` before there is one."""
    combination: Combination
    """How the opening combines test and interview; apart where scores may put nobody in order."""


def get_interviews(database: Database, user_id: str, session_id: str) -> CandidateInterviews:
    """Return a candidate's interviews for somebody who recruits.

    Raises
    ------
    NotFoundError
        There is no such candidate in an opening of this person.
    """
    with database.reading() as db:
        session, opening, candidate = get_own_candidate(db, user_id, session_id)
        stored = latest_scores(db, [session_id]).get(session_id)
        return CandidateInterviews(
            session_id,
            candidate.number,
            candidate.name,
            candidate.simulated,
            opening.id,
            opening.title,
            get_bank(db, session.bank_digest),
            interviews_with(db, session),
            visible_ratings(db, session_id, user_id),
            sight_of(db, session_id, user_id),
            next(iter(owed_interviews(db, user_id, session_id)), ""),
            possible_interviewers(db, opening.id),
            stored.score.overall if stored else None,
            Combination(opening.combination) if ranking_allowed(db, opening) else Combination.APART,
        )


def interviews_with(db: Session, session: AssessmentSessionRecord) -> tuple[PlannedInterview, ...]:
    """List a candidate's interviews with who is named for each, by name."""
    interview, named, rating = InterviewRecord, InterviewerRecord, InterviewRatingRecord
    rated = {
        (interview_id, rater)
        for interview_id, rater in db.exec(
            select(rating.interview_id, rating.rater_id).where(rating.session_id == session.id).distinct()
        )
    }
    people: dict[str, list[Interviewer]] = {}
    query = (
        select(named.interview_id, UserRecord.id, UserRecord.name)
        .join(UserRecord, col(UserRecord.id) == col(named.user_id))
        .where(named.session_id == session.id)
        .order_by(col(UserRecord.name), col(UserRecord.id))
    )
    for interview_id, user_id, name in db.exec(query):
        people.setdefault(interview_id, []).append(Interviewer(user_id, name, (interview_id, user_id) in rated))
    found = db.exec(select(interview).where(interview.session_id == session.id).order_by(col(interview.number)))
    return tuple(
        PlannedInterview(each.id, each.number, each.day, each.called_off_at, tuple(people.get(each.id, ())))
        for each in found
    )
