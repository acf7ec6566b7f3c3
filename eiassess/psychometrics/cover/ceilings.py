"""The most that answering without reading can earn where two situations share their options."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eiassess.errors import NotEstimableError

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class BlindCeiling:
    """What no strategy can pass that gives the same text the same rating.

    Parameters
    ----------
    correlation
        Of ratings and key values, over both situations of every pair.
    points
        The same on the house scale, from 0 to 100.
    swapped
        What somebody earns, in points, who has learned the key of one situation and answers the other by it.
    """

    correlation: float
    points: float
    swapped: float


def blind_ceiling(pairs: Sequence[tuple[Array, Array]]) -> BlindCeiling:
    """Compute the ceiling of answering without the situation, over some flip pairs together.

    Whoever gives a text one rating under both situations does best with the mean of its two key values; the
    correlation of these means with the values is the ceiling. It is arithmetic and needs no sample.

    Parameters
    ----------
    pairs
        The key values of the two situations of each pair, the same options in the same order: shapes (n_i,).

    Raises
    ------
    NotEstimableError
        There is no pair, or no value differs from another.

    Examples
    --------
    >>> one, other = np.array([2.5, 5.5, 4.5, 2.0]), np.array([5.5, 2.0, 2.5, 4.5])
    >>> ceiling = blind_ceiling([(one, other)])
    >>> round(ceiling.correlation, 2), round(ceiling.points, 1), round(ceiling.swapped, 1)
    (0.2, 59.8, 3.8)
    """
    if not pairs:
        message = "a ceiling needs at least one pair"
        raise NotEstimableError(message)
    keys = np.concatenate([np.concatenate(pair) for pair in pairs])
    blind = np.concatenate([np.tile((one + other) / 2, 2) for one, other in pairs])
    learned = np.concatenate([np.concatenate((other, one)) for one, other in pairs])
    spread = keys - keys.mean()
    if not spread.any():
        message = "a ceiling needs key values that differ"
        raise NotEstimableError(message)
    # the means of the two values are their projection on what one text can get: r is the root of the share kept
    kept = float(np.sum((blind - keys.mean()) ** 2) / np.sum(spread**2))
    swapped = float(np.sum(spread * (learned - keys.mean())) / np.sum(spread**2))
    return BlindCeiling(kept**0.5, 50 + 50 * kept**0.5, 50 + 50 * swapped)
