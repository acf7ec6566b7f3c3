"""Where the scores of a form vary, and what their errors were estimated from: what an analyst's page shows."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from eiassess.domain.error_estimates import ErrorEstimate
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.keys import ScoringKey
from eiassess.persistence.engine import Database
from eiassess.scoring.differences.generalizing import GStudy, g_study
from eiassess.services.differences.estimates import KeptEstimate, get_estimate, list_estimates, renew_estimate
from eiassess.services.differences.sittings import ScoresOf, read_sat
from eiassess.services.statistics.samples import Sample, read_sample


@dataclass(frozen=True)
class FormErrors:
    """What an analyst sees of the errors of a form's scores.

    Parameters
    ----------
    form, key
        The key is that of the newest opening with the form.
    simulated
        Whether all of this is of simulated people.
    n_people, n_other
        How many were scored, and how many people of the other kind handed in.
    estimate, on_file
        The estimate in use, and all that are kept, the newest first.
    study
        ``None`` of too few people, or where nobody differs.
    """

    form: AssessmentForm
    key: ScoringKey
    simulated: bool
    n_people: int
    n_other: int
    estimate: ErrorEstimate
    on_file: tuple[KeptEstimate, ...]
    study: GStudy | None


def get_form_errors(database: Database, form_digest: str, *, simulated: bool) -> FormErrors:
    """Study where the scores of a form vary.

    Raises
    ------
    NotFoundError
        No opening uses such a form.
    """
    with database.reading() as db:
        sample, of = _of_form(db, form_digest, simulated=simulated)
        people, estimate = tuple(read_sat(db, of).values()), get_estimate(db, of)
        return FormErrors(
            sample.form,
            sample.key,
            simulated,
            len(people),
            sample.n_other,
            estimate,
            list_estimates(db, of),
            g_study(sample.form, sample.key, people, estimate),
        )


def renew_form_estimate(
    database: Database, form_digest: str, user_id: str, now: datetime, *, simulated: bool
) -> KeptEstimate | None:
    """Make a new estimate of a form's errors because an analyst says so; nothing if the same people would shape it.

    Raises
    ------
    NotFoundError
        No opening uses such a form.
    """
    with database.reading() as db:
        _, of = _of_form(db, form_digest, simulated=simulated)
    return renew_estimate(database, of, now, user_id)


def _of_form(db: Session, form_digest: str, *, simulated: bool) -> tuple[Sample, ScoresOf]:
    sample = read_sample(db, form_digest, simulated=simulated)
    return sample, ScoresOf(form_digest, sample.key.digest, simulated)
