"""Keeping the promise of the notice: candidates' data are deleted when their time is over."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, select

from eiassess.domain.audit.actions import Action
from eiassess.domain.audit.entries import ObjectKind, Target
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import (
    AdjustmentRecord,
    AdjustmentRequestRecord,
    AssessmentSessionRecord,
    CandidateMarkRecord,
    CandidateNoteRecord,
    CandidateQuestionRecord,
    CandidateRecord,
    ExperienceRatingRecord,
    FailedHandInRecord,
    InterviewerRecord,
    InterviewRatingRecord,
    InterviewRecord,
    InvitationRecord,
    ItemResponseRecord,
    LateAnswerRecord,
    ListedPartRecord,
    ListedScoreRecord,
    MessageRecord,
    OneUseCodeRecord,
    OpeningRecord,
    PracticeAnswerRecord,
    RatingsReadRecord,
    ReleaseRecord,
    ScenarioComplaintRecord,
    ScenarioShowingRecord,
    ScoreRecord,
    SharedCandidateRecord,
    SharedViewRecord,
    StageMoveRecord,
    StudyLinkRecord,
)
from eiassess.services.auditing.acting import note
from eiassess.services.fairness.answering import delete_ownerless_answers, forget_answers
from eiassess.services.hiring.ends import times_of_all
from eiassess.services.hiring.list_records import delete_ended_lists, forget_in_lists
from eiassess.services.outcomes.asking import ask_for_ratings
from eiassess.services.outcomes.study import delete_ended_rows, part_from_sitting, update_study

OF_A_SITTING = (
    ListedPartRecord,
    ListedScoreRecord,
    ScoreRecord,
    ScenarioShowingRecord,
    ItemResponseRecord,
    PracticeAnswerRecord,
    LateAnswerRecord,
    FailedHandInRecord,
    OneUseCodeRecord,
    AdjustmentRequestRecord,
    AdjustmentRecord,
    ExperienceRatingRecord,
    ScenarioComplaintRecord,
    CandidateQuestionRecord,
    InvitationRecord,
    MessageRecord,
    ReleaseRecord,
    SharedCandidateRecord,
    SharedViewRecord,
    StageMoveRecord,
    StudyLinkRecord,
    CandidateNoteRecord,
    CandidateMarkRecord,
    InterviewRatingRecord,
    InterviewerRecord,
    RatingsReadRecord,
    InterviewRecord,
)
"""Every table whose rows are about one sitting; a test finds what is missing here."""


def delete_expired(database: Database, now: datetime) -> int:
    """Delete candidates whose answers were kept for as long as their opening says; return how many.

    The time runs from handing in, or for those who did not from the end of their time. Openings, forms and
    keys stay; they hold nothing personal. Of two who do this at once, one waits and finds nothing left. What goes to
    the study of those who were hired is taken before, and deleted when its own time is over; of those whose sitting
    goes it keeps only who was told and rated. Ratings that are due are asked for.
    """
    with database.writing() as db:
        update_study(db, now)
        ask_for_ratings(db, now)
        delete_ended_rows(db, now)
        expired = [
            (session_id, candidate_id)
            for session_id, candidate_id, ended, keep_days in _endings(db)
            if now >= ended + timedelta(days=keep_days)
        ]
        delete_ended_lists(db, now)
        there = [each for each in expired if _is_still_there(db, each[0])]
        for session_id, candidate_id in there:
            part_from_sitting(db, session_id)
            delete_candidate(db, session_id, candidate_id)
            note(db, Target(ObjectKind.CANDIDATE, session_id), Action.ERASE_AT_END)
        delete_ownerless_answers(db)
    database.forget_what_was_deleted()
    return len(there)


def _is_still_there(db: Session, session_id: str) -> bool:
    """Lock a sitting, unless somebody else has just deleted it."""
    session = AssessmentSessionRecord
    return db.exec(select(session.id).where(session.id == session_id).with_for_update()).first() is not None


def _endings(db: Session) -> list[tuple[str, str, datetime, int]]:
    """List session, candidate, the time from which its keeping is reckoned, and the days."""
    session = AssessmentSessionRecord
    invited = select(InvitationRecord.session_id).where(col(InvitationRecord.session_id) == col(session.id))
    query = select(session, OpeningRecord.keep_days).join(OpeningRecord).where(invited.exists())
    found = db.exec(query.order_by(col(session.id))).all()  # locked in one order, so that no two wait for each other
    times = times_of_all(db, [each for each, _ in found if each.submitted_at is None])
    return [
        (each.id, each.candidate_id, each.submitted_at or times[each.id].own_deadline, keep_days)
        for each, keep_days in found
    ]


def delete_candidate(db: Session, session_id: str, candidate_id: str) -> None:
    """Delete whatever is stored about one candidate of one opening, within the caller's transaction."""
    candidate = db.get_one(CandidateRecord, candidate_id)
    forget_in_lists(db, candidate.opening_id, candidate.email_key or "")
    forget_answers(db, session_id, candidate.opening_id)
    for table in OF_A_SITTING:
        db.exec(delete(table).where(col(table.session_id) == session_id))
    db.exec(delete(AssessmentSessionRecord).where(col(AssessmentSessionRecord.id) == session_id))
    db.exec(delete(CandidateRecord).where(col(CandidateRecord.id) == candidate_id))
