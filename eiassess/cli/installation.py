"""The installation that a command works on: settings, database, secret key."""

import logging
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from eiassess._resources import data_folder
from eiassess.cli.audited import terminal
from eiassess.config import Settings, settings_from_environment
from eiassess.domain.roles import Role
from eiassess.errors import SetupError
from eiassess.persistence.engine import Database
from eiassess.persistence.migrations import is_missing, pending_revisions, shown_address
from eiassess.services.links import LinkMaker
from eiassess.services.upkeep.backups import BackupFolder
from eiassess.whole_files import SECRET_FILE, write_once

SECRET_AT_LEAST = 32
log = logging.getLogger(__name__)


def utc_now() -> datetime:
    """Return the time, aware, in UTC."""
    return datetime.now(UTC)


def settings() -> Settings:
    """Read the settings from the environment.

    Raises
    ------
    SetupError
        A variable has a value that cannot be used.
    """
    chosen = settings_from_environment(os.environ, Path.cwd(), data_folder("question_banks"))
    unknown = sorted(chosen.two_steps_for - set(Role))
    if unknown:
        message = f"EIASSESS_TWO_STEPS_FOR names {unknown[0]!r}, which is no role; there are {', '.join(Role)}"
        raise SetupError(message)
    return chosen


def demo_settings(port: int) -> Settings:
    """Return the demo's settings: a database of its own under ``instance/``, reached on this machine only."""
    usual = settings()
    return replace(
        usual,
        database_url=f"sqlite:///{usual.instance / 'demo.sqlite'}",
        base_url=f"http://127.0.0.1:{port}",
        contact="the person who showed you this demo",
        demo=True,
        mail=None,  # nobody is mailed by a demo
        provider=None,  # and its people have passwords that stand on the terminal
        two_steps_for=frozenset(),  # its people have no phones
        queue_url=f"sqlite:///{usual.instance / 'demo-queue.sqlite'}",
    )


@contextmanager
def opened_database(chosen: Settings) -> Iterator[Database]:
    """Open a database whose schema is up to date; what the running command does in it is entered in the audit.

    Raises
    ------
    SetupError
        There is no database, or its schema is behind the program.
    """
    if is_missing(chosen.database_url):
        message = (
            f"There is no database yet at {shown_address(chosen.database_url)}; to make it, run: eiassess db upgrade"
        )
        raise SetupError(message)
    if pending_revisions(chosen.database_url):
        message = "The database is older than the program; run: eiassess db upgrade"
        raise SetupError(message)
    database = Database(chosen.database_url)
    database.wake = partial(_wake, chosen)
    database.secret = partial(secret_key, chosen)
    database.erased = backup_folder(chosen).note
    try:
        with terminal(database):
            yield database
    finally:
        database.close()


def backup_folder(chosen: Settings) -> BackupFolder:
    """Return where the installation's copies lie."""
    return BackupFolder(chosen.backups, chosen.backup_days)


def _wake(chosen: Settings) -> None:
    # Loaded when there is something to wake for: a command that only reads does without the queue and its drivers.
    from eiassess.worker.queue import open_queue  # noqa: PLC0415

    try:
        queue = open_queue(chosen.queue_url, secret_key(chosen))
    except SetupError:
        log.exception("The worker could not be woken; it looks by itself within a minute")
        return
    queue.wake()
    queue.close()


def secret_key(chosen: Settings) -> str:
    """Return the installation's secret: ``EIASSESS_SECRET_KEY``, or a file that is made at the first start.

    Raises
    ------
    SetupError
        The secret that was given is too short to be one.
    """
    given = os.environ.get("EIASSESS_SECRET_KEY") or _kept_secret(chosen.instance / "secret-key")
    if len(given) < SECRET_AT_LEAST:
        message = f"EIASSESS_SECRET_KEY needs at least {SECRET_AT_LEAST} characters"
        raise SetupError(message)
    return given


def link_maker(chosen: Settings) -> LinkMaker:
    """Return what makes the links of an installation."""
    return LinkMaker(secret_key(chosen), chosen.base_url)


def _kept_secret(path: Path) -> str:
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_once(path, secrets.token_urlsafe(48).encode(), SECRET_FILE)  # of two who start at once, both read one
    return path.read_text(encoding="utf-8")
