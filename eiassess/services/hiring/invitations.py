"""Invitations: links that let one candidate sit one form, without an account."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session, col, select

from eiassess.domain.audit.actions import Action
from eiassess.domain.audit.entries import ObjectKind, Target
from eiassess.domain.openings import OpeningState
from eiassess.errors import NotFoundError, RefusedError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import (
    AssessmentSessionRecord,
    InvitationRecord,
    OpeningRecord,
)
from eiassess.services.auditing.acting import act_as_candidate, note
from eiassess.services.content.pinning import get_pinned
from eiassess.services.content.versions import require_unchanged_versions
from eiassess.services.hiring.invited_before import find_invited_before
from eiassess.services.hiring.inviting import Invitee, add_candidates, issue_links
from eiassess.services.links import LinkClosedError, LinkMaker, hash_of_link
from eiassess.services.people.accounts import checked_name
from eiassess.services.people.addresses import checked_email

VALID_DAYS = 14


@dataclass(frozen=True)
class IssuedInvitation:
    """A fresh link; neither token nor address is stored."""

    session_id: str
    invitation_id: str
    token: str
    url: str
    expires_at: datetime
    is_again: bool = False
    """Whether the candidate had been invited before, so that the link leads to what was there."""


def invite_candidate(
    database: Database,
    links: LinkMaker,
    opening_id: str,
    name: str,
    email: str,
    now: datetime,
    *,
    valid_days: int = VALID_DAYS,
    simulated: bool = False,
) -> IssuedInvitation:
    """Invite somebody to an opening, pinning the form, key and bank that the opening has now.

    Whoever was invited by the same address before, and whose links have all ended, is invited anew: the same candidate,
    and what they answered stays.

    Raises
    ------
    InvalidInputError
        The name or the address cannot be used.
    NotFoundError
        There is no such opening.
    RefusedError
        The opening is closed, or somebody with this address has an open link to it or has handed in, or another
        opening has given a version of this one's form to candidates with other content.
    """
    person = Invitee(checked_name(name), checked_email(email))
    with database.writing() as db:
        return invite_one(db, links, opening_id, person, now, valid_days=valid_days, simulated=simulated)


def invite_one(
    db: Session,
    links: LinkMaker,
    opening_id: str,
    person: Invitee,
    now: datetime,
    *,
    valid_days: int,
    simulated: bool = False,
) -> IssuedInvitation:
    """Invite somebody within the caller's transaction, as ``invite_candidate`` says."""
    opening = locked_opening(db, opening_id)
    require_open(opening, now)
    before = find_invited_before(db, opening, person.name, person.email, now)
    session = before or add_candidate(db, opening_id, person.name, person.email, now, simulated=simulated)
    if before is not None:
        _close_links(db, before.id, now)
    pinned = get_pinned(db, session.form_digest, session.key_digest, session.bank_digest)
    note(db, Target(ObjectKind.CANDIDATE, session.id), Action.INVITE)
    require_unchanged_versions(db, pinned)  # again: another opening's candidates may have been first
    return replace(_issue(db, links, session.id, now, valid_days), is_again=before is not None)


def locked_opening(db: Session, opening_id: str) -> OpeningRecord:
    """Return an opening that nobody else invites to until this transaction ends.

    Raises
    ------
    NotFoundError
        There is no such opening.
    """
    opening = db.get(OpeningRecord, opening_id, with_for_update=True)
    if opening is None:
        message = f"There is no opening {opening_id!r}"
        raise NotFoundError(message)
    return opening


def require_open(opening: OpeningRecord, now: datetime) -> None:
    """Refuse an opening that takes no invitations any more.

    Raises
    ------
    RefusedError
        It is closed or archived, or its deadline has passed.
    """
    if opening.state != OpeningState.OPEN:
        message = "This opening is closed and takes no more invitations; open it again first"
        raise RefusedError(message)
    if opening.deadline_at is not None and opening.deadline_at <= now:
        message = "The deadline of this opening has passed, so nobody invited now could answer; move it first"
        raise RefusedError(message)


def add_candidate(
    db: Session, opening_id: str, name: str, email: str, now: datetime, *, simulated: bool
) -> AssessmentSessionRecord:
    """Add a candidate with a session that nobody has a link to yet."""
    opening = locked_opening(db, opening_id)
    (session_id,) = add_candidates(db, opening, (Invitee(name, email),), now, simulated=simulated)
    return db.get_one(AssessmentSessionRecord, session_id)


def replace_invitation(
    database: Database, links: LinkMaker, session_id: str, now: datetime, *, valid_days: int = VALID_DAYS
) -> IssuedInvitation:
    """Issue another link to the same session and close all earlier ones; answers stay.

    Raises
    ------
    NotFoundError
        There is no such session.
    """
    with database.writing() as db:
        _close_links(db, session_id, now)
        return _issue(db, links, session_id, now, valid_days)


def revoke_invitation(database: Database, session_id: str, now: datetime) -> None:
    """Close every link to a session; answers stay.

    Raises
    ------
    NotFoundError
        There is no such session, so nothing was closed.
    """
    with database.writing() as db:
        _close_links(db, session_id, now)


def open_invitation(database: Database, token: str) -> str:
    """Return the id of the invitation that a link's token opens; changes nothing.

    A link lives until the candidate's data go: after the end it leads to their own page.

    Raises
    ------
    LinkClosedError
        Unknown, revoked or replaced.
    """
    query = select(InvitationRecord).where(InvitationRecord.token_hash == hash_of_link(token))
    with database.reading() as db:
        invitation = db.exec(query).first()
        if invitation is None or invitation.revoked_at is not None:
            raise LinkClosedError
        return invitation.id


def require_open_session(
    db: Session, invitation_id: str, *, lock: bool = False
) -> tuple[AssessmentSessionRecord, InvitationRecord]:
    """Return the session that an invitation leads to, locked if it will be changed.

    Raises
    ------
    LinkClosedError
        The invitation is gone, revoked or replaced since it was opened.
    """
    invitation = db.get(InvitationRecord, invitation_id)
    if invitation is None:
        raise LinkClosedError
    act_as_candidate(invitation.session_id)
    session = db.get_one(AssessmentSessionRecord, invitation.session_id, with_for_update=True if lock else None)
    if lock:
        db.refresh(invitation)  # it may have been closed while this waited for the session
    if invitation.revoked_at is not None:
        raise LinkClosedError
    return session, invitation


def _issue(db: Session, links: LinkMaker, session_id: str, now: datetime, valid_days: int) -> IssuedInvitation:
    (link,) = issue_links(db, links, (session_id,), now, valid_days)
    return IssuedInvitation(session_id, link.row_id, link.token, link.url, link.expires_at)


def _close_links(db: Session, session_id: str, now: datetime) -> None:
    # Locked, as whoever saves answers locks it: after this, no save that began under an old link is taken.
    if db.get(AssessmentSessionRecord, session_id, with_for_update=True) is None:
        message = f"There is no session {session_id!r}"
        raise NotFoundError(message)
    query = select(InvitationRecord).where(
        InvitationRecord.session_id == session_id, col(InvitationRecord.revoked_at).is_(None)
    )
    for invitation in db.exec(query):
        invitation.revoked_at = now
        db.add(invitation)
