"""What waits for an interviewer: candidates whom they are named for and have not rated."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from eiassess.domain.deciding import DecisionStage
from eiassess.domain.interviews import INTERVIEWING
from eiassess.domain.openings import MemberPart
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    CandidateRecord,
    InterviewerRecord,
    InterviewRecord,
    OpeningMemberRecord,
    OpeningRecord,
)
from eiassess.services.interviews.gate import owed_interviews


@dataclass(frozen=True)
class OwnInterview:
    """An interview that somebody is named for; ``waits`` until they have rated."""

    interview_id: str
    session_id: str
    number: int
    day: str
    candidate: str
    simulated: bool
    opening_title: str
    waits: bool


def list_own_interviews(database: Database, user_id: str) -> tuple[OwnInterview, ...]:
    """List the interviews that somebody is named for in openings of theirs, but of who withdrew: what waits first."""
    interview, named, session = InterviewRecord, InterviewerRecord, AssessmentSessionRecord
    query = (
        select(interview, CandidateRecord, OpeningRecord.title)
        .join(named, col(named.interview_id) == col(interview.id))
        .join(session, col(session.id) == col(interview.session_id))
        .join(CandidateRecord, col(CandidateRecord.id) == col(session.candidate_id))
        .join(OpeningRecord, col(OpeningRecord.id) == col(session.opening_id))
        .where(
            named.user_id == user_id,
            col(interview.called_off_at).is_(None),
            col(session.withdrawn_at).is_(None),
            col(session.opening_id).in_(_openings_of(user_id)),
        )
    )
    with database.reading() as db:
        owed = set(owed_interviews(db, user_id))
        found = [
            OwnInterview(
                each.id, each.session_id, each.number, each.day, candidate.name, candidate.simulated, title,
                each.id in owed,
            )
            for each, candidate, title in db.exec(query)
        ]  # fmt: skip
    return tuple(sorted(found, key=lambda each: (not each.waits, not each.day, each.day, each.candidate, each.number)))


@dataclass(frozen=True)
class WaitingCandidate:
    """A candidate who stands at the interview and whom a hiring manager is not named to interview yet."""

    session_id: str
    candidate: str
    simulated: bool
    opening_title: str


def list_at_interview(database: Database, user_id: str) -> tuple[WaitingCandidate, ...]:
    """List who was released to a hiring manager and stands at the interview, with no interview planned with them."""
    session, member = AssessmentSessionRecord, OpeningMemberRecord
    managed = select(member.opening_id).where(member.user_id == user_id, member.part == MemberPart.MANAGES)
    planned = (
        select(InterviewerRecord.interview_id)
        .join(InterviewRecord, col(InterviewRecord.id) == col(InterviewerRecord.interview_id))
        .where(
            col(InterviewerRecord.session_id) == col(session.id),
            InterviewerRecord.user_id == user_id,
            col(InterviewRecord.called_off_at).is_(None),
        )
    )
    query = (
        select(session.id, CandidateRecord, OpeningRecord.title)
        .join(CandidateRecord, col(CandidateRecord.id) == col(session.candidate_id))
        .join(OpeningRecord, col(OpeningRecord.id) == col(session.opening_id))
        .where(
            col(session.opening_id).in_(managed),
            session.stage == DecisionStage.INTERVIEW,
            col(session.released_at).is_not(None),
            col(session.submitted_at).is_not(None),
            ~planned.exists(),
        )
        .order_by(col(OpeningRecord.title), col(CandidateRecord.number))
    )
    with database.reading() as db:
        return tuple(
            WaitingCandidate(session_id, candidate.name, candidate.simulated, title)
            for session_id, candidate, title in db.exec(query)
        )


def interviews_somebody(database: Database, user_id: str) -> bool:
    """Whether somebody interviews for an opening, or is named for an interview in one."""
    member, named = OpeningMemberRecord, InterviewerRecord
    interviews = select(member.opening_id).where(member.user_id == user_id, member.part == MemberPart.INTERVIEWS)
    with database.reading() as db:
        return _any(db, interviews) or _any(db, select(named.interview_id).where(named.user_id == user_id))


def _any(db: Session, query) -> bool:  # type: ignore[no-untyped-def]  # noqa: ANN001 - SQLModel's own, long
    return db.exec(query.limit(1)).first() is not None


def _openings_of(user_id: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 - SQLModel's own, long
    member = OpeningMemberRecord
    return select(member.opening_id).where(member.user_id == user_id, col(member.part).in_(INTERVIEWING))
