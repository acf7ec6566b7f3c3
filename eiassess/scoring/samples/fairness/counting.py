"""How many people are of each group, where there are enough to say so."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from eiassess.domain.fairness import FairnessQuestion
from eiassess.psychometrics import SMALLEST_GROUP_SHOWN
from eiassess.scoring.samples.fairness.people import FairnessPerson

FEWEST_COMPARED = 2


@dataclass(frozen=True)
class GroupCount:
    """How many chose a category; ``None`` for fewer than ten."""

    category: str
    n: int | None


def count_groups(question: FairnessQuestion, counted: Sequence[FairnessPerson]) -> tuple[GroupCount, ...]:
    """Count who chose each category of a question."""
    # How many would rather not say is never shown, so that of one small group it does not follow from the total either.
    sizes = Counter(person.answers.get(question.id) for person in counted)
    return tuple(
        GroupCount(category, sizes[category] if sizes[category] >= SMALLEST_GROUP_SHOWN else None)
        for category in question.categories
    )
