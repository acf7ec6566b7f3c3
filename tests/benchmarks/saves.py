"""Candidates' saves while a worker sends mails, beside the same stream of saves with nothing else going on.

The server is `eiassess serve`, saves are what the page's script sends, over HTTP; mails are sent by an `eiassess worker
--once` of its own on the same SQLite file, over a server that answers each command after 20 ms. Quiet rounds and rounds
with mails take turns, so that a busy machine slows both alike. Times are those of the clock, since saves wait.
"""

import http.client
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from eiassess.domain.scenarios import Scenario
from eiassess.persistence.engine import Database
from eiassess.persistence.migrations import upgrade_database
from eiassess.services.hiring.invitations import invite_candidate, locked_opening, open_invitation
from eiassess.services.hiring.inviting import Invitee, invite_all
from eiassess.services.hiring.openings import add_opening
from eiassess.services.links import LinkMaker
from eiassess.services.sitting.answers import record_consent, record_practice
from tests.benchmarks.mail_process import MailProcess, mail_process
from tests.databases import free_port
from tests.hiring_story import LINKS, standard_form

CANDIDATES = 4
SECONDS_BETWEEN = 0.1
"""From the beginning of a candidate's save to the next: together they give 40 answers a second at most."""
PATIENCE = 300.0


@dataclass(frozen=True)
class SavesCase:
    """Seconds that saves took, by round: with nothing else, and while mails went out."""

    mails: int
    quiet: list[list[float]]
    mailing: list[list[float]]
    all_arrived: bool

    @property
    def ratios(self) -> list[float]:
        """How many times as long the p95 was while mails went out, in each pair of neighbours."""
        return [p95(with_mails) / p95(alone) for with_mails, alone in zip(self.mailing, self.quiet, strict=True)]


def p95(seconds: Sequence[float]) -> float:
    """Return the time that 95 of 100 saves do not exceed."""
    return statistics.quantiles(seconds, n=20, method="inclusive")[-1]


def measure_saves(mails: int, rounds: int) -> SavesCase:
    """Send so many mails in so many rounds, each beside a quiet one of the same length."""
    quiet: list[list[float]] = []
    mailing: list[list[float]] = []
    with mail_process() as host, tempfile.TemporaryDirectory() as folder, _place(Path(folder), host.port) as place:
        candidates = [place.candidate(number) for number in range(CANDIDATES)]
        _stream(candidates, lambda: time.sleep(1))  # warming up
        for number in range(rounds):
            seconds, times = _while_mailing(place, host, candidates, number, mails // rounds)
            mailing.append(times)
            quiet.append(_stream(candidates, lambda seconds=seconds: time.sleep(seconds)))  # type: ignore[misc]  # bound at once
        for candidate in candidates:
            candidate.close()
        place.database.close()
        return SavesCase(mails, quiet, mailing, host.n_taken == mails)


@dataclass
class _Place:
    """An installation that is served."""

    database: Database
    opening: str
    port: int
    links: LinkMaker
    environment: Mapping[str, str]

    def candidate(self, number: int) -> "_Candidate":
        now = datetime.now(UTC)
        name = f"Candidate {number}"
        issued = invite_candidate(self.database, self.links, self.opening, name, f"c{number}@example.org", now)
        invitation = open_invitation(self.database, issued.token)
        record_consent(self.database, invitation, now)
        record_practice(self.database, invitation, now)
        return _Candidate(self.port, issued.token)

    def ask_mails(self, number: int, n: int) -> None:
        who = [Invitee(f"Kari Nordmann {number}-{each}", f"kari.{number}.{each}@example.org") for each in range(n)]
        with self.database.writing() as db:
            invite_all(db, self.links, locked_opening(db, self.opening), who, datetime.now(UTC), valid_days=14)


@dataclass
class _Candidate:
    """A browser at work: one connection, one cookie, one answer after the other."""

    port: int
    token: str
    n_saved: int = 0
    revisions: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        self._headers = {"Content-Type": "application/json"}
        _, cookie = self._ask("GET", f"/i/{self.token}")
        self._headers["Cookie"] = cookie.partition(";")[0]
        page, _ = self._ask("GET", "/sit/scenario/1")
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        assert found, page
        self._headers["X-CSRFToken"] = found[1]

    def close(self) -> None:
        """Let the connection go."""
        self._connection.close()

    def save(self) -> float:
        """Save an answer that differs from the one before; return the seconds until it was acknowledged."""
        scenarios: tuple[Scenario, ...] = standard_form().form.scenarios
        place = self.n_saved % len(scenarios)
        rating = 1 + self.n_saved // len(scenarios) % 6
        ratings = dict.fromkeys(scenarios[place].option_ids, rating)
        body = json.dumps({"ratings": ratings, "revision": self.revisions.get(place, 0)})
        start = time.perf_counter()
        answer, _ = self._ask("POST", f"/sit/scenario/{place + 1}/save", body)
        seconds = time.perf_counter() - start
        self.revisions[place] = json.loads(answer)["revision"]
        self.n_saved += 1
        return seconds

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[str, str]:
        self._connection.request(method, path, body, self._headers)
        answer = self._connection.getresponse()
        text = answer.read().decode()
        assert answer.status in {200, 303}, text
        return text, answer.headers.get("Set-Cookie", "")


def _while_mailing(
    place: _Place, host: MailProcess, candidates: Sequence[_Candidate], number: int, n: int
) -> tuple[float, list[float]]:
    """Save from the first mail of a round to the last; return how long that was, and what each save took."""
    already = host.n_taken
    place.ask_mails(number, n)
    command = [sys.executable, "-m", "eiassess", "worker", "--once"]
    worker = subprocess.Popen(command, env=place.environment)
    assert host.wait(already + 1, PATIENCE), "no mail came"
    start = time.perf_counter()
    times = _stream(candidates, lambda: host.wait(already + n, PATIENCE))
    seconds = time.perf_counter() - start
    worker.wait(PATIENCE)
    return seconds, times


def _stream(candidates: Sequence[_Candidate], until: Callable[[], object]) -> list[float]:
    """Have all candidates save, each at their own pace, until something is over; return what each save took."""
    over, times, errors = threading.Event(), list[float](), list[Exception]()

    def answer(candidate: _Candidate) -> None:
        due = time.perf_counter()
        while not over.is_set():
            try:
                times.append(candidate.save())
            except Exception as error:  # noqa: BLE001 - raised by who started the thread
                errors.append(error)
                return
            due = max(due + SECONDS_BETWEEN, time.perf_counter())
            over.wait(due - time.perf_counter())

    threads = [threading.Thread(target=answer, args=(candidate,)) for candidate in candidates]
    for thread in threads:
        thread.start()
    until()
    over.set()
    for thread in threads:
        thread.join()
    for error in errors:
        raise error
    return times


@contextmanager
def _place(folder: Path, mail_port: int) -> Iterator[_Place]:
    port, url = free_port(), f"sqlite:///{folder / 'saves.sqlite'}"
    base = f"http://127.0.0.1:{port}"
    own = {
        "EIASSESS_INSTANCE": str(folder),
        "EIASSESS_DATABASE_URL": url,
        "EIASSESS_SECRET_KEY": LINKS.secret,
        "EIASSESS_BASE_URL": base,
    }
    mail = {
        "EIASSESS_SMTP_URL": f"smtp://127.0.0.1:{mail_port}?starttls=never",
        "EIASSESS_MAIL_FROM": "Hiring <jobs@example.org>",
    }
    clean = {name: value for name, value in os.environ.items() if not name.startswith("EIASSESS_")}
    upgrade_database(url)
    database = Database(url)
    opening = add_opening(database, "Adviser", standard_form(), datetime.now(UTC))
    # what is served has no mail server: its own worker sends nothing, and each round has one that does
    with _served(clean | own, port):
        yield _Place(database, opening, port, LinkMaker(LINKS.secret, base), clean | own | mail)


@contextmanager
def _served(environment: Mapping[str, str], port: int) -> Iterator[None]:
    command = [sys.executable, "-m", "eiassess", "serve", "--port", str(port)]
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    assert process.stderr
    try:
        said = process.stderr.readline()
        assert "listens" in said, said + process.stderr.read()
        yield
    finally:
        process.terminate()
        process.communicate()
