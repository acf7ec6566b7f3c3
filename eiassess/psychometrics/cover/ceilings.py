"""The most that answering without reading can earn where two situations share their options."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from eiassess.errors import NotEstimableError

Values = Sequence[float]


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


def blind_ceiling(pairs: Sequence[tuple[Values, Values]]) -> BlindCeiling:
    """Compute the ceiling of answering without the situation, over some flip pairs together.

    Whoever gives a text one rating under both situations does best with the mean of its two key values; the
    correlation of these means with the values is the ceiling. It is arithmetic and needs no sample.

    Parameters
    ----------
    pairs
        The key values of the two situations of each pair, the same options in the same order.

    Raises
    ------
    NotEstimableError
        There is no pair, or no value differs from another.

    Examples
    --------
    >>> ceiling = blind_ceiling([([2.5, 5.5, 4.5, 2.0], [5.5, 2.0, 2.5, 4.5])])
    >>> round(ceiling.correlation, 2), round(ceiling.points, 1), round(ceiling.swapped, 1)
    (0.2, 59.8, 3.8)
    """
    if not pairs:
        message = "a ceiling needs at least one pair"
        raise NotEstimableError(message)
    keys = [value for pair in pairs for values in pair for value in values]
    if len(set(keys)) <= 1:
        message = "a ceiling needs key values that differ"
        raise NotEstimableError(message)
    mean = fmean(keys)
    spread = sum((value - mean) ** 2 for value in keys)
    turned = [(here - mean, there - mean) for pair in pairs for here, there in zip(*pair, strict=True)]
    # the means of the two values are their projection on what one text can get: r is the root of the share kept
    kept = 2 * sum(((here + there) / 2) ** 2 for here, there in turned) / spread
    swapped = 2 * sum(here * there for here, there in turned) / spread
    return BlindCeiling(kept**0.5, 50 + 50 * kept**0.5, 50 + 50 * swapped)


def ceiling_over_kinds(kinds: Sequence[Sequence[tuple[Values, Values]]]) -> BlindCeiling:
    """Compute the ceiling over pairs of several kinds, each standardised apart as the house scale does it.

    The mean of the kinds' ceilings, weighted by their ratings: overall points are ``50 (1 + sum n_f r_f / sum n_f)``.

    Parameters
    ----------
    kinds
        The pairs of each kind, as in `blind_ceiling`.

    Raises
    ------
    NotEstimableError
        There is no kind, or one of them has no ceiling.

    Examples
    --------
    >>> turned, kept = ([1.0, 6.0], [6.0, 1.0]), ([1.0, 6.0], [1.0, 6.0])
    >>> ceiling_over_kinds([[turned], [kept]]).points
    75.0
    """
    if not kinds:
        message = "a ceiling needs at least one pair"
        raise NotEstimableError(message)
    found = [(blind_ceiling(pairs), sum(len(one) for one, _ in pairs)) for pairs in kinds]
    n = sum(size for _, size in found)
    correlation = sum(size * each.correlation for each, size in found) / n
    swapped = sum(size * each.swapped for each, size in found) / n
    return BlindCeiling(correlation, 50 + 50 * correlation, swapped)
