"""Which scores of an item are its categories: unused ones dropped, rare ones collapsed if asked for."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eiassess.errors import NotEstimableError
from eiassess.psychometrics.irt.responses import ScoreRange

Counts = npt.NDArray[np.intp]

RARE = 8
"""A category with fewer answers than this is named in a warning."""


@dataclass(frozen=True)
class CategoryMap:
    """From the levels of each item to its categories.

    Parameters
    ----------
    of_level
        Shape (J, V): the category of each level, numbered from 0. Levels that nobody used belong to the nearest
        that somebody did, the lower of two.
    counts
        Shape (J, K): answers in each category; 0 where an item has fewer than K.
    sizes
        Shape (J,): number of categories.
    """

    of_level: Counts
    counts: Counts
    sizes: Counts

    def indicators(self) -> npt.NDArray[np.float64]:
        """Shape (J, K, V): 1 where the level belongs to the category."""
        numbers = np.arange(self.counts.shape[1])
        return np.asarray(self.of_level[:, None, :] == numbers[:, None], dtype=np.float64)


def categories_of(counts: Counts, names: tuple[str, ...], least: int | None = None) -> CategoryMap:
    """Make the categories of each item from how often each level was used.

    Parameters
    ----------
    counts
        Shape (J, V), without the level that stands for missing.
    names
        What to call the items in a message.
    least
        Collapse categories with fewer answers than this into the smaller neighbour, the rarest first.

    Raises
    ------
    NotEstimableError
        An item of which a single category is left.
    """
    groups = [_collapsed(row, least) for row in counts]
    for name, starts in zip(names, groups, strict=True):
        if len(starts) < 2:  # noqa: PLR2004  # one category does not vary
            message = f"item {name} has a single category, which says nothing about anybody"
            raise NotEstimableError(message)
    of_level = np.stack([_assigned(row, starts) for row, starts in zip(counts, groups, strict=True)])
    sizes = np.array([len(starts) for starts in groups], dtype=np.intp)
    numbers = np.arange(sizes.max())
    totals = ((of_level[:, None, :] == numbers[:, None]) * counts[:, None, :]).sum(axis=2)
    return CategoryMap(of_level=of_level, counts=totals, sizes=sizes)


def silent_items(scores: npt.ArrayLike, least: int | None = None) -> dict[int, str]:
    """Find the items that cannot be calibrated, since they tell nobody from anybody.

    Parameters
    ----------
    scores
        Shape (N, J), missing entries NaN.
    least
        As for `categories_of`.

    Returns
    -------
    dict
        Number of the item, from 0, and why.

    Examples
    --------
    >>> silent_items([[1, 2, np.nan], [2, 2, np.nan]])
    {1: 'everybody who answered scored 2', 2: 'nobody answered'}
    """
    reasons = {item: _silence(column, least) for item, column in enumerate(np.asarray(scores, dtype=np.float64).T)}
    return {item: reason for item, reason in reasons.items() if reason}


def _silence(column: npt.NDArray[np.float64], least: int | None) -> str:
    values, counts = np.unique(column[~np.isnan(column)], return_counts=True)
    if values.size == 0:
        return "nobody answered"
    if values.size == 1:
        return f"everybody who answered scored {values[0]:.15g}"
    if len(_collapsed(counts, least)) == 1:
        return f"one category is left once those with fewer than {least} answers are collapsed"
    return ""


def _collapsed(row: Counts, least: int | None) -> list[list[int]]:
    """Levels that form each category of one item."""
    groups = [[int(level)] for level in np.flatnonzero(row)]
    while least is not None and len(groups) > 1:
        sizes = [int(row[group].sum()) for group in groups]
        rarest = sizes.index(min(sizes))
        if sizes[rarest] >= least:
            break
        beside = [at for at in (rarest - 1, rarest + 1) if 0 <= at < len(groups)]
        partner = min(beside, key=lambda at: sizes[at])
        first = min(rarest, partner)
        groups[first : first + 2] = [groups[first] + groups[first + 1]]
    return groups


def _assigned(row: Counts, groups: list[list[int]]) -> Counts:
    """Give the category of every level of one item."""
    used = np.array([level for group in groups for level in group])
    owner = np.array([number for number, group in enumerate(groups) for _ in group], dtype=np.intp)
    return np.asarray(owner[np.argmin(np.abs(np.arange(row.size)[:, None] - used), axis=1)])


def category_warnings(
    categories: CategoryMap, counts: Counts, scale: ScoreRange, names: tuple[str, ...]
) -> tuple[str, ...]:
    """Name the scores that nobody has, and the categories with fewer than 8 answers: they are hardly known.

    Parameters
    ----------
    counts
        Shape (J, V): how often each level was used.
    """
    found = []
    for item in np.flatnonzero((counts < RARE).any(axis=1)):
        name, used = names[item], np.flatnonzero(counts[item])
        labels = [f"{scale.lowest[item] + level:g}" for level in range(used[-1] + 1)]
        gaps = [labels[level] for level in range(used[-1]) if counts[item, level] == 0]
        if gaps:
            found.append(f"item {name}: nobody scored {', '.join(gaps)}; the category is dropped")
        for category in range(categories.sizes[item]):
            answers = int(categories.counts[item, category])
            if answers < RARE:
                scores = " and ".join(labels[level] for level in used if categories.of_level[item, level] == category)
                found.append(f"item {name}: answers with score {scores}: {answers}; fewer than {RARE} say little")
    return tuple(found)
