"""How repeatable a score is, and how much error it carries. Parts are scenarios, never the options of one scenario."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
from scipy.special import fdtri, ndtri

from eiassess.errors import InvalidInputError, NotEstimableError
from eiassess.psychometrics.moments import ROUNDING, ItemMoments, complete_rows, item_moments

Array = npt.NDArray[np.float64]
Labels = npt.NDArray[np.intp]
Strata = Labels | npt.NDArray[np.str_]

ADEQUATE, GOOD, EXCELLENT = 0.70, 0.80, 0.90
"""Least reliability of each level (check)."""

PAIRS_FOR_AN_INTERVAL = 4


class ReliabilityLevel(StrEnum):
    """What a reliability suffices for."""

    INADEQUATE = "inadequate"
    ADEQUATE = "adequate"
    GOOD = "good"
    EXCELLENT = "excellent"


def reliability_level(reliability: float) -> ReliabilityLevel:
    """Name the level of a reliability: inadequate below .70, adequate, good from .80, excellent from .90.

    The figure is not rounded first: .699 is inadequate.

    Examples
    --------
    >>> reliability_level(0.699).value, reliability_level(0.82).value
    ('inadequate', 'good')
    """
    if reliability < ADEQUATE:
        return ReliabilityLevel.INADEQUATE
    if reliability < GOOD:
        return ReliabilityLevel.ADEQUATE
    return ReliabilityLevel.GOOD if reliability < EXCELLENT else ReliabilityLevel.EXCELLENT


@dataclass(frozen=True)
class CoefficientAlpha:
    """Coefficient alpha with its interval; it can be negative, and then says that the items do not belong together."""

    value: float
    lower: float
    upper: float
    n_persons: int
    n_items: int


def coefficient_alpha(scores: Array | ItemMoments, confidence: float = 0.95) -> CoefficientAlpha:
    """Coefficient alpha (Cronbach) with Feldt's interval.

    ``alpha = k / (k - 1) (1 - sum s_i^2 / s_T^2)``; ends ``1 - (1 - alpha) F(q; n - 1, (n - 1)(k - 1))`` at
    ``q = (1 +- confidence) / 2``

    Parameters
    ----------
    scores
        Shape (persons, items), NaN where missing (complete rows are used), or their moments. An item that never varies
        counts as an item.
    confidence
        Coverage of the interval.

    Raises
    ------
    NotEstimableError
        Fewer than two items or complete persons, or the total score never varies.

    References
    ----------
    Cronbach (1951), Psychometrika 16, 297; Feldt (1965), Psychometrika 30, 357.

    Examples
    --------
    >>> alpha = coefficient_alpha(np.array([[1.0, 2.0], [2.0, 2.0], [3.0, 5.0]]))
    >>> round(alpha.value, 4), round(alpha.lower, 4), round(alpha.upper, 4)
    (0.8571, -4.5714, 0.9963)
    """
    moments = item_moments(scores)
    value = 1 - _alpha_error_variance(moments, "coefficient alpha") / _total_variance(moments)
    df = moments.n_persons - 1
    ends = fdtri(df, df * (moments.n_items - 1), np.array([(1 + confidence) / 2, (1 - confidence) / 2]))
    lower, upper = 1 - (1 - value) * ends
    return CoefficientAlpha(value, float(lower), float(upper), moments.n_persons, moments.n_items)


def _alpha_error_variance(moments: ItemMoments, what: str) -> float:
    """``s_T^2 (1 - alpha)``, which needs no division by a variance that may be zero."""
    k = moments.n_items
    if k < 2:  # noqa: PLR2004 - one item has no inner consistency
        message = f"{what} needs at least two items; there is {k}"
        raise NotEstimableError(message)
    total = moments.total_variance
    return total - k / (k - 1) * (total - float(moments.variances.sum()))


def _total_variance(moments: ItemMoments) -> float:
    total = moments.total_variance
    if total == 0:
        message = "the total score is the same for everybody"
        raise NotEstimableError(message)
    return total


def alpha_if_deleted(scores: Array | ItemMoments) -> tuple[float | None, ...]:
    """Coefficient alpha of the other items, for each item.

    Parameters
    ----------
    scores
        Shape (persons, items), NaN where missing (complete rows are used), or their moments.

    Returns
    -------
    tuple
        One value an item; None where the sum of the others never varies.

    Raises
    ------
    NotEstimableError
        Fewer than three items, or fewer than two complete persons.

    Examples
    --------
    >>> scores = np.array([[1.0, 2.0, 5.0], [2.0, 2.0, 1.0], [3.0, 5.0, 4.0]])
    >>> [round(value, 4) for value in alpha_if_deleted(scores)]
    [0.4286, -0.4615, 0.8571]
    """
    moments = item_moments(scores)
    k = moments.n_items
    if k < 3:  # noqa: PLR2004 - two must be left
        message = f"alpha without an item needs at least three items; there are {k}"
        raise NotEstimableError(message)
    rest = moments.rest_variances
    item_sum = moments.variances.sum() - moments.variances
    return tuple(
        (k - 1) / (k - 2) * (1 - float(items) / float(total)) if total > 0 else None
        for items, total in zip(item_sum, rest, strict=True)
    )


def stratified_alpha(scores: Array | ItemMoments, strata: Strata) -> float:
    """Reliability of a composite of several competencies.

    ``1 - sum s_i^2 (1 - alpha_i) / s_T^2``

    Parameters
    ----------
    scores
        Shape (persons, items), NaN where missing (complete rows are used), or their moments.
    strata
        Shape (items,): number or name of the competency of each item.

    Raises
    ------
    NotEstimableError
        A stratum has one item only, or the total score never varies.
    InvalidInputError
        There is not one stratum for each item.

    References
    ----------
    Cronbach, Schoenemann & McKie (1965), Educational and Psychological Measurement 25, 291.

    Examples
    --------
    >>> scores = np.array([[1.0, 2.0, 3.0, 3.0], [2.0, 2.0, 1.0, 2.0], [3.0, 5.0, 4.0, 4.0]])
    >>> round(stratified_alpha(scores, np.array([0, 0, 1, 1])), 4)
    0.9403
    """
    moments = item_moments(scores)
    error = sum(_alpha_error_variance(part, f"alpha of {name}") for name, part in _parts(moments, strata))
    return 1 - error / _total_variance(moments)


def _parts(moments: ItemMoments, strata: Strata) -> list[tuple[str, ItemMoments]]:
    if strata.shape != (moments.n_items,):
        message = f"each of {moments.n_items} items needs its stratum; there are {strata.size}"
        raise InvalidInputError(message)
    return [(str(name), moments.part(np.flatnonzero(strata == name))) for name in np.unique(strata)]


@dataclass(frozen=True)
class RetestReliability:
    """Correlation of two sittings with its interval."""

    value: float
    lower: float
    upper: float
    n_persons: int


def retest_reliability(first: Array, second: Array, confidence: float = 0.95) -> RetestReliability:
    """Correlate the scores of two sittings, with Fisher's interval.

    ``tanh(atanh r +- z / sqrt(n - 3))``

    Parameters
    ----------
    first, second
        Shape (persons,) each, NaN where missing: persons with both scores are used.
    confidence
        Coverage of the interval.

    Raises
    ------
    NotEstimableError
        Fewer than four persons sat twice, or one sitting's scores are all the same.
    InvalidInputError
        The two sittings do not name the same number of persons, or a score is infinite.

    Examples
    --------
    >>> retest = retest_reliability(np.array([1.0, 2, 3, 4, 5]), np.array([2.0, 1, 4, 3, 5]))
    >>> round(retest.value, 4), round(retest.lower, 4), round(retest.upper, 4)
    (0.8, -0.2796, 0.9862)
    """
    if first.shape != second.shape or first.ndim != 1:
        message = f"each person needs a place in both sittings; there are {first.size} and {second.size}"
        raise InvalidInputError(message)
    both = complete_rows(np.column_stack([first, second]))
    n = both.shape[0]
    if n < PAIRS_FOR_AN_INTERVAL:
        message = f"retest reliability needs {PAIRS_FOR_AN_INTERVAL} people who sat twice; there are {n}"
        raise NotEstimableError(message)
    moments = item_moments(both)
    if moments.variances.min() == 0:
        message = "the scores of one sitting are all the same"
        raise NotEstimableError(message)
    r = float(np.clip(moments.covariance[0, 1] / np.sqrt(moments.variances.prod()), -1, 1))
    return RetestReliability(r, *_fisher_interval(r, n, confidence), n)


def _fisher_interval(r: float, n: int, confidence: float) -> tuple[float, float]:
    if abs(r) == 1:
        return r, r
    half = ndtri((1 + confidence) / 2) / np.sqrt(n - 3)
    return float(np.tanh(np.arctanh(r) - half)), float(np.tanh(np.arctanh(r) + half))


@dataclass(frozen=True)
class SubscoreValue:
    """Whether a competency's score says more of its own true score than the total does.

    Parameters
    ----------
    name
        The stratum.
    prmse_subscore, prmse_total
        Share of the true subscore's variance that each predicts; None where it cannot be estimated. The second can
        exceed 1 in a small sample.
    adds_value
        None where that is not known.
    """

    name: str
    prmse_subscore: float | None
    prmse_total: float | None
    adds_value: bool | None


def haberman_prmse(scores: Array | ItemMoments, strata: Strata) -> tuple[SubscoreValue, ...]:
    """Compare a subscore with the total as a predictor of the true subscore.

    ``PRMSE_s = alpha_s``; ``PRMSE_x = (cov(s, x) - (1 - alpha_s) s_s^2)^2 / (alpha_s s_s^2 s_x^2)``: proportional
    reductions of mean squared error. The subscore's error is part of the total, hence the correction of the covariance.

    Parameters
    ----------
    scores
        Shape (persons, items), NaN where missing (complete rows are used), or their moments.
    strata
        Shape (items,): number or name of the competency of each item.

    Returns
    -------
    tuple
        One `SubscoreValue` a stratum, in the order of their names. A stratum of one item is not known to add value; one
        whose alpha is not above 0 adds none.

    Raises
    ------
    NotEstimableError
        The total score never varies.
    InvalidInputError
        There is not one stratum for each item.

    References
    ----------
    Haberman (2008), Journal of Educational and Behavioral Statistics 33, 204.

    Examples
    --------
    >>> scores = np.array([[1.0, 2, 9, 9], [2, 2, 1, 2], [3, 5, 4, 4], [4, 4, 7, 8]])
    >>> for part in haberman_prmse(scores, np.array(["calm", "calm", "tact", "tact"])):
    ...     print(part.name, round(part.prmse_subscore, 3), round(part.prmse_total, 3), part.adds_value)
    calm 0.867 0.082 True
    tact 0.993 0.858 True
    """
    moments = item_moments(scores)
    total = _total_variance(moments)
    with_total = moments.covariance.sum(axis=0)
    return tuple(
        _subscore_value(name, part, float(with_total[strata.astype(str) == name].sum()), total)
        for name, part in _parts(moments, strata)
    )


def _subscore_value(name: str, part: ItemMoments, with_total: float, total: float) -> SubscoreValue:
    if part.n_items < 2:  # noqa: PLR2004 - one item has no alpha
        return SubscoreValue(name, None, None, adds_value=None)
    error = _alpha_error_variance(part, name)
    true = part.total_variance - error
    if true <= ROUNDING * part.variances.sum():
        return SubscoreValue(name, 0.0, None, adds_value=False)
    own = true / part.total_variance
    by_total = (with_total - error) ** 2 / (true * total)
    return SubscoreValue(name, own, by_total, adds_value=own > by_total)
