"""What an estimate says without a test: how far apart scores must lie, and who is probably truly higher."""

from collections.abc import Iterable

import numpy as np

from eiassess import psychometrics
from eiassess.domain.error_estimates import PEOPLE_FOR_TRUE_ORDER, ErrorEstimate
from eiassess.psychometrics import Measured, TrueSpread
from eiassess.scoring.differences.placing import PlacedPerson


def gap_needed(estimate: ErrorEstimate, score: float, n_tests: int = 1) -> float | None:
    """Say how far apart two scores near a level must lie to be called different, in points.

    Parameters
    ----------
    score
        The level, such as a list's median.
    n_tests
        Overall tests on the page: 1 for two people, k (k - 1) / 2 for k.

    Returns
    -------
    float or None
        ``None`` where nobody shapes the estimate, or at the ends of the scale, where agreement is complete.
    """
    if estimate.tests.typical is None or not 0 < score < 100:  # noqa: PLR2004 - the ends of the house scale
        return None
    df = estimate.tests.d0 + estimate.form_df
    return psychometrics.score_gap(score, estimate.tests.typical, df, n_tests)


def gap_on_list(estimates: Iterable[ErrorEstimate], median: float, n_tests: int = 1) -> float | None:
    """Say how far apart two scores of a list must lie: the larger gap where forms are mixed.

    ``None`` if it is not known of one of the forms: of such a list nothing is said.
    """
    gaps = [gap_needed(estimate, median, n_tests) for estimate in estimates]
    known = [gap for gap in gaps if gap is not None]
    return max(known) if known and len(known) == len(gaps) else None


def probability_truly_higher(first: PlacedPerson, second: PlacedPerson) -> float | None:
    """Say how likely the first of two people is truly higher; beside the test, never an order.

    Returns
    -------
    float or None
        ``None`` where one is not compared, they sat different forms, fewer than 30 people shape the estimate, or no
        differences beyond error are seen.
    """
    estimate = first.estimate
    if estimate.digest != second.estimate.digest or not shows_true_order(estimate):
        return None
    people = [_measured(each) for each in (first, second)]
    if people[0] is None or people[1] is None:
        return None
    spread = TrueSpread(estimate.mean_z or 0.0, estimate.tau_squared or 0.0)
    return float(psychometrics.probability_higher(people[0], people[1], spread))


def shows_true_order(estimate: ErrorEstimate) -> bool:
    """Say whether there are people enough, and differences beyond error among them."""
    return estimate.n >= PEOPLE_FOR_TRUE_ORDER and (estimate.tau_squared or 0.0) > 0


def _measured(person: PlacedPerson) -> Measured | None:
    error = person.test_error
    if person.z is None or error is None or person.not_compared is not None:
        return None
    return Measured(np.array(person.z), np.array(error.variance), np.array(error.df))
