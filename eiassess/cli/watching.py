"""A worker beside the web server: started, started again should it end, and stopped with it."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from eiassess.config import Settings

SECONDS_BEFORE_ANOTHER = 5.0
SECONDS_TO_FINISH = 60.0


@contextmanager
def worker_beside(chosen: Settings) -> Iterator[None]:
    """Keep a worker process running."""
    stopped = threading.Event()
    watch = threading.Thread(target=_watch, args=(chosen, stopped))
    watch.start()
    try:
        yield
    finally:
        stopped.set()
        watch.join()


def worker_environment(chosen: Settings) -> dict[str, str]:
    """Return the environment in which a worker works on the same installation, also where the command changed it."""
    own = {
        "EIASSESS_INSTANCE": str(chosen.instance),
        "EIASSESS_DATABASE_URL": chosen.database_url,
        "EIASSESS_BASE_URL": chosen.base_url,
        "EIASSESS_CONTACT": chosen.contact,
        "EIASSESS_QUEUE_URL": chosen.queue_url,
        "EIASSESS_BACKUPS": str(chosen.backups),
    }
    return {**os.environ, **own, **({} if chosen.mail else {"EIASSESS_SMTP_URL": ""})}


def _watch(chosen: Settings, stopped: threading.Event) -> None:
    while not stopped.is_set():
        worker = _start(chosen)
        while worker.poll() is None and not stopped.wait(0.2):
            pass
        if stopped.is_set():
            _end(worker)
        else:
            stopped.wait(SECONDS_BEFORE_ANOTHER)


def _start(chosen: Settings) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-m", "eiassess", "worker", "--watched"]
    # A session of its own: Ctrl-C on the terminal is for us, and would break off its start with a traceback.
    return subprocess.Popen(  # noqa: S603 - our own command
        words,
        env=worker_environment(chosen),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


def _end(worker: subprocess.Popen[bytes]) -> None:
    worker.send_signal(signal.SIGTERM)  # it ends in silence while it starts, and after what it is at from then on
    try:
        worker.wait(SECONDS_TO_FINISH)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()
