"""Which of a person's competencies and styles differ from the person's own mean by more than their error."""

from dataclasses import dataclass

import numpy as np

from eiassess import psychometrics
from eiassess.domain.scores import NamedDifference

SIGNIFICANCE = 0.05


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
    differences = [part.score - own_mean for part in testable]
    p_values = [
        psychometrics.difference_p_value(difference, _standard_error(part.weight, total_weight, variance), df)
        for part, difference in zip(testable, differences, strict=True)
    ]
    adjusted = psychometrics.holm_adjusted(np.array(p_values))
    named = sorted(
        (
            NamedDifference(part.id, difference, float(p))
            for part, difference, p in zip(testable, differences, adjusted, strict=True)
            if p < SIGNIFICANCE
        ),
        key=lambda each: (each.p_adjusted, -abs(each.difference)),
    )
    return (
        tuple(each for each in named if each.difference > 0),
        tuple(each for each in named if each.difference < 0),
    )


def _standard_error(weight: float, total: float, variance: float) -> float:
    share = weight / total
    return float((1 - share) * 50 * np.sqrt(variance * (1 / weight + 1 / (total - weight))))
