"""Sending mails beside a bare smtplib loop, over a server that answers each command after 20 ms.

Ours claims each mail, makes it from its rows, and notes before and after that it was handed over, on a SQLite file that
is synchronised at each commit. The bare side has the bytes ready and connects anew every ten mails. Both are timed by
the clock, since most of it is waiting.
"""

import smtplib
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.headerregistry import Address
from pathlib import Path

from eiassess.config import Encryption, MailServer
from eiassess.mail.smtp import MAILS_A_CONNECTION
from eiassess.persistence.engine import Database
from eiassess.persistence.migrations import upgrade_database
from eiassess.services.hiring.invitations import locked_opening
from eiassess.services.hiring.inviting import Invitee, invite_all
from eiassess.services.hiring.openings import add_opening
from eiassess.services.mailing.sources import MailSources
from eiassess.worker.mails import MailWork, send_due_mails
from tests.benchmarks.mail_process import mail_process
from tests.hiring_story import LINKS, NOON, after, standard_form

SENDER = "jobs@example.org"


@dataclass(frozen=True)
class MailsCase:
    """So many mails sent, ours and the bare loop in turn."""

    mails: int
    seconds: list[float]
    bare_seconds: list[float]
    all_arrived: bool


def measure_mails(mails: int, turns: int) -> MailsCase:
    """Send mails in turn, over a server in a process of its own."""
    ours, bare, arrived = [], [], []
    with mail_process() as host:
        for _ in range(turns):
            seconds, n_sent = _send_ours(host.port, mails)
            ours.append(seconds)
            arrived.append(n_sent == mails)
            bare.append(_seconds(lambda: _send_bare(host.port, mails)))
    return MailsCase(mails, ours, bare, all(arrived))


def _send_ours(port: int, mails: int) -> tuple[float, int]:
    server = MailServer("127.0.0.1", port, Encryption.NEVER, Address("Hiring", addr_spec=SENDER))
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'mails.sqlite'}"
        upgrade_database(url)
        database = Database(url)
        _invite(database, mails)
        work = MailWork(database, MailSources(LINKS, "Alice", to_reader=True), server, "h.org", lambda: after(hours=1))
        n_sent: list[int] = []
        seconds = _seconds(lambda: n_sent.append(send_due_mails(work)))
        database.close()
    return seconds, n_sent[0]


def _invite(database: Database, mails: int) -> None:
    opening = add_opening(database, "Adviser", standard_form(), NOON)
    who = [Invitee(f"Kari Nordmann {n}", f"kari.nordmann{n}@example.org") for n in range(mails)]
    with database.writing() as db:
        invite_all(db, LINKS, locked_opening(db, opening), who, NOON, valid_days=14)


def _send_bare(port: int, mails: int) -> None:
    text = b"Subject: Your invitation\r\n\r\n" + b"A line of a mail that is as long as ours.\r\n" * 60
    for first in range(0, mails, MAILS_A_CONNECTION):
        with smtplib.SMTP("127.0.0.1", port, "h.org") as smtp:
            for number in range(first, min(mails, first + MAILS_A_CONNECTION)):
                smtp.sendmail(SENDER, f"kari.nordmann{number}@example.org", text)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def times_of(case: MailsCase) -> float:
    """Return how many times as long ours took, the middle of the turns."""
    return statistics.median(mine / theirs for mine, theirs in zip(case.seconds, case.bare_seconds, strict=True))
