"""Which of a person's competencies and styles differ from the person's own mean by more than their error."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eiassess import psychometrics
from eiassess.domain.scores import NamedDifference

SIGNIFICANCE = 0.05

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Part:
    """A competency or style with its score and its weight, the sum of its random discrepancies."""

    id: str
    score: float
    weight: float


def named_differences(
    parts: list[Part], own_mean: float, total_weight: float, variance: float, df: int
) -> tuple[tuple[NamedDifference, ...], tuple[NamedDifference, ...]]:
    """Name strengths and weaknesses: parts off the person's own mean after Holm over all parts shown.

    A part p with weight share w differs from the mean by (1 - w) times its difference to the rest, so
    ``SE = (1 - w) 50 sqrt(v (1 / e_p + 1 / (e - e_p)))``.

    Returns
    -------
    tuple
        Strengths, the clearest first, and weaknesses, the clearest first.
    """
    testable = [part for part in parts if part.weight < total_weight]
    differences = np.array([part.score - own_mean for part in testable])
    errors = _standard_errors(np.array([part.weight for part in testable]), total_weight, variance)
    adjusted = psychometrics.holm_adjusted(psychometrics.difference_p_values(differences, errors, df))
    named = sorted(
        (
            NamedDifference(part.id, difference, p)
            for part, difference, p in zip(testable, differences.tolist(), adjusted.tolist(), strict=True)
            if p < SIGNIFICANCE
        ),
        key=lambda each: (each.p_adjusted, -abs(each.difference)),
    )
    return (
        tuple(each for each in named if each.difference > 0),
        tuple(each for each in named if each.difference < 0),
    )


def _standard_errors(weights: Array, total: float, variance: float) -> Array:
    return (1 - weights / total) * 50 * np.sqrt(variance * (1 / weights + 1 / (total - weights)))
