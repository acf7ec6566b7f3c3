"""A mail server in a process of its own, which answers each command after 20 ms and says how many mails it took."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from tests.mail_host import MailHost, running

SECONDS_AN_ANSWER = 0.02


class MailProcess:
    """The server as who started it sees it."""

    def __init__(self, said: IO[str]) -> None:
        self.port = int(said.readline())
        self._said = said
        self._n_taken = 0
        self._changed = threading.Condition()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    @property
    def n_taken(self) -> int:
        """How many mails it has taken."""
        return self._n_taken

    def wait(self, n_taken: int, seconds: float) -> bool:
        """Wait until it has taken so many mails; return whether it has."""
        with self._changed:
            return self._changed.wait_for(lambda: self._n_taken >= n_taken, seconds)

    def close(self) -> None:
        """Let go of what it said, once it has ended."""
        self._listener.join()
        self._said.close()

    def _listen(self) -> None:
        for line in self._said:
            with self._changed:
                self._n_taken = int(line)
                self._changed.notify_all()


@contextmanager
def mail_process() -> Iterator[MailProcess]:
    """Run one until the end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.mail_process"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin
    assert process.stdout
    server = MailProcess(process.stdout)
    try:
        yield server
    finally:
        process.stdin.close()
        process.wait(30)
        server.close()


def _say(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def _serve() -> None:
    with running(MailHost(seconds_an_answer=SECONDS_AN_ANSWER, after=_say)) as host:
        _say(host.port)
        sys.stdin.read()


if __name__ == "__main__":
    _serve()
