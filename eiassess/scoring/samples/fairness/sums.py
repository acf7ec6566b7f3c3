"""All that an opening's analysts see of voluntary answers, made at once from those who are counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from eiassess.domain.fairness import STEP, FairnessQuestion, FairnessQuestions
from eiassess.scoring.samples.fairness.counting import FEWEST_COMPARED, GroupCount, count_groups
from eiassess.scoring.samples.fairness.dif import GroupDif, group_dif
from eiassess.scoring.samples.fairness.differences import GroupDifference, group_differences
from eiassess.scoring.samples.fairness.impact import StageSums, impact_at
from eiassess.scoring.samples.fairness.law_144 import LawTable, law_tables
from eiassess.scoring.samples.fairness.people import OVERALL, FairnessPerson


@dataclass(frozen=True)
class QuestionSums:
    """What is said of a question's groups."""

    id: str
    counts: tuple[GroupCount, ...]
    differences: tuple[GroupDifference, ...]
    dif: tuple[GroupDif, ...]


@dataclass(frozen=True)
class FairnessSums:
    """All that an opening's analysts see; ``n`` people were counted."""

    n: int
    questions: tuple[QuestionSums, ...]
    stages: tuple[StageSums, ...]
    law_144: tuple[LawTable, ...]


def fairness_sums(
    asked: FairnessQuestions,
    counted: Sequence[FairnessPerson],
    others: Sequence[FairnessPerson],
    stages: Sequence[str],
    before: FairnessSums | None,
    today: date | None = None,
) -> FairnessSums:
    """Sum up the answers of those who are counted.

    Parameters
    ----------
    others
        Everybody else who handed in, without answers: in the tables of Local Law 144 their category is unknown.
    stages
        In their order: whoever reached one reached those before it.
    before
        What was shown until now: a stage's tables are made anew only if ten more people came there than they were made
        from.
    today
        Stands on the tables of Local Law 144 that are made now.
    """
    questions = tuple(_question_sums(each, counted) for each in asked.questions)
    known = {each.stage: each for each in before.stages} if before else {}
    made: list[StageSums] = []
    for stage in stages:
        n_reached = sum(stage in person.reached for person in counted)
        old = known.get(stage)
        if old is not None and n_reached - old.n_reached < STEP:
            made.append(old)
        else:
            rows = {each.id: impact_at(each.id, each.counts, counted, stage, made) for each in questions}
            made.append(StageSums(stage, n_reached, rows))
    law = _law(counted, others, made[0], before, today) if asked.law_144 else ()
    return FairnessSums(len(counted), questions, tuple(made), law)


def overall_differences(sums: FairnessSums) -> tuple[GroupDifference, ...]:
    """Return every comparison of overall scores that an opening's page makes."""
    return tuple(each for question in sums.questions for each in question.differences if each.what == OVERALL)


def _question_sums(question: FairnessQuestion, counted: Sequence[FairnessPerson]) -> QuestionSums:
    counts = count_groups(question, counted)
    groups = sorted((each for each in counts if each.n is not None), key=lambda each: -(each.n or 0))
    if len(groups) < FEWEST_COMPARED:
        return QuestionSums(question.id, counts, (), ())
    reference, *others = groups
    return QuestionSums(
        question.id,
        counts,
        group_differences(question.id, reference.category, [each.category for each in others], counted),
        tuple(group_dif(question.id, reference.category, each.category, counted) for each in others),
    )


def _law(
    counted: Sequence[FairnessPerson],
    others: Sequence[FairnessPerson],
    first: StageSums,
    before: FairnessSums | None,
    today: date | None,
) -> tuple[LawTable, ...]:
    """Make the law's tables; those of the first stage stay with the stage's own."""
    stays = before is not None and first in before.stages
    kept = tuple(each for each in before.law_144 if each.stage) if before and stays else None
    return law_tables(counted, others, first.stage, kept, today)
