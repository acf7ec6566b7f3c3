"""Scoring people by the house scale, one by one as the product does. No peer: measured against a bare matrix of numpy.

The bare side takes one table without gaps, gives overall and competency scores, and leaves out all else that a score
comes with: standard errors, intervals, components, strengths and weaknesses, missing answers.
"""

import sys
from dataclasses import dataclass

import numpy as np

from eiassess.scoring.person.engine import score_vector
from eiassess.scoring.person.plan import ScoringPlan, scoring_plan
from eiassess.scoring.simulating import simulate_people
from tests.benchmarks.timing import answer, median_seconds, our_side, run
from tests.hiring_story import standard_form

AGREEMENT = 1e-9


@dataclass(frozen=True)
class EngineCase:
    """People scored one by one, against the bare matrix."""

    persons: int
    seconds: float
    bare_seconds: float
    largest_difference: float

    @property
    def agrees(self) -> bool:
        return self.largest_difference <= AGREEMENT


def plan_of_standard_form() -> ScoringPlan:
    """Lay out the form that is shipped."""
    loaded = standard_form()
    return scoring_plan(loaded.form, loaded.key)


def bare_scores(plan: ScoringPlan, ratings: np.ndarray) -> np.ndarray:
    """Score overall and every competency, shape (people, 1 + competencies); nothing missing."""
    z, key_z = np.empty_like(ratings), np.empty_like(plan.key_values)
    for kind in np.unique(plan.kind):
        rows = plan.kind == kind
        z[:, rows], key_z[rows] = _standardised(ratings[:, rows]), _standardised(plan.key_values[rows])
    parts = [range(len(plan.form.scenarios)), *plan.competencies.values()]
    member = np.column_stack([np.isin(plan.scenario, list(scenarios)) for scenarios in parts]).astype(np.float64)
    return 100 - 50 * ((z - key_z) ** 2 @ member) / ((1 + key_z**2) @ member)


def _standardised(profiles: np.ndarray) -> np.ndarray:
    return (profiles - profiles.mean(axis=-1, keepdims=True)) / profiles.std(axis=-1, keepdims=True)


def measure_engine(persons: int) -> EngineCase:
    """Score in a process of its own."""
    said = run(our_side("engine", persons))
    return EngineCase(persons, said["seconds"], said["bare_seconds"], said["largest_difference"])


def _measure(persons: str) -> None:
    plan = plan_of_standard_form()
    ratings = simulate_people(plan, int(persons), seed=1).ratings.astype(np.float64)
    bare = bare_scores(plan, ratings)
    scores = [score_vector(plan, row) for row in ratings]
    scored = np.array([score.overall is not None for score in scores])
    found = [(s.overall.score, *(s.competencies[c].score for c in plan.competencies)) for s in scores if s.overall]
    answer(
        seconds=median_seconds(lambda: [score_vector(plan, row) for row in ratings], 3),
        bare_seconds=median_seconds(lambda: bare_scores(plan, ratings), 7),
        largest_difference=float(np.abs(np.array(found) - bare[scored]).max()),
    )


if __name__ == "__main__":
    _measure(*sys.argv[1:])
