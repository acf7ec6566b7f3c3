"""Responses, packed so that a person's log-likelihood at all nodes takes a few table look-ups.

Neighbouring items are taken together in groups: the scores of three items with five levels are one of 125 group
patterns. A table with one row per group pattern then replaces one with a row per item and score, and a person's
log-likelihood is the sum of a third as many rows. Summing rows by index, and adding posteriors back into rows, are
products with a sparse 0/1 matrix, in compiled code. Missing entries are a level of their own with zero rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from eiassess.errors import InvalidInputError, NotEstimableError

Array = npt.NDArray[np.float64]
Scores = npt.NDArray[np.float64 | np.integer]
Codes = npt.NDArray[np.int32]

MOST_LEVELS = 50
"""More different scores than this are measurements, not categories."""
BLOCK_ROWS = 8192
"""Persons at a time: their posteriors at 61 nodes take 4 MB."""
CODING_ROWS = 2048
LARGEST_TABLE = 512
"""Rows of one group's table, at 61 nodes 250 KB: it must stay in the processor's second-level cache."""

ROWS_PER_PERSON = 12
"""Building and spreading a row of the table costs about as much as looking one up for so many persons."""


@dataclass(frozen=True)
class ScoreRange:
    """Lowest score of each item and the number of levels from lowest to highest."""

    lowest: Array
    levels: npt.NDArray[np.intp]


def score_table(scores: npt.ArrayLike) -> Scores:
    """Take scores row by row: whole numbers stay as they are, all else becomes floating point."""
    table = np.asarray(scores, order="C")
    return table if table.dtype.kind in "iu" else np.asarray(table, dtype=np.float64)


def score_range(scores: Scores) -> ScoreRange:
    """Find each item's lowest and highest score.

    Parameters
    ----------
    scores
        Shape (N, J), missing entries NaN.

    Raises
    ------
    InvalidInputError
        Not a table, infinite entries, or too many different scores to be categories.
    NotEstimableError
        No persons or no items, or an item that nobody answered.
    """
    if scores.ndim != 2:  # noqa: PLR2004  # a table has two dimensions
        message = "scores must be a table: one row a person, one column an item"
        raise InvalidInputError(message)
    if scores.size == 0:
        message = "there are no scores"
        raise NotEstimableError(message)
    lowest, highest = (np.asarray(end.reduce(scores, axis=0), dtype=np.float64) for end in (np.fmin, np.fmax))
    if np.isnan(lowest).any():
        message = f"nobody answered item {int(np.argmax(np.isnan(lowest))) + 1}"
        raise NotEstimableError(message)
    levels = np.ceil(highest - lowest) + 1
    if not np.all(levels <= MOST_LEVELS):  # also catches infinite ones
        item = int(np.argmax(~(levels <= MOST_LEVELS))) + 1
        message = f"item {item} has scores more than {MOST_LEVELS} apart: cut them into ordered categories first"
        raise InvalidInputError(message)
    return ScoreRange(lowest=lowest, levels=levels.astype(np.intp))


@dataclass(frozen=True)
class ResponseTable:
    """Packed responses of N persons to J items.

    Parameters
    ----------
    codes
        Shape (N, G): for each group of items, which row of the table of group patterns the person has.
    items
        J.
    levels
        V, the number of levels of every item; with missing entries the last one stands for "missing".
    group_size
        Items in a group; a last group is filled with items that are always at level 0.
    missing
        Whether the last level stands for missing entries.
    answered
        Shape (N,): how many items each person answered.
    """

    codes: Codes
    items: int
    levels: int
    group_size: int
    missing: bool
    answered: npt.NDArray[np.intp]

    @property
    def persons(self) -> int:
        """N."""
        return int(self.codes.shape[0])

    @property
    def rows(self) -> int:
        """Rows of the table of group patterns."""
        return int(self.codes.shape[1] * self.levels**self.group_size)

    def every(self, step: int, most: int) -> "ResponseTable":
        """Keep every step-th person, at most so many."""
        keep = slice(0, step * most, step)
        return ResponseTable(
            np.ascontiguousarray(self.codes[keep]),
            self.items,
            self.levels,
            self.group_size,
            self.missing,
            self.answered[keep],
        )

    def blocks(self, rows: int = BLOCK_ROWS) -> Iterator[csr_array]:
        """Sparse 0/1 matrices, persons by rows of the table, a block of persons at a time."""
        groups = self.codes.shape[1]
        for start in range(0, self.persons, rows):
            codes = self.codes[start : start + rows]
            pointers = np.arange(0, codes.size + 1, groups, dtype=np.int32)
            yield csr_array((np.ones(codes.size), codes.ravel(), pointers), shape=(codes.shape[0], self.rows))

    def table(self, by_level: Array) -> Array:
        """Add up values by item and level, shape (J, V, Q), to values by group pattern, shape (rows, Q)."""
        groups, size, nodes = self.codes.shape[1], self.group_size, by_level.shape[-1]
        padded = np.zeros((groups * size, self.levels, nodes))
        padded[: self.items] = by_level
        padded = padded.reshape(groups, size, self.levels, nodes)
        result = padded[:, 0]
        for place in range(1, size):
            result = (result[:, :, None] + padded[:, place, None]).reshape(groups, -1, nodes)
        return result.reshape(-1, nodes)

    def by_level(self, table: Array) -> Array:
        """Spread sums by group pattern, shape (rows, Q), over items and levels, shape (J, V, Q)."""
        groups, size, nodes = self.codes.shape[1], self.group_size, table.shape[-1]
        result = np.empty((groups, size, self.levels, nodes))
        rest = table
        for place in range(size - 1, 0, -1):
            rest = rest.reshape(groups, -1, self.levels, nodes)
            result[:, place] = rest.sum(axis=1)
            rest = rest.sum(axis=2)
        result[:, 0] = rest.reshape(groups, self.levels, nodes)
        return result.reshape(-1, self.levels, nodes)[: self.items]

    def counts(self) -> npt.NDArray[np.intp]:
        """How many persons have each level of each item, shape (J, V)."""
        patterns = np.bincount(self.codes.ravel(), minlength=self.rows)
        return self.by_level(patterns[:, None].astype(np.float64))[:, :, 0].astype(np.intp)

    def level_numbers(self, start: int, stop: int) -> npt.NDArray[np.intp]:
        """Unpack the level of some persons on each item, shape (stop - start, J)."""
        size = self.group_size
        patterns = self.codes[start:stop, :, None] % self.levels**size
        places = self.levels ** np.arange(size - 1, -1, -1)
        numbers = (patterns // places) % self.levels
        return np.asarray(numbers.reshape(stop - start, -1)[:, : self.items], dtype=np.intp)


def pack_responses(scores: Scores, scale: ScoreRange) -> ResponseTable:
    """Pack a table of scores.

    Parameters
    ----------
    scores
        Shape (N, J), whole numbers; missing entries NaN. Scores outside the range count as its nearest end.
    scale
        Lowest score and number of levels of each item.

    Raises
    ------
    InvalidInputError
        A score that is infinite or not a whole number of steps above the item's lowest.
    """
    persons, items = scores.shape
    missing = _has_gaps(scores)
    whole = scores.dtype.kind in "iu" and np.array_equal(scale.lowest, np.rint(scale.lowest))
    levels = int(scale.levels.max()) + missing
    size = _group_size(persons, items, levels)
    groups = -(-items // size)
    radix = np.zeros((items, groups))
    radix[np.arange(items), np.arange(items) // size] = float(levels) ** (size - 1 - np.arange(items) % size)
    codes = np.empty((persons, groups), dtype=np.int32)
    answered = np.full(persons, items, dtype=np.intp)
    for start in range(0, persons, CODING_ROWS):
        rows = slice(start, start + CODING_ROWS)
        numbers = scores[rows] - scale.lowest
        absent = np.isnan(numbers) if missing else None
        if absent is not None:
            answered[rows] -= absent.sum(axis=1)
            numbers[absent] = 0.0
        if not whole:
            _require_whole(numbers, start)
        np.clip(numbers, 0.0, scale.levels - 1.0, out=numbers)
        if absent is not None:
            numbers[absent] = levels - 1
        codes[rows] = numbers @ radix
    codes += np.arange(groups, dtype=np.int32) * np.int32(levels**size)
    return ResponseTable(codes, items, levels, size, missing, answered)


def _has_gaps(scores: Scores) -> bool:
    """Whether entries are missing: a sum is NaN if any entry is, and quicker than looking at each."""
    with np.errstate(invalid="ignore"):
        total = scores.sum()
    if np.isfinite(total):
        return False
    if np.isinf(scores).any():
        message = "a category cannot be infinite"
        raise InvalidInputError(message)
    return True


def _group_size(persons: int, items: int, levels: int) -> int:
    """Find the size at which looking up (persons) and building (group patterns) cost least together."""
    sizes = [size for size in range(1, items + 1) if levels**size <= LARGEST_TABLE] or [1]
    return min(sizes, key=lambda size: -(-items // size) * (persons + ROWS_PER_PERSON * levels**size))


def _require_whole(numbers: Array, start: int) -> None:
    broken = numbers != np.rint(numbers)
    if broken.any():
        row, item = np.argwhere(broken)[0]
        message = f"row {start + int(row) + 1}, item {int(item) + 1}: a category must be a whole number"
        raise InvalidInputError(message)
