"""How a profile of ratings lies to the profile of a key: standardising, distance and its components."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eiassess.errors import NotEstimableError

Array = npt.NDArray[np.float64]


def standardised_profile(ratings: Array) -> Array:
    """Standardise one person's ratings within the person, with the population SD.

    ``z_o = (x_o - mean(x)) / s_x``

    Parameters
    ----------
    ratings
        Shape (n,): all ratings that share a response format.

    Returns
    -------
    Array
        Shape (n,): mean 0, population SD 1.

    Raises
    ------
    NotEstimableError
        All ratings are the same, or there are none.

    References
    ----------
    McDaniel, Psotka, Legree, Yost & Weekley (2011), Journal of Applied Psychology 96, 327.

    Examples
    --------
    >>> standardised_profile(np.array([1.0, 3.0, 5.0])).round(4).tolist()
    [-1.2247, 0.0, 1.2247]
    """
    if ratings.size == 0 or np.ptp(ratings) == 0:
        message = "ratings that are all the same cannot be standardised"
        raise NotEstimableError(message)
    deviations = ratings - ratings.mean()
    return np.asarray(deviations / np.sqrt(np.mean(deviations**2)), dtype=np.float64)


@dataclass(frozen=True)
class ProfileComponents:
    """Mean squared distance of two profiles, split into elevation, scatter and shape."""

    elevation: float
    scatter: float
    shape: float


def profile_components(ratings: Array, key: Array) -> ProfileComponents:
    """Split the mean squared distance of ratings from a key.

    ``mean d^2 = (mean_x - mean_K)^2 + (s_x - s_K)^2 + 2 s_x s_K (1 - r)``, with population SDs.

    Parameters
    ----------
    ratings, key
        Shape (n,) each, on the same rating scale.

    Raises
    ------
    NotEstimableError
        There are no ratings.

    References
    ----------
    Cronbach & Gleser (1953), Psychological Bulletin 50, 456.

    Examples
    --------
    >>> parts = profile_components(np.array([2.0, 4.0, 6.0]), np.array([1.0, 3.0, 5.0]))
    >>> [round(part, 4) + 0.0 for part in (parts.elevation, parts.scatter, parts.shape)]
    [1.0, 0.0, 0.0]
    """
    if ratings.size == 0:
        message = "a distance needs at least one rating"
        raise NotEstimableError(message)
    spread_ratings, spread_key = float(ratings.std()), float(key.std())
    covariance = float(np.mean((ratings - ratings.mean()) * (key - key.mean())))
    return ProfileComponents(
        elevation=float(ratings.mean() - key.mean()) ** 2,
        scatter=(spread_ratings - spread_key) ** 2,
        shape=max(0.0, 2 * (spread_ratings * spread_key - covariance)),
    )


def closeness(ratings: Array, key: Array, minimum: float, maximum: float) -> float:
    """Mean absolute distance from a key, turned round and rescaled by the worst that the key allows.

    ``1 - mean|x_o - K_o| / mean(max(K_o - minimum, maximum - K_o))``

    Parameters
    ----------
    ratings, key
        Shape (n,) each.
    minimum, maximum
        Ends of the rating scale.

    Returns
    -------
    float
        1 = exactly the key, 0 = as far from it as the scale allows.

    Raises
    ------
    NotEstimableError
        There are no ratings.

    References
    ----------
    Legree (1995), Intelligence 21, 247; Legree, Psotka, Tremble & Bourne (2005).

    Examples
    --------
    >>> closeness(np.array([1.0, 6.0]), np.array([1.0, 6.0]), 1, 6)
    1.0
    >>> closeness(np.array([6.0, 1.0]), np.array([1.0, 6.0]), 1, 6)
    0.0
    """
    if ratings.size == 0:
        message = "a distance needs at least one rating"
        raise NotEstimableError(message)
    worst = np.maximum(key - minimum, maximum - key)
    return float(1 - np.abs(ratings - key).mean() / worst.mean())
