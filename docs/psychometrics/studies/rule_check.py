"""Holds the rule for many openings at once to the product: its estimate, its placed people, its page."""

from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt

from docs.psychometrics.studies.other_people import KINDS, MODERATE, Form, Group, sit
from docs.psychometrics.studies.rule_batch import page_verdicts, place
from docs.psychometrics.studies.shipped_forms import AREAS, area_of_scenarios, columns_of, plan_of
from eiassess.domain.reasons import OVERALL
from eiassess.scoring.differences.comparing_page import compare_on_page
from eiassess.scoring.differences.estimating import estimate_errors
from eiassess.scoring.differences.measuring import SatPerson
from eiassess.scoring.differences.placing import PlacedPerson, place_people

NAME = "standard-a"
CARELESS = list(KINDS).index("careless")
Array = npt.NDArray[np.float64]


def largest_gap_of_a_page(n: int, k: int) -> float:
    """Give the largest difference in z, errors and areas of one opening; 1 more for each other verdict of its page."""
    plan, columns = plan_of(NAME), columns_of(NAME)
    area_of = area_of_scenarios(NAME, columns)
    generator = np.random.default_rng(5)
    careless = CARELESS * (np.arange(n) % 4 == 0).astype(np.intp)
    group = Group(np.linspace(-1.5, 1.0, n), np.zeros(n, dtype=np.intp), careless)
    sat = sit(generator, Form(columns, area_of[:, 0] > 0), group, MODERATE, 1)
    batch = place(sat.sheets(columns), sat.order, 1, area_of)
    names = plan.form.scenario_ids
    people = [
        SatPerson(str(row), _answers(own), order=tuple(names[place_] for place_ in sat.order[row]))
        for row, own in enumerate(sat.ratings)
    ]
    estimate = estimate_errors(plan.form, plan.key, people, made_at=datetime(2026, 1, 1, tzinfo=UTC))
    placed = place_people(plan.form, plan.key, people, estimate, AREAS)
    theirs = np.array([_numbers(person) for person in placed])
    ours = np.column_stack([batch.z[0], batch.tests[0][0], batch.intervals[0][0], batch.areas[0], batch.area_sems[0]])
    marked = [person.not_compared is None for person in placed] != batch.compared[0].tolist()
    verdicts = page_verdicts(batch, np.arange(0, 5 * k, 5))
    tests = compare_on_page(placed[0 : 5 * k : 5])
    overall = [test.differs for test in tests if test.what == OVERALL]
    other = sum(test.differs for test in tests) - sum(overall)
    wrong = (sum(overall) != verdicts.overall.sum()) + (other != verdicts.areas.sum()) + marked
    return float(np.abs(ours - theirs).max()) + float(wrong)


def _numbers(person: PlacedPerson) -> list[float]:
    test, interval = person.test_error, person.interval_error
    areas = list(person.areas.values())
    return [
        person.z or 0.0,
        test.variance if test else 0.0,
        interval.variance if interval else 0.0,
        *(area.score for area in areas),
        *(area.sem or 0.0 for area in areas),
    ]


def _answers(own: Array) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for (scenario, option), value in zip(plan_of(NAME).columns, own, strict=True):
        found.setdefault(scenario, {})[option] = int(value)
    return found
