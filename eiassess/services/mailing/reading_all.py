"""All mails of an installation, for whoever runs it: on the terminal, where who may see what does not apply."""

from datetime import datetime

from sqlmodel import col, select

from eiassess.domain.mail_kinds import get_mail_kind
from eiassess.domain.mail_states import MailState
from eiassess.errors import NotFoundError, RefusedError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import MessageRecord
from eiassess.services.mailing.showing import MailLine, ShownMail, line_of, shown
from eiassess.services.mailing.sources import MailSources


def list_all_mails(database: Database, state: MailState | None = None) -> tuple[MailLine, ...]:
    """List all mails, or those that stand somewhere, the newest first."""
    record = MessageRecord
    query = select(record).order_by(col(record.created_at).desc(), col(record.id))
    if state is not None:
        query = query.where(record.state == state)
    with database.reading() as db:
        return tuple(line_of(each) for each in db.exec(query))


def show_any_mail(database: Database, mail_id: str, sources: MailSources, now: datetime) -> ShownMail:
    """Show a mail as its person would get it now.

    Raises
    ------
    NotFoundError
        There is no such mail.
    RefusedError
        It is secret, and a server takes it to its reader.
    """
    with database.reading() as db:
        record = db.get(MessageRecord, mail_id)
        if record is None:
            message = f"There is no mail {mail_id!r}"
            raise NotFoundError(message)
        if sources.links is None and get_mail_kind(record.kind).is_secret:
            message = "What this mail says is for its reader alone"
            raise RefusedError(message)
        return shown(db, record, sources, now)
