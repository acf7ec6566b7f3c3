"""Which rows of a table of counts may be shown: no count of a few people, and none that follows from the others."""

import numpy as np
import numpy.typing as npt

from eiassess.psychometrics.fairness.effect_sizes import SMALLEST_GROUP_SHOWN

Counts = npt.NDArray[np.int_]
Flags = npt.NDArray[np.bool_]
FEWEST_HIDDEN = 2


def shown_rows(counts: Counts, smallest: int = SMALLEST_GROUP_SHOWN) -> Flags:
    """Say which rows of a table may be shown.

    A row with a count below ``smallest`` is hidden. If that hides one row alone, its counts would follow from those of
    the others and the totals, so the row with the smallest count of the others is hidden too.

    Parameters
    ----------
    counts
        Shape (rows, columns): people. Every total over the rows counts as known.
    smallest
        The smallest count that is shown.

    Returns
    -------
    Flags
        Shape (rows,).

    References
    ----------
    Primary and secondary suppression: Hundepool et al. (2012), Statistical Disclosure Control, chapter 4.

    Examples
    --------
    >>> shown_rows(np.array([[40], [25], [3], [2]])).tolist()
    [True, True, False, False]
    >>> shown_rows(np.array([[40], [25], [3]])).tolist()
    [True, False, False]
    """
    lowest = counts.min(axis=1)
    away: Flags = np.asarray(lowest < smallest, dtype=np.bool_)
    if 0 < np.count_nonzero(away) < FEWEST_HIDDEN and not away.all():
        rest = np.where(away, np.iinfo(np.int_).max, lowest)
        away[int(rest.argmin())] = True
    return ~away
