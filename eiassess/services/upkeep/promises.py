"""What happens by itself when its time has come: handing in at the deadline, and deleting what is not to be kept.

Web server and workers both see to it, each as often as they like: rows are locked, and whoever comes second finds
nothing left to do.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from eiassess.domain.audit.entries import Actor, ActorKind, Target
from eiassess.persistence.engine import Database
from eiassess.services.auditing.acting import Acting, acting
from eiassess.services.differences.estimates import ask_for_renewal
from eiassess.services.fairness.sums import renew_sums
from eiassess.services.sitting.deadlines import hand_in_due
from eiassess.services.upkeep.backups import BackupFolder
from eiassess.services.upkeep.erasure import carry_out_wishes
from eiassess.services.upkeep.retention import delete_expired

BETWEEN_HAND_INS = timedelta(seconds=30)
BETWEEN_DELETIONS = timedelta(minutes=60)
log = logging.getLogger(__name__)


@dataclass
class Promises:
    """When one process last saw to each; whoever is woken often need not look each time."""

    handed_in_at: datetime | None = None
    deleted_at: datetime | None = None
    backups: BackupFolder | None = None

    def keep(self, database: Database, now: datetime) -> None:
        """Do what is due; what fails is logged, keeps the other from nothing, and is tried again the next time."""
        with acting(Acting(Actor(ActorKind.WORKER), None, Target(), lambda: now)):
            self._keep(database, now)

    def _keep(self, database: Database, now: datetime) -> None:
        if _is_time(self.handed_in_at, BETWEEN_HAND_INS, now):
            self.handed_in_at = now
            try:
                hand_in_due(database, now)
            except Exception:
                log.exception("Handing in at the deadline failed; it is tried again in a minute")
            database.forget_what_is_owed()
        if _is_time(self.deleted_at, BETWEEN_DELETIONS, now):
            self.deleted_at = now
            for work, words in (
                (renew_sums, "Summing up voluntary answers"),  # before answers go whose days are over
                (carry_out_wishes, "Erasing what was held"),
                (delete_expired, "Deleting expired candidates"),
                (self._tidy, "Deleting old backups"),
                (ask_for_renewal, "Asking for new estimates of errors"),
            ):
                try:
                    work(database, now)
                except Exception:
                    log.exception("%s failed; it is tried again in an hour", words)

    def _tidy(self, database: Database, now: datetime) -> None:
        if self.backups is not None:
            self.backups.tidy(database, now)


def _is_time(last: datetime | None, pause: timedelta, now: datetime) -> bool:
    """Whether it is long enough ago; a clock that was set back does not stop anything."""
    return last is None or not timedelta() <= now - last < pause
