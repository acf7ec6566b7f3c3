"""Looks at pages, and what was refused: nothing changes with them, so they are written after the answer, in batches.

Whoever reads a page stays a reader: one writer takes down what all the threads of a process have looked at.
"""

import logging
from datetime import datetime
from threading import Lock

from eiassess.domain.audit.actions import Action
from eiassess.domain.audit.entries import Actor, ActorKind, Deed, Target
from eiassess.persistence.acting import append_deeds
from eiassess.persistence.engine import Database

KEPT_AT_MOST = 20_000
"""Deeds that wait while the database takes nothing; of more than these only the number is kept."""
log = logging.getLogger(__name__)


class LookBook:
    """What a process has still to enter; whoever made it calls ``write`` about every second, and at the end."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[Deed] = []
        self._n_lost = 0
        self._adding, self._writing = Lock(), Lock()

    def add(self, deed: Deed) -> None:
        """Take down a deed that no transaction enters."""
        with self._adding:
            if len(self._waiting) < KEPT_AT_MOST:
                self._waiting.append(deed)
            else:
                self._n_lost += 1

    def write(self, now: datetime) -> int:
        """Enter all that waits, in one transaction; return how many entries there are more.

        What cannot be written now waits for the next time.
        """
        with self._writing:
            with self._adding:
                batch, self._waiting = self._waiting, []
                n_lost, self._n_lost = self._n_lost, 0
            lost = [Deed(now, Actor(ActorKind.WORKER), Action.LOSE_LOOKS, Target(count=n_lost))] if n_lost else []
            if not batch and not lost:
                return 0
            try:
                enter_at_once(self._database, *batch, *lost)
            except Exception:
                log.exception("What %d people looked at could not be written down yet; it is tried again", len(batch))
                with self._adding:
                    self._waiting = batch + self._waiting
                    self._n_lost += n_lost
                return 0
            return len(batch) + len(lost)


def enter_at_once(database: Database, *deeds: Deed) -> None:
    """Enter deeds in a transaction of their own."""
    with database.writing(aside=True) as db:
        append_deeds(db, database.secret(), deeds)
