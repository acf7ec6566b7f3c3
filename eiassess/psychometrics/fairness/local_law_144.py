"""Tables in the form of New York City's Local Law 144 of 2021 and the rules for it adopted in April 2023.

They show every category, however small, and set no threshold. Figures made by a product about itself are not the
independent audit that the law asks for.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eiassess.errors import InvalidInputError, NotEstimableError
from eiassess.psychometrics.fairness.adverse_impact import highest_rate_group

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

SMALLEST_SHARE_PERCENT = 2
"""Categories with a smaller share of the people may be left out of the ratio; they are printed all the same."""
FEWEST_COMPARED = 2
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
        Rate over the highest category's; ``None`` if the category is left out, there is no other to compare it with, or
        nobody was selected at all.
    excluded
        Whether somebody chose to leave the category out of the ratio.
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
    category: Sequence[str | None], favourable: npt.ArrayLike, *, left_out: Collection[str] = ()
) -> ImpactTable:
    """Rates of each category and their ratio to the highest category's.

    ``rate = selected or above the median / people``, ``impact ratio = rate / highest rate``

    Parameters
    ----------
    category
        One label a person; ``None`` or empty if unknown. See `intersections`.
    favourable
        Shape (people,): selected, or `above_median`.
    left_out
        Categories that are to have no ratio, and with which none is compared. The rule allows that for those with under
        2 % of the people of known category; who chooses it has to have a reason.

    Raises
    ------
    NotEstimableError
        Everybody's category is unknown.
    InvalidInputError
        A category to be left out is not there, or has 2 % of the people or more, or no other is left.

    References
    ----------
    Rules of the City of New York, title 6, section 5-301 (adopted April 2023).

    Examples
    --------
    >>> table = local_law_144_table(["a", "a", "b", "b", None], [True, True, True, False, True])
    >>> [(row.category, row.rate, row.impact_ratio) for row in table.categories], table.unknown
    ([('a', 1.0, 1.0), ('b', 0.5, 0.5)], 1)
    """
    chosen = np.asarray(favourable, dtype=np.bool_).tolist()
    sizes = Counter(label for label in category if label)
    if not sizes:
        message = "a table needs somebody whose category is known"
        raise NotEstimableError(message)
    counts = Counter(label for label, is_chosen in zip(category, chosen, strict=True) if label and is_chosen)
    _check_left_out(left_out, sizes)
    compared = [name for name in sorted(sizes) if name not in left_out]
    best = compared[highest_rate_group([counts[name] for name in compared], [sizes[name] for name in compared])]
    with_ratio = set(compared) if len(compared) >= FEWEST_COMPARED and counts[best] else set()
    return ImpactTable(
        tuple(
            ImpactCategory(
                name,
                sizes[name],
                counts[name],
                counts[name] * sizes[best] / (sizes[name] * counts[best]) if name in with_ratio else None,
                name in left_out,
            )
            for name in sorted(sizes)
        ),
        len(category) - sizes.total(),
    )


def _check_left_out(left_out: Collection[str], sizes: dict[str, int]) -> None:
    everybody = sum(sizes.values())
    for name in left_out:
        if name not in sizes:
            message = f"there is no category {name}"
            raise InvalidInputError(message)
        if 100 * sizes[name] >= SMALLEST_SHARE_PERCENT * everybody:
            message = (
                f"{name} has {sizes[name]} of {everybody} people; only a category with under "
                f"{SMALLEST_SHARE_PERCENT} % of them may be left out"
            )
            raise InvalidInputError(message)
    if set(sizes) <= set(left_out):
        message = "every category is left out, and none is left to compare"
        raise InvalidInputError(message)
