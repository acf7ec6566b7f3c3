"""Whether two scores differ by more than their error."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, stdtr

from eiassess.errors import NotEstimableError

Array = npt.NDArray[np.float64]

TWO_SIDED_95 = 1.96
"""Standard errors of a difference that random error exceeds in 5 %, with a sample's SEM."""


def standard_error_of_difference(first: float, second: float) -> float:
    """Give the standard error of a difference of independent scores: ``sqrt(SEM1^2 + SEM2^2)``.

    Examples
    --------
    >>> standard_error_of_difference(3.0, 4.0)
    5.0
    """
    return float(np.hypot(first, second))


def welch_degrees_of_freedom(first: float, first_df: float, second: float, second_df: float) -> float:
    """Degrees of freedom of a difference, after Welch and Satterthwaite.

    ``(SEM1^2 + SEM2^2)^2 / (SEM1^4 / df1 + SEM2^4 / df2)``

    Parameters
    ----------
    first, second
        Standard errors of measurement.
    first_df, second_df
        Their degrees of freedom; infinite for the SEM of a sample.

    Raises
    ------
    NotEstimableError
        Both standard errors are zero.

    Examples
    --------
    >>> welch_degrees_of_freedom(2.0, 8, 2.0, 8)
    16.0
    """
    if first == 0 and second == 0:
        message = "two scores without error have no degrees of freedom"
        raise NotEstimableError(message)
    return float(_welch(np.asarray(first), first_df, np.asarray(second), second_df))


def difference_p_value(difference: float, standard_error: float, df: float) -> float:
    """Two-sided p of a difference, by Student's t; 0 or 1 where there is no error at all.

    Examples
    --------
    >>> round(difference_p_value(2.306, 1.0, 8), 3)
    0.05
    """
    return float(difference_p_values(np.asarray(difference), np.asarray(standard_error), df))


def difference_p_values(differences: Array, standard_errors: Array, df: float) -> Array:
    """Two-sided p of many differences whose errors have the same degrees of freedom, as in `difference_p_value`.

    Parameters
    ----------
    differences, standard_errors
        Of any same shape.

    Examples
    --------
    >>> difference_p_values(np.array([2.306, 0.0]), np.array([1.0, 1.0]), 8).round(3).tolist()
    [0.05, 1.0]
    """
    return _p_values(differences, standard_errors, np.asarray(df, dtype=np.float64))


def pairwise_p_values(scores: Array, standard_errors: Array, degrees_of_freedom: Array) -> Array:
    """Two-sided p of the difference of every two scores, by Student's t after Welch and Satterthwaite, unadjusted.

    Parameters
    ----------
    scores, standard_errors, degrees_of_freedom
        Shape (n,), without missing entries; degrees of freedom may be infinite (a sample's SEM).

    Returns
    -------
    Array
        Shape (n (n - 1) / 2,), pairs in the order of ``np.triu_indices(n, k=1)``.

    Raises
    ------
    NotEstimableError
        A score, its error or its degrees of freedom are missing.

    Examples
    --------
    >>> pairwise_p_values(np.array([1.0, 3.77]), np.array([1.0, 1.0]), np.array([np.inf, np.inf])).round(2).tolist()
    [0.05]
    """
    if np.isnan([scores, standard_errors, degrees_of_freedom]).any():
        message = "people without a score or without its error cannot be compared"
        raise NotEstimableError(message)
    i, j = np.triu_indices(scores.size, k=1)
    first, second = standard_errors[i], standard_errors[j]
    df = _welch(first, degrees_of_freedom[i], second, degrees_of_freedom[j])
    return _p_values(scores[i] - scores[j], np.hypot(first, second), df)


def _welch(first: Array, first_df: Array | float, second: Array, second_df: Array | float) -> Array:
    """Degrees of freedom of differences; infinite where nothing is left to be estimated."""
    spread = first**4 / first_df + second**4 / second_df
    known = spread == 0
    return np.where(known, np.inf, (first**2 + second**2) ** 2 / np.where(known, 1, spread))


def _p_values(difference: Array, error: Array, df: Array) -> Array:
    certain = error == 0
    t = -np.abs(difference) / np.where(certain, 1, error)
    p = 2 * np.where(np.isinf(df), ndtr(t), stdtr(np.where(np.isinf(df), 1, df), t))
    return np.where(certain, difference == 0, p).astype(np.float64)


@dataclass(frozen=True)
class ReliableChange:
    """A change between two sittings, against what error alone would make of it.

    ``index`` is the change in standard errors of a difference.
    """

    change: float
    standard_error: float
    index: float

    @property
    def is_reliable(self) -> bool:
        """Whether error alone would give a change this large in less than 5 % of people."""
        return abs(self.index) > TWO_SIDED_95


def reliable_change(before: float, after: float, standard_error: float) -> ReliableChange:
    """Reliable change index: ``(after - before) / (SEM sqrt 2)``.

    Parameters
    ----------
    before, after
        One person's scores in two sittings of the same form.
    standard_error
        Standard error of measurement of one sitting, in score points.

    Raises
    ------
    NotEstimableError
        The standard error is not a positive number, or a score is missing.

    References
    ----------
    Jacobson & Truax (1991), Journal of Consulting and Clinical Psychology 59, 12.

    Examples
    --------
    >>> change = reliable_change(47.5, 32.5, 4.0)
    >>> round(change.index, 3), change.is_reliable
    (-2.652, True)
    """
    error = standard_error_of_difference(standard_error, standard_error)
    if not (error > 0 and np.isfinite(after - before)):
        message = "a reliable change needs two scores and a standard error of measurement above zero"
        raise NotEstimableError(message)
    return ReliableChange(after - before, error, (after - before) / error)


def score_bands(scores: Array, standard_error: float) -> npt.NDArray[np.intp]:
    """Band scores from the top: within ``1.96 SEM sqrt 2`` of a band's best score is the same band.

    Fixed bands: when everybody in a band is placed, the next begins at the best score left over.

    Parameters
    ----------
    scores
        Shape (n,), missing entries NaN.
    standard_error
        Standard error of measurement, the same for all.

    Returns
    -------
    Array
        Shape (n,): 1 is the top band; 0 where the score is missing.

    Raises
    ------
    NotEstimableError
        The standard error is not a positive number.

    References
    ----------
    Cascio, Outtz, Zedeck & Goldstein (1991), Human Performance 4, 233.

    Examples
    --------
    >>> score_bands(np.array([90.0, 84.0, 79.0, np.nan, 60.0]), 4.0).tolist()
    [1, 1, 1, 0, 2]
    """
    if not standard_error > 0:
        message = "score bands need a standard error of measurement above zero"
        raise NotEstimableError(message)
    width = TWO_SIDED_95 * standard_error_of_difference(standard_error, standard_error)
    bands = np.zeros(scores.shape, dtype=np.intp)
    left, band = ~np.isnan(scores), 0
    while left.any():
        band += 1
        inside = left & (scores >= scores[left].max() - width)
        bands[inside] = band
        left &= ~inside
    return bands
