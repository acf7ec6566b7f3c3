"""People counted by matching value, group and category: all that any of the DIF statistics needs to know."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eiassess.errors import InvalidInputError, NotEstimableError

Array = npt.NDArray[np.float64]
Codes = npt.NDArray[np.intp]
Group = npt.NDArray[np.bool_] | npt.NDArray[np.integer] | npt.NDArray[np.floating]

SMALLEST_GROUP = 2
MOST_CATEGORIES = 50
COUNTABLE_RANGE = 5_000
TOTAL_DECIMALS = 9


@dataclass(frozen=True)
class Strata:
    """Two groups of people at the values of a matching variable.

    Attributes
    ----------
    values
        Shape (s,): the matching variable's values, rising.
    cell
        Shape (n,): ``2 * stratum + focal`` of each person.
    """

    values: Array
    cell: Codes


@dataclass(frozen=True)
class MatchedCounts:
    """How often each group gave each score at each value of the matching variable.

    Attributes
    ----------
    values
        Shape (s,): the matching variable's values, rising.
    categories
        Shape (k,): the scores that occur, rising.
    counts
        Shape (s, 2, k): people; the second axis is reference, focal.
    """

    values: Array
    categories: Array
    counts: Array


def indicator(focal: Group) -> Array:
    """Give group membership as 0 (reference), 1 (focal) and NaN (not known).

    Raises
    ------
    InvalidInputError
        There is another value.
    """
    membership = np.asarray(focal, dtype=np.float64)
    if not np.all((membership == 0) | (membership == 1) | np.isnan(membership)):
        message = "a group is told by 0 (reference), 1 (focal) or NaN (not known)"
        raise InvalidInputError(message)
    return membership


def matched_counts(scores: Array, focal: Group, matching: Array) -> MatchedCounts:
    """Count one item's scores among the people of whom score, group and matching value are known.

    Parameters
    ----------
    scores, focal, matching
        Shape (n,) each.

    Raises
    ------
    NotEstimableError
        A group has fewer than two people, or the item has more categories than can be told apart.
    """
    membership = indicator(focal)
    known = np.isfinite(scores) & np.isfinite(membership) & np.isfinite(matching)
    return count_item(scores[known], strata(matching[known], membership[known]))


def strata(matching: Array, membership: Array) -> Strata:
    """Sort people into the cells of matching value and group; nothing may be missing.

    Raises
    ------
    NotEstimableError
        A group has fewer than two people.
    """
    n_focal = int(np.count_nonzero(membership))
    if min(n_focal, membership.size - n_focal) < SMALLEST_GROUP:
        message = (
            f"differential item functioning needs two people in each group ({membership.size - n_focal}, {n_focal})"
        )
        raise NotEstimableError(message)
    # Sums of tenths differ in the last bits: equal totals must stay equal.
    values, codes = _coded(np.round(matching, TOTAL_DECIMALS), COUNTABLE_RANGE)
    return Strata(values, 2 * codes + membership.astype(np.intp))


def count_item(scores: Array, among: Strata) -> MatchedCounts:
    """Count one item's scores, shape (n,), in given strata; categories and strata that nobody is in are left out.

    Raises
    ------
    NotEstimableError
        The item has more categories than can be told apart.
    """
    categories, codes = _coded(scores, MOST_CATEGORIES)
    if categories.size > MOST_CATEGORIES:
        message = f"an item with {categories.size} different scores: cut them into at most {MOST_CATEGORIES} categories"
        raise NotEstimableError(message)
    width = among.values.size * 2 * categories.size
    flat = np.bincount(among.cell * categories.size + codes, minlength=width)
    counts = flat.reshape(among.values.size, 2, categories.size).astype(np.float64)
    return _without_empty(MatchedCounts(among.values, categories, counts))


def _coded(values: Array, countable_range: int) -> tuple[Array, Codes]:
    """Give each value its number in a rising list; whole numbers near each other need no sorting."""
    low = values.min()
    offsets = values - low
    if (top := offsets.max()) < countable_range:
        codes = offsets.astype(np.intp)
        if np.array_equal(codes, offsets):
            return low + np.arange(int(top) + 1), codes
    found, inverse = np.unique(values, return_inverse=True)
    return found, inverse


def _without_empty(table: MatchedCounts) -> MatchedCounts:
    category_used = table.counts.sum(axis=(0, 1)) > 0
    stratum_used = table.counts.sum(axis=(1, 2)) > 0
    if category_used.all() and stratum_used.all():
        return table
    return MatchedCounts(
        table.values[stratum_used], table.categories[category_used], table.counts[stratum_used][:, :, category_used]
    )
