"""Huey's wiring: where wake-ups are kept. What is to be done stands in rows; a wake-up that is lost costs a minute.

Huey takes a task off its queue before it runs, so whoever dies loses it; and it writes on a connection of its own, so
what it was told stays told after a rollback. Neither matters: a wake-up carries nothing, and each minute brings one.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from huey.api import Huey, PostgresHuey, SqliteHuey, crontab
from huey.serializer import SignedSerializer
from sqlalchemy.engine import make_url

from eiassess.errors import SetupError

NAME = "eiassess"
WAKE = "eiassess.wake"
TABLES_LOCK = 0x0E1A55E56  # any number that is ours
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class WakeQueue:
    """A queue of wake-ups."""

    huey: Huey
    call: Callable[[], object]

    def wake(self) -> None:
        """Have a worker look for work; a queue that is away is logged, and the minute's wake-up finds the work."""
        for is_last in (False, True):
            try:
                self.call()
            except Exception:
                # the first after a restart of PostgreSQL fails, and the second connects anew
                if is_last:
                    log.exception("The worker could not be woken; it looks by itself within a minute")
            else:
                return

    def close(self) -> None:
        """Close its connection."""
        self.huey.storage.close()


def open_queue(url: str, secret: str, work: Callable[[], None] = lambda: None) -> WakeQueue:
    """Open the queue of wake-ups; what is in it is signed, since huey would run whatever it unpickles.

    Parameters
    ----------
    url
        ``EIASSESS_QUEUE_URL``.
    secret
        The installation's.
    work
        What a worker does when it is woken, and every minute; whoever only wakes leaves it out.

    Raises
    ------
    SetupError
        The queue cannot be reached.
    """
    options: dict[str, Any] = {"results": False, "serializer": SignedSerializer(secret, NAME)}
    try:
        huey = _opened(url, options)
    except Exception as error:
        message = f"The queue of EIASSESS_QUEUE_URL cannot be opened ({type(error).__name__}: {error})"
        raise SetupError(message) from error

    def woken() -> None:  # huey finds a task by the module of its function too: it has to be the same in every process
        work()

    huey.periodic_task(crontab(minute="*"), name=f"{WAKE}.every_minute")(woken)
    return WakeQueue(huey, huey.task(name=WAKE)(woken))


def _opened(url: str, options: dict[str, Any]) -> Huey:
    if url.startswith("sqlite"):
        return _in_a_file(url, options)
    return _in_postgresql(url, options)


def _in_a_file(url: str, options: dict[str, Any]) -> Huey:
    path = Path(make_url(url).database or "")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return SqliteHuey(NAME, filename=str(path), **options)


def _in_postgresql(url: str, options: dict[str, Any]) -> Huey:
    """Open a queue in PostgreSQL; behind a pooler, prepared statements would be other clients' ones."""
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    queue = PostgresHuey(NAME, dsn=address, prepare_threshold=None, create_tables=False, **options)
    with psycopg.connect(address, prepare_threshold=None) as connection:
        # CREATE TABLE IF NOT EXISTS is no lock: of several that start at once on an empty database, some would fail
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (TABLES_LOCK,))
        for statement in queue.storage.ddl:
            connection.execute(statement)
    return queue
