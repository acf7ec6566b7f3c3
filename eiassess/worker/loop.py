"""Working off what is due: put back what was lost, hand in and delete, send mails, do jobs."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from eiassess.domain.audit.entries import Actor, ActorKind, Target
from eiassess.errors import EIAssessError
from eiassess.services import Database
from eiassess.services.auditing.acting import Acting, acting
from eiassess.services.jobs.working import JobClaim, LostLeaseError, claim_job, fail_job, finish_job, sweep_jobs
from eiassess.services.mailing.sending import sweep_mails
from eiassess.services.people.resetting import mail_asked_resets
from eiassess.services.upkeep.promises import Promises
from eiassess.worker.handlers import HANDLERS, Handler
from eiassess.worker.mails import MailWork, Stopping, send_due_mails

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class WorkPlace:
    """What background work needs; without ``mail`` mails wait on the outbox pages."""

    database: Database
    clock: Callable[[], datetime]
    mail: MailWork | None = None
    handlers: Mapping[str, Handler] = field(default_factory=lambda: HANDLERS)
    promises: Promises = field(default_factory=Promises)


def work_off(place: WorkPlace, stopping: Stopping = lambda: False) -> None:
    """Do all that is due, or until it is to stop; what fails is noted and keeps nothing else from being done."""
    sweep_mails(place.database, place.clock())
    sweep_jobs(place.database, place.clock())
    place.promises.keep(place.database, place.clock())  # before the mails: receipts go at once
    if place.mail is not None:
        _mail_resets(place)
        send_due_mails(place.mail, stopping)
    while not stopping() and (claim := claim_job(place.database, place.clock())) is not None:
        _do(place, claim)


def _mail_resets(place: WorkPlace) -> None:
    try:
        mail_asked_resets(place.database, place.clock())
    except Exception:
        log.exception("Mails for new passwords could not be asked for; the next round tries again")


def _do(place: WorkPlace, claim: JobClaim) -> None:
    try:
        with acting(Acting(Actor(ActorKind.WORKER), None, Target(), place.clock)):
            words = place.handlers[claim.kind](place.database, claim, place.clock)
        finish_job(place.database, claim, words, place.clock())
    except LostLeaseError:
        log.warning("Job %s was taken over by another worker", claim.id)
    except Exception as error:
        log.exception("Job %s (%s) failed", claim.id, claim.kind)
        _note_failure(place, claim, error)


def _note_failure(place: WorkPlace, claim: JobClaim, error: Exception) -> None:
    try:
        said = str(error) if isinstance(error, EIAssessError) else f"{type(error).__name__}; the log says more"
        fail_job(place.database, claim, said, place.clock())
    except LostLeaseError:
        log.warning("Job %s was taken over by another worker", claim.id)
