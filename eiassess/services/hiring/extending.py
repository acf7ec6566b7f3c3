"""Moving the deadline: for one, for some, for all who have not handed in."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from eiassess.domain.mail_kinds import DEADLINE_MOVED
from eiassess.domain.sessions import SessionState
from eiassess.errors import InvalidInputError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import AssessmentSessionRecord, OpeningRecord
from eiassess.services.hiring.ends import times_of_all
from eiassess.services.hiring.mail_orders import orders_for
from eiassess.services.hiring.openings import require_member
from eiassess.services.hiring.own_reminders import plan_for_new_ends
from eiassess.services.hiring.withdrawing import lock_sessions
from eiassess.services.once import require_first_time
from eiassess.services.outbox.queueing import queue_mails


@dataclass(frozen=True)
class Extension:
    """Who got an extension, and how many did not.

    They handed in, are withdrawn, have that long already, or a later day gives them nothing: they have begun, and
    the time limit ends their time.
    """

    extended: tuple[str, ...]
    handed_in: int
    withdrawn: int
    later_already: int
    held_by_limit: int = 0


def held_by_limit(
    database: Database, user_id: str, opening_id: str, session_ids: Collection[str], now: datetime
) -> frozenset[str]:
    """Return to whom of some candidates no extension gives time, since the opening's time limit ends theirs.

    Raises
    ------
    NotFoundError
        There is no such opening for this person.
    """
    with database.reading() as db:
        require_member(db, opening_id, user_id)
        session = AssessmentSessionRecord
        found = db.exec(select(session).where(session.opening_id == opening_id)).all()
        times = times_of_all(db, [each for each in found if each.id in session_ids])
        return frozenset(each for each, held in times.items() if held.is_held_by_limit(now))


def extend_candidates(
    database: Database,
    user_id: str,
    opening_id: str,
    session_ids: Sequence[str] | None,
    ends_at: datetime,
    now: datetime,
    *,
    form: str = "",
) -> Extension:
    """Give candidates until a later time, all of an opening's if none are named; nobody loses time by it.

    Each who gains time is written to; nobody does whose time the opening's limit ends. Whoever was not finished when
    their time ended at the deadline can go on. What the server has handed in stays handed in.

    Parameters
    ----------
    form
        The showing of the form that asks for it, which is worked off once.

    Raises
    ------
    AlreadyDoneError
        The same form asked for the same people and the same time before.
    NotFoundError
        There is no such opening for this person.
    InvalidInputError
        The time has passed already.
    """
    if ends_at <= now:
        message = "Choose a day and time that are still to come"
        raise InvalidInputError(message, "ends_at")
    with database.writing() as db:
        opening = require_member(db, opening_id, user_id)
        sessions = lock_sessions(db, opening_id, session_ids)
        asked = ("extend", opening_id, ends_at.isoformat(), *sorted(session_ids or ()))
        require_first_time(db, form, asked, now)
        moves_all = session_ids is None and opening.deadline_at is not None
        made = _move_all(db, opening, sessions, ends_at, now) if moves_all else _extend(db, sessions, ends_at, now)
        queue_mails(db, DEADLINE_MOVED, orders_for(db, opening_id, made.extended), now)
        gained = times_of_all(db, [each for each in sessions if each.id in made.extended])
        plan_for_new_ends(db, opening, sorted({each.deadline for each in gained.values()}), now)
        return made


def _move_all(
    db: Session, opening: OpeningRecord, sessions: Sequence[AssessmentSessionRecord], ends_at: datetime, now: datetime
) -> Extension:
    """Move the opening's own deadline, so that it holds for whoever is invited later too."""
    made = _extend(db, sessions, ends_at, now, keep=False)
    if opening.deadline_at is not None and ends_at > opening.deadline_at:
        opening.deadline_at = ends_at
        db.add(opening)
    return made


def _extend(
    db: Session, sessions: Sequence[AssessmentSessionRecord], ends_at: datetime, now: datetime, *, keep: bool = True
) -> Extension:
    waiting = [each for each in sessions if each.state != SessionState.SUBMITTED]
    taking_part = [each for each in waiting if each.withdrawn_at is None]
    times = times_of_all(db, taking_part)
    shorter = [each for each in taking_part if times[each.id].deadline < ends_at]
    gaining = [each for each in shorter if times[each.id].gains_by(ends_at, now)]
    for each in gaining:
        if keep:
            each.ends_at = ends_at
            db.add(each)
    return Extension(
        tuple(each.id for each in gaining),
        len(sessions) - len(waiting),
        len(waiting) - len(taking_part),
        len(taking_part) - len(shorter),
        len(shorter) - len(gaining),
    )
