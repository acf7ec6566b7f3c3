"""People for tests of telling people apart: drawn near a key, sat in the form's order."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from eiassess.domain.formats import ResponseFormat
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.keys import ScoringKey
from eiassess.scoring.differences.measuring import SatPerson
from eiassess.scoring.person.plan import scoring_plan
from eiassess.scoring.simulating import simulate_people
from tests.builders import COMPETENCIES, make_form, make_key, make_scenarios
from tests.unit.scoring.samples import near_the_key

NOW = datetime(2026, 11, 28, 9, 30, tzinfo=UTC)
FORM = make_form(make_scenarios(4, emotions=4), id="sixteen")
KEY = make_key(FORM)
AREAS = {"words": ("recovery", "composure"), "feelings": ("listening", "emotions")}
CHOICES = (ResponseFormat.PICK_BEST_AND_WORST, ResponseFormat.RANK, ResponseFormat.PICK_BEST)


def mixed_form() -> tuple[AssessmentForm, ScoringKey]:
    """Every competency has a scenario in each format of choices; others are rated."""
    formats = {f"{name}-{n}": each for name in COMPETENCIES for n, each in zip((1, 2, 3), CHOICES, strict=True)}
    form = make_form(make_scenarios(5, emotions=2), id="mixed", formats=formats)
    return form, make_key(form)


def people(n: int, form: AssessmentForm = FORM, key: ScoringKey = KEY, *, seed: int = 1) -> list[SatPerson]:
    """Attentive people, each with a noise of their own."""
    return [
        SatPerson(f"P{number:03d}", each.answers, order=form.scenario_ids)
        for number, each in enumerate(near_the_key(form, key, n, seed=seed), start=1)
    ]


def simulated(n: int, form: AssessmentForm, key: ScoringKey, *, seed: int = 1) -> list[SatPerson]:
    """People of the product's own simulation, who choose and rank too."""
    plan = scoring_plan(form, key)
    rows = simulate_people(plan, n, seed).answers
    return [SatPerson(f"P{number:03d}", answered(plan.columns, row)) for number, row in enumerate(rows, start=1)]


def answered(columns: Sequence[tuple[str, str]], row: Sequence[float]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for (scenario, option), value in zip(columns, row, strict=True):
        if value == value:  # noqa: PLR0124 - NaN is not itself
            found.setdefault(scenario, {})[option] = int(value)
    return found


def without(person: SatPerson, *scenarios: str) -> SatPerson:
    """The same person with scenarios left out."""
    left = {name: answer for name, answer in person.answers.items() if name not in scenarios}
    return replace(person, id=f"{person.id}-short", answers=left)


def with_answers(person: SatPerson, answers: Mapping[str, Mapping[str, int]]) -> SatPerson:
    return replace(person, answers={**person.answers, **answers})


def as_the_key(form: AssessmentForm = FORM, key: ScoringKey = KEY) -> SatPerson:
    """Somebody who rates as a key of whole numbers has it."""
    answers = {
        scenario.id: {option: int(key.credits[scenario.id][option].value) for option in scenario.option_ids}
        for scenario in form.scenarios
    }
    return SatPerson("the-key", answers)
