"""Mails of a story on their way to a mail host."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from email.headerregistry import Address

from eiassess.config import Encryption, MailServer
from eiassess.domain.mail_kinds import INVITATION, MailKind
from eiassess.services import Database
from eiassess.services.links import LinkMaker
from eiassess.services.mailing.sources import MailSources
from eiassess.services.outbox.queueing import MailOrder, queue_mails
from eiassess.worker.mails import MailWork, send_due_mails
from tests.hiring_story import LINKS, NOON, Invited, Story, after, rows
from tests.mail_host import MailHost

SENDER = Address("Hiring", "jobs", "example.org")
SOURCES = MailSources(LINKS, "Alice", to_reader=True)
LATER = after(hours=1)
OTHER_LINKS = LinkMaker("another secret for tests, long enough to be one", "https://hiring.example.org")


def mail_server(host: MailHost) -> MailServer:
    return MailServer(host.address, host.port, Encryption.NEVER, SENDER)


def work(database: Database, host: MailHost, clock: Callable[[], datetime] = lambda: LATER) -> MailWork:
    return MailWork(database, SOURCES, mail_server(host), "hiring.example.org", clock)


def send(database: Database, host: MailHost, now: datetime = LATER) -> int:
    return send_due_mails(work(database, host, lambda: now))


def order(story: Story, person: Invited, name: str = "Casey", **what: object) -> MailOrder:
    address = f"{name.lower()}@example.org"
    return MailOrder(name, address, opening_id=story.opening, session_id=person.session_id, **what)  # type: ignore[arg-type]  # named by the caller


def ask(
    story: Story, orders: Sequence[MailOrder], kind: MailKind = INVITATION, now: datetime = NOON
) -> tuple[str, ...]:
    with story.database.writing() as db:
        return queue_mails(db, kind, orders, now)


def states(database: Database) -> dict[str, str]:
    """Return where each mail stands, by its id."""
    return {row["id"]: row["state"] for row in rows(database, "message")}


def only(database: Database) -> Mapping[str, object]:
    """Return the only mail's row."""
    (row,) = rows(database, "message")
    return row


def text(host: MailHost, number: int = -1) -> str:
    """Return the plain text of a mail that the server has taken."""
    body = host.taken[number].message.get_body(("plain",))
    assert body
    return str(body.get_content()).replace("\r\n", "\n")
