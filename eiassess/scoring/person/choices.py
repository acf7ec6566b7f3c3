"""The choice part of scoring: what picks and rank orders give, scenario by scenario, and what chance would."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eiassess import psychometrics
from eiassess.domain.formats import ResponseFormat
from eiassess.domain.responses import BEST, WORST
from eiassess.scoring.person.plan import ScoringPlan

Array = npt.NDArray[np.float64]
Labels = npt.NDArray[np.intp]

FORMATS = tuple(ResponseFormat)


@dataclass(frozen=True, eq=False)
class Choice:
    """One scenario whose options are chosen or ranked: its format, its columns of the plan, the key over them."""

    format: ResponseFormat
    columns: Labels
    key: Array

    def score(self, answers: Array) -> Array:
        """Score complete answers, shape (..., options), as s: at most 1, and 0 on average under random answering."""
        match self.format:
            case ResponseFormat.PICK_BEST_AND_WORST:
                best, worst = (answers == BEST).argmax(axis=-1), (answers == WORST).argmax(axis=-1)
                return psychometrics.best_worst_score(self.key, best, worst)
            case ResponseFormat.RANK:
                return psychometrics.rank_score(self.key, answers)
        return psychometrics.pick_best_score(self.key, (answers == BEST).argmax(axis=-1))

    @property
    def null_variance(self) -> float:
        """Variance of s under random answering, exact."""
        match self.format:
            case ResponseFormat.PICK_BEST_AND_WORST:
                return psychometrics.best_worst_null_variance(self.key)
            case ResponseFormat.RANK:
                return psychometrics.rank_null_variance(self.key.size)
        return psychometrics.pick_best_null_variance(self.key)


@dataclass(frozen=True, eq=False)
class Choices:
    """The scenarios with choices among those that count.

    Parameters
    ----------
    each
        Themselves.
    places
        Shape (choices,): the number of each among the scenarios that count.
    format
        Shape (choices,): number of each one's format.
    decisions
        Shape (choices,): the weight of each, its format's mean number of picks or places.
    null_variance
        Shape (choices,): variances of s under random answering.
    """

    each: tuple[Choice, ...]
    places: Labels
    format: Labels
    decisions: Array
    null_variance: Array

    def scores(self, answers: Array) -> Array:
        """Score answers, shape (..., columns of the plan), as shape (..., choices)."""
        shape = (*answers.shape[:-1], len(self.each))
        scores = np.empty(shape)
        for number, choice in enumerate(self.each):
            scores[..., number] = choice.score(answers[..., choice.columns])
        return scores

    def centred(self, scores: Array) -> Array:
        """Take each format's mean off the scores, shape (choices,): what is left is the error within formats."""
        means = np.bincount(self.format, scores) / np.maximum(np.bincount(self.format), 1)
        return np.asarray(scores - means[self.format], dtype=np.float64)


def is_choice(plan: ScoringPlan) -> npt.NDArray[np.bool_]:
    """Say of each scenario of a form, shape (scenarios,), whether its options are chosen or ranked."""
    return np.asarray(np.bincount(plan.scenario, ~plan.rated, len(plan.form.scenarios)) > 0)


def choices_of(plan: ScoringPlan, scenarios: Labels) -> Choices:
    """Take the choices out of the scenarios that count (their numbers, rising).

    Raises
    ------
    NotEstimableError
        The key does not tell the options of one apart.
    """
    places = np.flatnonzero(is_choice(plan)[scenarios])
    each = tuple(_choice(plan, int(scenario)) for scenario in scenarios[places])
    formats = np.array([FORMATS.index(choice.format) for choice in each], dtype=np.intp)
    counts = np.maximum(np.bincount(formats), 1)
    return Choices(
        each=each,
        places=places,
        format=formats,
        decisions=(np.bincount(formats, plan.decisions[scenarios[places]]) / counts)[formats],
        null_variance=np.array([choice.null_variance for choice in each], dtype=np.float64),
    )


def random_answers(generator: np.random.Generator, choices: Choices, people: int, columns: int) -> Array:
    """Let people choose and rank at random: shape (people, columns of the plan), NaN outside the choices."""
    answers = np.full((people, columns), np.nan)
    for choice in choices.each:
        order = generator.random((people, choice.key.size))
        answers[:, choice.columns] = chosen(choice.format, order)
    return answers


def chosen(format_: ResponseFormat, liking: Array) -> Array:
    """Choose or rank by liking, shape (people, options), without ties; NaN where an option gets no number."""
    places = ((-liking).argsort(axis=1).argsort(axis=1) + 1).astype(np.float64)
    if format_ is ResponseFormat.RANK:
        return places
    answers = np.where(places == 1, float(BEST), np.nan)
    if format_ is ResponseFormat.PICK_BEST_AND_WORST:
        answers[places == liking.shape[1]] = WORST
    return answers


def _choice(plan: ScoringPlan, scenario: int) -> Choice:
    columns = np.flatnonzero(plan.scenario == scenario)
    return Choice(plan.form.format_of(plan.form.scenarios[scenario]), columns, plan.key_values[columns])
