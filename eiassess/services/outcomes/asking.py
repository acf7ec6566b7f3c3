"""Asking whoever recorded a hiring how the person works: once for each person, in one mail for all who are due.

If they recruit there no more, somebody else who does is asked; if nobody can rate, nobody is asked until somebody can.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func
from sqlmodel import Session, col, select

from eiassess.domain.deciding import DecisionStage
from eiassess.domain.mail_kinds import WORK_ASKED
from eiassess.domain.openings import MemberPart
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    OpeningMemberRecord,
    OpeningRecord,
    StageMoveRecord,
    StudyLinkRecord,
    UserRecord,
    WorkRatingRecord,
)
from eiassess.services.deciding.deciders import may_decide
from eiassess.services.outbox.queueing import MailOrder, queue_mail


def ask_for_ratings(db: Session, now: datetime) -> int:
    """Queue the mails that are due, within the caller's transaction; return how many people they are about."""
    due: dict[tuple[str, str], int] = {}
    for link, opening_id, moved_by, hired_at, days in _unrated(db, asked=False, locked=True):
        if now < hired_at + timedelta(days=days):
            continue
        user_id = _whom_to_ask(db, opening_id, moved_by)
        if user_id is not None:
            link.asked_at = now
            due[opening_id, user_id] = due.get((opening_id, user_id), 0) + 1
    for opening_id, user_id in due:
        user = db.get_one(UserRecord, user_id)
        queue_mail(db, WORK_ASKED, MailOrder(user.name, user.email, opening_id=opening_id, user_id=user_id), now)
    return sum(due.values())


def waits_for_rating(db: Session, opening_id: str, user_id: str) -> bool:
    """Tell whether somebody was asked of a person who still stands at hired, and has not been rated."""
    return any(
        opening == opening_id and _whom_to_ask(db, opening, moved_by) == user_id
        for _, opening, moved_by, _, _ in _unrated(db, asked=True)
    )


def _whom_to_ask(db: Session, opening_id: str, moved_by: str) -> str | None:
    """Return whoever recorded the hiring, or if they cannot rate any more, the first by name of those who can."""
    member, user = OpeningMemberRecord, UserRecord
    query = (
        select(user.id)
        .join(member, col(member.user_id) == col(user.id))
        .where(member.opening_id == opening_id, member.part == MemberPart.RECRUITS, col(user.active).is_(True))
        .order_by(col(user.id) != moved_by, col(user.name), col(user.id))
    )
    return next((each for each in db.exec(query).all() if may_decide(db, opening_id, each)), None)


def _unrated(
    db: Session, *, asked: bool, locked: bool = False
) -> Sequence[tuple[StudyLinkRecord, str, str, datetime, int]]:
    """List those of the study who stand at hired without a rating: link, opening, who recorded it, when, days.

    Whoever only looks locks nothing: mails are made by reading alone, and PostgreSQL refuses locks then.
    """
    session, link, move, opening = AssessmentSessionRecord, StudyLinkRecord, StageMoveRecord, OpeningRecord
    last = (
        select(col(move.session_id).label("session_id"), func.max(move.number).label("number"))
        .where(move.stage == DecisionStage.HIRED)
        .group_by(col(move.session_id))
        .subquery()
    )
    was_asked = col(link.asked_at).is_not(None)
    query = (
        select(link, session.opening_id, move, opening.outcome_days)
        .join(session, col(session.id) == col(link.session_id))
        .join(opening, col(opening.id) == col(session.opening_id))
        .join(last, last.c.session_id == col(session.id))
        .join(move, (col(move.session_id) == last.c.session_id) & (col(move.number) == last.c.number))
        .where(
            session.stage == DecisionStage.HIRED,
            col(session.withdrawn_at).is_(None),
            col(opening.outcome_days).is_not(None),
            col(link.person_id).not_in(select(WorkRatingRecord.person_id)),
            was_asked if asked else ~was_asked,
        )
        .order_by(col(session.id))
    )
    if locked:
        query = query.with_for_update(of=link)
    return [(each, of, came.moved_by, came.moved_at, days or 0) for each, of, came, days in db.exec(query)]
