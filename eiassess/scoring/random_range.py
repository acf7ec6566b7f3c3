"""Where people who answer at random score on the same scenarios, by simulation from the key."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eiassess import psychometrics
from eiassess.domain.scores import Interval
from eiassess.scoring.choices import choices_of, random_answers
from eiassess.scoring.plan import ScoringPlan

SEED = 50
PEOPLE = 10_000
COVERED = (2.5, 97.5)
_RANGES_KEPT = 4096

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class RandomRange:
    """The range that 95 % of random answerers fall into, for every score of a form."""

    overall: Interval
    competencies: Mapping[str, Interval]
    styles: Mapping[str, Interval]


_RANGES: dict[tuple[str, str, tuple[int, ...]], RandomRange] = {}


def random_range(plan: ScoringPlan, counted: tuple[int, ...]) -> RandomRange:
    """Return the ranges over the counted scenarios; the same every time, since the seed is fixed.

    Every rating is drawn evenly from the scale's points, every pick and rank order evenly from all that there are, for
    10,000 people, and scored like a person's.
    """
    name = (plan.form.digest, plan.key.digest, counted)
    if name not in _RANGES:
        while len(_RANGES) >= _RANGES_KEPT:
            _RANGES.pop(next(iter(_RANGES)), None)
        _RANGES[name] = _simulate(plan, counted)
    return _RANGES[name]


def _simulate(plan: ScoringPlan, counted: tuple[int, ...]) -> RandomRange:
    used = np.isin(plan.scenario, counted) & plan.rated
    kind, key_values = plan.kind[used], plan.key_values[used]
    generator = np.random.default_rng(SEED)
    points = np.arange(plan.key.minimum, plan.key.maximum + 1, dtype=np.float64)
    ratings = generator.choice(points, size=(PEOPLE, int(used.sum())))
    z, key_z = np.zeros_like(ratings), np.zeros_like(key_values)
    for one in np.unique(kind):
        rows = kind == one
        deviations = ratings[:, rows] - ratings[:, rows].mean(axis=1, keepdims=True)
        spread = deviations.std(axis=1, keepdims=True)
        z[:, rows] = deviations / np.where(spread > 0, spread, 1)
        key_z[rows] = psychometrics.standardised_profile(key_values[rows])
    position = np.searchsorted(counted, plan.scenario[used])
    d = psychometrics.discrepancy(z, key_z, position, len(counted))
    e = psychometrics.random_discrepancy(key_z, position, len(counted))
    choices = choices_of(plan, np.array(counted, dtype=np.intp))
    answers = random_answers(generator, choices, PEOPLE, len(plan.columns))
    d[:, choices.places], e[choices.places] = psychometrics.choice_discrepancy(
        choices.scores(answers), choices.decisions
    )
    return RandomRange(
        overall=_range(d, e),
        competencies=_ranges(d, e, plan.competencies, counted),
        styles=_ranges(d, e, plan.styles, counted),
    )


def _ranges(d: Array, e: Array, parts: Mapping[str, tuple[int, ...]], counted: tuple[int, ...]) -> dict[str, Interval]:
    rows = {name: np.isin(counted, scenarios) for name, scenarios in parts.items()}
    return {name: _range(d[:, mine], e[mine]) for name, mine in rows.items() if mine.any()}


def _range(d: Array, e: Array) -> Interval:
    low, high = np.percentile(100 - 50 * d.sum(axis=1) / e.sum(), COVERED)
    return Interval(float(low), float(high))
