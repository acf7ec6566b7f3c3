"""A G-study of a form: where scenario scores vary, how long it would have to be, and how far two scores must lie."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eiassess import psychometrics
from eiassess.domain.error_estimates import ErrorEstimate
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.keys import ScoringKey
from eiassess.errors import NotEstimableError
from eiassess.psychometrics import VarianceComponents
from eiassess.scoring.differences.in_general import gap_needed
from eiassess.scoring.differences.measuring import Measures, SatPerson, measured
from eiassess.scoring.person.plan import scoring_plan

Array = npt.NDArray[np.float64]

PEOPLE_FOR_A_G_STUDY = 30
COEFFICIENTS_ASKED_FOR = (0.8, 0.9)


@dataclass(frozen=True)
class GStudy:
    """What scores of a form vary by.

    Parameters
    ----------
    n_people, n_scenarios
        People with a score for every scenario, and scenarios of the form.
    components
        Variances of scenario scores, in squared points of the house scale.
    coefficient
        Generalizability of the mean over the form's scenarios.
    needed
        Coefficient -> how many scenarios like these it would take; ``None`` where persons are not seen to differ.
    median
        Median overall score.
    gap
        How far apart two scores at the median must lie to be called different; ``None`` where it is not known.
    """

    n_people: int
    n_scenarios: int
    components: VarianceComponents
    coefficient: float
    needed: Mapping[float, int | None]
    median: float
    gap: float | None


def g_study(
    form: AssessmentForm, key: ScoringKey, people: Sequence[SatPerson], estimate: ErrorEstimate
) -> GStudy | None:
    """Look where the scenario scores of those who answered everything vary.

    Parameters
    ----------
    people
        Everybody who sat the form.
    estimate
        Of this form and key.

    Returns
    -------
    GStudy or None
        ``None`` of fewer than 30 people, of a form with one scenario, or where nobody differs from anybody.
    """
    measures = measured(scoring_plan(form, key), people)
    n = int(measures.whole.sum())
    if n < PEOPLE_FOR_A_G_STUDY:
        return None
    try:
        components = psychometrics.variance_components(_scenario_scores(measures))
        coefficient = components.coefficient(len(form.scenarios))
    except NotEstimableError:
        return None
    median = float(np.median(50 * (1 + measures.r[measures.whole])))
    return GStudy(
        n_people=n,
        n_scenarios=len(form.scenarios),
        components=components,
        coefficient=coefficient,
        needed={each: components.scenarios_needed(each) for each in COEFFICIENTS_ASKED_FOR},
        median=median,
        gap=gap_needed(estimate, median),
    )


def _scenario_scores(measures: Measures) -> Array:
    rows, profiles = measures.whole, measures.profiles
    return psychometrics.house_scores(profiles.d[rows], profiles.e[rows])
