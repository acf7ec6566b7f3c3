"""A candidate's link as a mail repeats it."""

from datetime import datetime

from sqlmodel import Session, col, select

from eiassess.persistence.tables import InvitationRecord
from eiassess.services.links import LinkMaker, LinkPurpose
from eiassess.services.mailing.sources import HIDDEN_LINK, MailSources, NotNeededError


def find_link(db: Session, session_id: str) -> InvitationRecord | None:
    """Return the newest link to a session that was not closed; it may have ended."""
    link = InvitationRecord
    query = (
        select(link)
        .where(link.session_id == session_id, col(link.revoked_at).is_(None))
        .order_by(col(link.created_at).desc(), col(link.id))
    )
    return db.exec(query).first()


def link_url(db: Session, link: InvitationRecord | None, sources: MailSources, now: datetime) -> str:
    """Return the address of a link, or nothing where there is none.

    Raises
    ------
    NotNeededError
        It cannot be made again, and is not to be replaced.
    """
    if link is None or sources.links is None:
        return "" if link is None else HIDDEN_LINK
    url = sources.links.find_url(link)
    if url is not None:
        return url
    if not (sources.to_reader and sources.may_renew):
        message = "The secret of this installation was changed since; the mail will carry a new link"
        raise NotNeededError(message)
    return _renewed(db, link, sources.links, now)


def _renewed(db: Session, link: InvitationRecord, links: LinkMaker, now: datetime) -> str:
    fresh = links.fresh(LinkPurpose.CANDIDATE, now, 1)
    link.revoked_at = now
    db.add(link)
    db.add(
        InvitationRecord(
            id=fresh.row_id,
            session_id=link.session_id,
            token_hash=fresh.token_hash,
            created_at=now,
            expires_at=link.expires_at,
        )
    )
    return fresh.url
