"""A test mail to oneself: wording that need not be kept yet, with made-up values."""

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from eiassess.domain.mail_kinds import get_mail_kind
from eiassess.domain.mails.kind import MailValues
from eiassess.domain.mails.wording import MailWording
from eiassess.persistence.tables import MessageRecord, OpeningRecord
from eiassess.services.mailing.sources import MailSources, given_values

_SUBJECT, _TEXT = "trial_subject", "trial_text"


def trial_given(wording: MailWording) -> str:
    """Return what a trial's row holds of its wording."""
    return json.dumps({_SUBJECT: wording.subject, _TEXT: wording.text}, ensure_ascii=False)


def is_trial(record: MessageRecord) -> bool:
    """Whether a mail is a trial."""
    return _TEXT in given_values(record)


def trial_wording(record: MessageRecord) -> MailWording:
    """Return the wording that is tried."""
    given = given_values(record)
    return MailWording(given[_SUBJECT], given[_TEXT])


def trial_values(db: Session, record: MessageRecord, sources: MailSources, now: datetime) -> MailValues:
    """Return made-up values, but for the opening's title and the contact."""
    del now
    sample: Any = get_mail_kind(record.kind).sample()
    return _with_known(sample, opening=db.get_one(OpeningRecord, record.opening_id).title, contact=sources.contact)


def _with_known(sample: Any, **known: str) -> MailValues:  # noqa: ANN401 - values of one kind or another
    values: MailValues = replace(sample, **{name: value for name, value in known.items() if hasattr(sample, name)})
    return values
