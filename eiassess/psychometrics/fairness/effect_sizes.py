"""How large a difference of two groups is, apart from whether it can be told from none."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln, nctdtr, stdtr

from eiassess.errors import InvalidInputError, NotEstimableError

Array = npt.NDArray[np.float64]

SMALLEST_GROUP_SHOWN = 10
"""Figures of smaller groups say more about persons than about groups."""
CONFIDENCE = 0.95
_REACH = 6
"""Standard errors within which the ends of an interval are looked for; further out nctdtr gives no number."""
_HALVINGS = 60


@dataclass(frozen=True)
class StandardisedDifference:
    """A difference of two group means in standard deviations; positive where the first scores higher.

    Parameters
    ----------
    d
        In pooled standard deviations (Cohen).
    g
        The same without its upward bias in small samples (Hedges).
    interval
        Of d.
    n_first, n_second
        Scores in each group.
    """

    d: float
    g: float
    interval: tuple[float, float]
    n_first: int
    n_second: int

    @property
    def p_value(self) -> float:
        """Two-sided p of the pooled t-test: below 5 % exactly where a 95 % interval leaves out 0."""
        t = self.d * np.sqrt(self.n_first * self.n_second / (self.n_first + self.n_second))
        return float(2 * stdtr(self.n_first + self.n_second - 2, -abs(t)))


def standardised_group_difference(
    first: Array, second: Array, confidence: float = CONFIDENCE, smallest_group: int = SMALLEST_GROUP_SHOWN
) -> StandardisedDifference:
    """Difference of two group means in pooled standard deviations, with the exact interval for normal scores.

    ``d = (mean_1 - mean_2) / s``, ``s^2 = (SS_1 + SS_2) / (n_1 + n_2 - 2)``;
    Hedges: ``g = J d``, ``J = Gamma(df / 2) / (sqrt(df / 2) Gamma((df - 1) / 2))``, about ``1 - 3 / (4 df - 1)``;
    interval: the noncentralities for which ``t = d sqrt(n_1 n_2 / (n_1 + n_2))`` is the upper and the lower quantile.

    Parameters
    ----------
    first, second
        Shape (n_1,), (n_2,): scores; missing entries (NaN) are left out.
    confidence
        Of the interval.
    smallest_group
        Groups below are not shown.

    Raises
    ------
    NotEstimableError
        A group is smaller than ``smallest_group``, or nobody differs within the groups.

    References
    ----------
    Hedges (1981), Journal of Educational Statistics 6, 107; Steiger & Fouladi (1997), in Harlow, Mulaik & Steiger,
    What If There Were No Significance Tests?

    Examples
    --------
    >>> result = standardised_group_difference(np.arange(10) + 2.0, np.arange(10.0))
    >>> round(result.d, 4), round(result.g, 4), [round(end, 4) for end in result.interval]
    (0.6606, 0.6326, [-0.2504, 1.5543])
    """
    first, second = first[~np.isnan(first)], second[~np.isnan(second)]
    n_1, n_2 = first.size, second.size
    if min(n_1, n_2) < max(smallest_group, 2):
        message = f"a group has {min(n_1, n_2)} scores; no group of fewer than {max(smallest_group, 2)} is compared"
        raise NotEstimableError(message)
    df = n_1 + n_2 - 2
    squares = float(((first - first.mean()) ** 2).sum() + ((second - second.mean()) ** 2).sum())
    if np.ptp(first) == 0 and np.ptp(second) == 0:
        message = "scores that never vary within the groups have no standardised difference"
        raise NotEstimableError(message)
    d = float(first.mean() - second.mean()) / float(np.sqrt(squares / df))
    scale = float(np.sqrt(n_1 * n_2 / (n_1 + n_2)))
    low, high = _noncentralities(d * scale, df, confidence)
    return StandardisedDifference(d, _hedges_correction(df) * d, (low / scale, high / scale), n_1, n_2)


def cohens_h(first: float, second: float) -> float:
    """Difference of two proportions on the arcsine scale: ``2 asin sqrt(p_1) - 2 asin sqrt(p_2)``.

    Parameters
    ----------
    first, second
        Proportions, 0 to 1.

    Raises
    ------
    InvalidInputError
        A proportion lies outside 0 to 1.

    References
    ----------
    Cohen (1988), Statistical Power Analysis for the Behavioral Sciences, chapter 6.

    Examples
    --------
    >>> round(cohens_h(0.5, 0.25), 4)
    0.5236
    """
    if not (0 <= first <= 1 and 0 <= second <= 1):
        message = "a proportion lies between 0 and 1"
        raise InvalidInputError(message)
    return float(2 * np.arcsin(np.sqrt(first)) - 2 * np.arcsin(np.sqrt(second)))


def _hedges_correction(df: int) -> float:
    return float(np.exp(gammaln(df / 2) - gammaln((df - 1) / 2)) / np.sqrt(df / 2))


def _noncentralities(t: float, df: int, confidence: float) -> tuple[float, float]:
    """Find the noncentralities that put t at its upper and at its lower quantile."""
    tails = np.array([(1 + confidence) / 2, (1 - confidence) / 2])
    reach = _REACH * np.sqrt(1 + t * t / (2 * df))
    low, high = np.full(2, t - reach), np.full(2, t + reach)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        above = nctdtr(df, middle, t) > tails
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    return float(low[0]), float(low[1])
