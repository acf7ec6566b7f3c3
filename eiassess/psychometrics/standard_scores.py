"""Where a score lies in a norm sample: percentile ranks and the standard scores made from them."""

from enum import StrEnum

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from eiassess.errors import NotEstimableError

Array = npt.NDArray[np.float64]

PROVISIONAL_NORM_SIZE = 100
"""From here on percentiles are shown, as provisional."""
PLAIN_NORM_SIZE = 300
"""From here on percentiles are shown without that word."""

LOWEST_SHOWN, HIGHEST_SHOWN = 1, 99
HIGHEST_STEN = 10
HIGHEST_STANINE = 9


class NormStatus(StrEnum):
    """What the size of a norm sample, and what is known of it, allow to be shown."""

    NONE = "none"
    NOT_DOCUMENTED = "not documented"
    PROVISIONAL = "provisional"
    PLAIN = "plain"


def norm_status(n: int, *, is_documented: bool = True) -> NormStatus:
    """Say whether a norm sample of this size gives percentiles: not below 100, provisionally below 300.

    Parameters
    ----------
    n
        Size of the norm sample.
    is_documented
        Whether population, language and dates of the sample are known; without them its size does not matter.

    Examples
    --------
    >>> [norm_status(n).value for n in (99, 100, 299, 300)]
    ['none', 'provisional', 'provisional', 'plain']
    >>> norm_status(5000, is_documented=False).value
    'not documented'
    """
    if n < PROVISIONAL_NORM_SIZE:
        return NormStatus.NONE
    if not is_documented:
        return NormStatus.NOT_DOCUMENTED
    return NormStatus.PROVISIONAL if n < PLAIN_NORM_SIZE else NormStatus.PLAIN


def percentile_rank(scores: npt.ArrayLike, norm_scores: npt.ArrayLike) -> Array:
    """Percentile rank of scores in a norm sample: ``100 (cf_below + f / 2) / N``.

    Parameters
    ----------
    scores
        Any shape; NaN gives NaN.
    norm_scores
        Shape (N,); missing entries (NaN) are left out of N.

    Returns
    -------
    Array
        The shape of ``scores``, in percent, 0 to 100; `shown_percentile` cuts it for people to read.

    Raises
    ------
    NotEstimableError
        The norm sample holds no score.

    References
    ----------
    Crocker & Algina (1986), Introduction to Classical and Modern Test Theory, chapter 19.

    Examples
    --------
    >>> percentile_rank([2.0, 3.5], [1.0, 2.0, 2.0, 3.0]).tolist()
    [50.0, 100.0]
    """
    values, norm = np.asarray(scores, dtype=np.float64), np.asarray(norm_scores, dtype=np.float64).ravel()
    norm = np.sort(norm[~np.isnan(norm)])
    if norm.size == 0:
        message = "a norm sample without a score has no percentiles"
        raise NotEstimableError(message)
    below, up_to = np.searchsorted(norm, values, "left"), np.searchsorted(norm, values, "right")
    return np.where(np.isnan(values), np.nan, 50.0 * (below + up_to) / norm.size)


def shown_percentile(percentile: npt.ArrayLike) -> Array:
    """Round a percentile rank half up to a whole number and cut it to 1 .. 99, as pages show it.

    Examples
    --------
    >>> shown_percentile([0.0, 50.5, 100.0]).tolist()
    [1.0, 51.0, 99.0]
    """
    return np.clip(_round_half_up(percentile), LOWEST_SHOWN, HIGHEST_SHOWN)


def percentile_standard_error(percentile: npt.ArrayLike, n: int) -> Array:
    """Give the sampling error of a percentile rank: ``100 sqrt(p (1 - p) / N)``.

    Parameters
    ----------
    percentile
        In percent; cut to 50/N from either end first, so that a score beyond the whole sample is not shown as certain.
    n
        Size of the norm sample.

    Returns
    -------
    Array
        In percentile points.

    Raises
    ------
    NotEstimableError
        The norm sample is empty.

    Examples
    --------
    >>> float(percentile_standard_error(50, 100))
    5.0
    """
    p = _inside(percentile, n)
    return np.asarray(100 * np.sqrt(p * (1 - p) / n), dtype=np.float64)


def normalised_z(percentile: npt.ArrayLike, n: int) -> Array:
    """Give the normal deviate of a percentile rank, cut to 0.5/N from either end: ``Phi^-1(p)``.

    Parameters
    ----------
    percentile
        In percent.
    n
        Size of the norm sample.

    Raises
    ------
    NotEstimableError
        The norm sample is empty.

    Examples
    --------
    >>> normalised_z([50.0, 97.5, 100.0], 200).round(3).tolist()
    [0.0, 1.96, 2.807]
    """
    return np.asarray(ndtri(_inside(percentile, n)), dtype=np.float64)


def t_score(z: npt.ArrayLike) -> Array:
    """Give the T-score: ``50 + 10 z``.

    Examples
    --------
    >>> t_score([-1.0, 0.0]).tolist()
    [40.0, 50.0]
    """
    return 50 + 10 * np.asarray(z, dtype=np.float64)


def sten(z: npt.ArrayLike) -> Array:
    """Give the standard ten: ``2 z + 5.5``, rounded half up, 1 .. 10.

    Parameters
    ----------
    z
        Normal deviates, any shape; NaN gives NaN.

    References
    ----------
    Canfield (1951), Educational and Psychological Measurement 11, 295.

    Examples
    --------
    >>> sten([-3.0, -0.5, 0.0, 0.5, 3.0]).tolist()
    [1.0, 5.0, 6.0, 7.0, 10.0]
    """
    return np.clip(_round_half_up(2 * np.asarray(z, dtype=np.float64) + 5.5), 1, HIGHEST_STEN)


def stanine(z: npt.ArrayLike) -> Array:
    """Give the standard nine: ``2 z + 5``, rounded half up, 1 .. 9.

    Parameters
    ----------
    z
        Normal deviates, any shape; NaN gives NaN.

    Examples
    --------
    >>> stanine([-3.0, -0.25, 0.0, 0.25, 3.0]).tolist()
    [1.0, 5.0, 5.0, 6.0, 9.0]
    """
    return np.clip(_round_half_up(2 * np.asarray(z, dtype=np.float64) + 5), 1, HIGHEST_STANINE)


def _round_half_up(values: npt.ArrayLike) -> Array:
    """Python and numpy round halves to even, which would make stens of 5.5 and 6.5 the same."""
    return np.asarray(np.floor(np.asarray(values, dtype=np.float64) + 0.5), dtype=np.float64)


def _inside(percentile: npt.ArrayLike, n: int) -> Array:
    if n < 1:
        message = "a norm sample without a score has no percentiles"
        raise NotEstimableError(message)
    return np.clip(np.asarray(percentile, dtype=np.float64) / 100, 0.5 / n, 1 - 0.5 / n)
