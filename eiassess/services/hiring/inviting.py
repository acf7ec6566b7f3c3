"""Inviting people to an opening, one or thousands alike: rows, links and mails in the caller's transaction."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, SQLModel, func, select

from eiassess.domain.mail_kinds import INVITATION
from eiassess.domain.searching import found_by
from eiassess.domain.sessions import SessionState
from eiassess.persistence.tables import AssessmentSessionRecord, CandidateRecord, InvitationRecord, OpeningRecord
from eiassess.services.identifiers import new_id
from eiassess.services.links import FreshLink, LinkMaker, LinkPurpose
from eiassess.services.outbox.queueing import MailOrder, queue_mails
from eiassess.services.people.addresses import email_key


@dataclass(frozen=True)
class Invitee:
    """Somebody to invite, with name and address as they are stored."""

    name: str
    email: str


def invite_all(
    db: Session,
    links: LinkMaker,
    opening: OpeningRecord,
    people: Sequence[Invitee],
    now: datetime,
    *,
    valid_days: int,
) -> tuple[str, ...]:
    """Invite people whom an opening has not invited before, each with a link and a mail; return their sessions' ids.

    The caller has locked the opening: so one after the other counts, and each person has a number of their own.
    """
    sessions = add_candidates(db, opening, people, now)
    issue_links(db, links, sessions, now, valid_days)
    queue_invitations(db, opening.id, people, sessions, now)
    return sessions


def queue_invitations(
    db: Session, opening_id: str, people: Sequence[Invitee], sessions: Sequence[str], now: datetime
) -> None:
    """Ask for the mail that tells each person of their link."""
    orders = [
        MailOrder(each.name, each.email, opening_id=opening_id, session_id=session)
        for each, session in zip(people, sessions, strict=True)
    ]
    queue_mails(db, INVITATION, orders, now)


def add_candidates(
    db: Session, opening: OpeningRecord, people: Sequence[Invitee], now: datetime, *, simulated: bool = False
) -> tuple[str, ...]:
    """Add people to an opening that the caller has locked, with sessions that nobody has a link to; return their ids.

    Numbers go on from the highest, in the order of the people.
    """
    query = select(func.max(CandidateRecord.number)).where(CandidateRecord.opening_id == opening.id)
    first = (db.exec(query).one() or 0) + 1
    candidates = [_candidate(opening, each, first + n, now) | {"simulated": simulated} for n, each in enumerate(people)]
    sessions = [_session(opening, each["id"], each["number"]) for each in candidates]
    _insert(db, CandidateRecord, candidates)
    _insert(db, AssessmentSessionRecord, sessions)
    return tuple(each["id"] for each in sessions)


def _candidate(opening: OpeningRecord, person: Invitee, number: int, now: datetime) -> dict[str, Any]:
    return {
        "id": new_id(),
        "opening_id": opening.id,
        "name": person.name,
        "email": person.email,
        "email_key": email_key(person.email),
        "name_found_by": found_by(person.name),
        "email_found_by": found_by(person.email),
        "number": number,
        "created_at": now,
    }


def _session(opening: OpeningRecord, candidate_id: str, number: int) -> dict[str, Any]:
    return {
        "id": new_id(),
        "candidate_id": candidate_id,
        "opening_id": opening.id,
        "number": number,
        "form_digest": opening.form_digest,
        "key_digest": opening.key_digest,
        "bank_digest": opening.bank_digest,
        "order_seed": secrets.token_hex(8),
        "state": SessionState.INVITED.value,
    }


def issue_links(
    db: Session, links: LinkMaker, sessions: Sequence[str], now: datetime, valid_days: int
) -> tuple[FreshLink, ...]:
    """Give each session a link of its own."""
    fresh = tuple(links.fresh(LinkPurpose.CANDIDATE, now, valid_days) for _ in sessions)
    rows = [
        {
            "id": link.row_id,
            "session_id": session,
            "token_hash": link.token_hash,
            "created_at": now,
            "expires_at": link.expires_at,
        }
        for session, link in zip(sessions, fresh, strict=True)
    ]
    _insert(db, InvitationRecord, rows)
    return fresh


def _insert(db: Session, table: type[SQLModel], rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows in one go, with the table's own defaults for what they leave out."""
    if not rows:
        return
    defaults = {
        name: field.get_default(call_default_factory=True)
        for name, field in table.model_fields.items()
        if not field.is_required()
    }
    db.flush()
    db.connection().execute(insert(table), [defaults | row for row in rows])
