"""How unusual a person's combination of answers is in a sample."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import chdtri

from eiassess.errors import NotEstimableError

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Labels = npt.NDArray[np.intp]

MAHALANOBIS_TAIL = 0.001
"""Share of careful people beyond the cut, if answers were normal. A cut at the sample's own percentile flags a fixed
number of people whatever they did (docs/psychometrics/quality-flags.md)."""
_CHUNK = 2048
"""People whose covariance matrices are held in memory at once."""


@dataclass(frozen=True)
class MahalanobisDistances:
    """How unusual each person's combination of answers is in the sample.

    Parameters
    ----------
    squared_distance
        Shape (people,); NaN for who answered nothing.
    cut
        The chi-square quantile that .1 % lie beyond, with as many degrees of freedom as items.
    """

    squared_distance: Array
    cut: float

    @property
    def is_flagged(self) -> Flags:
        """Shape (people,): whether the distance lies above the cut."""
        return np.asarray(self.squared_distance > self.cut, dtype=np.bool_)


def mahalanobis_distance(responses: Array) -> MahalanobisDistances:
    """Squared Mahalanobis distance of each person from the sample: ``(x - m)' S^-1 (x - m)``.

    Means and covariances come from the complete rows. Who left entries out is measured on the answered items alone,
    and that distance is carried over to the full number of items at the same normal deviate of its cube root
    (Wilson & Hilferty 1931), so that long and short rows can be compared.

    Parameters
    ----------
    responses
        Shape (people, items), missing entries NaN.

    Raises
    ------
    NotEstimableError
        There are not more complete rows than items, or the items' covariance matrix is singular.

    References
    ----------
    Mahalanobis (1936), Proceedings of the National Institute of Sciences of India 2, 49; Meade & Craig (2012),
    Psychological Methods 17, 437.

    Examples
    --------
    >>> sample = np.array([[1.0, 1.0], [2.0, 1.0], [1.0, 2.0], [2.0, 2.0], [1.5, 1.5]])
    >>> mahalanobis_distance(sample).squared_distance.round(6).tolist()
    [2.0, 2.0, 2.0, 2.0, 0.0]
    """
    answered = ~np.isnan(responses)
    mean, covariance = _complete_moments(responses[answered.all(axis=1)])
    deviations = np.where(answered, responses - mean, 0.0)
    whole = answered.all(axis=1)
    squared = np.empty(responses.shape[0])
    squared[whole] = _quadratic_form(deviations[whole], covariance)
    parts = np.flatnonzero(~whole)
    for start in range(0, parts.size, _CHUNK):
        rows = parts[start : start + _CHUNK]
        squared[rows] = _partial_distance(deviations[rows], answered[rows], covariance)
    return MahalanobisDistances(squared, float(chdtri(responses.shape[1], MAHALANOBIS_TAIL)))


def _complete_moments(complete: Array) -> tuple[Array, Array]:
    n, n_items = complete.shape
    if n <= n_items or n_items == 0:
        message = f"{n} complete rows of {n_items} items are too few for Mahalanobis distances"
        raise NotEstimableError(message)
    covariance = np.atleast_2d(np.cov(complete, rowvar=False))
    if np.linalg.matrix_rank(covariance, hermitian=True) < n_items:
        message = "an item that never varies, or repeats others, leaves Mahalanobis distances undefined"
        raise NotEstimableError(message)
    return complete.mean(axis=0), covariance


def _quadratic_form(deviations: Array, covariance: Array) -> Array:
    half = np.linalg.solve(np.linalg.cholesky(covariance), deviations.T)
    return np.asarray((half**2).sum(axis=0), dtype=np.float64)


def _partial_distance(deviations: Array, answered: Flags, covariance: Array) -> Array:
    """Distance on the answered items: the others get variance one, covariance and deviation zero."""
    n_items = covariance.shape[0]
    own = np.where(answered[:, :, None] & answered[:, None, :], covariance, 0.0)
    own[:, range(n_items), range(n_items)] += ~answered
    solved = np.linalg.solve(own, deviations[:, :, None])[:, :, 0]
    df = answered.sum(axis=1)
    return _carried_over((deviations * solved).sum(axis=1), df, n_items)


def _carried_over(squared: Array, df: Labels, n_items: int) -> Array:
    own, full = 2 / (9 * np.maximum(df, 1)), 2 / (9 * n_items)
    deviate = (np.cbrt(squared / np.maximum(df, 1)) - 1 + own) / np.sqrt(own)
    carried = n_items * np.maximum(1 - full + deviate * np.sqrt(full), 0) ** 3
    return np.where(df > 0, carried, np.nan)
