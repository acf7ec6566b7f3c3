"""What many people answered to one form, laid out as arrays: what statistics start from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eiassess.domain.formats import ResponseFormat
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.keys import ScoringKey
from eiassess.domain.responses import BEST, WORST, Ratings, n_missing, option_values
from eiassess.domain.scenarios import Scenario
from eiassess.scoring.person.engine import score_answers

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

NOT_CHOSEN = 0
"""What an option stands for that was neither picked as best nor as worst, where the answer is complete."""


@dataclass(frozen=True)
class PersonAnswers:
    """One person's answers to a form, by scenario, and the seconds spent on each where they are known."""

    answers: Mapping[str, Ratings]
    seconds: Mapping[str, float]


@dataclass(frozen=True, eq=False)
class SampleScores:
    """Scores of many people under one key and rule.

    Parameters
    ----------
    scenarios
        Shape (people, scenarios), NaN where a scenario does not count for a person.
    overall
        Shape (people,), NaN where somebody is not scored.
    """

    scenarios: Array
    overall: Array

    @property
    def rest(self) -> Array:
        """Shape (people, scenarios): the mean score of all other scenarios that count; NaN where there is none."""
        known = ~np.isnan(self.scenarios)
        filled = np.where(known, self.scenarios, 0.0)
        others = known.sum(axis=1, keepdims=True) - known
        sums = filled.sum(axis=1, keepdims=True) - filled
        return np.where(others > 0, sums / np.maximum(others, 1), np.nan)


def house_sample_scores(form: AssessmentForm, key: ScoringKey, people: Sequence[PersonAnswers]) -> SampleScores:
    """Score people on the house scale, as each of them would be scored alone."""
    scenarios = np.full((len(people), len(form.scenarios)), np.nan)
    overall = np.full(len(people), np.nan)
    for row, person in enumerate(people):
        score = score_answers(form, key, person.answers)
        if score.overall is not None:
            overall[row] = score.overall.score
            scenarios[row] = [score.scenarios.get(name, np.nan) for name in form.scenario_ids]
    return SampleScores(scenarios, overall)


def option_numbers(form: AssessmentForm, scenario: Scenario) -> tuple[int, ...]:
    """Return the numbers that stand for what was done with an option, those that were not chosen among them."""
    given = option_values(form, scenario)
    match form.format_of(scenario):
        case ResponseFormat.PICK_BEST_AND_WORST:
            return (WORST, NOT_CHOSEN, BEST)
        case ResponseFormat.PICK_BEST:
            return (NOT_CHOSEN, BEST)
    return given


def option_table(form: AssessmentForm, scenario: Scenario, people: Sequence[PersonAnswers]) -> Array:
    """Lay out what people did with a scenario's options: shape (people, options), NaN where nothing is known.

    A rating counts by itself. A pick or a rank order counts only where it is complete: else it is not known what the
    person would have done with the other options.
    """
    rated = form.format_of(scenario).is_rated
    rows = np.full((len(people), len(scenario.options)), np.nan)
    for row, person in enumerate(people):
        answer = person.answers.get(scenario.id, {})
        if rated:
            rows[row] = [answer.get(option, np.nan) for option in scenario.option_ids]
        elif n_missing(form, scenario, answer) == 0:
            rows[row] = [answer.get(option, NOT_CHOSEN) for option in scenario.option_ids]
    return rows


def incomplete(form: AssessmentForm, scenario: Scenario, people: Sequence[PersonAnswers]) -> Flags:
    """Say of each person, shape (people,), whether something of a scenario was left out."""
    left = [n_missing(form, scenario, person.answers.get(scenario.id, {})) > 0 for person in people]
    return np.array(left, dtype=np.bool_)


def seconds_table(form: AssessmentForm, people: Sequence[PersonAnswers]) -> Array:
    """Lay out the times spent: shape (people, scenarios), NaN where a time is not known."""
    times = [[person.seconds.get(name, np.nan) for name in form.scenario_ids] for person in people]
    return np.array(times, dtype=np.float64).reshape(len(people), len(form.scenarios))
