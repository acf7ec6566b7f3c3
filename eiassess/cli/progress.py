"""What a command that takes long is doing: one line on standard error, on a terminal only."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TextIO

SILENT_SECONDS = 2.0
BETWEEN_SECONDS = 1.0


class Progress:
    """How far a piece of work is."""

    def __init__(self, what: str, total: int | None = None) -> None:
        self.what = what
        self.total = total
        self.done = 0

    def step(self) -> None:
        """Count one more part as done."""
        self.done += 1

    def said(self, seconds: float) -> str:
        """Say what is done, how far it is, and for how long it has been done.

        Examples
        --------
        >>> Progress("calibrating 24 columns").said(3.2), Progress("scoring people", 40).said(5)
        ('calibrating 24 columns ... 3 s', 'scoring people: 0 of 40 ... 5 s')
        """
        far = f": {self.done}" if self.done or self.total is not None else ""
        far += "" if self.total is None else f" of {self.total}"
        return f"{self.what}{far} ... {seconds:.0f} s"


@contextmanager
def working(
    what: str, total: int | None = None, *, stream: TextIO | None = None, silent: float = SILENT_SECONDS
) -> Iterator[Progress]:
    """Say what is going on, from ``silent`` seconds on and until it ends; nothing stays behind."""
    progress, target = Progress(what, total), stream or sys.stderr
    if not target.isatty():
        yield progress
        return
    ended = threading.Event()
    thread = threading.Thread(target=_watch, args=(progress, target, ended, silent), daemon=True)
    thread.start()
    try:
        yield progress
    finally:
        ended.set()
        thread.join()


def _watch(progress: Progress, target: TextIO, ended: threading.Event, silent: float) -> None:
    start, wait, shown = monotonic(), silent, 0
    while not ended.wait(wait):
        line = progress.said(monotonic() - start)
        target.write(f"\r{line.ljust(shown)}")
        target.flush()
        wait, shown = BETWEEN_SECONDS, len(line)
    if shown:
        target.write(f"\r{' ' * shown}\r")
        target.flush()
