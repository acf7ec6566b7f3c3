"""Tables in the form of New York City's Local Law 144 of 2021 and the rules for it adopted in April 2023.

They show every category, however small, and set no threshold. Figures made by a product about itself are not the
independent audit that the law asks for.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eiassess.errors import InvalidInputError, NotEstimableError
from eiassess.psychometrics.adverse_impact import highest_rate_group

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

SMALLEST_SHARE_PERCENT = 2
"""Categories with a smaller share of the people may be left out of the ratio; they are printed all the same."""
INTERSECTION = " / "


@dataclass(frozen=True)
class ImpactCategory:
    """A row of the table.

    Parameters
    ----------
    category
        Its name.
    n, favourable
        How many people, and how many of them were selected or scored above the median.
    impact_ratio
        Rate over the highest category's; ``None`` if the category is left out or nobody was selected at all.
    excluded
        Whether the category was left out of the ratio for its small share.
    """

    category: str
    n: int
    favourable: int
    impact_ratio: float | None
    excluded: bool

    @property
    def rate(self) -> float:
        """Selection rate or scoring rate."""
        return self.favourable / self.n


@dataclass(frozen=True)
class ImpactTable:
    """Categories in alphabetical order, and how many people's category is unknown."""

    categories: tuple[ImpactCategory, ...]
    unknown: int


def above_median(scores: Array) -> Flags:
    """Say who scores strictly above the full sample's median, people of unknown category included.

    Parameters
    ----------
    scores
        Shape (people,), without missing entries.

    Raises
    ------
    InvalidInputError
        A score is missing.
    NotEstimableError
        There is no score.

    Examples
    --------
    >>> above_median(np.array([1.0, 2.0, 2.0, 5.0])).tolist()
    [False, False, False, True]
    """
    if scores.size == 0:
        message = "a sample without scores has no median"
        raise NotEstimableError(message)
    if np.isnan(scores).any():
        message = "people without a score have no place in a scoring rate; leave them out first"
        raise InvalidInputError(message)
    return np.asarray(scores > np.median(scores), dtype=np.bool_)


def intersections(first: Sequence[str | None], second: Sequence[str | None]) -> tuple[str | None, ...]:
    """Join two categories of each person, as sex and race/ethnicity; unknown where either is unknown.

    Parameters
    ----------
    first, second
        One label a person; ``None`` or empty if unknown.

    Examples
    --------
    >>> intersections(["female", "male", None], ["White", "", "Asian"])
    ('female / White', None, None)
    """
    return tuple(
        one + INTERSECTION + other if one and other else None for one, other in zip(first, second, strict=True)
    )


def local_law_144_table(
    category: Sequence[str | None], favourable: npt.ArrayLike, *, leave_out_small: bool = True
) -> ImpactTable:
    """Rates of each category and their ratio to the highest category's.

    ``rate = selected or above the median / people``, ``impact ratio = rate / highest rate``

    Parameters
    ----------
    category
        One label a person; ``None`` or empty if unknown. See `intersections`.
    favourable
        Shape (people,): selected, or `above_median`.
    leave_out_small
        Whether categories under 2 % of the people of known category are left out of the ratio, unless all are.

    Raises
    ------
    NotEstimableError
        Everybody's category is unknown.

    References
    ----------
    Rules of the City of New York, title 6, section 5-301 (adopted April 2023).

    Examples
    --------
    >>> table = local_law_144_table(["a", "a", "b", "b", None], [True, True, True, False, True])
    >>> [(row.category, row.rate, row.impact_ratio) for row in table.categories], table.unknown
    ([('a', 1.0, 1.0), ('b', 0.5, 0.5)], 1)
    """
    labels = np.array([label or "" for label in category], dtype=np.str_)
    known = labels != ""
    if not known.any():
        message = "a table needs somebody whose category is known"
        raise NotEstimableError(message)
    names, place = np.unique(labels[known], return_inverse=True)
    n = np.bincount(place)
    chosen = np.bincount(place[np.asarray(favourable, dtype=np.bool_)[known]], minlength=n.size)
    small = leave_out_small & (100 * n < SMALLEST_SHARE_PERCENT * n.sum())
    small &= not small.all()
    sizes, counts = n.tolist(), chosen.tolist()
    best = highest_rate_group(counts, np.where(small, 0, n).tolist())
    return ImpactTable(
        tuple(
            ImpactCategory(
                str(name),
                size,
                count,
                None if out or not counts[best] else count * sizes[best] / (size * counts[best]),
                out,
            )
            for name, size, count, out in zip(names, sizes, counts, small.tolist(), strict=True)
        ),
        int((~known).sum()),
    )
