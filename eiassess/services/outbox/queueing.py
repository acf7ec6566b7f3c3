"""Asking for mails, in the transaction of what they are about: both are there afterwards, or neither is."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, col, select

from eiassess.domain.mail_kinds import MAIL_KINDS, MailKind
from eiassess.domain.mail_states import MailState
from eiassess.errors import InvalidInputError
from eiassess.persistence.engine import wake_when_committed
from eiassess.persistence.tables import MessageRecord
from eiassess.services.identifiers import new_id

AT_ONCE = 500
"""Rows of one statement; SQLite takes 32,766 values."""
PLANNED_FOR = "planned_for"
"""Among what is given, and no placeholder: the deadline that a mail was planned for."""


@dataclass(frozen=True)
class MailOrder:
    """One mail to one person.

    Parameters
    ----------
    name, email
        Who gets it.
    opening_id, session_id, expert_id, user_id
        What it is about, as far as there is one: a candidate's mail names opening and session, an expert's the expert,
        a staff member's the account. The mail's text is made from these rows when it is sent, never before, so it
        says what holds then; and it is not sent if its reason is gone.
    given
        What no row holds, by placeholder: the answer to a request, a code. Everything else is found when it is sent.
    due_at
        When it is to be sent; at once if not given.
    planned_for
        The deadline that a reminder is sent before. If the person's deadline is another one when its time comes, it is
        not needed: whoever moves a deadline plans the reminder anew.
    """

    name: str
    email: str
    opening_id: str | None = None
    session_id: str | None = None
    expert_id: str | None = None
    user_id: str | None = None
    given: Mapping[str, str] = field(default_factory=dict)
    due_at: datetime | None = None
    planned_for: datetime | None = None


def queue_mail(db: Session, kind: MailKind, order: MailOrder, now: datetime) -> str:
    """Ask for a mail within the caller's transaction; return its id.

    Nothing is sent here: a worker does so after the commit, and after a rollback the mail was never asked for. Each
    call is a mail of its own; whoever must not ask twice looks before.

    Parameters
    ----------
    db
        The caller's transaction.
    kind
        One of ``domain.mail_kinds``.
    order
        Who gets it, and about what.
    now
        The time.

    Raises
    ------
    InvalidInputError
        A value is given that this kind of mail does not name.

    Examples
    --------
    In the transaction that makes an invitation::

        queue_mail(db, INVITATION, MailOrder(name, email, opening_id=opening.id, session_id=session.id), now)
    """
    return queue_mails(db, kind, (order,), now)[0]


def queue_mails(db: Session, kind: MailKind, orders: Sequence[MailOrder], now: datetime) -> tuple[str, ...]:
    """Ask for many mails of one kind within the caller's transaction, each with its own text; return their ids.

    Raises
    ------
    InvalidInputError
        A value is given that this kind of mail does not name.
    """
    if not orders:
        return ()
    db.flush()  # what the mails are about has to be there before them
    rows: list[dict[str, Any]] = []
    for start in range(0, len(orders), AT_ONCE):
        part = orders[start : start + AT_ONCE]
        threads = {} if kind.starts_thread else _threads(db, part)
        rows += [_row(kind, order, now, threads.get(_person(order))) for order in part]
    db.connection().execute(insert(MessageRecord), rows)
    wake_when_committed(db)
    return tuple(row["id"] for row in rows)


def _row(kind: MailKind, order: MailOrder, now: datetime, thread_of: str | None) -> dict[str, Any]:
    unknown = sorted(set(order.given) - set(kind.placeholders))
    if unknown:
        message = f"There is no (({unknown[0]})) in the mail {kind.name!r}; it knows {', '.join(kind.placeholders)}"
        raise InvalidInputError(message, "given")
    return {
        "id": new_id(),
        "kind": kind.name,
        "opening_id": order.opening_id,
        "session_id": order.session_id,
        "user_id": order.user_id,
        "expert_id": order.expert_id,
        "recipient_name": order.name,
        "recipient_email": order.email,
        "given": json.dumps({**order.given, **_planned(order)}, ensure_ascii=False),
        "thread_of": thread_of,
        "state": MailState.WAITING.value,
        "tries": 0,
        "fence": 0,
        "words": "",
        "created_at": now,
        "due_at": order.due_at or now,
    }


def _planned(order: MailOrder) -> dict[str, str]:
    return {PLANNED_FOR: order.planned_for.isoformat()} if order.planned_for else {}


def _person(order: MailOrder) -> str | None:
    return order.session_id or order.expert_id


def _threads(db: Session, orders: Sequence[MailOrder]) -> dict[str | None, str]:
    """Find the mail that began the latest conversation with each person."""
    starting = [kind.name for kind in MAIL_KINDS.values() if kind.starts_thread]
    found: dict[str | None, str] = {}
    for column, people in (
        (MessageRecord.session_id, {order.session_id for order in orders if order.session_id}),
        (MessageRecord.expert_id, {order.expert_id for order in orders if order.expert_id}),
    ):
        query = (
            select(column, MessageRecord.id)
            .where(col(column).in_(people), col(MessageRecord.kind).in_(starting))
            .order_by(col(MessageRecord.created_at), col(MessageRecord.id))
        )
        found.update(db.exec(query).all() if people else ())
    return found
