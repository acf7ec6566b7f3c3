"""Whether two lists of values put the same things in the same order, and how sure that is."""

from math import sqrt

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from eiassess.errors import InvalidInputError, NotEstimableError
from eiassess.psychometrics.validity.criterion import CONFIDENCE, PEOPLE_FOR_AN_INTERVAL, require_correlation

Array = npt.NDArray[np.float64]


def rank_order_correlation(first: Array, second: Array) -> float:
    """Spearman's rank correlation: Pearson's r of the ranks, ties at their mid-rank.

    ``rho = sum (R - mean R)(S - mean S) / sqrt(sum (R - mean R)^2 sum (S - mean S)^2)``

    Parameters
    ----------
    first, second
        Shape (things,), without missing values.

    Raises
    ------
    NotEstimableError
        Fewer than two things, or one of the lists never varies.
    InvalidInputError
        The lists differ in length, or hold a value that is no number.

    References
    ----------
    Spearman (1904), American Journal of Psychology 15, 72.

    Examples
    --------
    >>> rank_order_correlation(np.array([1.0, 2.0, 3.0, 4.0]), np.array([1.0, 3.0, 2.0, 4.0]))
    0.8
    """
    if first.ndim != 1 or first.shape != second.shape or not np.isfinite([first, second]).all():
        message = f"a rank correlation needs two lists of numbers of one length, not {first.shape} and {second.shape}"
        raise InvalidInputError(message)
    ranks = [_doubled_ranks(each) - (each.size + 1) for each in (first, second)]
    spread = float(np.sqrt((ranks[0] @ ranks[0]) * (ranks[1] @ ranks[1])))
    if spread == 0:
        message = "a rank correlation needs two things at least, and lists that vary"
        raise NotEstimableError(message)
    return float(np.clip(ranks[0] @ ranks[1] / spread, -1.0, 1.0))


def _doubled_ranks(values: Array) -> Array:
    """Rank from 1, ties at their mid-rank, times two: whole numbers, so that equal ranks make sums of exactly 0."""
    _, place, n = np.unique(values, return_inverse=True, return_counts=True)
    return (2 * np.cumsum(n) - n + 1)[place].astype(np.float64)


def rank_order_interval(rho: float, n: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Interval of Spearman's rank correlation: ``tanh(atanh rho +- z sqrt((1 + rho^2 / 2) / (n - 3)))``.

    Parameters
    ----------
    rho
        Between -1 and 1; at the ends the interval is that point.
    n
        People.
    confidence
        Coverage of the interval.

    Raises
    ------
    NotEstimableError
        There are fewer than four people.
    InvalidInputError
        ``rho`` is no correlation.

    References
    ----------
    Bonett & Wright (2000), Psychometrika 65, 23.

    Examples
    --------
    >>> [round(end, 4) for end in rank_order_interval(0.60, 40)]
    [0.3303, 0.7791]
    """
    require_correlation(rho)
    if n < PEOPLE_FOR_AN_INTERVAL:
        message = f"{n} people are too few for the interval of a rank correlation"
        raise NotEstimableError(message)
    if abs(rho) == 1:
        return rho, rho
    half = ndtri((1 + confidence) / 2) * sqrt((1 + rho * rho / 2) / (n - 3))
    return float(np.tanh(np.arctanh(rho) - half)), float(np.tanh(np.arctanh(rho) + half))
