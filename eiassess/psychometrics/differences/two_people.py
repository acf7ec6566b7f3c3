"""Two people's scores, each with its own error (section 4 of the rule), and what a page of tests allows (section 5)."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, ndtri, stdtr, stdtrit

Array = npt.NDArray[np.float64]

SIGNIFICANCE = 0.05
OVERALL_SHARE = 0.8
"""The part of all weight that overall tests share where areas are tested beside them."""


@dataclass(frozen=True, eq=False)
class Measured:
    """Values with their error variances and these variances' degrees of freedom, which can be infinite; any shape."""

    value: Array
    variance: Array
    df: Array


@dataclass(frozen=True, eq=False)
class WelchTests:
    """t, its degrees of freedom and the two-sided p of differences; any shape."""

    t: Array
    df: Array
    p: Array


def welch_tests(first: Measured, second: Measured) -> WelchTests:
    """Test differences whose errors are estimated each for itself.

    ``t = (z_A - z_B) / sqrt(V_A + V_B)`` at ``(V_A + V_B)^2 / (V_A^2 / f_A + V_B^2 / f_B)`` degrees of freedom. Without
    any error an equal pair has t = 0, any other an infinite t.

    References
    ----------
    Welch (1947), Biometrika 34, 28.

    Examples
    --------
    >>> one, other = (Measured(np.array([z]), np.array([0.02]), np.array([12.0])) for z in (0.9, 0.5))
    >>> tests = welch_tests(one, other)
    >>> tests.t.round(4).tolist(), tests.df.round(4).tolist(), tests.p.round(4).tolist()
    ([2.0], [24.0], [0.0569])
    """
    difference, total = first.value - second.value, first.variance + second.variance
    spread = first.variance**2 / first.df + second.variance**2 / second.df
    with np.errstate(invalid="ignore", divide="ignore"):
        t = np.where(difference == 0, 0.0, difference / np.sqrt(total))
        df = np.where(spread == 0, np.inf, total**2 / spread)
    return WelchTests(t, df, _two_sided_p(t, df))


def _two_sided_p(t: Array, df: Array) -> Array:
    normal = np.isinf(df)
    p = 2 * np.where(normal, ndtr(-np.abs(t)), stdtr(np.where(normal, 1.0, df), -np.abs(t)))
    return np.asarray(p, dtype=np.float64)


def two_sided_quantile(df: Array | float, confidence: Array | float = 1 - SIGNIFICANCE) -> Array:
    """Quantile of Student's t, of the normal where degrees of freedom are infinite.

    Examples
    --------
    >>> two_sided_quantile(np.array([8.0, np.inf])).round(4).tolist()
    [2.306, 1.96]
    """
    upper, normal = (1 + np.asarray(confidence)) / 2, np.isinf(df)
    return np.asarray(np.where(normal, ndtri(upper), stdtrit(np.where(normal, 1.0, df), upper)), dtype=np.float64)


def drawn_interval(z: Measured) -> tuple[Array, Array]:
    """Interval of a score that is drawn: ``50 (1 + tanh(z +- t sqrt V))``, from the uncentred V.

    Examples
    --------
    >>> low, high = drawn_interval(Measured(np.array([1.0]), np.array([0.02]), np.array([16.0])))
    >>> low.round(2).tolist(), high.round(2).tolist()
    ([80.22], [93.08])
    """
    half = two_sided_quantile(z.df) * np.sqrt(z.variance)
    return house_score_of_z(z.value - half), house_score_of_z(z.value + half)


def house_score_of_z(z: Array) -> Array:
    """Put Fisher's z on the house scale: ``50 (1 + tanh z)``."""
    return np.asarray(50 * (1 + np.tanh(z)), dtype=np.float64)


def score_gap(score: float, variance: float, df: float, n_tests: int = 1) -> float:
    """Say how far apart two scores near one level must lie to be called different.

    ``50 (tanh(z + h/2) - tanh(z - h/2))``, ``h = t(1 - .04 / (2 m)) sqrt(2 V)``, t at twice one's degrees of
    freedom.

    Parameters
    ----------
    score
        The level, above 0 and below 100 on the house scale.
    variance, df
        A typical person's (median) error variance of z, and its degrees of freedom; they can be infinite.
    n_tests
        Overall tests on the page: 1 for two people, 15 for six.

    Examples
    --------
    >>> round(score_gap(80.0, 0.0125, 24.0), 1), round(score_gap(80.0, 0.0125, 24.0, n_tests=15), 1)
    (10.7, 16.1)
    """
    confidence = 1 - SIGNIFICANCE * OVERALL_SHARE / n_tests
    h = two_sided_quantile(2 * df, confidence) * np.sqrt(2 * variance)
    z = np.arctanh(score / 50 - 1)
    return float(house_score_of_z(z + h / 2) - house_score_of_z(z - h / 2))


def page_weights(n_overall: int, n_areas: int) -> tuple[float, float]:
    """Give the weight of each overall test and of each area test on a page; together they weigh 1.

    Examples
    --------
    >>> [round(weight, 4) for weight in page_weights(6, 12)], page_weights(4, 0)
    ([0.1333, 0.0167], (0.25, 0.0))
    """
    if not n_areas:
        return 1 / max(n_overall, 1), 0.0
    return OVERALL_SHARE / n_overall, (1 - OVERALL_SHARE) / n_areas


def weighted_holm(p_values: Array, weights: Array) -> Array:
    """Adjust p-values for looking at many comparisons at once, some of which matter more than others.

    Parameters
    ----------
    p_values, weights
        Shape (m,), m can be 0; weights are above 0.

    Returns
    -------
    Array
        Shape (m,): in the order of p / weight the running maximum of p / weight times the weights not yet passed, at
        most 1. With equal weights it is Holm's.

    References
    ----------
    Holm (1979), Scandinavian Journal of Statistics 6, 65.

    Examples
    --------
    >>> weighted_holm(np.array([0.03, 0.02, 0.001]), np.array([0.8, 0.1, 0.1])).round(4).tolist()
    [0.0338, 0.0338, 0.01]
    """
    ratio = p_values / weights
    order = np.argsort(ratio, kind="stable")
    left = np.cumsum(weights[order][::-1])[::-1]
    adjusted = np.empty_like(p_values)
    adjusted[order] = np.minimum(np.maximum.accumulate(ratio[order] * left), 1.0)
    return adjusted
