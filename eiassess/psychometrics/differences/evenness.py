"""Evenness over a sitting (section 7 of the rule): a mark against careless stretches."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import chdtri

from eiassess.errors import NotEstimableError

Array = npt.NDArray[np.float64]
Labels = npt.NDArray[np.intp]

PAGES_OF_A_BLOCK = 4
MARKED = 0.01
"""The share of even sittings whose Q lies above the cut."""
NOTHING = 1e-20
"""A median below this is rounding: everybody's answers are the same."""


@dataclass(frozen=True, eq=False)
class EvennessBasis:
    """What people's sittings are like, against which one is held.

    Parameters
    ----------
    scenario_means
        Shape (scenarios,): the mean over people of each scenario's w.
    median_variance
        s^2: the median over people of ``sum w_j^2 / (J - 1)``.
    """

    scenario_means: Array
    median_variance: float

    def residuals(self, w: Array) -> Array:
        """Take the scenarios' means off w, shape (..., scenarios), then each person's own mean."""
        left = w - self.scenario_means
        return np.asarray(left - left.mean(axis=-1, keepdims=True), dtype=np.float64)


def evenness_basis(w: Array) -> EvennessBasis:
    """Learn what sittings are like.

    Parameters
    ----------
    w
        Shape (people, scenarios): what each scenario adds to a person's z, ``u_j / (1 - r^2)``.

    Raises
    ------
    NotEstimableError
        Everybody's answers are the same.

    Examples
    --------
    >>> basis = evenness_basis(np.array([[0.1, 0.3, 0.2], [0.3, 0.1, 0.2], [0.2, 0.2, 0.2]]))
    >>> basis.scenario_means.round(4).tolist(), round(basis.median_variance, 4)
    ([0.2, 0.2, 0.2], 0.01)
    """
    basis = EvennessBasis(w.mean(axis=0), 1.0)
    median = float(np.median((basis.residuals(w) ** 2).sum(axis=1) / (w.shape[1] - 1))) if w.shape[1] > 1 else 0.0
    if median < NOTHING:
        message = "nothing is known of how even sittings are where most of them are the same"
        raise NotEstimableError(message)
    return EvennessBasis(basis.scenario_means, median)


def unevenness(w: Array, order: Labels, basis: EvennessBasis) -> float:
    """Q of one sitting: how far its stretches lie apart, ``sum over blocks of n_b (mean of w in the block)^2 / s^2``.

    Parameters
    ----------
    w
        Shape (scenarios,), as in `evenness_basis`.
    order
        Shape (scenarios,): numbers of the scenarios as they were sat; blocks are 4 pages, the last one what is left.

    Examples
    --------
    >>> basis = EvennessBasis(np.zeros(8), 0.04)
    >>> w = np.array([0.3, 0.2, 0.3, 0.2, -0.3, -0.2, -0.3, -0.2])
    >>> round(unevenness(w, np.arange(8), basis), 4), round(unevenness(w, np.array([0, 4, 1, 5, 2, 6, 3, 7]), basis), 4)
    (12.5, 0.0)
    """
    sat = basis.residuals(w)[order]
    blocks = np.arange(sat.size) // PAGES_OF_A_BLOCK
    return float((np.bincount(blocks, sat) ** 2 / np.bincount(blocks)).sum() / basis.median_variance)


def evenness_degrees_of_freedom(n_scenarios: int) -> int:
    """Count the blocks of a sitting less one.

    Examples
    --------
    >>> evenness_degrees_of_freedom(24), evenness_degrees_of_freedom(10), evenness_degrees_of_freedom(4)
    (5, 2, 0)
    """
    return max(-(-n_scenarios // PAGES_OF_A_BLOCK) - 1, 0)


def evenness_cut(n_scenarios: int) -> float:
    """Give the Q above which a sitting is marked, the .99 quantile of chi-square; infinite of one block, which is even.

    Examples
    --------
    >>> round(evenness_cut(24), 4), evenness_cut(4)
    (15.0863, inf)
    """
    df = evenness_degrees_of_freedom(n_scenarios)
    return float(chdtri(df, MARKED)) if df else float("inf")
