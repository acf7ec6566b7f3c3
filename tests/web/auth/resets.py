"""Asking for a new password, and getting the link from the outbox as the worker mails it."""

from dataclasses import replace

from sqlmodel import col, select

from eiassess.config import Encryption, MailServer
from eiassess.domain.mail_states import MailState
from eiassess.persistence.tables import MessageRecord
from eiassess.services.mailing.making import make_mail
from eiassess.services.mailing.sources import MailSources, NotNeededError
from eiassess.services.people.resetting import mail_asked_resets
from eiassess.web.shell.context import Installation
from tests.mailing import SENDER
from tests.web.people import looking_into

SERVER = MailServer("127.0.0.1", 25, Encryption.NEVER, SENDER)


def with_mail(installation: Installation) -> Installation:
    """The same installation, with somewhere to send mails to."""
    return replace(installation, settings=replace(installation.settings, mail=SERVER))


def mailed(installation: Installation) -> list[str]:
    """Do what the worker does, and return the text of each mail that it would send, the newest last."""
    mail_asked_resets(installation.database, installation.clock())
    sources = MailSources(installation.links, "Alice", to_reader=True)
    texts = []
    with looking_into(installation.database) as db:
        waiting = select(MessageRecord).where(MessageRecord.state == MailState.WAITING)
        for record in db.exec(waiting.order_by(col(MessageRecord.created_at))):
            try:
                texts.append(make_mail(db, record, sources, installation.clock()).mail.text)
            except NotNeededError as reason:
                texts.append(str(reason))
    return texts
