"""How the options of items are used, by all and by fifths of the total score."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eiassess.errors import InvalidInputError, NotEstimableError

Array = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]

FIFTHS = 5


@dataclass(frozen=True, eq=False)
class OptionFrequencies:
    """How often each option of each item was chosen.

    Parameters
    ----------
    counts
        Shape (items, options).
    missing
        Shape (items,): persons who chose none.
    """

    counts: Counts
    missing: Counts

    @property
    def shares(self) -> tuple[tuple[float, ...] | None, ...]:
        """Share of those who answered, for each item; None where nobody did."""
        return tuple(_shares(row) for row in self.counts)


def option_frequencies(choices: Array, n_options: int) -> OptionFrequencies:
    """Count how often each option was chosen.

    Parameters
    ----------
    choices
        Shape (persons, items): the number of the option chosen or of the score category, from 0 to ``n_options - 1``;
        NaN where missing. Each item counts all who answered it.
    n_options
        How many options an item has at most.

    Raises
    ------
    InvalidInputError
        A choice is no whole number from 0 to ``n_options - 1``, or the choices are no table.

    Examples
    --------
    >>> frequencies = option_frequencies(np.array([[0.0, 2.0], [0.0, np.nan], [1.0, 2.0]]), 3)
    >>> frequencies.counts.tolist(), frequencies.missing.tolist()
    ([[2, 1, 0], [0, 0, 2]], [0, 1])
    >>> frequencies.shares[1]
    (0.0, 0.0, 1.0)
    """
    table = _checked(choices, n_options)
    counts = _counts(table, n_options)
    return OptionFrequencies(counts, table.shape[0] - counts.sum(axis=1))


@dataclass(frozen=True, eq=False)
class OptionTotalCurves:
    """How the choice of each option changes from the lowest to the highest fifth of scores.

    Parameters
    ----------
    counts
        Shape (items, 5, options): how often each fifth, the lowest first, chose each option.
    fifth_sizes
        Shape (5,): persons in each fifth; uneven where many have the same total.
    """

    counts: Counts
    fifth_sizes: Counts

    @property
    def shares(self) -> tuple[tuple[tuple[float, ...] | None, ...], ...]:
        """For each item and fifth the share of those who answered; None where nobody did."""
        return tuple(tuple(_shares(row) for row in item) for item in self.counts)


def option_total_curves(choices: Array, totals: Array, n_options: int) -> OptionTotalCurves:
    """Count the choices of each option by fifths of the total score.

    Persons are put into fifths by the mid-rank of their total, ``floor(5 (cf_below + f / 2) / N)``: people with the
    same total are always in the same fifth.

    Parameters
    ----------
    choices
        Shape (persons, items), as in `option_frequencies`.
    totals
        Shape (persons,), NaN where missing: such persons are left out.
    n_options
        How many options an item has at most.

    Raises
    ------
    InvalidInputError
        As in `option_frequencies`, or there is not one total for each person.
    NotEstimableError
        Nobody has a total, or all totals are the same.

    Examples
    --------
    >>> curves = option_total_curves(np.array([[0.0], [0.0], [1.0], [1.0], [1.0]]), np.arange(5.0), 2)
    >>> curves.fifth_sizes.tolist(), [share[1] for share in curves.shares[0]]
    ([1, 1, 1, 1, 1], [0.0, 0.0, 1.0, 1.0, 1.0])
    """
    table = _checked(choices, n_options)
    if totals.shape != (table.shape[0],):
        message = f"each of {table.shape[0]} persons needs a total; there are {totals.size}"
        raise InvalidInputError(message)
    known = ~np.isnan(totals)
    table, fifth = table[known], _fifths(totals[known])
    counts = np.stack([_counts(table[fifth == f], n_options) for f in range(FIFTHS)], axis=1)
    return OptionTotalCurves(counts, np.bincount(fifth, minlength=FIFTHS))


def _fifths(totals: Array) -> npt.NDArray[np.intp]:
    _, position, count = np.unique(totals, return_inverse=True, return_counts=True)
    if count.size < 2:  # noqa: PLR2004 - one total makes no order
        message = "fifths of a score need totals that differ"
        raise NotEstimableError(message)
    twice_below = 2 * np.cumsum(count) - count  # in whole numbers: a mid-rank on a border falls on the right side
    return np.asarray((FIFTHS * twice_below // (2 * totals.size))[position], dtype=np.intp)


def _checked(choices: Array, n_options: int) -> Array:
    table = np.asarray(choices, dtype=np.float64)
    if table.ndim != 2:  # noqa: PLR2004 - rows and columns
        message = f"choices must be a table of persons by items, not an array of {table.ndim} dimensions"
        raise InvalidInputError(message)
    if n_options < 1:
        message = f"an item needs an option; {n_options} were given"
        raise InvalidInputError(message)
    wrong = (table != np.rint(table)) & ~np.isnan(table)
    wrong |= (table < 0) | (table >= n_options)
    if wrong.any():
        person, item = np.argwhere(wrong)[0]
        message = (
            f"person {person + 1} chose {table[person, item]:g} on item {item + 1}; options are 0 to {n_options - 1}"
        )
        raise InvalidInputError(message)
    return table


def _counts(table: Array, n_options: int) -> Counts:
    return np.stack([np.count_nonzero(table == option, axis=0) for option in range(n_options)], axis=1).astype(np.int64)


def _shares(row: Counts) -> tuple[float, ...] | None:
    answered = int(row.sum())
    return tuple(int(count) / answered for count in row) if answered else None
