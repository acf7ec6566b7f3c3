"""Who is written to when an opening's own deadline is moved in its settings."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session, col, select

from eiassess.domain.mail_kinds import DEADLINE_MOVED
from eiassess.domain.sessions import SessionState
from eiassess.domain.sitting_times import NEVER, SittingTimes
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import AssessmentSessionRecord, InvitationRecord
from eiassess.services.hiring.ends import times_of_all
from eiassess.services.hiring.mail_orders import orders_for
from eiassess.services.hiring.openings import require_member
from eiassess.services.outbox.queueing import queue_mails


@dataclass(frozen=True)
class MoveReach:
    """How many have a time that ends with the opening's deadline, and how many an end of their own that others know."""

    with_the_deadline: int
    by_themselves: int


def reach_of_moving(database: Database, user_id: str, opening_id: str, now: datetime) -> MoveReach:
    """Count whom moving an opening's deadline would reach.

    Raises
    ------
    NotFoundError
        There is no such opening for this person.
    """
    with database.reading() as db:
        opening = require_member(db, opening_id, user_id)
        waiting = [each for each in times_of_waiting(db, opening_id).values() if _can_be_moved(each, now)]
        usual = [opening.deadline_at in (None, each.deadline) and each.known_end == each.deadline for each in waiting]
        return MoveReach(sum(usual), len(usual) - sum(usual))


def times_of_waiting(db: Session, opening_id: str) -> dict[str, SittingTimes]:
    """Return the times of those who have a link and have neither handed in nor withdrawn."""
    session, link = AssessmentSessionRecord, InvitationRecord
    linked = select(link.session_id).where(link.session_id == session.id, col(link.revoked_at).is_(None))
    query = select(session).where(
        session.opening_id == opening_id,
        session.state != SessionState.SUBMITTED,
        col(session.withdrawn_at).is_(None),
        linked.exists(),
    )
    return times_of_all(db, db.exec(query).all())


def queue_moved(db: Session, opening_id: str, before: Mapping[str, SittingTimes], now: datetime) -> None:
    """Write to everybody whose end has moved and still lies ahead, within the transaction that moved the deadline.

    Asked is the end that others may know: if somebody got no mail for an end that only they know of, the outbox would
    tell the recruiter of it. The mail itself names the person's real end. Nobody is locked: who hands in meanwhile is
    found when the mail is sent.
    """
    times = times_of_waiting(db, opening_id)
    moved = [each for each, now_so in times.items() if _has_moved(now_so, before.get(each, now_so), now)]
    queue_mails(db, DEADLINE_MOVED, orders_for(db, opening_id, moved), now)


def _has_moved(times: SittingTimes, before: SittingTimes, now: datetime) -> bool:
    """Whether the deadline alone moved somebody's end: a changed limit is no moved deadline."""
    return times.known_end > now and times.known_end != replace(times, deadline=before.deadline).known_end


def _can_be_moved(times: SittingTimes, now: datetime) -> bool:
    """Whether any deadline would let somebody go on: who has used up a time limit is done."""
    return replace(times, deadline=NEVER).known_end > now
