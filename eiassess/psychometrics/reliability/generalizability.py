"""Where scores vary: between persons, between scenarios, and by which person met which scenario (a G-study)."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eiassess.errors import NotEstimableError

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class VarianceComponents:
    """Variances of single scenario scores; estimates below 0, which come by chance, are 0.

    Parameters
    ----------
    persons
        Of people's true means.
    scenarios
        Of scenarios' difficulties.
    interaction
        Of who is better where, error within a scenario along with it.
    """

    persons: float
    scenarios: float
    interaction: float

    def coefficient(self, n_scenarios: int) -> float:
        """Generalizability of a mean over so many scenarios: ``persons / (persons + interaction / n)``.

        Raises
        ------
        NotEstimableError
            Nothing varies between persons or by interaction.

        Examples
        --------
        >>> VarianceComponents(1.0, 2.0, 12.0).coefficient(12)
        0.5
        """
        observed = self.persons + self.interaction / n_scenarios
        if observed == 0:
            message = "nobody differs from anybody, so that nothing can be generalised"
            raise NotEstimableError(message)
        return self.persons / observed

    def scenarios_needed(self, coefficient: float) -> int | None:
        """Count the scenarios that a coefficient between 0 and 1 takes; ``None`` where persons do not differ.

        Examples
        --------
        >>> VarianceComponents(1.0, 2.0, 12.0).scenarios_needed(0.8)
        48
        """
        if self.persons == 0:
            return None
        needed = coefficient / (1 - coefficient) * self.interaction / self.persons
        return max(1, math.ceil(needed - ROUNDING * needed))


ROUNDING = 1e-12
"""A number of scenarios that is whole but for this share is whole."""


def variance_components(scores: Array) -> VarianceComponents:
    """Part the variance of scores of persons who all met the same scenarios, one score a cell.

    From the mean squares: ``interaction = MS_pi``, ``persons = (MS_p - MS_pi) / scenarios``,
    ``scenarios = (MS_i - MS_pi) / persons``.

    Parameters
    ----------
    scores
        Shape (persons, scenarios), without missing entries.

    Raises
    ------
    NotEstimableError
        There are fewer than two persons or scenarios.

    References
    ----------
    Brennan (2001), Generalizability Theory (the p x i design).

    Examples
    --------
    >>> variance_components(np.array([[1.0, 3.0], [2.0, 6.0], [6.0, 6.0]]))
    VarianceComponents(persons=3.0, scenarios=1.3333333333333333, interaction=2.0)
    """
    n, k = scores.shape
    if min(n, k) <= 1:
        message = "variance components need two persons and two scenarios"
        raise NotEstimableError(message)
    persons, scenarios, mean = scores.mean(axis=1), scores.mean(axis=0), scores.mean()
    residual = scores - persons[:, None] - scenarios + mean
    interaction = float((residual**2).sum() / ((n - 1) * (k - 1)))
    of_persons = k * float(((persons - mean) ** 2).sum()) / (n - 1)
    of_scenarios = n * float(((scenarios - mean) ** 2).sum()) / (k - 1)
    return VarianceComponents(
        max(0.0, (of_persons - interaction) / k), max(0.0, (of_scenarios - interaction) / n), interaction
    )
