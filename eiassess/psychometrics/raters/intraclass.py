"""Intraclass correlations: how much of the variance of ratings lies between what was rated."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import fdtri

from eiassess.errors import InvalidInputError, NotEstimableError

Array = npt.NDArray[np.float64]

ROUNDING = 1e-12
"""A sum of squares below this share of the whole is nothing but rounding."""

NO_DIVISOR = 1e-9
"""A divisor below this share of what it divides is 0."""


@dataclass(frozen=True)
class IntraclassCorrelation:
    """One intraclass correlation with its interval; None where the data give no value or no end."""

    value: float | None
    lower: float | None
    upper: float | None


@dataclass(frozen=True)
class IntraclassCorrelations:
    """The six of Shrout and Fleiss, of one rater (``_1``) and of the mean of all k raters (``_k``).

    Parameters
    ----------
    icc_1_1, icc_1_k
        Each target has raters of its own.
    icc_2_1, icc_2_k
        The same raters, a sample of those that might have rated: absolute agreement.
    icc_3_1, icc_3_k
        The same raters, and only these: consistency.
    n_targets, n_raters
        What was used.
    """

    icc_1_1: IntraclassCorrelation
    icc_1_k: IntraclassCorrelation
    icc_2_1: IntraclassCorrelation
    icc_2_k: IntraclassCorrelation
    icc_3_1: IntraclassCorrelation
    icc_3_k: IntraclassCorrelation
    n_targets: int
    n_raters: int


@dataclass(frozen=True)
class _MeanSquares:
    """BMS, WMS, JMS and EMS of Shrout and Fleiss."""

    between: float
    within: float
    raters: float
    error: float
    n: int
    k: int


def intraclass_correlation(ratings: Array, confidence: float = 0.95) -> IntraclassCorrelations:
    """Intraclass correlations of ratings, with F intervals.

    ``ICC(1,1) = (BMS - WMS) / (BMS + (k - 1) WMS)``,
    ``ICC(2,1) = (BMS - EMS) / (BMS + (k - 1) EMS + k (JMS - EMS) / n)``,
    ``ICC(3,1) = (BMS - EMS) / (BMS + (k - 1) EMS)``; of the mean of k raters ``(BMS - WMS) / BMS``,
    ``(BMS - EMS) / (BMS + (JMS - EMS) / n)``, ``(BMS - EMS) / BMS``. The interval of ICC(2,1) is approximate
    (Satterthwaite), that of ICC(2,k) follows from it by Spearman and Brown.

    Parameters
    ----------
    ratings
        Shape (raters, targets): a row for each rater, as experts by options. Note that Shrout and Fleiss print targets
        by judges. NaN where missing: targets that a rater left out are not used.
    confidence
        Coverage of the intervals.

    Raises
    ------
    NotEstimableError
        Fewer than two raters, fewer than two targets that all of them rated, or all ratings are the same.
    InvalidInputError
        The ratings are no table, or one is infinite.

    References
    ----------
    Shrout & Fleiss (1979), Psychological Bulletin 86, 420.

    Examples
    --------
    >>> judges = np.array([[9.0, 6, 8, 7, 10, 6], [2, 1, 4, 1, 5, 2], [5, 3, 6, 2, 6, 4], [8, 2, 8, 6, 9, 7]])
    >>> icc = intraclass_correlation(judges)
    >>> [round(number, 2) for number in (icc.icc_2_1.value, icc.icc_2_1.lower, icc.icc_2_1.upper, icc.icc_3_k.value)]
    [0.29, 0.02, 0.76, 0.91]
    """
    squares = _mean_squares(ratings)
    tails = np.array([(1 + confidence) / 2, (1 - confidence) / 2])
    alone_1, mean_1 = _by_f(squares, squares.within, squares.n * (squares.k - 1), tails)
    alone_3, mean_3 = _by_f(squares, squares.error, (squares.n - 1) * (squares.k - 1), tails)
    alone_2, mean_2 = _two_way_random(squares, tails)
    return IntraclassCorrelations(alone_1, mean_1, alone_2, mean_2, alone_3, mean_3, squares.n, squares.k)


def _mean_squares(ratings: Array) -> _MeanSquares:
    if ratings.ndim != 2:  # noqa: PLR2004 - rows and columns
        message = f"ratings must be a table of raters by targets, not an array of {ratings.ndim} dimensions"
        raise InvalidInputError(message)
    if np.isinf(ratings).any():
        message = "ratings must be finite numbers; an infinite one was given"
        raise InvalidInputError(message)
    table = ratings[:, ~np.isnan(ratings).any(axis=0)]
    k, n = table.shape
    if k < 2 or n < 2:  # noqa: PLR2004 - a correlation needs two of each
        message = f"an intraclass correlation needs two raters and two targets rated by all; there are {k} and {n}"
        raise NotEstimableError(message)
    table = table - table[0, 0]
    table = table - table.mean()
    by_target, by_rater = table.mean(axis=0), table.mean(axis=1)
    whole = float(np.sum(table**2))
    if whole == 0:
        message = "all ratings are the same"
        raise NotEstimableError(message)
    parts = (k * np.sum(by_target**2), n * np.sum(by_rater**2), np.sum((table - by_target - by_rater[:, None]) ** 2))
    between, raters, error = (float(part) if part > ROUNDING * whole else 0.0 for part in parts)
    return _MeanSquares(
        between / (n - 1), (raters + error) / (n * (k - 1)), raters / (k - 1), error / ((n - 1) * (k - 1)), n, k
    )


def _by_f(
    squares: _MeanSquares, noise: float, noise_df: int, tails: Array
) -> tuple[IntraclassCorrelation, IntraclassCorrelation]:
    """ICC(1,.) with WMS as noise, ICC(3,.) with EMS: exact intervals, each end by its own F."""
    between, k = squares.between, squares.k
    low, high = between / fdtri(squares.n - 1, noise_df, tails)
    alone = [_ratio(ms - noise, ms + (k - 1) * noise) for ms in (between, low, high)]
    mean = [_ratio(ms - noise, ms) for ms in (between, low, high)]
    return IntraclassCorrelation(*alone), IntraclassCorrelation(*mean)


def _two_way_random(squares: _MeanSquares, tails: Array) -> tuple[IntraclassCorrelation, IntraclassCorrelation]:
    between, raters, error, n, k = squares.between, squares.raters, squares.error, squares.n, squares.k
    value = _ratio(between - error, between + (k - 1) * error + k * (raters - error) / n)
    of_mean = _ratio(between - error, between + (raters - error) / n)
    lower, upper = _random_ends(squares, value, tails)
    return (
        IntraclassCorrelation(value, lower, upper),
        IntraclassCorrelation(of_mean, _of_the_mean(lower, k), _of_the_mean(upper, k)),
    )


def _random_ends(squares: _MeanSquares, rho: float | None, tails: Array) -> tuple[float | None, float | None]:
    if rho is None:
        return None, None
    between, raters, error, n, k = squares.between, squares.raters, squares.error, squares.n, squares.k
    noise = n * (1 + (k - 1) * rho) - k * rho
    weight = (n - 1) * (k * rho * raters) ** 2 + (noise * error) ** 2
    if weight == 0:
        return rho, rho  # raters agree exactly
    df = (k - 1) * (n - 1) * (k * rho * raters + noise * error) ** 2 / weight
    if df < LEAST_DF:
        return None, None
    low, high = between / fdtri(n - 1, df, tails[0]), between * fdtri(df, n - 1, tails[0])
    rest = k * raters + (k * n - k - n) * error
    return _ratio(n * (low - error), rest + n * low), _ratio(n * (high - error), rest + n * high)


LEAST_DF = 0.1
"""Satterthwaite's degrees of freedom below this (a negative correlation, few raters) give ends that mean nothing."""


def _of_the_mean(icc: float | None, k: int) -> float | None:
    """Spearman and Brown; None at and below -1/(k-1), where the mean's correlation has no value."""
    if icc is None or 1 + (k - 1) * icc <= ROUNDING:
        return None
    return k * icc / (1 + (k - 1) * icc)


def _ratio(numerator: float, denominator: float) -> float | None:
    # a divisor that is 0 but for rounding would give a correlation of many millions
    return float(numerator / denominator) if denominator > NO_DIVISOR * abs(numerator) else None
