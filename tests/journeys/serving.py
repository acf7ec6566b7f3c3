"""The product as it is run: one command with its own worker, and somebody's mail server."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Queue

from tests.mail_host import MailHost, Taken

PATIENCE_SECONDS = 180
PATIENCE = PATIENCE_SECONDS * 1000


class Post:
    """A mail server's letterbox, in which a test waits for what arrives."""

    def __init__(self, host: MailHost) -> None:
        self.host, self._counts = host, Queue[int]()
        host.after = self._counts.put

    def wait_for(self, n: int) -> list[Taken]:
        """Wait until so many mails have come in all."""
        while len(self.host.taken) < n:
            self._counts.get(timeout=PATIENCE_SECONDS)
        return list(self.host.taken)


@contextmanager
def serving(settings: dict[str, str], port: int) -> Iterator[None]:
    command = [sys.executable, "-m", "eiassess", "serve", "--port", str(port)]
    process = subprocess.Popen(command, env=os.environ | settings, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr
        said = process.stderr.readline()
        assert "listens on" in said, said
        yield
    finally:
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=PATIENCE_SECONDS)[1]
    assert process.returncode == 0, said
    assert "Traceback" not in said, said
