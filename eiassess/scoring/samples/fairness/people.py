"""People as sums of voluntary answers are made from them."""

from collections.abc import Mapping
from dataclasses import dataclass

SIGNIFICANCE = 0.05
"""How often a page's overall comparisons, or a table of impact, may claim a difference where there is none."""
OVERALL = "Overall"
"""What the overall score is called among a person's scores."""


@dataclass(frozen=True)
class FairnessPerson:
    """What sums are made from, of one person.

    Parameters
    ----------
    answers
        Category by question; what they would rather not say is missing.
    scores
        Score by what it is of; what has none is missing.
    scenarios
        Score by scenario.
    reached
        Stages that they came to, or past.
    """

    answers: Mapping[str, str]
    scores: Mapping[str, float]
    scenarios: Mapping[str, float]
    reached: frozenset[str]
