"""Writers of one SQLite file in a queue: whoever waits is woken, and does not sleep and look again."""

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class WritersTurn:
    """One writer at a time, in all processes on this machine.

    SQLite lets one transaction write, and who comes meanwhile sleeps for up to a tenth of a second before looking
    again: with a few writers at once that is most of what a save takes. Here they wait for a lock, within the process
    and between processes. It is only a queue: what keeps two from writing at once is still SQLite's own lock.

    Parameters
    ----------
    database
        The database's file, ``None`` where it lies in memory.
    """

    def __init__(self, database: Path | None) -> None:
        self._within = threading.Lock()
        # A file of its own: closing any handle of the database's file would drop SQLite's locks on it.
        self._path = database and database.with_name(f"{database.name}-turn")
        self._handle: int | None = None

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Wait for one's turn, and keep it."""
        with self._within:
            self._lock_others_out()
            try:
                yield
            finally:
                self._let_others_in()

    def close(self) -> None:
        """Close the file."""
        with self._within:
            if self._handle is not None:
                os.close(self._handle)
                self._handle = None

    def _lock_others_out(self) -> None:
        if self._path is None:
            return
        if self._handle is None:
            self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._handle, fcntl.LOCK_EX)

    def _let_others_in(self) -> None:
        if self._handle is not None:
            fcntl.flock(self._handle, fcntl.LOCK_UN)  # said, since a process that was forked meanwhile has it too
