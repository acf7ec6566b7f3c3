"""Planning interviews: who rates a candidate, and when; nobody is taken off who has rated."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import func
from sqlmodel import Session, col, delete, select

from eiassess.domain.interviews import INTERVIEWING
from eiassess.errors import InvalidInputError, NotFoundError, RefusedError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    InterviewerRecord,
    InterviewRatingRecord,
    InterviewRecord,
)
from eiassess.services.deciding.deciders import require_decider
from eiassess.services.hiring.opening_members import Member, could_read_requests, members_of
from eiassess.services.hiring.openings import get_session_record
from eiassess.services.identifiers import new_id
from eiassess.services.once import require_first_time


@dataclass(frozen=True)
class InterviewPlan:
    """Who interviews, by their ids, and on which day: ISO, or empty until it is fixed."""

    interviewers: tuple[str, ...]
    day: str = ""


def possible_interviewers(db: Session, opening_id: str) -> tuple[Member, ...]:
    """List who may interview for an opening: its members with a part for it who know of no request for adjustments."""
    return tuple(
        each
        for each in members_of(db, opening_id)
        if set(each.parts) & set(INTERVIEWING) and not could_read_requests(db, opening_id, each.user_id)
    )


def plan_interview(
    database: Database, user_id: str, session_id: str, plan: InterviewPlan, now: datetime, *, form: str = ""
) -> str:
    """Plan a candidate's next interview; return its id.

    Raises
    ------
    AlreadyDoneError
        The same form was worked off before.
    InvalidInputError
        Nobody is named, or somebody who cannot interview, or the day is none.
    NotFoundError
        There is no such candidate in an opening of this person.
    RefusedError
        The candidate withdrew, or they are the contact for adjustments.
    """
    with database.writing() as db:
        session = _own_session(db, user_id, session_id)
        _require_not_withdrawn(session)
        plan = _usable(db, session.opening_id, plan)
        require_first_time(db, form, ("interview", session_id, plan.day, *sorted(plan.interviewers)), now)
        highest = db.exec(select(func.max(InterviewRecord.number)).where(InterviewRecord.session_id == session_id))
        interview = InterviewRecord(
            id=new_id(), session_id=session_id, number=(highest.one() or 0) + 1, day=plan.day, planned_by=user_id,
            planned_at=now,
        )  # fmt: skip
        db.add(interview)
        db.flush()
        _name(db, interview, plan.interviewers, user_id, now)
        return interview.id


def change_plan(database: Database, user_id: str, interview_id: str, plan: InterviewPlan, now: datetime) -> None:
    """Change who interviews and when; whoever has rated stays.

    Raises
    ------
    InvalidInputError
        Nobody is named, or somebody who cannot interview, or the day is none.
    NotFoundError
        There is no such interview in an opening of this person.
    RefusedError
        Somebody is left out who has rated, or it was called off, or the candidate withdrew, or they are the contact for
        adjustments.
    """
    with database.writing() as db:
        interview = _own_interview(db, user_id, interview_id)
        raters = set(raters_of(db, interview_id))
        if raters - set(plan.interviewers):
            message = "Whoever has rated stays an interviewer; tick them again"
            raise RefusedError(message)
        named = set(interviewers_of(db, interview_id))
        session = get_session_record(db, interview.session_id)
        _require_not_withdrawn(session)
        plan = _usable(db, session.opening_id, plan, known=named)
        interview.day = plan.day
        db.add(interview)
        gone = col(InterviewerRecord.user_id).in_(named - set(plan.interviewers))
        db.exec(delete(InterviewerRecord).where(col(InterviewerRecord.interview_id) == interview_id, gone))
        _name(db, interview, [each for each in plan.interviewers if each not in named], user_id, now)


def call_off(database: Database, user_id: str, interview_id: str, now: datetime) -> None:
    """Call an interview off for which nobody has rated.

    Raises
    ------
    NotFoundError
        There is no such interview in an opening of this person.
    RefusedError
        Somebody has rated, or it was called off before, or they are the contact for adjustments.
    """
    with database.writing() as db:
        interview = _own_interview(db, user_id, interview_id)
        if raters_of(db, interview_id):
            message = "Somebody has rated this interview, so it was held and cannot be called off"
            raise RefusedError(message)
        interview.called_off_at = now
        db.add(interview)


def raters_of(db: Session, interview_id: str) -> tuple[str, ...]:
    """List who has rated an interview."""
    rating = InterviewRatingRecord
    return tuple(db.exec(select(rating.rater_id).where(rating.interview_id == interview_id).distinct()))


def interviewers_of(db: Session, interview_id: str) -> tuple[str, ...]:
    """List who is named for an interview."""
    named = InterviewerRecord
    return tuple(db.exec(select(named.user_id).where(named.interview_id == interview_id)))


def _own_session(db: Session, user_id: str, session_id: str) -> AssessmentSessionRecord:
    session = get_session_record(db, session_id, locked=True)
    require_decider(db, session.opening_id, user_id)
    return session


def _own_interview(db: Session, user_id: str, interview_id: str) -> InterviewRecord:
    interview = db.get(InterviewRecord, interview_id)
    if interview is None:
        message = "There is no such interview"
        raise NotFoundError(message)
    _own_session(db, user_id, interview.session_id)
    db.refresh(interview)
    if interview.called_off_at is not None:
        message = "This interview was called off; plan another"
        raise RefusedError(message)
    return interview


def _require_not_withdrawn(session: AssessmentSessionRecord) -> None:
    if session.withdrawn_at is not None:
        message = "This person has withdrawn, so nobody interviews them"
        raise RefusedError(message)


def _usable(db: Session, opening_id: str, plan: InterviewPlan, known: Collection[str] = ()) -> InterviewPlan:
    """Return a plan with its day as year, month and day, however it was written."""
    if not plan.interviewers:
        message = "Name at least one person who interviews"
        raise InvalidInputError(message, "interviewers")
    possible = {each.user_id for each in possible_interviewers(db, opening_id)}
    if set(plan.interviewers) - possible - set(known):
        message = "Name people of this opening who may interview"
        raise InvalidInputError(message, "interviewers")
    if not plan.day:
        return plan
    try:
        return replace(plan, day=date.fromisoformat(plan.day).isoformat())
    except ValueError:
        message = "Give the day as year, month and day, such as 2026-12-04, or leave it empty"
        raise InvalidInputError(message, "day") from None


def _name(db: Session, interview: InterviewRecord, people: Collection[str], user_id: str, now: datetime) -> None:
    db.add_all(
        InterviewerRecord(
            interview_id=interview.id, user_id=each, session_id=interview.session_id, named_by=user_id, named_at=now
        )
        for each in sorted(set(people))
    )
