"""Links to released candidates: made, listed and revoked by recruiters of the opening."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from eiassess.domain.openings import MemberPart
from eiassess.errors import InvalidInputError, NotFoundError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import (
    OpeningMemberRecord,
    SharedCandidateRecord,
    SharedViewRecord,
    ShareLinkRecord,
    UserRecord,
)
from eiassess.services.hiring.openings import require_member
from eiassess.services.hiring.withdrawing import lock_sessions
from eiassess.services.links import LinkMaker, LinkPurpose, is_open
from eiassess.services.people.addresses import checked_email

DAYS_AT_MOST = 90
USUAL_DAYS = 14


@dataclass(frozen=True)
class SharedLink:
    """A link as recruiters see it; ``url`` is empty where it opens nothing, or cannot be made again.

    ``given_to`` is a name, empty if it is for the opening's hiring managers; ``opened_by`` are names.
    """

    id: str
    url: str
    given_to: str
    n_candidates: int
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    is_open: bool
    opened_by: tuple[str, ...]


def make_link(
    database: Database,
    links: LinkMaker,
    user_id: str,
    opening_id: str,
    session_ids: Sequence[str],
    now: datetime,
    *,
    days: int = USUAL_DAYS,
    given_to: str = "",
) -> int:
    """Make a link to those of some candidates who are released, and return how many these are.

    Parameters
    ----------
    given_to
        The e-mail address of somebody with an account; for the opening's hiring managers if it is empty.

    Raises
    ------
    NotFoundError
        There is no such opening for this person.
    InvalidInputError
        The days or the address cannot be used, or nobody of these is released.
    """
    if not 1 <= days <= DAYS_AT_MOST:
        message = f"A link works for 1 to {DAYS_AT_MOST} days"
        raise InvalidInputError(message, "days")
    with database.writing() as db:
        require_member(db, opening_id, user_id)
        released = [each.id for each in lock_sessions(db, opening_id, session_ids) if each.released_at is not None]
        if not released:
            message = "Nobody of these is released; release them first"
            raise InvalidInputError(message, "people")
        fresh = links.fresh(LinkPurpose.SHARE, now, days)
        record = ShareLinkRecord(
            id=fresh.row_id,
            opening_id=opening_id,
            token_hash=fresh.token_hash,
            given_to=_reader(db, opening_id, given_to),
            created_at=now,
            created_by=user_id,
            expires_at=fresh.expires_at,
        )
        db.add(record)
        db.flush()
        db.add_all(SharedCandidateRecord(link_id=record.id, session_id=each) for each in released)
        return len(released)


def _reader(db: Session, opening_id: str, email: str) -> str | None:
    if not email.strip():
        return None
    user = db.exec(select(UserRecord).where(UserRecord.email == checked_email(email))).first()
    if user is None:
        message = "Nobody with this address can sign in here"
        raise InvalidInputError(message, "given_to")
    if db.get(OpeningMemberRecord, (opening_id, user.id, MemberPart.ADJUSTMENTS.value)):
        message = "The contact for adjustments has no part in deciding, and sees no scores"
        raise InvalidInputError(message, "given_to")
    return user.id


def list_links(
    database: Database, links: LinkMaker, user_id: str, opening_id: str, now: datetime
) -> tuple[SharedLink, ...]:
    """List an opening's links, the newest first, in as many queries for many as for one.

    Raises
    ------
    NotFoundError
        There is no such opening for this person.
    """
    link, shared = ShareLinkRecord, SharedCandidateRecord
    counts = select(shared.link_id, func.count().label("n")).group_by(col(shared.link_id)).subquery()
    query = (
        select(link, UserRecord.name, counts.c.n)
        .outerjoin(UserRecord, col(UserRecord.id) == col(link.given_to))
        .outerjoin(counts, counts.c.link_id == link.id)
        .where(link.opening_id == opening_id)
        .order_by(col(link.created_at).desc(), col(link.id))
    )
    with database.reading() as db:
        require_member(db, opening_id, user_id)
        readers = _readers(db, opening_id)
        return tuple(
            SharedLink(
                each.id,
                (links.find_url(each) or "") if is_open(each, now) else "",
                name or "",
                n or 0,
                each.created_at,
                each.expires_at,
                each.revoked_at,
                is_open(each, now),
                readers.get(each.id, ()),
            )
            for each, name, n in db.exec(query)
        )


def _readers(db: Session, opening_id: str) -> dict[str, tuple[str, ...]]:
    view, found = SharedViewRecord, dict[str, tuple[str, ...]]()
    query = (
        select(view.link_id, UserRecord.name)
        .join(UserRecord, col(UserRecord.id) == col(view.user_id))
        .join(ShareLinkRecord, col(ShareLinkRecord.id) == col(view.link_id))
        .where(ShareLinkRecord.opening_id == opening_id)
        .distinct()
        .order_by(col(UserRecord.name))
    )
    for link_id, name in db.exec(query):
        found[link_id] = (*found.get(link_id, ()), name)
    return found


def revoke_link(database: Database, user_id: str, opening_id: str, link_id: str, now: datetime) -> None:
    """End a link now; ending it again changes nothing.

    Raises
    ------
    NotFoundError
        There is no such link of an opening of this person.
    """
    with database.writing() as db:
        require_member(db, opening_id, user_id)
        link = db.get(ShareLinkRecord, link_id, with_for_update=True)
        if link is None or link.opening_id != opening_id:
            message = "There is no such link"
            raise NotFoundError(message)
        if link.revoked_at is None:
            link.revoked_at = now
            db.add(link)
