"""Who came to which stage, group by group, and what chance can do in such a table."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from eiassess.psychometrics import adverse_impact_by_group, adverse_impact_ratio, holm_adjusted, shown_rows
from eiassess.scoring.samples.fairness.counting import FEWEST_COMPARED, GroupCount
from eiassess.scoring.samples.fairness.people import SIGNIFICANCE, FairnessPerson


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
class ImpactChance:
    """How many pairs a question's impact compares, and which groups lie below the highest by more than chance.

    ``beyond`` has stage and category.
    """

    n_compared: int
    beyond: frozenset[tuple[str, str]]


def impact_chance(stages: Sequence[StageSums], question: str) -> ImpactChance:
    """Tell what chance can do in a question's table of impact, all its stages together (Holm).

    Whose share is the highest is seen only afterwards, so that all pairs of a stage's groups count as compared.
    """
    pairs = [
        (stage.stage, first, second)
        for stage in stages
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


def impact_at(
    question: str,
    counts: Sequence[GroupCount],
    counted: Sequence[FairnessPerson],
    stage: str,
    earlier: Sequence[StageSums],
) -> tuple[ImpactRow, ...]:
    """Compare the shares of a question's groups that came to a stage; ``earlier`` are the stages shown before it."""
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
