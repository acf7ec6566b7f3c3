"""An interviewer's own sheet: what to ask, and recording what they heard, before they read what others rated."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from eiassess.domain.banks import QuestionBank
from eiassess.domain.interviews import GivenRating, InterviewRating, sheet_problems, standing_ratings
from eiassess.domain.openings import MemberPart
from eiassess.domain.releases import ReleaseField
from eiassess.domain.scores import PersonScore
from eiassess.errors import InvalidInputError, NotFoundError, RefusedError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    CandidateRecord,
    InterviewerRecord,
    InterviewRatingRecord,
    InterviewRecord,
    OpeningRecord,
)
from eiassess.services.content.pinned import get_bank
from eiassess.services.deciding.deciders import require_decider
from eiassess.services.hiring.openings import get_session_record
from eiassess.services.hiring.releases import released_fields
from eiassess.services.identifiers import new_id
from eiassess.services.interviews.gate import Sight, all_ratings, part_for_interviews, sight_of, visible_ratings
from eiassess.services.once import require_first_time
from eiassess.services.sitting.handing_in import latest_scores

NO_INTERVIEW = "There is no such interview"
RATED_MEANWHILE = (
    "You gave other ratings meanwhile, on another sheet of this interview. What you typed here stands below: send it "
    "again to replace them"
)


@dataclass(frozen=True)
class InterviewSheet:
    """One interviewer's sheet for one interview.

    Parameters
    ----------
    score
        What the order of the questions follows from; the page shows none of it. ``None`` before handing in, and for
        whoever may not know what came out lowest: who neither recruits for the opening nor had competencies released.
    own
        What they gave so far, each change a row.
    others
        What others gave, as far as the gate is open: else nothing.
    """

    interview_id: str
    session_id: str
    number: int
    day: str
    candidate: str
    simulated: bool
    opening_id: str
    opening_title: str
    bank: QuestionBank
    score: PersonScore | None
    own: tuple[InterviewRating, ...]
    others: tuple[InterviewRating, ...]
    sight: Sight


def get_sheet(database: Database, user_id: str, interview_id: str) -> InterviewSheet:
    """Return an interviewer's sheet.

    Raises
    ------
    NotFoundError
        There is no such interview, or the candidate withdrew, or they are not named for it or have no part in the
        opening any more.
    """
    with database.reading() as db:
        interview, session = _named_for(db, user_id, interview_id)
        part = part_for_interviews(db, session.opening_id, user_id)
        opening = db.get_one(OpeningRecord, session.opening_id)
        candidate = db.get_one(CandidateRecord, session.candidate_id)
        stored = latest_scores(db, [session.id]).get(session.id)
        ratings = visible_ratings(db, session.id, user_id)
        return InterviewSheet(
            interview.id,
            session.id,
            interview.number,
            interview.day,
            candidate.name,
            candidate.simulated,
            opening.id,
            opening.title,
            get_bank(db, session.bank_digest),
            stored.score if stored and _may_know_order(db, session, part) else None,
            own_ratings(db, user_id, interview),
            tuple(each for each in ratings if each.rater_id != user_id),
            sight_of(db, session.id, user_id),
        )


@dataclass(frozen=True)
class ClosedInterview:
    """An interview that takes no ratings any more, for somebody who is named for it; ``withdrawn`` says why.

    Parameters
    ----------
    withdrawn
        Whether the candidate withdrew; else the interview was called off.
    """

    number: int
    day: str
    candidate: str
    simulated: bool
    opening_title: str
    bank: QuestionBank
    withdrawn: bool


def get_closed_interview(database: Database, user_id: str, interview_id: str) -> ClosedInterview:
    """Return an interview that somebody is named for and that was called off, or whose candidate withdrew.

    Raises
    ------
    NotFoundError
        There is no such interview, or they are not named for it or have no part in the opening any more, or it still
        takes ratings.
    """
    with database.reading() as db:
        interview, session = _own_or_closed(db, user_id, interview_id)
        part_for_interviews(db, session.opening_id, user_id)
        if not _is_closed(interview, session):
            raise NotFoundError(NO_INTERVIEW)
        candidate = db.get_one(CandidateRecord, session.candidate_id)
        return ClosedInterview(
            interview.number,
            interview.day,
            candidate.name,
            candidate.simulated,
            db.get_one(OpeningRecord, session.opening_id).title,
            get_bank(db, session.bank_digest),
            session.withdrawn_at is not None,
        )


def record_ratings(
    database: Database,
    user_id: str,
    interview_id: str,
    given: Sequence[GivenRating],
    now: datetime,
    *,
    form: str = "",
    seen: int | None = None,
) -> int:
    """Keep an interviewer's ratings; what has not changed is not kept again. Return how many rows were added.

    Parameters
    ----------
    seen
        How many rows of their own the sheet showed; ``None`` to keep the ratings whatever stands there.

    Raises
    ------
    AlreadyDoneError
        The same form asked for the same before.
    InvalidInputError
        A competency has neither a point nor "not asked", or something cannot be used; the field is the competency.
    NotFoundError
        There is no such interview, or the candidate withdrew, or they are not named for it.
    RefusedError
        They are or were the contact for adjustments; or they rated meanwhile on another sheet, which this would
        replace unseen.
    """
    given = [GivenRating(each.competency, each.rating, each.note.replace("\r\n", "\n").strip()) for each in given]
    with database.writing() as db:
        interview, session = _named_for(db, user_id, interview_id, locked=True)
        require_decider(db, session.opening_id, user_id, part_for_interviews(db, session.opening_id, user_id))
        competencies = get_bank(db, session.bank_digest).model.competency_ids
        problems = sheet_problems(given, competencies)
        if problems:
            raise InvalidInputError(problems[0].message, problems[0].competency)
        asked = (f"{each.competency} {each.rating} {each.note}" for each in given)
        require_first_time(db, form, ("ratings", interview_id, user_id, *asked), now)
        own = own_ratings(db, user_id, interview)
        standing = {each.competency: each for each in standing_ratings(own)}
        blind = not sight_of(db, session.id, user_id).has_read
        new = [each for each in given if each.competency in competencies and _differs(each, standing)]
        if new and seen is not None and seen != len(own):
            raise RefusedError(RATED_MEANWHILE)
        db.add_all(
            InterviewRatingRecord(
                id=new_id(),
                interview_id=interview_id,
                session_id=session.id,
                rater_id=user_id,
                competency=each.competency,
                number=standing[each.competency].number + 1 if each.competency in standing else 1,
                rating=each.rating,
                note=each.note,
                blind=blind,
                rated_at=now,
            )
            for each in new
        )
        return len(new)


def _may_know_order(db: Session, session: AssessmentSessionRecord, part: MemberPart) -> bool:
    """Whether somebody may learn which competencies came out lowest."""
    if part is MemberPart.MANAGES:
        return ReleaseField.COMPETENCIES in released_fields(db, session)
    return part is MemberPart.RECRUITS


def own_ratings(db: Session, user_id: str, interview: InterviewRecord) -> tuple[InterviewRating, ...]:
    """List what somebody gave for an interview, each change a row."""
    return tuple(
        each
        for each in all_ratings(db, interview.session_id)
        if each.rater_id == user_id and each.interview == interview.number
    )


def _differs(given: GivenRating, standing: Mapping[str, InterviewRating]) -> bool:
    before = standing.get(given.competency)
    return before is None or (before.rating, before.note) != (given.rating, given.note)


def _named_for(
    db: Session, user_id: str, interview_id: str, *, locked: bool = False
) -> tuple[InterviewRecord, AssessmentSessionRecord]:
    interview, session = _own_or_closed(db, user_id, interview_id, locked=locked)
    if _is_closed(interview, session):
        raise NotFoundError(NO_INTERVIEW)
    return interview, session


def _is_closed(interview: InterviewRecord, session: AssessmentSessionRecord) -> bool:
    return interview.called_off_at is not None or session.withdrawn_at is not None


def _own_or_closed(
    db: Session, user_id: str, interview_id: str, *, locked: bool = False
) -> tuple[InterviewRecord, AssessmentSessionRecord]:
    interview = db.get(InterviewRecord, interview_id)
    if interview is None:
        raise NotFoundError(NO_INTERVIEW)
    session = get_session_record(db, interview.session_id, locked=locked)
    db.refresh(interview)  # who planned may have called it off while this waited
    named = db.exec(
        select(InterviewerRecord).where(
            InterviewerRecord.interview_id == interview_id, InterviewerRecord.user_id == user_id
        )
    ).first()
    if named is None:
        raise NotFoundError(NO_INTERVIEW)
    return interview, session
