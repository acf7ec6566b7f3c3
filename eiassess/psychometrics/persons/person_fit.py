"""Whether a person's scenario scores fit the response model: lz*, standardised for an estimated trait."""

import numpy as np
import numpy.typing as npt
from scipy.special import expit

from eiassess.errors import InvalidInputError, NotEstimableError

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Labels = npt.NDArray[np.intp]

MISFIT_95 = -1.645
MISFIT_99 = -2.326
_STEPS = 100
_TOLERANCE = 1e-9
_CHUNK = 8192
"""People whose category probabilities are held in memory at once."""


def lz_star(scores: Array, probabilities: Array, derivatives: Array, prior_slope: npt.ArrayLike) -> Array:
    """Standardised log-likelihood of scores, corrected for the trait being estimated from them.

    With ``w = log P``, ``r = P' / P``, sums over a person's answered items and their categories:

    ``W = sum (u - P) w``, ``c = sum P' w / sum P' r``, ``w~ = w - c r``,
    ``lz* = (W + c r0) / sqrt(sum_items [sum P w~^2 - (sum P w~)^2])``

    Everything is taken at the estimate that solves ``r0 + sum u r = 0``: r0 is 0 for maximum likelihood and the slope
    of the log prior, -theta under N(0, 1), for the MAP estimate. At another one, such as the EAP, it does not hold.

    Parameters
    ----------
    scores
        Shape (people, items): categories from 0, missing entries NaN.
    probabilities, derivatives
        Shape (people, items, categories): P and dP/dtheta at each person's estimate, 0 beyond an item's last category.
    prior_slope
        Shape (people,): r0.

    Returns
    -------
    Array
        Shape (people,): about N(0, 1) when the model holds, below `MISFIT_95` in 5 %; NaN for who has answered nothing,
        or one dichotomous item alone, which any estimate fits.

    Raises
    ------
    InvalidInputError
        A score is not one of the categories.

    References
    ----------
    Snijders (2001), Psychometrika 66, 331; Sinharay (2016), Psychometrika 81, 992 (polytomous items).

    Examples
    --------
    >>> p, scores = np.array([[[0.5, 0.5], [0.2, 0.8]]]), np.array([[1.0, 1.0]])
    >>> slope = p[..., :1] * p[..., 1:] * np.array([-1.0, 1.0])
    >>> lz_star(scores, p, slope, np.array([-0.7])).round(4).tolist()
    [-0.2343]
    """
    answered = ~np.isnan(scores)
    category = _categories(scores, np.full(scores.shape[1], probabilities.shape[2]))
    p, slope = (np.where(answered[:, :, None], values, 0.0) for values in (probabilities, derivatives))
    possible = p > 0
    w = np.log(np.where(possible, p, 1.0))
    r = np.where(possible, slope / np.where(possible, p, 1.0), 0.0)
    information = (slope * r).sum(axis=(1, 2))
    c = (slope * w).sum(axis=(1, 2)) / np.where(information > 0, information, 1.0)
    own = np.take_along_axis(w, category[:, :, None], axis=2)[:, :, 0]
    centred = np.where(answered, own - (p * w).sum(axis=2), 0.0).sum(axis=1)
    adjusted = w - c[:, None, None] * r
    variance = ((p * adjusted**2).sum(axis=2) - (p * adjusted).sum(axis=2) ** 2).sum(axis=1)
    usable = variance > _TOLERANCE
    deviation = np.sqrt(np.where(usable, variance, 1.0))
    return np.where(usable, (centred + c * np.asarray(prior_slope)) / deviation, np.nan)


def graded_lz_star(scores: Array, slopes: Array, intercepts: Array) -> Array:
    """lz* under the graded response model, at the MAP estimate with a standard normal prior.

    ``P(score >= k) = 1 / (1 + exp(-(a theta + d_k)))``

    Parameters
    ----------
    scores
        Shape (people, items): categories from 0, missing entries NaN.
    slopes
        Shape (items,): a.
    intercepts
        Shape (items, categories - 1): d, falling along a row; NaN beyond an item's last category.

    Returns
    -------
    Array
        Shape (people,), as from `lz_star`.

    Raises
    ------
    InvalidInputError
        A score is not one of the item's categories, or the intercepts of an item do not fall.
    NotEstimableError
        There is no item.

    References
    ----------
    Samejima (1969), Psychometrika Monograph 17; Sinharay (2016), Psychometrika 81, 992.

    Examples
    --------
    >>> a, d = np.full(6, 1.5), np.tile([2.0, 0.0, -2.0], (6, 1))
    >>> scores = np.array([[2.0, 1.0, 2.0, 1.0, 2.0, 1.0], [0.0, 3.0, 0.0, 3.0, 0.0, 3.0]])
    >>> graded_lz_star(scores, a, d).round(2).tolist()
    [1.37, -4.38]
    """
    if slopes.size == 0:
        message = "person fit needs at least one item"
        raise NotEstimableError(message)
    d = np.where(np.isnan(intercepts), -np.inf, intercepts)
    if (d[:, 1:] > d[:, :-1]).any():
        message = "the intercepts of an item must fall from category to category"
        raise InvalidInputError(message)
    category = _categories(scores, 1 + np.isfinite(d).sum(axis=1))
    lz = np.empty(scores.shape[0])
    for start in range(0, scores.shape[0], _CHUNK):
        rows = slice(start, start + _CHUNK)
        theta = _map_estimate(category[rows], ~np.isnan(scores[rows]), slopes, d)
        lz[rows] = lz_star(scores[rows], *_graded_categories(theta, slopes, d), -theta)
    return lz


def _categories(scores: Array, n_categories: Labels) -> Labels:
    """Scores as categories, 0 where missing."""
    given = np.where(np.isnan(scores), 0, scores)
    if ((given != np.floor(given)) | (given < 0) | (given >= n_categories)).any():
        message = "a score is not one of the item's categories 0, 1, 2, ..."
        raise InvalidInputError(message)
    return np.asarray(given, dtype=np.intp)


def _graded_categories(theta: Array, slopes: Array, intercepts: Array) -> tuple[Array, Array]:
    """Category probabilities and their derivatives, each (people, items, categories)."""
    at_least = expit(theta[:, None, None] * slopes[:, None] + intercepts)
    edge = ((0, 0), (0, 0), (1, 1))
    cumulative = np.pad(at_least, edge)
    cumulative[:, :, 0] = 1.0
    slope = np.pad(slopes[:, None] * at_least * (1 - at_least), edge)
    return -np.diff(cumulative, axis=2), -np.diff(slope, axis=2)


def _map_estimate(category: Labels, answered: Flags, slopes: Array, intercepts: Array) -> Array:
    """Find the mode of each posterior by Newton's method, kept within a bracket: its slope only falls.

    ``d log P_k / d theta = a (1 - P(>= k) - P(>= k + 1))``, so no mode lies further out than the sum of all slopes.
    """
    edges = np.pad(intercepts, ((0, 0), (1, 1)), constant_values=-np.inf)
    edges[:, 0] = np.inf
    item = np.arange(slopes.size)
    lower, upper, a = edges[item, category], edges[item, category + 1], slopes * answered
    theta = np.zeros(category.shape[0])
    low, high = -np.abs(a).sum(axis=1) - 1, np.abs(a).sum(axis=1) + 1
    for _ in range(_STEPS):
        above, beyond = (expit(theta[:, None] * slopes + edge) for edge in (lower, upper))
        slope = (a * (1 - above - beyond)).sum(axis=1) - theta
        curvature = (a * slopes * (above * (1 - above) + beyond * (1 - beyond))).sum(axis=1) + 1
        low, high = np.where(slope > 0, theta, low), np.where(slope < 0, theta, high)
        newton = theta + slope / curvature
        inside = ((newton > low) & (newton < high)) | (newton == theta)
        following = np.where(inside, newton, (low + high) / 2)
        moved, theta = np.abs(following - theta).max(initial=0.0), following
        if moved < _TOLERANCE:
            break
    return theta
