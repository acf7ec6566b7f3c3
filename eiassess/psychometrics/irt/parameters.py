"""What is known of a set of items: slopes, intercepts, and the curves and information that follow from them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from eiassess.psychometrics.irt.families import Array, Flags, ItemFamily

SMALLEST_PROBABILITY = 1e-300
"""Probabilities are divided by and their logarithm taken: a floor far below anything that matters."""


@dataclass(frozen=True)
class ItemParameters:
    """Slopes and intercepts of J items.

    Parameters
    ----------
    family
        Graded response or generalised partial credit.
    a
        Slopes, shape (J,).
    intercepts
        Shape (J, M), M the largest number of intercepts; 0 where an item has fewer.
    categories
        Number of categories of each item, shape (J,).
    """

    family: ItemFamily
    a: Array
    intercepts: Array
    categories: npt.NDArray[np.intp]

    @property
    def used(self) -> Flags:
        """Which intercepts there are, shape (J, M)."""
        return np.asarray(np.arange(1, self.intercepts.shape[1] + 1) < self.categories[:, None])

    @property
    def d(self) -> tuple[Array, ...]:
        """Intercepts of each item, as many as it has categories, less one."""
        return tuple(row[: count - 1] for row, count in zip(self.intercepts, self.categories, strict=True))

    @property
    def difficulties(self) -> tuple[Array, ...]:
        """Where on theta the boundaries (GRM) or steps (GPCM) of each item lie."""
        return tuple(self.family.difficulties(np.asarray(a), d) for a, d in zip(self.a, self.d, strict=True))

    def probabilities(self, theta: Array) -> Array:
        """Probability of each category, shape (J, K, Q); 0 for categories that an item lacks."""
        return self.family.curves(self.a, self.intercepts, self.used, theta)[0]

    def expected_scores(self, theta: Array) -> Array:
        """Give the expected category number of each item, shape (J, Q)."""
        probabilities = self.probabilities(theta)
        return np.asarray(np.matmul(np.arange(float(probabilities.shape[1])), probabilities))

    def item_information(self, theta: Array) -> Array:
        """Fisher information of each item, ``sum_k (dP_k/dtheta)^2 / P_k``, shape (J, Q)."""
        probabilities, slopes = self.family.curves(self.a, self.intercepts, self.used, theta)
        return np.asarray((slopes * (slopes / np.maximum(probabilities, SMALLEST_PROBABILITY))).sum(axis=1))

    def subset(self, items: Sequence[int]) -> "ItemParameters":
        """Parameters of some of the items, in the order given."""
        rows = np.asarray(items, dtype=np.intp)
        return replace(self, a=self.a[rows], intercepts=self.intercepts[rows], categories=self.categories[rows])

    def rescaled(self, slope: float, shift: float) -> "ItemParameters":
        """Parameters on the scale ``theta* = slope theta + shift``, which give every person the same probabilities."""
        a = self.a / slope
        multiples = self.family.multiples(self.intercepts.shape[1])
        return replace(self, a=a, intercepts=(self.intercepts - multiples * (a * shift)[:, None]) * self.used)
