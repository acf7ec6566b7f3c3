"""Means and covariances of items, taken once: every item statistic follows from them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eiassess.errors import InvalidInputError, NotEstimableError

Array = npt.NDArray[np.float64]

ROWS_AT_ONCE = 8192
"""A block of 40 items stays in a processor's cache: about twice as fast as the whole table at once."""

ROUNDING = 1e-12
"""A sum of covariances below this share of the items' variances is nothing but rounding."""


@dataclass(frozen=True, eq=False)
class ItemMoments:
    """What the complete rows of a table of scores say of its items.

    Parameters
    ----------
    n_persons
        Number of complete rows, at least 2.
    means
        Shape (items,).
    covariance
        Shape (items, items), with divisor ``n_persons - 1``.
    """

    n_persons: int
    means: Array
    covariance: Array

    @property
    def n_items(self) -> int:
        """How many items there are."""
        return int(self.means.size)

    @property
    def variances(self) -> Array:
        """Shape (items,)."""
        return np.asarray(self.covariance.diagonal(), dtype=np.float64)

    @property
    def total_variance(self) -> float:
        """Variance of the sum of all items; 0 where only rounding is left."""
        total = float(self.covariance.sum())
        return total if total > ROUNDING * float(self.variances.sum()) else 0.0

    @property
    def rest_variances(self) -> Array:
        """Variance of the sum of the other items, for each item: shape (items,); 0 where only rounding is left."""
        own = self.variances
        rest = self.covariance.sum() - 2 * self.covariance.sum(axis=0) + own
        return np.where(rest > ROUNDING * own.sum(), rest, 0.0)

    def part(self, items: npt.NDArray[np.intp]) -> "ItemMoments":
        """Take the moments of some of the items, over the same persons."""
        return ItemMoments(self.n_persons, self.means[items], self.covariance[np.ix_(items, items)])

    def turned(self, items: Sequence[int]) -> "ItemMoments":
        """Take the moments with every score of some items under the other sign: the scale's level plays no part."""
        sign = np.ones(self.n_items)
        sign[list(items)] = -1
        return ItemMoments(self.n_persons, self.means * sign, self.covariance * np.outer(sign, sign))


def item_moments(scores: Array | ItemMoments) -> ItemMoments:
    """Take means and covariances of items over the complete rows.

    Every function of items takes either scores or these moments: whoever asks for several statistics of a large
    table takes the moments once. Deviations are taken from the first complete row, so that a large common level
    costs no digits and an item that never varies has a variance of exactly 0.

    Parameters
    ----------
    scores
        Shape (persons, items), NaN where missing: rows with a missing entry are left out. Moments are given back as
        they are.

    Raises
    ------
    NotEstimableError
        Fewer than two rows are complete, or there is no item.
    InvalidInputError
        The scores are no table, or one is infinite or too large to be squared.

    Examples
    --------
    >>> moments = item_moments(np.array([[1.0, 2.0], [3.0, 6.0], [np.nan, 1.0]]))
    >>> moments.n_persons, moments.means.tolist(), moments.covariance.tolist()
    (2, [2.0, 4.0], [[2.0, 4.0], [4.0, 8.0]])
    """
    if isinstance(scores, ItemMoments):
        return scores
    rows = complete_rows(scores)
    n_persons, n_items = rows.shape
    if n_persons < 2 or n_items == 0:  # noqa: PLR2004 - a variance needs two
        message = f"item statistics need two people with complete answers; there are {n_persons if n_items else 0}"
        raise NotEstimableError(message)
    sums, products = _sums_and_products(rows)
    covariance = (products - np.outer(sums, sums) / n_persons) / (n_persons - 1)
    np.fill_diagonal(covariance, np.maximum(covariance.diagonal(), 0.0))
    return ItemMoments(n_persons, rows[0] + sums / n_persons, covariance)


def complete_rows(scores: Array) -> Array:
    """Leave out the rows with a missing entry.

    Parameters
    ----------
    scores
        Shape (persons, items), NaN where missing; not copied where nothing is missing.

    Raises
    ------
    InvalidInputError
        The scores are no table, or one is infinite.

    Examples
    --------
    >>> complete_rows(np.array([[1.0, 2.0], [np.nan, 1.0]])).tolist()
    [[1.0, 2.0]]
    """
    table = np.asarray(scores, dtype=np.float64)
    if table.ndim != 2:  # noqa: PLR2004 - rows and columns
        message = f"scores must be a table of persons by items, not an array of {table.ndim} dimensions"
        raise InvalidInputError(message)
    with np.errstate(all="ignore"):
        suspect = ~np.isfinite(table @ np.ones(table.shape[1]))  # one quick pass; a missing entry spoils its row's sum
    if not suspect.any():
        return table
    if np.isinf(table[suspect]).any():
        message = "scores must be finite numbers; an infinite one was given"
        raise InvalidInputError(message)
    suspect[suspect] = np.isnan(table[suspect]).any(axis=1)
    return table[~suspect]


def _sums_and_products(rows: Array) -> tuple[Array, Array]:
    n_items = rows.shape[1]
    sums, products = np.zeros(n_items), np.zeros((n_items, n_items))
    with np.errstate(all="ignore"):
        for start in range(0, rows.shape[0], ROWS_AT_ONCE):
            block = rows[start : start + ROWS_AT_ONCE] - rows[0]
            sums += block.sum(axis=0)
            products += block.T @ block
    if not np.isfinite(products).all():
        message = "scores are too large to be squared"
        raise InvalidInputError(message)
    return sums, products
