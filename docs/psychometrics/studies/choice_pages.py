"""Pages of the form that asks for the best and the worst response: scored and compared by the product itself."""

from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt

from docs.psychometrics.studies.other_people import MODERATE, Form, Group, Sat, sit
from docs.psychometrics.studies.population import Generator
from docs.psychometrics.studies.shipped_forms import AREAS, plan_of, sheets_of
from docs.psychometrics.studies.study import Row
from eiassess import psychometrics
from eiassess.domain.reasons import OVERALL
from eiassess.psychometrics import FormColumns
from eiassess.scoring.comparing import compare_people
from eiassess.scoring.differences.comparing_page import compare_on_page
from eiassess.scoring.differences.estimating import estimate_errors
from eiassess.scoring.differences.measuring import SatPerson
from eiassess.scoring.differences.placing import place_people
from eiassess.scoring.person.choices import choices_of, chosen, is_choice
from eiassess.scoring.person.engine import score_vector

Array = npt.NDArray[np.float64]

FORM = "short"
GRID = np.linspace(-3, 1.6, 16)
EACH = 400
LEVELS = (65, 80, 90)
APART = (12, 16, 20, 25)


def choice_pages(generator: Generator, times: int) -> tuple[list[Row], list[Row]]:
    """Compare pages of equal people, and of two who differ; nobody else's errors help here."""
    noise_of = _noise_of(generator, times)
    head: Row = {"form": FORM, "people": 0, "dependence": MODERATE.name}
    equal: list[Row] = []
    for k, level in (*((2, level) for level in LEVELS), (6, 80)):
        new, before, left = (np.array(x) for x in _verdicts(generator, np.full((times, k), noise_of(level))))
        equal.append(
            {
                **head,
                "page": f"{k} alike at {level}",
                "any false statement, %": _share(new[:, 0]),
                "±": round(100 * float(np.sqrt(new[:, 0].mean() * (1 - new[:, 0].mean()) / times)), 1),
                "the former rule, %": _share(before[:, 0]),
                "not compared, % of people": _share(left),
            }
        )
    power: list[Row] = []
    for points in APART:
        noise = np.tile([noise_of(80 + points / 2), noise_of(80 - points / 2)], (times, 1))
        new, before, _ = (np.array(x) for x in _verdicts(generator, noise))
        power.append(
            {
                **head,
                "scenarios": plan_of(FORM).competency.size,
                "on the page": 2,
                "points apart": float(points),
                "called, overall, %": _share(new[:, 1]),
                "called, an area, %": _share(new[:, 2]),
                "former rule, overall, %": _share(before[:, 1]),
            }
        )
    return equal, power


def _share(happened: Array) -> float:
    return round(100 * float(np.mean(happened)), 1)


def _answers(generator: Generator, noise: Array) -> Array:
    """Let people answer: shape (people, columns of the plan)."""
    plan = plan_of(FORM)
    zeros = np.zeros(noise.size, dtype=np.intp)
    columns = FormColumns(plan.key_values, plan.scenario, plan.kind, plan.competency, zeros[:0], np.zeros(0))
    form = Form(columns, np.zeros(plan.competency.size, dtype=np.bool_))
    sat: Sat = sit(generator, form, Group(noise, zeros, zeros), MODERATE, noise.size)
    answers = sat.ratings.copy()
    for choice in choices_of(plan, np.flatnonzero(is_choice(plan))).each:
        answers[:, choice.columns] = chosen(choice.format, sat.perceived[:, choice.columns])
    return answers


class _NoiseOf:
    """The noise that gives a true score."""

    def __init__(self, curve: Array) -> None:
        self._curve = curve

    def __call__(self, score: float) -> float:
        fine = np.linspace(GRID[0], GRID[-1], 500)
        scores = np.minimum.accumulate(50 * (1 + np.tanh(np.polyval(self._curve, fine))))
        return float(np.interp(-score, -scores, fine))


def _noise_of(generator: Generator, times: int) -> _NoiseOf:
    each = min(EACH, 2 * times + 10)
    sheets = sheets_of(plan_of(FORM), _answers(generator, np.repeat(GRID, each)))
    r = psychometrics.agreement_leaving_out(sheets)[0].reshape(GRID.size, each)
    return _NoiseOf(np.polyfit(GRID, np.arctanh(np.nanmean(r, axis=1)), 5))


def _verdicts(generator: Generator, noise: Array) -> tuple[list[list[bool]], list[list[bool]], list[list[bool]]]:
    """Say of each page: anything called, overall, an area; the same by the former rule; who is not compared."""
    plan = plan_of(FORM)
    pages, k = noise.shape
    answers = _answers(generator, noise.ravel())
    nobody = estimate_errors(plan.form, plan.key, (), made_at=datetime(2026, 1, 1, tzinfo=UTC))
    people = [SatPerson(str(row), _by_scenario(own)) for row, own in enumerate(answers)]
    placed = place_people(plan.form, plan.key, people, nobody, AREAS)
    new, before, left = [], [], []
    for first in range(0, pages * k, k):
        page = placed[first : first + k]
        tests = compare_on_page(page)
        found = [test.what == OVERALL for test in tests if test.differs]
        new.append([bool(found), any(found), not all(found)])
        left.append([person.not_compared is not None for person in page])
        scores = {str(row): score_vector(plan, answers[row]) for row in range(first, first + k)}
        former = [
            each.part == OVERALL
            for each in compare_people(scores, (OVERALL, *plan.competencies))
            if each.is_larger_than_error
        ]
        before.append([bool(former), any(former)])
    return new, before, left


def _by_scenario(own: Array) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for (scenario, option), value in zip(plan_of(FORM).columns, own, strict=True):
        if not np.isnan(value):
            found.setdefault(scenario, {})[option] = int(value)
    return found
