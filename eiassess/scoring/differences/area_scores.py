"""Areas, the groups of competencies: scores and errors as a competency has them, none of them shrunk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eiassess import psychometrics
from eiassess.domain.scores import Interval
from eiassess.scoring.differences.measuring import Measures

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class AreaScore:
    """Somebody's score in an area.

    Parameters
    ----------
    score
        On the house scale.
    sem, df, interval
        Standard error, its degrees of freedom and the 95 % interval; ``None`` (and 0) where no competency has two
        scenarios that count.
    n_scenarios, asked
        How many of the area's scenarios count, of how many of the form.
    """

    score: float
    sem: float | None
    df: int
    interval: Interval | None
    n_scenarios: int
    asked: int

    @property
    def is_tested(self) -> bool:
        """Whether it is compared between people: it has an error, and two thirds of its scenarios count."""
        return self.sem is not None and 3 * self.n_scenarios >= 2 * self.asked


def area_scores(measures: Measures, areas: Mapping[str, Sequence[str]]) -> list[dict[str, AreaScore]]:
    """Score every area of which something counts, of each person.

    ``100 - 50 sum d_j / sum e_j``; ``50 sqrt(v / sum e_j)``, v pooled within competencies over the whole form.

    Parameters
    ----------
    areas
        Area -> its competencies; competencies that the form does not have are nothing to it.
    """
    found: list[dict[str, AreaScore]] = [{} for _ in measures.ids]
    profiles, columns = measures.profiles, measures.sheets.columns
    variance, df = psychometrics.pooled_discrepancy_variance(profiles.d, profiles.e, columns.of_competency)
    names = tuple(measures.plan.competencies)
    for area, competencies in areas.items():
        inside = np.isin(columns.competency, [names.index(each) for each in competencies if each in names])
        n = measures.sheets.counted[:, inside].sum(axis=1)
        d, e = profiles.d[:, inside].sum(axis=1), profiles.e[:, inside].sum(axis=1)
        for row in np.flatnonzero(n):
            score = float(psychometrics.house_scores(d[row], e[row]))
            sem = psychometrics.house_score_standard_error(float(variance[row]), e[row]) if df[row] else None
            found[row][area] = _area(score, sem, int(df[row]), int(n[row]), int(inside.sum()))
    return found


def _area(score: float, sem: float | None, df: int, n: int, asked: int) -> AreaScore:
    if sem is None:
        return AreaScore(score, None, 0, None, n, asked)
    half = psychometrics.t_quantile(df) * sem
    return AreaScore(score, sem, df, Interval(score - half, score + half), n, asked)
