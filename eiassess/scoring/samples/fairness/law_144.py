"""The tables of Local Law 144: every group stands in them, also small ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from eiassess.domain.fairness import LAW_RACE, LAW_SEX
from eiassess.psychometrics import above_median, intersections, local_law_144_table
from eiassess.scoring.samples.fairness.people import OVERALL, FairnessPerson

Array = npt.NDArray[np.float64]


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


def law_tables(
    counted: Sequence[FairnessPerson],
    others: Sequence[FairnessPerson],
    stage: str,
    kept: tuple[LawTable, ...] | None,
    today: date | None,
) -> tuple[LawTable, ...]:
    """Make the law's tables: of scores above the median, and of the first stage, which follows the assessment.

    Parameters
    ----------
    others
        Whose category is unknown.
    kept
        The tables of the stage as they stay; ``None`` if they are made anew.
    """
    everybody = [*counted, *others]
    scored = [each for each in everybody if OVERALL in each.scores]
    tables = _tables(scored, above_median(_overall(scored)).tolist(), "", today) if scored else ()
    if kept is not None:
        return (*tables, *kept)
    came = [stage in each.reached for each in everybody]
    return (*tables, *(_tables(everybody, came, stage, today) if any(came) else ()))


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
