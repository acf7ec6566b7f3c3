"""How far groups' scores lie from the largest group's, and which of many differences are more than chance."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eiassess.errors import NotEstimableError
from eiassess.psychometrics import holm_adjusted, standardised_group_difference
from eiassess.scoring.samples.fairness.people import SIGNIFICANCE, FairnessPerson

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class GroupDifference:
    """How far a group's scores lie from the largest group's, in standard deviations; below 0 where they are lower.

    ``p`` is that of this comparison alone.
    """

    what: str
    category: str
    reference: str
    d: float
    low: float
    high: float
    p: float = 1.0  # sums that were kept before have none, and claim nothing


def seen_to_differ(compared: Sequence[GroupDifference]) -> tuple[GroupDifference, ...]:
    """Return those that differ by more than chance does among so many comparisons (Holm)."""
    adjusted = holm_adjusted(np.array([each.p for each in compared], dtype=np.float64)).tolist()
    return tuple(each for each, p in zip(compared, adjusted, strict=True) if p < SIGNIFICANCE)


def group_differences(
    question: str, reference: str, categories: Sequence[str], counted: Sequence[FairnessPerson]
) -> tuple[GroupDifference, ...]:
    """Compare groups with the largest one, overall and by competency."""
    names = list(dict.fromkeys(name for person in counted for name in person.scores))
    found = []
    for name in names:
        largest = _scores_of(question, reference, name, counted)
        for category in categories:
            try:
                result = standardised_group_difference(_scores_of(question, category, name, counted), largest)
            except NotEstimableError:
                continue  # fewer than ten have a score: the page shows a dash
            found.append(GroupDifference(name, category, reference, result.d, *result.interval, result.p_value))
    return tuple(found)


def _scores_of(question: str, category: str, name: str, counted: Sequence[FairnessPerson]) -> Array:
    own = [person.scores.get(name, np.nan) for person in counted if person.answers.get(question) == category]
    return np.array(own, dtype=np.float64)
