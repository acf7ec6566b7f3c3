"""People of some categories who came to some stages, and what is summed up of them."""

from collections.abc import Mapping

import numpy as np

from eiassess.domain.fairness import FairnessQuestion, FairnessQuestions
from eiassess.scoring.samples.fairness.people import FairnessPerson
from eiassess.scoring.samples.fairness.sums import FairnessSums, fairness_sums

STAGES = ("interview", "offer", "hired")
GENDER = FairnessQuestion("q1", "Gender?", ("Woman", "Man", "Another"))
ASKED = FairnessQuestions((GENDER,))


def people(
    n: int, category: str = "", *, at: float = 50, reached: int = 0, **more: Mapping[str, float]
) -> list[FairnessPerson]:
    """People of a category with scores around a middle, who came to so many stages."""
    return [
        FairnessPerson(
            {"q1": category} if category else {},
            {"Overall": at + number % 5},
            more.get("scenarios", {}),
            frozenset(STAGES[:reached]),
        )
        for number in range(n)
    ]


def sums(counted: list[FairnessPerson], before: FairnessSums | None = None) -> FairnessSums:
    return fairness_sums(ASKED, counted, [], STAGES, before)


def counts(found: FairnessSums) -> list[tuple[str, int | None]]:
    return [(each.category, each.n) for each in found.questions[0].counts]


def at_most(n: int) -> float:
    """The share of n pages that may be wrong: 5 %, and two standard errors of it."""
    return 0.05 + 2 * float(np.sqrt(0.05 * 0.95 / n))
