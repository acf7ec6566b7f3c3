"""What a correlation with success is worth in use: who succeeds at which score, and among those selected."""

from dataclasses import dataclass
from itertools import pairwise
from math import asin, pi, sqrt

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, ndtri, owens_t

from eiassess.errors import InvalidInputError, NotEstimableError
from eiassess.psychometrics.validity.criterion import CONFIDENCE, require_correlation, require_share

Array = npt.NDArray[np.float64]

FIFTHS = 5


@dataclass(frozen=True)
class ExpectancyRow:
    """People of like scores, and how many of them succeeded.

    ``share`` and its 95 % ``interval`` (Wilson) are ``None`` where tied scores leave the row empty.
    """

    n: int
    successes: int
    share: float | None
    interval: tuple[float, float] | None


def expectancy_table(scores: Array, success: Array, parts: int = FIFTHS) -> tuple[ExpectancyRow, ...]:
    """Observed share of success in each fifth of the scores, the lowest first.

    A score's fifth is that of its mid-rank, so equal scores are never parted.

    Parameters
    ----------
    scores
        Shape (n,).
    success
        Shape (n,): 1 or True for who succeeded, 0 otherwise; people with either missing (NaN) are left out.
    parts
        Five for fifths.

    Raises
    ------
    InvalidInputError
        ``success`` holds something else than 0 and 1.
    NotEstimableError
        There are fewer people than parts, or all scores are the same.

    References
    ----------
    Lawshe, Bolda, Brune & Auclair (1958), Personnel Psychology 11, 545; Wilson (1927), Journal of the American
    Statistical Association 22, 209.

    Examples
    --------
    >>> table = expectancy_table(np.arange(10.0), np.array([0, 0, 0, 1, 0, 1, 1, 1, 1, 1]))
    >>> [row.share for row in table]
    [0.0, 0.5, 0.5, 1.0, 1.0]
    """
    outcome = np.asarray(success, dtype=np.float64)
    both = ~np.isnan(scores + outcome)
    x, y = scores[both], outcome[both]
    if not np.isin(y, (0, 1)).all():
        message = "success is 1 or 0"
        raise InvalidInputError(message)
    if x.size < parts or np.ptp(x) == 0:
        message = f"an expectancy table of {parts} parts needs as many people and scores that vary"
        raise NotEstimableError(message)
    _, tie, tied = np.unique(x, return_inverse=True, return_counts=True)
    twice_mid_rank = 2 * np.cumsum(tied) - tied
    part = parts * twice_mid_rank[tie] // (2 * x.size)
    n, successes = np.bincount(part, minlength=parts), np.bincount(part, y, parts)
    return tuple(_expectancy_row(int(size), int(count)) for size, count in zip(n, successes, strict=True))


def expected_expectancy(r: float, base_rate: float = 0.5, parts: int = FIFTHS) -> tuple[float, ...]:
    """Share of success that a bivariate normal distribution gives each fifth of the scores, the lowest first.

    ``[P(X <= b, Y > y_c) - P(X <= a, Y > y_c)] parts``, a and b the fifth's ends, ``y_c = Phi^-1(1 - base rate)``

    Parameters
    ----------
    r
        Correlation of score and criterion.
    base_rate
        Share of all applicants who would succeed; .5 is "above the median".
    parts
        Five for fifths.

    Raises
    ------
    InvalidInputError
        r lies outside -1 to 1, or the base rate is not between 0 and 1.

    References
    ----------
    Lawshe, Bolda, Brune & Auclair (1958), Personnel Psychology 11, 545.

    Examples
    --------
    >>> [round(share, 4) for share in expected_expectancy(0.26)]
    [0.3543, 0.4431, 0.5, 0.5569, 0.6457]
    """
    require_correlation(r)
    require_share(base_rate)
    ends = ndtri(np.arange(1, parts) / parts)
    above = [base_rate, *(_both_above(float(end), float(-ndtri(base_rate)), r) for end in ends), 0.0]
    return tuple(parts * (left - right) for left, right in pairwise(above))


def taylor_russell(base_rate: float, selection_ratio: float, r: float) -> float:
    """Share of success among those selected: ``P(X > x_c, Y > y_c) / selection ratio``, bivariate normal.

    Parameters
    ----------
    base_rate
        Share of all applicants who would succeed.
    selection_ratio
        Share of applicants who are selected.
    r
        Correlation of score and criterion.

    Raises
    ------
    InvalidInputError
        r lies outside -1 to 1, or a share is not between 0 and 1.

    References
    ----------
    Taylor & Russell (1939), Journal of Applied Psychology 23, 565.

    Examples
    --------
    >>> round(taylor_russell(0.5, 0.3, 0.26), 4)
    0.6212
    """
    require_correlation(r)
    require_share(base_rate)
    require_share(selection_ratio)
    return _both_above(float(-ndtri(selection_ratio)), float(-ndtri(base_rate)), r) / selection_ratio


def _expectancy_row(n: int, successes: int) -> ExpectancyRow:
    if n == 0:
        return ExpectancyRow(0, 0, None, None)
    z2, share = float(ndtri((1 + CONFIDENCE) / 2)) ** 2, successes / n
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = sqrt(z2 * (share * (1 - share) / n + z2 / (4 * n * n))) / (1 + z2 / n)
    return ExpectancyRow(n, successes, share, (max(0.0, centre - half), min(1.0, centre + half)))


def _both_above(x: float, y: float, r: float) -> float:
    """P(X > x, Y > y) of two standard normal variables, by Owen's (1956) T function."""
    h, k = -x, -y
    if abs(r) == 1:
        return float(min(ndtr(h), ndtr(k)) if r > 0 else max(0.0, ndtr(h) + ndtr(k) - 1))
    if h == 0 and k == 0:
        return 0.25 + asin(r) / (2 * pi)
    apart = 0.5 if h * k < 0 or (h * k == 0 and h + k < 0) else 0.0
    tails = sum(_owen(one, other, r) for one, other in ((h, k), (k, h)))
    return float(np.clip((ndtr(h) + ndtr(k)) / 2 - tails - apart, 0, 1))


def _owen(one: float, other: float, r: float) -> float:
    if one == 0:
        return 0.25 if other > 0 else -0.25
    return float(owens_t(one, (other / one - r) / sqrt(1 - r * r)))
