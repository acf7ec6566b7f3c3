"""Mails to those who work here: all that they say was given when they were asked for."""

from datetime import datetime

from sqlmodel import Session

from eiassess.domain.mail_kinds import get_mail_kind
from eiassess.domain.mails.kind import MailValues
from eiassess.persistence.tables import MessageRecord, UserRecord
from eiassess.services.mailing.sources import MailSources, NotNeededError, given_values


def require_staff_reason(db: Session, record: MessageRecord, now: datetime) -> None:
    """See that the account can still be used.

    Raises
    ------
    NotNeededError
        It cannot.
    """
    del now
    user = db.get(UserRecord, record.user_id) if record.user_id else None
    if user is not None and not user.active:
        message = "The account was switched off"
        raise NotNeededError(message)


def staff_values(db: Session, record: MessageRecord, sources: MailSources, now: datetime) -> MailValues:
    """Return what a mail says, from what was given; what was not is empty."""
    del db, now
    kind = get_mail_kind(record.kind)
    known = {"name": record.recipient_name, "contact": sources.contact, **given_values(record)}
    return kind.values(**{name: known.get(name, "") for name in kind.placeholders})
