"""What scores foretold of the work of those who were hired: uncorrected first, and nothing of a few people."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eiassess.domain.outcomes import PEOPLE_FOR_VALIDITY, WELL
from eiassess.errors import NotEstimableError
from eiassess.psychometrics import (
    Correlation,
    ExpectancyRow,
    criterion_correlation,
    expectancy_table,
    thorndike_ii,
)

Array = npt.NDArray[np.float64]
THIRDS = 3


@dataclass(frozen=True)
class Corrected:
    """A correlation corrected for direct selection on the score, by an applicants' SD that somebody gave."""

    applicant_sd: float
    r: float
    interval: tuple[float, float]


@dataclass(frozen=True)
class OutcomeValidity:
    """How well scores foretold ratings of work; ``thirds`` has those who do well, by third of the scores."""

    found: Correlation
    score_sd: float
    corrected: Corrected | None
    thirds: tuple[ExpectancyRow, ...]


def outcome_validity(scores: Array, ratings: Array, applicant_sd: float | None = None) -> OutcomeValidity:
    """Correlate scores with mean ratings of work.

    Parameters
    ----------
    scores, ratings
        Shape (n,), one of each for every person.
    applicant_sd
        SD of the score among all applicants, if it is documented and people were selected directly on this score.

    Raises
    ------
    NotEstimableError
        There are fewer than 30 people, or one of the two never varies.
    """
    if scores.size < PEOPLE_FOR_VALIDITY:
        message = f"{scores.size} people with score and rating; it takes {PEOPLE_FOR_VALIDITY}"
        raise NotEstimableError(message)
    found = criterion_correlation(scores, ratings)
    sd = float(scores.std(ddof=1))
    thirds = expectancy_table(scores, (ratings >= WELL).astype(np.float64), THIRDS)
    return OutcomeValidity(found, sd, _corrected(found, sd, applicant_sd), thirds)


def _corrected(found: Correlation, sd: float, applicant_sd: float | None) -> Corrected | None:
    if applicant_sd is None:
        return None
    u = applicant_sd / sd
    low, high = found.interval
    return Corrected(applicant_sd, thorndike_ii(found.r, u), (thorndike_ii(low, u), thorndike_ii(high, u)))
