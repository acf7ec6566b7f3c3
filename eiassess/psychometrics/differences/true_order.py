"""How likely the one of two people is truly higher (section 6 of the rule): beside the test, never an order."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

from eiassess.psychometrics.differences.two_people import Measured

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class TrueSpread:
    """How people's true z spread: their mean, and tau^2, which is not above 0 where nothing but error is seen."""

    mean: float
    tau_squared: float

    @property
    def is_seen(self) -> bool:
        """Whether people differ beyond their error."""
        return self.tau_squared > 0


def true_spread(z: Array, variance: Array) -> TrueSpread:
    """Take the mean error variance off the variance of z: ``tau^2 = s^2 - mean V``.

    Parameters
    ----------
    z, variance
        Shape (n,), n at least 2: centred and shrunk variances.

    Examples
    --------
    >>> true_spread(np.array([0.5, 1.0, 1.5]), np.array([0.04, 0.05, 0.06]))
    TrueSpread(mean=1.0, tau_squared=0.2)
    """
    return TrueSpread(float(z.mean()), float(z.var(ddof=1) - variance.mean()))


def probability_higher(first: Measured, second: Measured, spread: TrueSpread) -> Array:
    """Give the probability that the first of two people is truly higher.

    ``w = tau^2 / (tau^2 + V)``; a person's mean is ``mu + w (z - mu)`` and variance ``u = tau^2 (1 - w)``;
    ``P = Phi((mean_A - mean_B) / sqrt(u_A + u_B))``.

    Returns
    -------
    Array
        Of the values' shape; NaN where the spread is not seen.

    Examples
    --------
    >>> spread = TrueSpread(mean=0.8, tau_squared=0.06)
    >>> one, other = (Measured(np.array([z]), np.array([0.02]), np.array([24.0])) for z in (1.1, 0.9))
    >>> probability_higher(one, other, spread).round(4).tolist()
    [0.8068]
    >>> probability_higher(other, one, spread).round(4).tolist()
    [0.1932]
    """
    if not spread.is_seen:
        return np.full(np.shape(first.value), np.nan)
    (mean_a, u_a), (mean_b, u_b) = (_posterior(each, spread) for each in (first, second))
    return np.asarray(ndtr((mean_a - mean_b) / np.sqrt(u_a + u_b)), dtype=np.float64)


def _posterior(person: Measured, spread: TrueSpread) -> tuple[Array, Array]:
    w = spread.tau_squared / (spread.tau_squared + person.variance)
    return spread.mean + w * (person.value - spread.mean), spread.tau_squared * (1 - w)
