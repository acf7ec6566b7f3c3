"""The mean of what several people rated, each counted once, and how sure it is from how they differ."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit

from eiassess.errors import InvalidInputError, NotEstimableError

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class MeanOverRaters:
    """A mean over raters; no interval from one rater, nor from raters whose means are all the same.

    Parameters
    ----------
    value
        The mean of the raters' own means.
    lower, upper
        Its interval, which takes the raters as a sample of those that might have rated.
    rater_means
        Shape (raters,).
    """

    value: float
    lower: float | None
    upper: float | None
    rater_means: Array


def mean_over_raters(ratings: Array, confidence: float = 0.95) -> MeanOverRaters:
    """Mean of raters' means with Student's interval over raters.

    ``m = mean(m_i)``, ``m +- t(k - 1) s / sqrt(k)``, where m_i is the mean of what rater i gave and s their standard
    deviation with divisor k - 1. It says how much another sample of raters would differ, and nothing of what other
    questions or another day would have changed.

    Parameters
    ----------
    ratings
        Shape (raters, targets), in points of the scale; NaN where a rater gave none.
    confidence
        Coverage of the interval.

    Raises
    ------
    NotEstimableError
        There is no rater, or one gave nothing.
    InvalidInputError
        The ratings are no table.

    References
    ----------
    Student (1908), Biometrika 6, 1.

    Examples
    --------
    >>> found = mean_over_raters(np.array([[3.0, 4.0], [2.0, np.nan], [4.0, 5.0]]))
    >>> [round(number, 3) for number in (found.value, found.lower, found.upper)]
    [3.333, 0.208, 6.459]
    """
    if ratings.ndim != 2:  # noqa: PLR2004 - rows and columns
        message = f"ratings must be a table of raters by targets, not an array of {ratings.ndim} dimensions"
        raise InvalidInputError(message)
    given = ~np.isnan(ratings)
    if not ratings.shape[0] or not given.any(axis=1).all():
        message = "a mean over raters needs at least one rater, and a rating of each"
        raise NotEstimableError(message)
    means = np.where(given, ratings, 0.0).sum(axis=1) / given.sum(axis=1)
    value, k = float(means.mean()), means.size
    if k == 1 or np.ptp(means) == 0:
        return MeanOverRaters(value, None, None, means)
    half = float(stdtrit(k - 1, (1 + confidence) / 2) * means.std(ddof=1) / np.sqrt(k))
    return MeanOverRaters(value, value - half, value + half, means)
