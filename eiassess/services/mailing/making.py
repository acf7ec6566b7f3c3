"""What one mail says now, and whether there is still a reason for it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from eiassess.domain.mail_kinds import get_mail_kind
from eiassess.domain.mails.kind import MailKind, MailValues
from eiassess.domain.mails.wording import FilledMail, MailWording, checked_wording, filled
from eiassess.persistence.tables import MessageRecord
from eiassess.services.mailing.about_candidates import candidate_values, require_candidate_reason
from eiassess.services.mailing.about_experts import expert_values, require_expert_reason
from eiassess.services.mailing.about_staff import require_staff_reason, staff_values
from eiassess.services.mailing.about_trials import is_trial, trial_values, trial_wording
from eiassess.services.mailing.sources import MailSources
from eiassess.services.outbox.wordings import wording_of

Reason = Callable[[Session, MessageRecord, datetime], None]
Values = Callable[[Session, MessageRecord, MailSources, datetime], MailValues]


@dataclass(frozen=True)
class MadeMail:
    """A mail as it would be read now."""

    kind: MailKind
    to_name: str
    to_address: str
    mail: FilledMail


def make_mail(db: Session, record: MessageRecord, sources: MailSources, now: datetime) -> MadeMail:
    """Make a mail from its row and what it is about.

    Raises
    ------
    NotNeededError
        Its reason is gone.
    """
    require_reason(db, record, now)
    return make_anyway(db, record, sources, now)


def make_anyway(db: Session, record: MessageRecord, sources: MailSources, now: datetime) -> MadeMail:
    """Make a mail to be looked at, whether it would be sent or not.

    Raises
    ------
    NotNeededError
        Its link cannot be made again.
    """
    kind = get_mail_kind(record.kind)
    values = _source_of(record)[1](db, record, sources, now)
    mail = filled(kind, _wording(db, kind, record), values)
    return MadeMail(kind, record.recipient_name, record.recipient_email, mail)


def require_reason(db: Session, record: MessageRecord, now: datetime) -> None:
    """See that a mail is still wanted: it may have waited for days.

    Raises
    ------
    NotNeededError
        It is not; the message says why.
    """
    _source_of(record)[0](db, record, now)


def _source_of(record: MessageRecord) -> tuple[Reason, Values]:
    if is_trial(record):
        return (lambda _db, _record, _now: None), trial_values
    if record.session_id:
        return require_candidate_reason, candidate_values
    if record.expert_id:
        return require_expert_reason, expert_values
    return require_staff_reason, staff_values


def _wording(db: Session, kind: MailKind, record: MessageRecord) -> MailWording:
    if is_trial(record):
        written = trial_wording(record)
        return checked_wording(kind, written.subject, written.text)
    return wording_of(db, kind, record.opening_id)
