"""What jobs do, by kind: a new one is a function here or in a file of its own, and a line in ``HANDLERS``."""

from collections.abc import Callable, Mapping
from datetime import datetime

from eiassess.services import Database
from eiassess.services.jobs.working import JobClaim

Clock = Callable[[], datetime]
Handler = Callable[[Database, JobClaim, Clock], str]
"""Does a job and returns what is to be said of it. Steps tell their progress in their own transaction, so that a job
that was interrupted can go on where it was."""

HANDLERS: Mapping[str, Handler] = {}
