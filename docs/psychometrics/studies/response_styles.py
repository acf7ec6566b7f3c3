"""Study 8: what within-person standardising does to groups that use the scale differently."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from markupsafe import Markup

from docs.psychometrics.studies.batch_scoring import score_batch
from docs.psychometrics.studies.figures import Axis, dot_chart
from docs.psychometrics.studies.population import (
    HIGH,
    LOW,
    Generator,
    People,
    draw_people,
    key_in_deviations,
    rate,
    shipped_layout,
    shipped_plan,
)
from docs.psychometrics.studies.study import Row, Study, Tables, number, replicates
from eiassess.psychometrics import standardised_group_difference

Array = npt.NDArray[np.float64]

PEOPLE = 20_000
CASES = {
    "no difference": (0.0, 1.0, 0.0),
    "rates half a point higher": (0.5, 1.0, 0.0),
    "rates a whole point higher": (1.0, 1.0, 0.0),
    "keeps to the middle: spread 0.6": (0.0, 0.6, 0.0),
    "keeps to the middle: spread 0.8": (0.0, 0.8, 0.0),
    "uses the ends: spread 1.3": (0.0, 1.3, 0.0),
    "uses the ends: spread 1.6": (0.0, 1.6, 0.0),
    "half a point higher, spread 1.3": (0.5, 1.3, 0.0),
    "truly less accurate": (0.0, 1.0, -0.12),
    "truly less accurate, and keeps to the middle: spread 0.6": (0.0, 0.6, -0.12),
    "truly less accurate, and a whole point higher": (1.0, 1.0, -0.12),
}
"""Shift of elevation in points, factor of scatter, shift of accuracy in atanh: of the second group."""


def run(seed: int, effort: float) -> Tables:
    """Compare a group with a second one that differs in use of the scale, in accuracy, or in both."""
    generator = np.random.default_rng(seed)
    n = replicates(PEOPLE, effort, 50)
    return {"groups": [_case(generator, name, n) for name in CASES]}


def _case(generator: Generator, name: str, n: int) -> Row:
    shift, factor, accuracy = CASES[name]
    first = draw_people(generator, n, shipped_layout().n_competencies)
    second = draw_people(generator, n, shipped_layout().n_competencies)
    second = replace(
        second,
        accuracy=second.accuracy + accuracy,
        elevation=second.elevation + shift,
        scatter=second.scatter * factor,
    )
    (absolute, squared, house, parts), others = _scores(generator, first), _scores(generator, second)
    by_part = [_d(theirs, own) for theirs, own in zip(others[3].T, parts.T, strict=True)]
    return {
        "second group": name,
        "d of absolute distance": _d(others[0], absolute),
        "d of squared distance": _d(others[1], squared),
        "d of the house score": _d(others[2], house),
        "d of competencies": f"{min(by_part):.2f} to {max(by_part):.2f}",
    }


def _scores(generator: Generator, people: People) -> tuple[Array, Array, Array, Array]:
    """Give closeness by absolute and by squared distance, and the house score, overall and by competency."""
    plan, layout = shipped_plan(), shipped_layout()
    ratings = rate(generator, layout, people, key_in_deviations(plan.key_values, layout), 0.0)
    scores = score_batch(layout, plan.key_values, ratings)
    off = np.abs(ratings - plan.key_values)
    worst = np.maximum(plan.key_values - LOW, HIGH - plan.key_values)
    closeness, squared = 1 - off.mean(axis=1) / worst.mean(), -(off**2).mean(axis=1)
    kept = ~np.isnan(scores.overall)
    return closeness[kept], squared[kept], scores.overall[kept], scores.competencies[kept]


def _d(first: Array, second: Array) -> float:
    return round(standardised_group_difference(first, second).d, 2) + 0.0


def draw(tables: Mapping[str, list[Row]]) -> Markup:
    """Draw the group difference under raw distance and on the house scale."""
    columns = ("d of the house score", "d of absolute distance", "d of squared distance")
    return dot_chart(
        "Difference of two groups that use the rating scale differently",
        Axis(-2, 2, (-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2), "d, second group less first"),
        ("house score", "absolute distance", "squared distance"),
        [(_short(str(row["second group"])), [number(row, column) for column in columns]) for row in tables["groups"]],
        level=0,
    )


def _short(name: str) -> str:
    return name.replace("truly less accurate, and", "less accurate +").replace("keeps to the middle: ", "")


STUDY = Study("response-styles", 108, run, draw)
