"""Interviews in the demo's opening: of four two are rated by both, one waits for one of them, one lies ahead."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    CandidateRecord,
    InterviewerRecord,
    InterviewRatingRecord,
    InterviewRecord,
    UserRecord,
)
from eiassess.services.content.pinned import get_bank
from eiassess.services.identifiers import new_id

Points = tuple[int | None, ...]


@dataclass(frozen=True)
class MadeUp:
    """What two people made of a candidate: points in the order of the competencies; none of who has still to rate.

    ``days_ago`` is negative of a day that lies ahead.
    """

    place: int
    days_ago: int
    recruiter: Points
    manager: Points
    note: str


HELD = (
    MadeUp(
        0, 4, (4, 5, 4, 4, 3, 4, None, None), (4, 4, 4, 5, 3, 5, None, 4), "Made up: told of a guest who came back."
    ),
    MadeUp(1, 4, (3, 2, 3, 3, None, 2, 3, None), (3, 3, 2, 3, None, 4, 3, 2), "Made up: spoke more of rules."),
    MadeUp(2, 0, (4, 3, None, 4, 4, 3, None, 3), (), "Made up: asked for a second talk."),
    MadeUp(5, -2, (), (), ""),
)


def interview_some(db: Session, opening_id: str, recruiter: str, manager: str, now: datetime) -> None:
    """Let a recruiter and a manager have interviewed, within the caller's transaction."""
    people = {each.email: each.id for each in db.exec(select(UserRecord))}
    session = AssessmentSessionRecord
    query = select(session).join(CandidateRecord).where(session.opening_id == opening_id)
    candidates = db.exec(query.order_by(col(CandidateRecord.number)).limit(max(each.place for each in HELD) + 1)).all()
    for each in HELD:
        found = candidates[each.place]
        interview = _plan(db, found, (people[recruiter], people[manager]), now - timedelta(days=each.days_ago), now)
        at = now - timedelta(days=each.days_ago, hours=1)
        _rate(db, interview, people[recruiter], each.recruiter, at, note=each.note)
        _rate(db, interview, people[manager], each.manager, at)


def _plan(
    db: Session, session: AssessmentSessionRecord, people: tuple[str, str], day: datetime, now: datetime
) -> InterviewRecord:
    interview = InterviewRecord(
        id=new_id(), session_id=session.id, number=1, day=f"{day:%Y-%m-%d}", planned_by=people[0],
        planned_at=now - timedelta(days=5),
    )  # fmt: skip
    db.add(interview)
    db.flush()
    db.add_all(
        InterviewerRecord(
            interview_id=interview.id, user_id=each, session_id=session.id, named_by=people[0],
            named_at=interview.planned_at,
        )
        for each in people
    )  # fmt: skip
    return interview


def _rate(db: Session, interview: InterviewRecord, rater: str, points: Points, at: datetime, *, note: str = "") -> None:
    session = db.get_one(AssessmentSessionRecord, interview.session_id)
    competencies = get_bank(db, session.bank_digest).model.competency_ids
    db.add_all(
        InterviewRatingRecord(
            id=new_id(),
            interview_id=interview.id,
            session_id=session.id,
            rater_id=rater,
            competency=competency,
            number=1,
            rating=point,
            note=note if number == 0 else "",
            blind=True,
            rated_at=at,
        )
        for number, (competency, point) in enumerate(zip(competencies, points, strict=False))
    )
