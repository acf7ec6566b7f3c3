"""The two families of response curves, for all items at once, whatever their numbers of categories.

Shapes: J items, at most K categories, hence M = K - 1 intercepts, and Q values of theta. An item with fewer
categories has ``used`` False at the intercepts that it lacks; there its probabilities and derivatives are 0.
"""

from typing import Protocol

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

SMALLEST_GAP = 1e-4
"""Boundaries of the graded response model stay this far apart while they are being estimated."""


class ItemFamily(Protocol):
    """What the estimation needs to know of a family of response curves."""

    name: str

    def multiples(self, count: int) -> Array:
        """How often the slope enters each of ``count`` intercepts' categories: d_k moves by this times a per theta."""

    def curves(self, a: Array, d: Array, used: Flags, theta: Array) -> tuple[Array, Array]:
        """Probabilities P and their slopes dP/dtheta, each of shape (J, K, Q)."""

    def derivatives(self, a: Array, d: Array, used: Flags, theta: Array) -> tuple[Array, Array]:
        """Probabilities, shape (J, K, Q), and derivatives by a, d_1, .. d_M, shape (J, K, K, Q): parameter first."""

    def allowed(self, d: Array, used: Flags) -> Flags:
        """Which items have intercepts that the family admits, shape (J,)."""

    def difficulties(self, a: Array, d: Array) -> Array:
        """Where on theta the boundaries or steps of one item lie: shape (M,)."""


def _logistic(a: Array, d: Array, used: Flags, theta: Array) -> tuple[Array, Array]:
    """P(>= k) for k = 0..K and its complement, each (J, K + 1, Q), both accurate however small they are."""
    z = a[:, None, None] * theta + d[:, :, None]
    small = np.exp(-np.abs(z))
    large = 1 / (1 + small)
    small *= large
    up = z >= 0
    shape = (d.shape[0], d.shape[1] + 2, theta.size)
    above, below = np.zeros(shape), np.ones(shape)
    above[:, 0], below[:, 0] = 1.0, 0.0
    above[:, 1:-1] = np.where(up, large, small) * used[:, :, None]
    below[:, 1:-1] = np.where(used[:, :, None], np.where(up, small, large), 1.0)
    return above, below


class GradedFamily:
    """Samejima's graded response model: ``P(>= k) = 1 / (1 + exp(-(a theta + d_k)))``, d decreasing."""

    name = "grm"

    def multiples(self, count: int) -> Array:
        """Each boundary moves by a when theta moves by 1."""
        return np.ones(count)

    def curves(self, a: Array, d: Array, used: Flags, theta: Array) -> tuple[Array, Array]:
        """Probabilities and their slopes by theta."""
        above, below = _logistic(a, d, used, theta)
        density = above * below
        return self._probabilities(above, below, d, used), a[:, None, None] * (density[:, :-1] - density[:, 1:])

    def derivatives(self, a: Array, d: Array, used: Flags, theta: Array) -> tuple[Array, Array]:
        """Probabilities and their derivatives by slope and intercepts."""
        above, below = _logistic(a, d, used, theta)
        density = above * below
        items, count = d.shape
        by = np.zeros((items, count + 1, count + 1, theta.size))
        np.multiply(density[:, :-1] - density[:, 1:], theta, out=by[:, 0])
        for k in range(1, count + 1):
            by[:, k, k] = density[:, k]
            by[:, k, k - 1] = -density[:, k]
        return self._probabilities(above, below, d, used), by

    @staticmethod
    def _probabilities(above: Array, below: Array, d: Array, used: Flags) -> Array:
        """``P(>= k) - P(>= k + 1)`` as a product, which keeps its digits where the difference would lose them."""
        result = above[:, :-1] * below[:, 1:]
        both = used[:, 1:]
        result[:, 1:-1] *= np.where(both, -np.expm1(np.where(both, d[:, 1:] - d[:, :-1], -1.0)), 1.0)[:, :, None]
        return np.asarray(result)

    def allowed(self, d: Array, used: Flags) -> Flags:
        """Boundaries decrease."""
        return np.asarray(~((d[:, 1:] - d[:, :-1] > -SMALLEST_GAP) & used[:, 1:]).any(axis=1))

    def difficulties(self, a: Array, d: Array) -> Array:
        """``b_k = -d_k / a``: where P(>= k) is a half."""
        return -d / a


class PartialCreditFamily:
    """Muraki's generalised partial credit model: ``P_k`` proportional to ``exp(k a theta + d_k)``, ``d_0 = 0``."""

    name = "gpcm"

    def multiples(self, count: int) -> Array:
        """Category k moves by k a when theta moves by 1."""
        return np.arange(1.0, count + 1)

    def curves(self, a: Array, d: Array, used: Flags, theta: Array) -> tuple[Array, Array]:
        """Probabilities and their slopes by theta."""
        probabilities = self._probabilities(a, d, used, theta)
        return probabilities, a[:, None, None] * probabilities * self._deviations(probabilities)

    def derivatives(self, a: Array, d: Array, used: Flags, theta: Array) -> tuple[Array, Array]:
        """Probabilities and their derivatives by slope and intercepts."""
        probabilities = self._probabilities(a, d, used, theta)
        items, count = d.shape
        by = np.empty((items, count + 1, count + 1, theta.size))
        np.multiply(probabilities * self._deviations(probabilities), theta, out=by[:, 0])
        np.multiply(-probabilities[:, None], probabilities[:, 1:, None], out=by[:, 1:])
        for k in range(1, count + 1):
            by[:, k, k] += probabilities[:, k]
        return probabilities, by

    @staticmethod
    def _probabilities(a: Array, d: Array, used: Flags, theta: Array) -> Array:
        exponents = np.zeros((d.shape[0], d.shape[1] + 1, theta.size))
        multiples = np.arange(1.0, d.shape[1] + 1)[:, None]
        exponents[:, 1:] = np.where(used, d, -np.inf)[:, :, None] + multiples * (a[:, None, None] * theta)
        exponents -= exponents.max(axis=1, keepdims=True)
        np.exp(exponents, out=exponents)
        exponents /= exponents.sum(axis=1, keepdims=True)
        return exponents

    @staticmethod
    def _deviations(probabilities: Array) -> Array:
        """Category number minus its expectation."""
        numbers = np.arange(float(probabilities.shape[1]))
        return np.asarray(numbers[:, None] - np.matmul(numbers, probabilities)[:, None])

    def allowed(self, d: Array, used: Flags) -> Flags:
        """Any intercepts will do."""
        del used  # the graded family needs it
        return np.ones(d.shape[0], dtype=np.bool_)

    def difficulties(self, a: Array, d: Array) -> Array:
        """``b_k = -(d_k - d_(k-1)) / a``: where categories k - 1 and k are equally likely."""
        return np.asarray(-np.diff(d, prepend=0.0) / a)


GRADED = GradedFamily()
PARTIAL_CREDIT = PartialCreditFamily()
