"""What each item contributes: discrimination, difficulty, and which items are weak."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from eiassess.errors import InvalidInputError, NotEstimableError
from eiassess.psychometrics.moments import ItemMoments, item_moments
from eiassess.psychometrics.reliability.alpha import alpha_if_deleted, coefficient_alpha

Array = npt.NDArray[np.float64]

LEAST_DISCRIMINATION = 0.20
"""Corrected item-total correlation (check)."""

EASIEST, HARDEST = 0.95, 0.05
"""Mean as a share of the possible range (check)."""

GAIN_WITHOUT = 0.005
"""Rise of alpha that makes an item better left out (check): less is chance."""

ROUNDING = 1e-9
"""A mean that lies outside the range by no more is on its end; a correlation below 0 by no more is 0."""


def corrected_item_total(scores: Array | ItemMoments) -> tuple[float | None, ...]:
    """Correlate each item with the sum of the others.

    ``r_i = (sum_j s_ij - s_i^2) / (s_i s_rest)``

    Parameters
    ----------
    scores
        Shape (persons, items), NaN where missing (complete rows are used), or their moments.

    Returns
    -------
    tuple
        One value an item; None where the item or the sum of the others never varies.

    Raises
    ------
    NotEstimableError
        Fewer than two items, or fewer than two complete persons.

    Examples
    --------
    >>> scores = np.array([[1.0, 2.0, 5.0], [2.0, 2.0, 5.0], [3.0, 5.0, 5.0]])
    >>> [value if value is None else round(value, 4) for value in corrected_item_total(scores)]
    [0.866, 0.866, None]
    """
    moments = item_moments(scores)
    if moments.n_items < 2:  # noqa: PLR2004 - others are needed
        message = "a corrected item-total correlation needs at least two items; there is 1"
        raise NotEstimableError(message)
    with_rest = moments.covariance.sum(axis=0) - moments.variances
    spread = np.sqrt(moments.variances) * np.sqrt(moments.rest_variances)
    return tuple(
        min(1.0, max(-1.0, float(covariance) / float(product))) if product > 0 else None
        for covariance, product in zip(with_rest, spread, strict=True)
    )


def runs_against_others(scores: Array | ItemMoments) -> tuple[int, ...]:
    """Find the items that seem to be keyed the other way round than the rest.

    The item whose corrected item-total correlation is the most negative is turned round, and again until none is
    negative; of the two ways to turn the same items, the one that turns fewer. One reversed item can make those of
    others negative that run the right way, and where half run the other way all can be.

    Parameters
    ----------
    scores
        Shape (persons, items), NaN where missing (complete rows are used), or their moments.

    Returns
    -------
    tuple
        Numbers of the items, from 0; of two halves that of which the first item is no part.

    Raises
    ------
    NotEstimableError
        Fewer than two items, or fewer than two complete persons.

    Examples
    --------
    >>> runs_against_others(np.array([[5.0, 2.0, 1.0], [4.0, 2.0, 2.0], [1.0, 5.0, 4.0]]))
    (0,)
    """
    moments = item_moments(scores)
    turned: set[int] = set()
    seen: set[frozenset[int]] = set()
    # Each turn raises the variance of the sum: but for rounding none comes back.
    while frozenset(turned) not in seen:
        seen.add(frozenset(turned))
        correlations = [0.0 if r is None else r for r in corrected_item_total(moments.turned(sorted(turned)))]
        lowest = int(np.argmin(correlations))
        turned ^= {lowest} if correlations[lowest] < -ROUNDING else set()
    others = set(np.flatnonzero(moments.variances).tolist()) - turned
    ways: list[list[int]] = [sorted(turned), sorted(others)]
    fewer = min(ways, key=_fewer_or_later)
    return tuple(fewer)


def _fewer_or_later(items: list[int]) -> tuple[int, int]:
    return len(items), -items[0] if items else 0


def difficulty(scores: Array | ItemMoments, minimum: float | Array, maximum: float | Array) -> Array:
    """Mean of each item as a share of its possible range: the higher, the easier.

    ``p_i = (mean_i - minimum_i) / (maximum_i - minimum_i)``

    Parameters
    ----------
    scores
        Shape (persons, items), NaN where missing (complete rows are used), or their moments.
    minimum, maximum
        Ends of the possible range, of all items or shape (items,).

    Returns
    -------
    Array
        Shape (items,), 0 to 1.

    Raises
    ------
    InvalidInputError
        A range is empty, or an item's mean lies outside it.
    NotEstimableError
        Fewer than two complete persons.

    Examples
    --------
    >>> difficulty(np.array([[0.0, 4.0], [2.0, 4.0]]), 0, 4).tolist()
    [0.25, 1.0]
    """
    moments = item_moments(scores)
    width = np.broadcast_to(np.subtract(maximum, minimum), moments.means.shape)
    if not (width > 0).all():
        message = "the possible range of an item must end above its beginning"
        raise InvalidInputError(message)
    share = (moments.means - minimum) / width
    outside = np.flatnonzero((share < -ROUNDING) | (share > 1 + ROUNDING))
    if outside.size:
        message = f"the mean of item {outside[0] + 1} lies outside its possible range"
        raise InvalidInputError(message)
    return np.asarray(np.clip(share, 0.0, 1.0), dtype=np.float64)


class Weakness(StrEnum):
    """Why an item should be looked at; nothing is dropped by itself."""

    NO_VARIANCE = "no variance"
    NEGATIVE_DISCRIMINATION = "negative discrimination"
    LOW_DISCRIMINATION = "low discrimination"
    TOO_EASY = "too easy"
    TOO_HARD = "too hard"
    LOWERS_ALPHA = "lowers alpha"


@dataclass(frozen=True)
class ItemVerdict:
    """An item's figures and what speaks against it; a figure is None where it has no value.

    Parameters
    ----------
    mean, sd
        In the scores' own units; the SD has divisor ``n - 1``.
    difficulty
        Mean as a share of the possible range.
    corrected_item_total, alpha_if_deleted
        See the functions of these names.
    weaknesses
        Empty where nothing speaks against the item.
    """

    mean: float
    sd: float
    difficulty: float
    corrected_item_total: float | None
    alpha_if_deleted: float | None
    weaknesses: tuple[Weakness, ...]


def item_verdicts(
    scores: Array | ItemMoments, minimum: float | Array, maximum: float | Array
) -> tuple[ItemVerdict, ...]:
    """Apply the rules for weak items.

    Weak is an item that never varies; whose corrected item-total correlation is negative (keyed the wrong way round?)
    or below .20; whose mean lies in the upper or lower twentieth of its range; or without which alpha rises by more
    than .005.

    Parameters
    ----------
    scores
        Shape (persons, items), NaN where missing (complete rows are used), or their moments.
    minimum, maximum
        Ends of the possible range, of all items or shape (items,).

    Returns
    -------
    tuple
        One verdict an item.

    Raises
    ------
    NotEstimableError
        Fewer than two items, fewer than two complete persons, or the total never varies.
    InvalidInputError
        As in `difficulty`.

    Examples
    --------
    >>> scores = np.array([[0.0, 1, 4, 4], [1, 1, 3, 4], [3, 2, 1, 4], [4, 3, 3, 4]])
    >>> for verdict in item_verdicts(scores, 0, 4):
    ...     print([weakness.value for weakness in verdict.weaknesses])
    ['low discrimination']
    []
    ['negative discrimination', 'lowers alpha']
    ['no variance', 'too easy']
    """
    moments = item_moments(scores)
    alpha = coefficient_alpha(moments).value
    without = alpha_if_deleted(moments) if moments.n_items > 2 else (None,) * moments.n_items  # noqa: PLR2004 - two must be left
    figures = zip(
        moments.means.tolist(),
        np.sqrt(moments.variances).tolist(),
        difficulty(moments, minimum, maximum).tolist(),
        corrected_item_total(moments),
        without,
        strict=True,
    )
    return tuple(
        ItemVerdict(mean, sd, easy, r, rest, _weaknesses(sd, easy, r, None if rest is None else rest - alpha))
        for mean, sd, easy, r, rest in figures
    )


def _weaknesses(sd: float, easy: float, r: float | None, gain: float | None) -> tuple[Weakness, ...]:
    rules = {
        Weakness.NO_VARIANCE: sd == 0,
        Weakness.NEGATIVE_DISCRIMINATION: r is not None and r < 0,
        Weakness.LOW_DISCRIMINATION: r is not None and 0 <= r < LEAST_DISCRIMINATION,
        Weakness.TOO_EASY: easy > EASIEST,
        Weakness.TOO_HARD: easy < HARDEST,
        Weakness.LOWERS_ALPHA: gain is not None and gain > GAIN_WITHOUT,
    }
    return tuple(weakness for weakness, applies in rules.items() if applies)
