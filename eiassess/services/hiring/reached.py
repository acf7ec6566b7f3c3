"""Whom no mail has reached: a reminder of an invitation that did not arrive would remind of nothing."""

from collections.abc import Collection

from sqlmodel import Session, col, select

from eiassess.domain.mail_kinds import DEADLINE_MOVED, INVITATION, NEW_LINK, REMINDER
from eiassess.domain.mail_states import UNDELIVERED, MailState
from eiassess.persistence.tables import AssessmentSessionRecord, InvitationRecord, MessageRecord

_INVITING = (INVITATION.name, NEW_LINK.name)
_WITH_THE_LINK = (*_INVITING, REMINDER.name, DEADLINE_MOVED.name)
_MAY_HAVE_ARRIVED = (MailState.SENT, MailState.UNKNOWN)


def who_was_not_reached(db: Session, session_ids: Collection[str]) -> frozenset[str]:
    """Return whose invitation was refused, given up or came back, and who shows no sign of having a link.

    Signs are another mail with the link that may have arrived, an answer to the notice, and a later link, which was
    handed over without a mail.
    """
    mail, session, link = MessageRecord, AssessmentSessionRecord, InvitationRecord
    own = mail.session_id == session.id
    failed = select(mail.id).where(own, col(mail.kind).in_(_INVITING), col(mail.state).in_(UNDELIVERED))
    arrived = select(mail.id).where(own, col(mail.kind).in_(_WITH_THE_LINK), col(mail.state).in_(_MAY_HAVE_ARRIVED))
    asked_since = select(mail.id).where(
        own, col(mail.kind).in_(_INVITING), col(mail.created_at) >= col(link.created_at)
    )
    handed_over = select(link.id).where(
        link.session_id == session.id,
        col(link.revoked_at).is_(None),
        ~asked_since.correlate(session, link).exists(),
    )
    found = select(session.id).where(
        col(session.id).in_(session_ids),
        col(session.consented_at).is_(None),
        failed.correlate(session).exists(),
        ~arrived.correlate(session).exists(),
        ~handed_over.correlate(session).exists(),
    )
    return frozenset(db.exec(found))
