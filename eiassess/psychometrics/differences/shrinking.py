"""Error variances of single people lend each other strength (section 3 of the rule): moderated variances."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import digamma, polygamma

from eiassess.errors import NotEstimableError

Array = npt.NDArray[np.float64]

SMALLEST_SHARE = 1e-4
"""Variances below this share of the median count as that, or the logarithm of one near 0 would outweigh all others."""
NOTHING = 1e-20
"""A median of variances of z below this is rounding: everybody's answers are the same."""


@dataclass(frozen=True)
class VariancePrior:
    """What other people's error variances say of one person's.

    Parameters
    ----------
    d0
        Degrees of freedom that it is worth: 0 says nothing, infinite leaves nothing to the person's own.
    s0_squared
        The variance that it leans to; 0 where it says nothing.
    """

    d0: float = 0.0
    s0_squared: float = 0.0

    def variance(self, v: Array, d: Array) -> Array:
        """Shrink variances with their degrees of freedom: ``V = (d0 s0^2 + d v) / (d0 + d)``.

        Examples
        --------
        >>> VariancePrior(4.0, 2.0).variance(np.array([1.0]), np.array([4.0])).tolist()
        [1.5]
        >>> VariancePrior(np.inf, 2.0).variance(np.array([1.0, np.nan]), np.array([4.0, 4.0])).tolist()
        [2.0, nan]
        """
        if np.isinf(self.d0):
            return np.where(np.isnan(v), np.nan, self.s0_squared)
        with np.errstate(invalid="ignore"):
            return np.asarray((self.d0 * self.s0_squared + d * v) / (self.d0 + d), dtype=np.float64)


def variance_prior(v: Array, d: Array) -> VariancePrior:
    """Estimate what people's error variances have in common.

    ``g = ln v - psi(d/2) + ln(d/2)``, ``s = variance of g - mean of psi'(d/2)``; ``psi'(d0/2) = s`` and
    ``s0^2 = exp(mean g + psi(d0/2) - ln(d0/2))``, or infinite d0 and ``s0^2 = exp(mean g)`` where s is not above 0.

    Parameters
    ----------
    v, d
        Shape (n,), n at least 2: variances and their degrees of freedom.

    Raises
    ------
    NotEstimableError
        Half of the variances or more are 0.

    References
    ----------
    Smyth (2004), Statistical Applications in Genetics and Molecular Biology 3, article 3.

    Examples
    --------
    >>> prior = variance_prior(np.array([0.2, 1.0, 6.0, 2.0]), np.full(4, 8.0))
    >>> round(prior.d0, 4), round(prior.s0_squared, 4)
    (1.9204, 0.7749)
    >>> prior = variance_prior(np.array([1.0, 1.1, 0.9, 1.0]), np.full(4, 8.0))
    >>> prior.d0, round(prior.s0_squared, 4)
    (inf, 1.1362)
    """
    typical = float(np.median(v))
    if typical < NOTHING:
        message = "people's errors lend each other no strength where most of them are 0"
        raise NotEstimableError(message)
    g = np.log(np.maximum(v, SMALLEST_SHARE * typical)) - digamma(d / 2) + np.log(d / 2)
    s = float(g.var(ddof=1) - polygamma(1, d / 2).mean())
    if s <= 0:
        return VariancePrior(np.inf, float(np.exp(g.mean())))
    half = _inverse_trigamma(s)
    return VariancePrior(2 * half, float(np.exp(g.mean() + digamma(half) - np.log(half))))


def _inverse_trigamma(s: float) -> float:
    """Solve ``psi'(y) = s`` by Newton's steps on 1 / psi', which is convex: they fall to the root."""
    y = 0.5 + 1 / s
    while True:
        value = float(polygamma(1, y))
        step = value * (1 - value / s) / float(polygamma(2, y))
        y += step
        if step >= -4e-16 * y:
            return y
