"""What a recruiter does for many candidates at once: reminding them, and giving them new links."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from eiassess.domain.audit.actions import Action
from eiassess.domain.audit.entries import ObjectKind, Target
from eiassess.domain.mail_kinds import NEW_LINK, REMINDER
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import InvitationRecord
from eiassess.services.auditing.acting import note
from eiassess.services.hiring.ends import who_is_expected
from eiassess.services.hiring.invitations import VALID_DAYS
from eiassess.services.hiring.inviting import issue_links
from eiassess.services.hiring.mail_orders import orders_for
from eiassess.services.hiring.openings import require_member
from eiassess.services.hiring.reached import who_was_not_reached
from eiassess.services.hiring.withdrawing import lock_sessions
from eiassess.services.links import LinkMaker
from eiassess.services.once import require_first_time
from eiassess.services.outbox.queueing import queue_mails


def remind_candidates(
    database: Database, user_id: str, opening_id: str, session_ids: Sequence[str], now: datetime, *, form: str = ""
) -> int:
    """Queue a reminder for each who could still hand in, also for whoever had one before; return how many.

    Whose invitation was not delivered gets none: a new link, or the invitation once more, says what it would say.

    Parameters
    ----------
    form
        The showing of the form that asks for it, which is worked off once.

    Raises
    ------
    AlreadyDoneError
        The same form asked for the same people before.
    NotFoundError
        There is no such opening for this person.
    """
    with database.writing() as db:
        require_member(db, opening_id, user_id)
        sessions = lock_sessions(db, opening_id, session_ids)
        require_first_time(db, form, ("remind", opening_id, *sorted(session_ids)), now)
        expected = who_is_expected(db, sessions, now)
        expected -= who_was_not_reached(db, expected)
        note(db, Target(ObjectKind.OPENING, opening_id, len(expected)), Action.REMIND)
        return len(queue_mails(db, REMINDER, orders_for(db, opening_id, expected), now))


def send_new_links(
    database: Database,
    links: LinkMaker,
    user_id: str,
    opening_id: str,
    session_ids: Sequence[str],
    now: datetime,
    *,
    form: str = "",
) -> int:
    """Close the links of those who could still hand in and mail each a new one to the same answers; return how many.

    Parameters
    ----------
    form
        The showing of the form that asks for it, which is worked off once.

    Raises
    ------
    AlreadyDoneError
        The same form asked for the same people before.
    NotFoundError
        There is no such opening for this person.
    """
    with database.writing() as db:
        require_member(db, opening_id, user_id)
        sessions = lock_sessions(db, opening_id, session_ids)
        require_first_time(db, form, ("new link", opening_id, *sorted(session_ids)), now)
        expected = who_is_expected(db, sessions, now)
        _close_links(db, expected, now)
        issue_links(db, links, sorted(expected), now, VALID_DAYS)
        note(db, Target(ObjectKind.OPENING, opening_id, len(expected)), Action.REPLACE_LINK)
        return len(queue_mails(db, NEW_LINK, orders_for(db, opening_id, expected), now))


def _close_links(db: Session, session_ids: frozenset[str], now: datetime) -> None:
    open_ones = select(InvitationRecord).where(
        col(InvitationRecord.session_id).in_(session_ids), col(InvitationRecord.revoked_at).is_(None)
    )
    for link in db.exec(open_ones):
        link.revoked_at = now
        db.add(link)
