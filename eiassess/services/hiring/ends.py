"""When a person's time ends: read in one place, whoever asks."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from eiassess.domain.sessions import SessionState
from eiassess.domain.sitting_times import SittingTimes
from eiassess.persistence.tables import AdjustmentRecord, AssessmentSessionRecord, InvitationRecord, OpeningRecord


def times_of(db: Session, session: AssessmentSessionRecord) -> SittingTimes:
    """Return what is said of one person's time."""
    return times_of_all(db, [session])[session.id]


def times_of_all(db: Session, sessions: Sequence[AssessmentSessionRecord]) -> dict[str, SittingTimes]:
    """Return what is said of people's time, in three queries however many they are."""
    opening, adjustment = OpeningRecord, AdjustmentRecord
    openings = {each.opening_id for each in sessions}
    of_opening = {each.id: each for each in db.exec(select(opening).where(col(opening.id).in_(openings)))}
    ids = [each.id for each in sessions]
    given = {each.session_id: each for each in db.exec(select(adjustment).where(col(adjustment.session_id).in_(ids)))}
    links = _ends_of_links(db, ids)
    return {
        each.id: _times(each, of_opening[each.opening_id], links.get(each.id), given.get(each.id)) for each in sessions
    }


def who_is_expected(db: Session, sessions: Sequence[AssessmentSessionRecord], now: datetime) -> frozenset[str]:
    """Return who can still hand in as far as others may know: by a link that works, in time, and not withdrawn."""
    link = InvitationRecord
    waiting = [each for each in sessions if each.state != SessionState.SUBMITTED and each.withdrawn_at is None]
    working = select(link.session_id).where(
        col(link.session_id).in_([each.id for each in waiting]), col(link.revoked_at).is_(None)
    )
    linked, times = set(db.exec(working)), times_of_all(db, waiting)
    return frozenset(each.id for each in waiting if each.id in linked and times[each.id].known_end > now)


def _ends_of_links(db: Session, session_ids: Sequence[str]) -> dict[str, datetime]:
    """Return the day that each person's newest link names."""
    link = InvitationRecord
    query = (
        select(link.session_id, link.expires_at)
        .where(col(link.session_id).in_(session_ids))
        .order_by(col(link.created_at))
    )
    return dict(iter(db.exec(query)))


def _times(
    session: AssessmentSessionRecord,
    opening: OpeningRecord,
    link_ends: datetime | None,
    given: AdjustmentRecord | None,
) -> SittingTimes:
    # Whoever was never sent a link has no time yet: it would end when they were added.
    usual = opening.deadline_at or link_ends or opening.created_at
    limit = opening.time_limit_minutes
    return SittingTimes(
        deadline=max(usual, session.ends_at or usual),
        limit=None if limit is None else timedelta(minutes=limit),
        started_at=session.practised_at,
        factor=given.factor if given else 1.0,
        granted=given.ends_at if given else None,
    )
