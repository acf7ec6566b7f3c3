"""Sums of voluntary answers: groups counted, compared in score and by stage, and nothing of a few people.

What is made here is kept and shown as it is: nothing finer goes out. Only tables of Local Law 144 show small groups.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

import numpy as np
import numpy.typing as npt

from eiassess.domain.fairness import LAW_RACE, LAW_SEX, STEP, FairnessQuestion, FairnessQuestions
from eiassess.errors import NotEstimableError
from eiassess.psychometrics import (
    SMALLEST_ASSESSABLE_GROUP,
    SMALLEST_ASSESSABLE_SAMPLE,
    SMALLEST_GROUP_SHOWN,
    above_median,
    adverse_impact_by_group,
    adverse_impact_ratio,
    differential_item_functioning,
    holm_adjusted,
    intersections,
    local_law_144_table,
    shown_rows,
    standardised_group_difference,
)

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
FEWEST_COMPARED = 2
SIGNIFICANCE = 0.05
"""How often a page's overall comparisons, or a table of impact, may claim a difference where there is none."""
OVERALL = "Overall"
"""What the overall score is called among a person's scores."""
DIF_CUTS = tuple(range(10, 100, 10))
"""Where a scenario's score begins the next of ten ordered classes, in points; the lowest is open below.

Classes ten points wide add 10^2 / 12 to a score's variance (Sheppard, 1898), 3 % of what simulated people have on
the forms that ship (SD 16). Fixed, so that a class means the same in every sample.
"""
DIF_RIGHT = 8.0
"""The class that counts as right for Mantel-Haenszel: 80 points and more, as 66 % of those simulated scores."""


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


@dataclass(frozen=True)
class GroupCount:
    """How many chose a category; ``None`` for fewer than ten."""

    category: str
    n: int | None


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


@dataclass(frozen=True)
class GroupDif:
    """Scenarios that a group answers differently from the largest at equal standing.

    ``large`` and ``not_classed`` name scenarios; ``why_not`` says why nothing is known, and is empty otherwise.
    """

    category: str
    reference: str
    large: tuple[str, ...]
    not_classed: tuple[str, ...]
    why_not: str


@dataclass(frozen=True)
class QuestionSums:
    """What is said of a question's groups."""

    id: str
    counts: tuple[GroupCount, ...]
    differences: tuple[GroupDifference, ...]
    dif: tuple[GroupDif, ...]


@dataclass(frozen=True)
class ImpactRow:
    """How many of a group came to a stage, and the ratio of its share to the highest; ``None`` where hidden."""

    category: str
    n: int
    reached: int | None
    ratio: float | None
    interval: tuple[float, float] | None
    below_four_fifths: bool | None


@dataclass(frozen=True)
class StageSums:
    """Impact at a stage, by question; ``n_reached`` is how many it was made from, to tell when it may be renewed."""

    stage: str
    n_reached: int
    rows: Mapping[str, tuple[ImpactRow, ...]]


@dataclass(frozen=True)
class LawRow:
    """A row of a table of Local Law 144, small groups too."""

    category: str
    n: int
    favourable: int
    rate: float
    ratio: float | None


@dataclass(frozen=True)
class LawTable:
    """A table of Local Law 144, and how many people's category is unknown.

    ``by`` has the questions whose categories its rows are; ``stage`` is what people came to, or empty where the table
    is of those who scored above the median. ``made_on`` is its own day: one of a stage can be older than one of scores.
    """

    by: tuple[str, ...]
    stage: str
    rows: tuple[LawRow, ...]
    unknown: int
    made_on: date | None = None


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
            rows = {each.id: _impact(each.id, each.counts, counted, stage, made) for each in questions}
            made.append(StageSums(stage, n_reached, rows))
    law = _law_144(counted, others, made, before, today) if asked.law_144 else ()
    return FairnessSums(len(counted), questions, tuple(made), law)


def overall_differences(sums: FairnessSums) -> tuple[GroupDifference, ...]:
    """Return every comparison of overall scores that an opening's page makes."""
    return tuple(each for question in sums.questions for each in question.differences if each.what == OVERALL)


def seen_to_differ(compared: Sequence[GroupDifference]) -> tuple[GroupDifference, ...]:
    """Return those that differ by more than chance does among so many comparisons (Holm)."""
    adjusted = holm_adjusted(np.array([each.p for each in compared], dtype=np.float64)).tolist()
    return tuple(each for each, p in zip(compared, adjusted, strict=True) if p < SIGNIFICANCE)


@dataclass(frozen=True)
class ImpactChance:
    """How many pairs a question's impact compares, and which groups lie below the highest by more than chance.

    ``beyond`` has stage and category.
    """

    n_compared: int
    beyond: frozenset[tuple[str, str]]


def impact_chance(sums: FairnessSums, question: str) -> ImpactChance:
    """Tell what chance can do in a question's table of impact, all its stages together (Holm).

    Whose share is the highest is seen only afterwards, so that all pairs of a stage's groups count as compared.
    """
    pairs = [
        (stage.stage, first, second)
        for stage in sums.stages
        for first, second in combinations([row for row in stage.rows.get(question, ()) if row.ratio is not None], 2)
    ]
    p = [adverse_impact_ratio(one.reached or 0, one.n, other.reached or 0, other.n).p_value for _, one, other in pairs]
    adjusted = holm_adjusted(np.array(p, dtype=np.float64)).tolist()
    return ImpactChance(
        len(pairs),
        frozenset(
            (stage, min(pair, key=_share).category)
            for (stage, *pair), value in zip(pairs, adjusted, strict=True)
            if value < SIGNIFICANCE and max(_share(each) for each in pair) == 1
        ),
    )


def _share(row: ImpactRow) -> float:
    """Return a row's share as its ratio to the highest, which is exactly 1 for that."""
    return row.ratio or 0.0


def _question_sums(question: FairnessQuestion, counted: Sequence[FairnessPerson]) -> QuestionSums:
    # How many would rather not say is never shown, so that of one small group it does not follow from the total either.
    sizes = Counter(person.answers.get(question.id) for person in counted)
    counts = tuple(
        GroupCount(category, sizes[category] if sizes[category] >= SMALLEST_GROUP_SHOWN else None)
        for category in question.categories
    )
    groups = sorted((each for each in counts if each.n is not None), key=lambda each: -(each.n or 0))
    if len(groups) < FEWEST_COMPARED:
        return QuestionSums(question.id, counts, (), ())
    reference, *others = groups
    return QuestionSums(
        question.id,
        counts,
        _differences(question.id, reference.category, [each.category for each in others], counted),
        tuple(_dif(question.id, reference, each, counted) for each in others),
    )


def _differences(
    question: str, reference: str, categories: Sequence[str], counted: Sequence[FairnessPerson]
) -> tuple[GroupDifference, ...]:
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


def _dif(question: str, reference: GroupCount, focal: GroupCount, counted: Sequence[FairnessPerson]) -> GroupDif:
    both = [each for each in counted if each.answers.get(question) in {focal.category, reference.category}]
    names = sorted({name for person in both for name in person.scenarios})
    complete = [each for each in both if len(each.scenarios) == len(names)]
    member = np.array([person.answers[question] == focal.category for person in complete], dtype=np.float64)
    n_focal = int(member.sum())
    # The error's own words would give the sizes of groups, which may be small.
    if min(n_focal, member.size - n_focal) < SMALLEST_ASSESSABLE_GROUP or member.size < SMALLEST_ASSESSABLE_SAMPLE:
        return GroupDif(focal.category, reference.category, (), (), TOO_FEW_FOR_DIF)
    scores = np.array([[person.scenarios[name] for name in names] for person in complete])
    classes = np.digitize(scores, DIF_CUTS).astype(np.float64)
    try:
        items = differential_item_functioning(classes, member, purify=True, cut=DIF_RIGHT).items
    except NotEstimableError as reason:
        return GroupDif(focal.category, reference.category, (), (), f"Not assessable: {reason}")
    large, unknown = (
        tuple(name for name, item in zip(names, items, strict=True) if item.is_large is kind) for kind in (True, None)
    )
    return GroupDif(focal.category, reference.category, large, unknown, "")


TOO_FEW_FOR_DIF = (
    f"Not assessable: it takes {SMALLEST_ASSESSABLE_GROUP} people in the smaller group and "
    f"{SMALLEST_ASSESSABLE_SAMPLE} in both who answered every scenario"
)


def _impact(
    question: str,
    counts: Sequence[GroupCount],
    counted: Sequence[FairnessPerson],
    stage: str,
    earlier: Sequence[StageSums],
) -> tuple[ImpactRow, ...]:
    groups = [(each.category, each.n) for each in counts if each.n is not None]
    if not groups:
        return ()
    reached = Counter(person.answers.get(question) for person in counted if stage in person.reached)
    came, n = [reached[name] for name, _ in groups], [size for _, size in groups]
    # Between a stage and the one shown before it nobody's way may be read either, so that step has to be large as well.
    last = [_shown_last(question, name, size, earlier) for name, size in groups]
    shown = shown_rows(np.array([came, np.subtract(n, came), np.subtract(last, came)]).T)
    compared = [size if keep else 0 for size, keep in zip(n, shown.tolist(), strict=True)]
    impacts = (
        adverse_impact_by_group([x if size else 0 for x, size in zip(came, compared, strict=True)], compared)
        if np.count_nonzero(shown) >= FEWEST_COMPARED
        else (None,) * len(groups)
    )
    return tuple(
        ImpactRow(
            name,
            size,
            x if keep else None,
            impact.impact_ratio if impact else None,
            impact.ratio_interval if impact else None,
            impact.below_four_fifths if impact else None,
        )
        for (name, size), x, keep, impact in zip(groups, came, shown.tolist(), impacts, strict=True)
    )


def _shown_last(question: str, category: str, n: int, earlier: Sequence[StageSums]) -> int:
    for each in reversed(earlier):
        for row in each.rows.get(question, ()):
            if row.category == category and row.reached is not None:
                return row.reached
    return n


def _law_144(
    counted: Sequence[FairnessPerson],
    others: Sequence[FairnessPerson],
    made: Sequence[StageSums],
    before: FairnessSums | None,
    today: date | None,
) -> tuple[LawTable, ...]:
    """Make the law's tables: of scores above the median, and of the first stage, which follows the assessment."""
    everybody = [*counted, *others]
    scored = [each for each in everybody if OVERALL in each.scores]
    tables = _tables(scored, above_median(_overall(scored)).tolist(), "", today) if scored else ()
    first = made[0]
    if before is not None and first in before.stages:
        return (*tables, *(each for each in before.law_144 if each.stage))
    came = [first.stage in each.reached for each in everybody]
    return (*tables, *(_tables(everybody, came, first.stage, today) if any(came) else ()))


def _overall(scored: Sequence[FairnessPerson]) -> Array:
    return np.array([each.scores[OVERALL] for each in scored], dtype=np.float64)


def _tables(
    people: Sequence[FairnessPerson], favourable: Sequence[bool], stage: str, today: date | None
) -> tuple[LawTable, ...]:
    sex, race = ([each.answers.get(question) for each in people] for question in (LAW_SEX, LAW_RACE))
    found = []
    for by, labels in (((LAW_SEX,), sex), ((LAW_RACE,), race), ((LAW_SEX, LAW_RACE), intersections(sex, race))):
        if any(labels):
            table = local_law_144_table(labels, favourable)
            rows = tuple(
                LawRow(row.category, row.n, row.favourable, row.rate, row.impact_ratio) for row in table.categories
            )
            found.append(LawTable(by, stage, rows, table.unknown, today))
    return tuple(found)
