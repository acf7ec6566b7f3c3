"""A run of 1,000 mails whose worker is killed at every stage: everybody is mailed once, or stands on the short list."""

import signal
import threading
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from eiassess.persistence.tables import OpeningRecord
from eiassess.services.hiring.inviting import Invitee, invite_all
from eiassess.services.mailing.sending import LEASE
from eiassess.worker.loop import WorkPlace, work_off
from tests.hiring_story import LINKS, Story, rows
from tests.mail_host import MailHost, running
from tests.mailing import work
from tests.worker_process import environment, worker

N_MAILS = 1000
KILLS = (
    ("MAIL", 1),
    ("RCPT", 90),
    ("DATA", 180),
    ("answer", 270),
    ("MAIL", 361),  # the first of a connection
    ("RCPT", 450),
    ("DATA", 540),
    ("answer", 630),
    ("DATA", 720),  # the last of a connection
    ("RCPT", 805),
)
"""At which command, or right after the answer to a text, and at which mail."""


class Killer:
    """Kills the worker at the next stage of the list."""

    def __init__(self, kills: Sequence[tuple[str, int]]) -> None:
        self._kills, self._counts = list(kills), Counter[str]()
        self.victim: Any = None
        self.lock = threading.Lock()

    @property
    def is_done(self) -> bool:
        return not self._kills

    def says(self, command: str, _address: str) -> None:
        """Count the server's commands over all connections, and kill before its answer."""
        with self.lock:
            self._counts[command] += 1
            if self._kills and self._kills[0] == (command, self._counts[command]):
                self._kill()

    def after(self, n_taken: int) -> None:
        """Kill once the answer to a text is on its way."""
        with self.lock:
            if self._kills and self._kills[0] == ("answer", n_taken):
                self._kill()

    def _kill(self) -> None:
        self._kills.pop(0)
        self.victim.send_signal(signal.SIGKILL)


def test_everybody_is_mailed_once_or_listed(story: Story, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    people = [Invitee(f"Person {number}", f"p{number}@example.org") for number in range(N_MAILS)]
    with story.database.writing() as db:
        opening = db.get_one(OpeningRecord, story.opening)
        invite_all(db, LINKS, opening, people, now, valid_days=14)
    killer, starts = Killer(KILLS), 0
    with running(MailHost(says=killer.says, after=killer.after)) as host:
        settings = environment(story, host, tmp_path)
        while not killer.is_done:
            with worker(settings, "--once") as process:
                killer.victim = process
                process.communicate(timeout=120)
                assert process.returncode == -signal.SIGKILL
            starts += 1
        work_off(WorkPlace(story.database, lambda: now, work(story.database, host, lambda: now)))
        later = now + LEASE + timedelta(minutes=10)
        work_off(WorkPlace(story.database, lambda: later, work(story.database, host, lambda: later)))
    assert starts == len(KILLS)
    stored = {row["recipient_email"]: row["state"] for row in rows(story.database, "message")}
    unknown = {address for address, state in stored.items() if state == "unknown"}
    arrived = Counter(host.recipients)
    assert set(stored.values()) <= {"sent", "unknown"}
    assert len(stored) == N_MAILS
    assert max(arrived.values()) == 1
    assert set(stored) - set(arrived) <= unknown
    # Each kill between text and answer leaves one whom no one can know, and none leaves more than one: the answer to a
    # mail is noted while the server thinks about the next mail's sender.
    n_data, n_rcpt = (sum(command == kind for command, _ in KILLS) for kind in ("DATA", "RCPT"))
    assert n_data <= len(unknown) <= len(KILLS) - n_rcpt
    assert len({mail.message_id for mail in host.taken}) == len(host.taken)
