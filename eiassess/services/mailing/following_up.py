"""What a person does about mails: send again, note what came back, try wording out."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import Session, col, select

from eiassess.domain.mail_kinds import get_mail_kind
from eiassess.domain.mail_states import RESENDABLE, MailState
from eiassess.domain.mails.wording import MailWording, checked_wording
from eiassess.errors import NotFoundError, RefusedError
from eiassess.persistence.engine import Database, wake_when_committed
from eiassess.persistence.tables import MessageRecord, UserRecord
from eiassess.services.identifiers import new_id
from eiassess.services.mailing.about_trials import trial_given
from eiassess.services.mailing.showing import require_mail
from eiassess.services.outbox.members import require_member

DEAD_LETTERS = (MailState.REFUSED, MailState.GIVEN_UP)
"""What is tried again together: the server does not have these mails. Others a person looks at one by one."""


CLOCKS_DIFFER = timedelta(minutes=10)
"""By so much the clock of whoever writes a report may be slow."""


def send_again(database: Database, user_id: str, mail_id: str, now: datetime) -> None:
    """Send a mail once more, with the same ``Message-ID``, so that whoever has it already can tell.

    Raises
    ------
    NotFoundError
        There is no such mail that they may see.
    RefusedError
        It is still on its way, was not needed, or was secret and is forgotten.
    """
    with database.writing() as db:
        _send_again(db, require_mail(db, user_id, mail_id, lock=True), now)


def send_again_by_operator(database: Database, mail_id: str, now: datetime) -> None:
    """Send any mail once more, asked for on the terminal.

    Raises
    ------
    NotFoundError
        There is no such mail.
    RefusedError
        It is still on its way, was not needed, or was secret and is forgotten.
    """
    with database.writing() as db:
        record = db.get(MessageRecord, mail_id, with_for_update=True)
        if record is None:
            message = f"There is no mail {mail_id!r}"
            raise NotFoundError(message)
        _send_again(db, record, now)


def retry_dead_letters(database: Database, user_id: str, opening_id: str, now: datetime) -> int:
    """Try all mails of an opening again that were refused or given up; return how many.

    Raises
    ------
    NotFoundError
        There is no such opening among theirs.
    """
    record = MessageRecord
    with database.writing() as db:
        require_member(db, opening_id, user_id)
        again = (
            update(record)
            .where(col(record.opening_id) == opening_id, col(record.state).in_(DEAD_LETTERS))
            .values(state=MailState.WAITING.value, tries=0, due_at=now)
            .returning(col(record.id))
        )
        n_again = len(db.connection().execute(again).all())
        wake_when_committed(db)
        return n_again


def mark_bounced(database: Database, user_id: str, mail_id: str, words: str) -> None:
    """Note that a mail came back, as a person read it in their inbox.

    Raises
    ------
    NotFoundError
        There is no such mail that they may see.
    RefusedError
        It was not sent.
    """
    with database.writing() as db:
        record = require_mail(db, user_id, mail_id, lock=True)
        if not _bounce(record, words or "Marked by hand"):
            message = "Only a mail that was sent can have come back"
            raise RefusedError(message)


def record_bounce(database: Database, ids: Sequence[str], words: str, written_at: datetime | None = None) -> str | None:
    """Note that a mail came back, by what could be its id, the likeliest first; return its id if it is one of ours.

    A report that was read before changes nothing, nor does one of a mail that was sent again meanwhile: it waits,
    or the report was written before.
    """
    query = select(MessageRecord).where(col(MessageRecord.id).in_(ids), col(MessageRecord.message_id).is_not(None))
    with database.writing() as db:
        found = {record.id: record for record in db.exec(query.with_for_update())}
        for mail_id in ids:
            if mail_id in found:
                if not _is_of_before(found[mail_id], written_at):
                    _bounce(found[mail_id], words)
                return mail_id
    return None


def send_trial(
    database: Database, user_id: str, opening_id: str, kind_name: str, written: MailWording, now: datetime
) -> str:
    """Mail wording that need not be kept to whoever wrote it, with made-up values; return their address.

    Raises
    ------
    InvalidInputError
        The wording cannot be used; the error names ``subject`` or ``text``.
    NotFoundError
        There is no such opening among theirs, or no such kind of mail.
    """
    kind = get_mail_kind(kind_name)
    wording = checked_wording(kind, written.subject, written.text)
    with database.writing() as db:
        require_member(db, opening_id, user_id)
        user = db.get_one(UserRecord, user_id)
        db.add(
            MessageRecord(
                id=new_id(),
                kind=kind.name,
                opening_id=opening_id,
                user_id=user_id,
                recipient_name=user.name,
                recipient_email=user.email,
                given=trial_given(wording),
                created_at=now,
                due_at=now,
            )
        )
        wake_when_committed(db)
        return user.email


def _send_again(db: Session, record: MessageRecord, now: datetime) -> None:
    if record.state not in RESENDABLE:
        message = f"This mail is {MailState(record.state).words}, so it cannot be sent again"
        raise RefusedError(message)
    if get_mail_kind(record.kind).is_secret and record.sent_at is not None:
        message = "What this mail said was forgotten when it was sent; ask for a new one"
        raise RefusedError(message)
    record.state, record.tries, record.due_at = MailState.WAITING.value, 0, now
    wake_when_committed(db)


def _is_of_before(record: MessageRecord, written_at: datetime | None) -> bool:
    """Whether a report is about an earlier sending of a mail, which has the same id."""
    return written_at is not None and record.sent_at is not None and record.sent_at - written_at > CLOCKS_DIFFER


def _bounce(record: MessageRecord, words: str) -> bool:
    if record.state not in {MailState.SENT, MailState.UNKNOWN}:
        return False
    record.state, record.words = MailState.BOUNCED.value, words
    return True
