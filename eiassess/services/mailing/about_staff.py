"""Mails to those who work here: what they say was given when they were asked for, or is found when they are sent."""

from datetime import datetime

from sqlmodel import Session, select

from eiassess.domain.days import day_and_hour
from eiassess.domain.mail_kinds import PASSWORD_RESET, STAFF_INVITED, WORK_ASKED, get_mail_kind
from eiassess.domain.mails.kind import MailValues
from eiassess.domain.mails.staff_invited import StaffInvitedValues
from eiassess.domain.roles import work_of
from eiassess.persistence.tables import (
    MessageRecord,
    OpeningRecord,
    PasswordResetRecord,
    StaffInvitationRecord,
    UserRecord,
)
from eiassess.services.links import LinkPurpose
from eiassess.services.mailing.sources import HIDDEN_LINK, MailSources, NotNeededError, given_values
from eiassess.services.outcomes.asking import waits_for_rating
from eiassess.services.people.inviting_staff import find_invitation


def require_staff_reason(db: Session, record: MessageRecord, now: datetime) -> None:
    """See that the account can still be used, and that there is still something to do.

    Raises
    ------
    NotNeededError
        It cannot, or there is nothing left to do.
    """
    if record.kind == STAFF_INVITED.name:
        _require_invitation(db, record, now)
        return
    user = db.get(UserRecord, record.user_id) if record.user_id else None
    if user is not None and not user.active:
        message = "The account was switched off"
        raise NotNeededError(message)
    if record.kind == WORK_ASKED.name and not waits_for_rating(db, record.opening_id or "", record.user_id or ""):
        message = "There is nobody left to rate"
        raise NotNeededError(message)
    if record.kind == PASSWORD_RESET.name:
        reset = _find_reset(db, record)
        if reset is None or now >= reset.expires_at:
            message = "The link was used, replaced by a newer one, or too old before it could be sent"
            raise NotNeededError(message)


def staff_values(db: Session, record: MessageRecord, sources: MailSources, now: datetime) -> MailValues:
    """Return what a mail says, from what was given; what was not is empty.

    Raises
    ------
    NotNeededError
        It invites somebody whose link has ended, or cannot be made again.
    """
    if record.kind == STAFF_INVITED.name:
        return _invitation_values(db, record, sources, now)
    kind = get_mail_kind(record.kind)
    known = {"name": record.recipient_name, "contact": sources.contact, **given_values(record)}
    if record.kind == WORK_ASKED.name:
        opening = db.get_one(OpeningRecord, record.opening_id)
        base = sources.links.base_url if sources.links else ""
        link = f"{base}/openings/{opening.id}/outcomes"
        known |= {"opening": opening.title, "days": str(opening.outcome_days), "link": link}
    if record.kind == PASSWORD_RESET.name:
        known["link"] = _reset_link(db, record, sources)
    return kind.values(**{name: known.get(name, "") for name in kind.placeholders})


def _require_invitation(db: Session, record: MessageRecord, now: datetime) -> StaffInvitationRecord:
    found = find_invitation(db, record.user_id or "")
    if found is None or found.expires_at <= now:
        message = "The invitation was used or taken back, or its link has ended"
        raise NotNeededError(message)
    return found


def _invitation_values(db: Session, record: MessageRecord, sources: MailSources, now: datetime) -> MailValues:
    found = _require_invitation(db, record, now)
    link = sources.links.find_url(found) if sources.links else HIDDEN_LINK
    if link is None:
        message = "The secret of this installation was changed since; invite them again"
        raise NotNeededError(message)
    return StaffInvitedValues(
        name=record.recipient_name,
        invited_by=db.get_one(UserRecord, found.invited_by).name,
        work=work_of(db.get_one(UserRecord, found.user_id).held_roles),
        deadline=day_and_hour(found.expires_at),
        link=link,
    )


def _find_reset(db: Session, record: MessageRecord) -> PasswordResetRecord | None:
    """Return what a mail with the way to a new password was asked for with; later ones have other times."""
    reset = PasswordResetRecord
    asked_with = select(reset).where(reset.user_id == record.user_id, reset.mailed_at == record.created_at)
    return db.exec(asked_with).first()


def _reset_link(db: Session, record: MessageRecord, sources: MailSources) -> str:
    reset = _find_reset(db, record)
    if reset is None or sources.links is None or not sources.to_reader:
        return HIDDEN_LINK
    return sources.links.url(LinkPurpose.RESET, reset.id)
