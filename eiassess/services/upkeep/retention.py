"""Keeping the promise of the notice: candidates' data are deleted when their time is over."""

from collections.abc import Collection
from datetime import datetime, timedelta
from itertools import groupby

from sqlmodel import Session, col, delete, select

from eiassess.domain.audit.actions import Action
from eiassess.domain.audit.entries import ObjectKind, Target
from eiassess.domain.erasures import ErasedBy, ErasureReason
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import (
    AdjustmentRecord,
    AdjustmentRequestRecord,
    AssessmentSessionRecord,
    CandidateMarkRecord,
    CandidateNoteRecord,
    CandidateQuestionRecord,
    CandidateRecord,
    ErasureHoldRecord,
    ErasureWishRecord,
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
from eiassess.services.auditing.acting import leave_out, note
from eiassess.services.fairness.answering import delete_ownerless_answers, forget_answers
from eiassess.services.hiring.ends import times_of_all
from eiassess.services.hiring.list_records import delete_ended_lists, forget_in_lists
from eiassess.services.outcomes.asking import ask_for_ratings
from eiassess.services.outcomes.study import delete_ended_rows, part_from_sitting, update_study
from eiassess.services.upkeep.receipts import write_receipt
from eiassess.services.upkeep.traces import Named, forget_traces

AT_ONCE = 100
"""How many go in one transaction."""
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
    ErasureHoldRecord,
    ErasureWishRecord,
)
"""Every table whose rows are about one sitting; a test finds what is missing here."""


def delete_expired(database: Database, now: datetime) -> int:
    """Delete candidates whose answers were kept for as long as their opening says; return how many.

    The time runs from handing in, or for those who did not from the end of their time. Openings, forms and
    keys stay; they hold nothing personal. Who is held by a duty to keep records waits for its end. What goes to
    the study of those who were hired is taken before, and deleted when its own time is over; of those whose sitting
    goes it keeps only who was told and rated. Ratings that are due are asked for.

    They go in batches, each in a transaction of its own: whatever ends the program in the middle, each person is there
    whole or gone whole, and the next time goes on. Of two who do this at once, one waits and finds nothing left.
    """
    with database.writing() as db:
        leave_out(db)  # each person who goes has an entry of their own
        update_study(db, now)
        ask_for_ratings(db, now)
        delete_ended_rows(db, now)
        delete_ended_lists(db, now)
    with database.reading() as db:
        expired = _expired(db, now)
    batches = [expired[start : start + AT_ONCE] for start in range(0, len(expired), AT_ONCE)]
    done = sum(_delete_batch(database, each, now) for each in batches)
    with database.writing() as db:
        leave_out(db)
        delete_ownerless_answers(db)
    database.forget_what_was_deleted()
    return done


def _delete_batch(database: Database, session_ids: Collection[str], now: datetime) -> int:
    """Delete those who are still there and still due; return how many."""
    with database.writing() as db:
        leave_out(db)  # somebody else may have deleted them meanwhile
        for each in session_ids:  # locked in one order, so that no two wait for each other
            db.get(AssessmentSessionRecord, each, with_for_update=True)
        there = [db.get_one(AssessmentSessionRecord, each) for each in _expired(db, now, session_ids)]
        by_opening = groupby(sorted(there, key=lambda each: each.opening_id), key=lambda each: each.opening_id)
        for opening_id, sessions in by_opening:
            forget_traces(db, opening_id, [_delete_expired(db, each, now) for each in sessions])
    return len(there)


def _delete_expired(db: Session, session: AssessmentSessionRecord, now: datetime) -> Named:
    part_from_sitting(db, session.id)
    named = delete_candidate(db, session.id, session.candidate_id)
    write_receipt(db, session.id, ErasedBy.NOBODY, ErasureReason.TIME_OVER, now)
    note(db, Target(ObjectKind.CANDIDATE, session.id), Action.ERASE_AT_END)
    return named


def _expired(db: Session, now: datetime, among: Collection[str] | None = None) -> list[str]:
    """List sittings, all or some, whose days are over and whose records nobody has to keep longer."""
    hold = ErasureHoldRecord
    held = set(db.exec(select(hold.session_id).where(col(hold.until) > now)))
    return [each for each, _, goes_at in endings(db, among) if goes_at <= now and each not in held]


def endings(
    db: Session, among: Collection[str] | None = None, opening_id: str | None = None
) -> list[tuple[str, str, datetime]]:
    """List sittings, all or some, each with its opening and when its days are over, in the order of their ids."""
    session = AssessmentSessionRecord
    invited = select(InvitationRecord.session_id).where(col(InvitationRecord.session_id) == col(session.id))
    query = select(session, OpeningRecord.keep_days).join(OpeningRecord).where(invited.exists())
    if among is not None:
        query = query.where(col(session.id).in_(among))
    if opening_id is not None:
        query = query.where(session.opening_id == opening_id)
    found = db.exec(query.order_by(col(session.id))).all()
    times = times_of_all(db, [each for each, _ in found if each.submitted_at is None])
    return [
        (each.id, each.opening_id, (each.submitted_at or times[each.id].own_deadline) + timedelta(days=keep_days))
        for each, keep_days in found
    ]


def delete_candidate(db: Session, session_id: str, candidate_id: str) -> Named:
    """Delete whatever is stored about one candidate of one opening, within the caller's transaction.

    Return what they were called: what was written about others may still name them.
    """
    candidate = db.get_one(CandidateRecord, candidate_id)
    named = Named(candidate.name, candidate.email)
    forget_in_lists(db, candidate.opening_id, candidate.name, candidate.email)
    forget_answers(db, session_id, candidate.opening_id)
    for table in OF_A_SITTING:
        db.exec(delete(table).where(col(table.session_id) == session_id))
    db.exec(delete(AssessmentSessionRecord).where(col(AssessmentSessionRecord.id) == session_id))
    db.exec(delete(CandidateRecord).where(col(CandidateRecord.id) == candidate_id))
    return named
