"""Whether people read the situation: how ratings of the same texts move between the two situations of flip pairs."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eiassess.errors import NotEstimableError
from eiassess.psychometrics.house import t_quantile

Array = npt.NDArray[np.float64]

PAIRS_NEEDED = 2
ROUNDING = 1e-18
"""A sum of squares below this is nothing but rounding."""


@dataclass(frozen=True)
class Sensitivity:
    """How far ratings follow the situation: about 0 for who ignores it, 1 for who rates as the key does.

    Parameters
    ----------
    value
        Standard deviations of the person's own ratings for each of the key's.
    standard_error, low, high
        From how unevenly the pairs speak, with the 95 % interval by Student's t.
    n_pairs
        Pairs that it rests on.
    """

    value: float
    standard_error: float
    low: float
    high: float
    n_pairs: int


def turning_weights(key_difference: Array) -> Array:
    """Give the weights that make a slope of differences: ``w_o = (dk_o - mean dk) / sum (dk_o - mean dk)^2``.

    They sum to 0, so that a shift of all ratings of a pair alike (getting tired, or stricter) counts for nothing.

    Parameters
    ----------
    key_difference
        Shape (options,): the key's values under the first situation less those under the second, standardised as the
        ratings are.

    Raises
    ------
    NotEstimableError
        The key moves all options alike: the pair turns nothing.

    Examples
    --------
    >>> turning_weights(np.array([1.0, -1.0])).tolist()
    [0.5, -0.5]
    """
    moved = key_difference - key_difference.mean()
    turned = float(moved @ moved)
    if not turned > ROUNDING:
        message = "the key moves all options of a pair alike, so nothing can follow it"
        raise NotEstimableError(message)
    return np.asarray(moved / turned, dtype=np.float64)


def turning_scores(z: Array, key_difference: Array) -> Array:
    """Score each person's ratings of one situation by how they lean: the first's mean less the second's is the slope.

    ``c_p = sum_o w_o z_po``; the least-squares slope, with an intercept, of a person's differences of ratings on the
    key's differences is ``c_p(first) - c_p(second)``.

    Parameters
    ----------
    z
        Shape (people, options): ratings that were standardised within the person, NaN where there is none.
    key_difference
        Shape (options,).

    Returns
    -------
    Array
        Shape (people,): NaN for who left out a rating.

    Raises
    ------
    NotEstimableError
        The key moves all options alike.

    Examples
    --------
    >>> key = np.array([1.0, -1.0]), np.array([-1.0, 1.0])
    >>> first, second = (turning_scores(each[None, :], key[0] - key[1]) for each in key)
    >>> (first - second).tolist()
    [1.0]
    """
    return np.asarray(z @ turning_weights(key_difference), dtype=np.float64)


def pooled_slopes(slopes: Array, key_differences: Sequence[Array]) -> Array:
    """Pool each person's slopes over the pairs: ``B = sum_i S_i b_i / sum S``, ``S_i = sum_o (dk_io - mean_i dk)^2``.

    It is the slope over the options of all pairs with an intercept for each pair.

    Parameters
    ----------
    slopes
        Shape (people, pairs): ``turning_scores`` under the first situation less those under the second; NaN where a
        pair is not known of a person.
    key_differences
        Of each pair, shape (options,).

    Returns
    -------
    Array
        Shape (people,): NaN where no pair is known.

    Examples
    --------
    >>> pooled_slopes(np.array([[0.8, 1.2], [0.5, np.nan]]), [np.array([2.0, -2.0])] * 2).tolist()
    [1.0, 0.5]
    """
    turned = np.array([float(((each - each.mean()) ** 2).sum()) for each in key_differences])
    known = ~np.isnan(slopes)
    weight = known @ turned
    return np.where(weight > 0, np.where(known, slopes, 0.0) @ turned / np.where(weight > 0, weight, 1.0), np.nan)


def person_sensitivity(value: float, without: Array) -> Sensitivity:
    """Give a person's pooled slope its error, by leaving out each pair in turn (jackknife).

    ``SE^2 = (m - 1) / m sum_i (B_(i) - mean B_(.))^2``, and the interval is ``B +- t(m - 1) SE``. Pairs are
    the units of error: options of a pair depend on each other. Where ratings and key are standardised anew without
    each pair, the error knows that noise widens what ratings are divided by.

    Parameters
    ----------
    value
        The pooled slope.
    without
        Shape (pairs,): the pooled slope without each pair; NaN where the pair is not known of the person.

    Raises
    ------
    NotEstimableError
        Fewer than two pairs are known.

    References
    ----------
    Efron & Tibshirani (1993), An Introduction to the Bootstrap, chapter 11.

    Examples
    --------
    >>> found = person_sensitivity(1.0, np.array([1.1, 0.9, 1.0]))  # the slopes are 0.8, 1.2 and 1.0
    >>> round(found.standard_error, 3), round(found.low, 2), round(found.high, 2)
    (0.115, 0.5, 1.5)
    """
    known = without[~np.isnan(without)]
    if known.size < PAIRS_NEEDED:
        message = f"fewer than {PAIRS_NEEDED} pairs have all ratings, and they vary"
        raise NotEstimableError(message)
    error = float(np.sqrt((known.size - 1) / known.size * ((known - known.mean()) ** 2).sum()))
    half = t_quantile(known.size - 1) * error
    return Sensitivity(value, error, value - half, value + half, known.size)
