"""What jobs do, by kind: a new one is a function here or in a file of its own, and a line in ``HANDLERS``."""

from collections.abc import Callable, Mapping
from datetime import datetime

from eiassess.services import Database
from eiassess.services.differences.estimates import RENEW_JOB, renew_estimates
from eiassess.services.hiring.own_reminders import REMIND_JOB
from eiassess.services.jobs.working import JobClaim
from eiassess.services.progress.reminder_plans import work_off_reminder

Clock = Callable[[], datetime]
Handler = Callable[[Database, JobClaim, Clock], str]
"""Does a job and returns what is to be said of it. Steps tell their progress in their own transaction, so that a job
that was interrupted can go on where it was."""


def _remind(database: Database, claim: JobClaim, clock: Clock) -> str:
    return work_off_reminder(database, claim, clock())


def _renew_estimates(database: Database, _claim: JobClaim, clock: Clock) -> str:
    n = renew_estimates(database, clock())
    return f"{n} {'estimate' if n == 1 else 'estimates'} of errors made anew"


HANDLERS: Mapping[str, Handler] = {REMIND_JOB: _remind, RENEW_JOB: _renew_estimates}
