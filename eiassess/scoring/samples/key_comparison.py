"""Two keys, or two scoring rules, over the same answers: what differs. It never says that one is better."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eiassess.domain.forms import AssessmentForm
from eiassess.domain.keys import ScoringKey
from eiassess.domain.scenarios import Scenario
from eiassess.domain.scores import Interval
from eiassess.errors import NotEstimableError
from eiassess.psychometrics import (
    CoefficientAlpha,
    StandardisedDifference,
    coefficient_alpha,
    corrected_item_total,
    rank_order_correlation,
    rank_order_interval,
    standard_error_of_measurement,
    standardised_group_difference,
)
from eiassess.scoring.samples.answers import PersonAnswers, SampleScores
from eiassess.scoring.samples.estimates import Estimate, mean_estimate, sample_sd, value_or_reason
from eiassess.scoring.samples.other_rules import ScoringRule, scores_by_rule

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

NORMAL_95 = 1.959964
PEOPLE_FOR_AN_ORDER = 4


@dataclass(frozen=True)
class KeyAndRule:
    """A way to score: a key with a rule."""

    key: ScoringKey
    rule: ScoringRule


@dataclass(frozen=True)
class Groups:
    """Whom to compare: shape (people,) each; ``first`` minus ``second`` is what a positive d says."""

    first_name: str
    second_name: str
    first: Flags
    second: Flags


@dataclass(frozen=True)
class PairFigures:
    """What one way to score gives, over the people whom both ways score.

    Parameters
    ----------
    mean, sd
        Of overall scores, on the rule's own 0 to 100.
    alpha
        Coefficient alpha over scenarios, of the people with a score for each.
    group
        Difference of the two groups in standard deviations, where there are groups.
    not_estimable
        What could not be estimated, and why.
    """

    mean: Estimate | None
    sd: float | None
    alpha: CoefficientAlpha | None
    group: StandardisedDifference | None
    not_estimable: tuple[str, ...]


@dataclass(frozen=True)
class ScenarioDifference:
    """A scenario under both ways.

    Parameters
    ----------
    id
        The scenario.
    rank_order
        Spearman's correlation of its scores under the two.
    first_mean, second_mean
        Its mean scores, each on its rule's own 0 to 100.
    first_item_total, second_item_total
        Corrected item-total correlations.
    key_distance
        Mean absolute difference of the two keys over its options, in points of the scale.
    """

    id: str
    rank_order: Estimate | None
    first_mean: float | None
    second_mean: float | None
    first_item_total: float | None
    second_item_total: float | None
    key_distance: float


@dataclass(frozen=True)
class KeyComparison:
    """Two ways to score the same answers.

    Parameters
    ----------
    n_people, n_both
        All who handed in, and those whom both ways score.
    rank_order
        Spearman's correlation of overall scores.
    n_moved
        How many people's places, in standard deviations of this sample, move by more than 1.96 standard errors of
        measurement, both ways' error averaged; ``None`` where that cannot be estimated.
    scenarios
        Those whose scores agree least first, those that cannot be compared last.
    not_estimable
        What of the comparison could not be estimated, and why.
    """

    n_people: int
    n_both: int
    first: PairFigures
    second: PairFigures
    rank_order: Estimate | None
    n_moved: int | None
    scenarios: tuple[ScenarioDifference, ...]
    not_estimable: tuple[str, ...]


def key_fits(form: AssessmentForm, key: ScoringKey) -> bool:
    """Whether a key has a value for every option of a form, on the form's scale."""
    return all(
        set(scenario.option_ids) <= set(key.credits.get(scenario.id, ()))
        and (key.minimum, key.maximum) == (form.scale_of(scenario).minimum, form.scale_of(scenario).maximum)
        for scenario in form.scenarios
    )


def compare_keys(
    form: AssessmentForm,
    first: KeyAndRule,
    second: KeyAndRule,
    people: Sequence[PersonAnswers],
    groups: Groups | None = None,
) -> KeyComparison:
    """Score the same answers in two ways and say what differs.

    Parameters
    ----------
    form
        What was sat.
    first, second
        The ways; each key covers every option of the form.
    people
        Everybody who handed in.
    groups
        Whom to compare under each.

    Raises
    ------
    InvalidInputError
        A rule cannot score the form, or a key lacks an option of it.
    """
    scores = [scores_by_rule(form, each.key, each.rule, people) for each in (first, second)]
    both = ~np.isnan(scores[0].overall + scores[1].overall)
    one, other = (SampleScores(each.scenarios[both], each.overall[both]) for each in scores)
    mine = (
        None
        if groups is None
        else Groups(groups.first_name, groups.second_name, groups.first[both], groups.second[both])
    )
    figures = [_figures(each, mine) for each in (one, other)]
    reasons: list[str] = []
    return KeyComparison(
        n_people=len(people),
        n_both=int(both.sum()),
        first=figures[0],
        second=figures[1],
        rank_order=value_or_reason("rank order", lambda: _rank_order(one.overall, other.overall), reasons),
        n_moved=value_or_reason("moves", lambda: _moved(one, other, figures), reasons),
        scenarios=_differences(form, first.key, second.key, one, other),
        not_estimable=tuple(reasons),
    )


def _figures(scores: SampleScores, groups: Groups | None) -> PairFigures:
    reasons: list[str] = []
    alpha = value_or_reason("alpha", lambda: coefficient_alpha(scores.scenarios), reasons)
    group = None
    if groups is not None:
        samples = scores.overall[groups.first], scores.overall[groups.second]
        group = value_or_reason("group difference", lambda: standardised_group_difference(*samples), reasons)
    return PairFigures(mean_estimate(scores.overall), sample_sd(scores.overall), alpha, group, tuple(reasons))


def _rank_order(first: Array, second: Array) -> Estimate:
    known = ~np.isnan(first + second)
    n = int(known.sum())
    if n < PEOPLE_FOR_AN_ORDER:
        message = f"{n} people with both scores are too few; {PEOPLE_FOR_AN_ORDER} are needed"
        raise NotEstimableError(message)
    rho = rank_order_correlation(first[known], second[known])
    return Estimate(rho, Interval(*rank_order_interval(rho, n)), n)


def _moved(first: SampleScores, second: SampleScores, figures: Sequence[PairFigures]) -> int:
    errors = []
    for each in figures:
        if each.alpha is None or not each.sd:
            message = "one of the two has no reliability, or its scores never vary"
            raise NotEstimableError(message)
        errors.append(standard_error_of_measurement(1.0, each.alpha.value))
    z = [(each.overall - each.overall.mean()) / each.overall.std(ddof=1) for each in (first, second)]
    error = float(np.sqrt((errors[0] ** 2 + errors[1] ** 2) / 2))
    return int((np.abs(z[1] - z[0]) > NORMAL_95 * error).sum())


def _differences(
    form: AssessmentForm, first: ScoringKey, second: ScoringKey, one: SampleScores, other: SampleScores
) -> tuple[ScenarioDifference, ...]:
    totals = [_item_totals(each.scenarios) for each in (one, other)]
    found = [
        ScenarioDifference(
            id=scenario.id,
            rank_order=_rank_order_if_any(one.scenarios[:, place], other.scenarios[:, place]),
            first_mean=_mean(one.scenarios[:, place]),
            second_mean=_mean(other.scenarios[:, place]),
            first_item_total=totals[0][place],
            second_item_total=totals[1][place],
            key_distance=_key_distance(scenario, first, second),
        )
        for place, scenario in enumerate(form.scenarios)
    ]
    return tuple(sorted(found, key=lambda each: each.rank_order.value if each.rank_order else 2.0))


def _rank_order_if_any(first: Array, second: Array) -> Estimate | None:
    return value_or_reason("rank order", lambda: _rank_order(first, second), [])


def _mean(scores: Array) -> float | None:
    found = mean_estimate(scores)
    return found.value if found else None


def _key_distance(scenario: Scenario, first: ScoringKey, second: ScoringKey) -> float:
    mine, theirs = first.credits[scenario.id], second.credits[scenario.id]
    return sum(abs(mine[each].value - theirs[each].value) for each in scenario.option_ids) / len(scenario.options)


def _item_totals(scores: Array) -> tuple[float | None, ...]:
    found = value_or_reason("item-total correlations", lambda: corrected_item_total(scores), [])
    return (None,) * scores.shape[1] if found is None else found
