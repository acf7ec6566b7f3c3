"""Whether a person does something on some options more often than on the rest, question by question."""

from math import comb

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Counts = npt.NDArray[np.intp]


def exact_partial_association(sizes: Counts, above: Counts, tagged: Counts, both: int) -> float:
    """Exact one-sided test of association in several 2 x 2 tables at once, the margins of each given.

    In stratum j, ``above_j`` of ``sizes_j`` ratings are high, and ``tagged_j`` of them are tagged. If the same ratings
    had been given in any order within their stratum, the number that is both would be hypergeometric there, so

    ``p = P(X_1 + ... + X_k >= both)``, ``X_j ~ Hypergeometric(sizes_j, above_j, tagged_j)``, independent.

    That is the exact form of the Mantel-Haenszel test. How high somebody rates, in all or in one stratum, is in the
    margins and so cannot make p small. The sum is discrete: a p below a level is reached at most that often.

    Parameters
    ----------
    sizes, above, tagged
        Shape (k,), k can be 0: counts of each stratum.
    both
        Over all strata, how many are both high and tagged.

    Returns
    -------
    float
        The p-value; 1 without a stratum.

    References
    ----------
    Birch (1964), Journal of the Royal Statistical Society B 26, 313; Mehta, Patel & Gray (1985), Journal of the
    American Statistical Association 80, 969.

    Examples
    --------
    Three questions of four options, two rated high in each; one option of each is tagged, and all three are high.

    >>> exact_partial_association(np.array([4, 4, 4]), np.array([2, 2, 2]), np.array([1, 1, 1]), 3)
    0.125
    """
    chances = np.ones(1)
    for size, high, marked in zip(sizes.tolist(), above.tolist(), tagged.tolist(), strict=True):
        chances = np.convolve(chances, _hypergeometric(size, high, marked))
    return min(float(chances[both:].sum()), 1.0)


def _hypergeometric(size: int, high: int, marked: int) -> Array:
    """Give the chance of each k from 0: ``C(high, k) C(size - high, marked - k) / C(size, marked)``."""
    ways = [comb(high, k) * comb(size - high, marked - k) for k in range(marked + 1)]
    return np.array(ways, dtype=np.float64) / comb(size, marked)
