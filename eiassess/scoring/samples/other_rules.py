"""Other ways to score the same answers with a key, to be put beside the house scale.

Every rule gives 0 to 100 where 100 is the key's own answer. Scores of different rules have different units: what can be
compared is the order of people, how repeatable it is, and how far groups lie apart in standard deviations.
"""

from collections.abc import Callable, Sequence
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from eiassess import psychometrics
from eiassess.domain.formats import ResponseFormat
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.keys import ScoringKey
from eiassess.domain.responses import BEST, WORST
from eiassess.domain.scenarios import Scenario
from eiassess.errors import InvalidInputError
from eiassess.scoring.person.engine import OVERALL_SHARE
from eiassess.scoring.samples.answers import PersonAnswers, SampleScores, house_sample_scores, option_table

Array = npt.NDArray[np.float64]


class ScoringRule(StrEnum):
    """How answers are held against a key."""

    STANDARDISED = "standardised"
    DISTANCE = "distance"
    SQUARED_DISTANCE = "squared distance"
    DIFFERENCE = "difference"
    HITS = "hits"
    HOUSE = "house scale"


_OF_RATINGS = (ScoringRule.STANDARDISED, ScoringRule.DISTANCE, ScoringRule.SQUARED_DISTANCE)
_OF_BEST_AND_WORST = (ScoringRule.DIFFERENCE, ScoringRule.HITS)
_HOUSE = (ScoringRule.STANDARDISED, ScoringRule.DIFFERENCE, ScoringRule.HOUSE)


def rules_of(form: AssessmentForm) -> tuple[ScoringRule, ...]:
    """Return the rules that can score a form, the one of the house scale first."""
    formats = {form.format_of(scenario) for scenario in form.scenarios}
    if all(each.is_rated for each in formats):
        return _OF_RATINGS
    return _OF_BEST_AND_WORST if formats == {ResponseFormat.PICK_BEST_AND_WORST} else (ScoringRule.HOUSE,)


def scores_by_rule(
    form: AssessmentForm, key: ScoringKey, rule: ScoringRule, people: Sequence[PersonAnswers]
) -> SampleScores:
    """Score people with a key under a rule.

    The house scale's rules score as a candidate is scored. *Distance*: ``100 (1 - sum |x - K| / sum w)``, ``w`` being
    the worst that the key allows for each option; *squared distance* the same with squares; *hits*: ``50 (1 + S / 2)``
    with S as in `best_worst_hits`. These need 80 % of the scenarios complete, as the house scale does.

    Raises
    ------
    InvalidInputError
        The rule cannot score this form, or the key lacks an option of it.

    References
    ----------
    Legree (1995), Intelligence 21, 247; Motowidlo, Dunnette & Carter (1990), Journal of Applied Psychology 75, 640.
    """
    known = rules_of(form)
    if rule not in known:
        message = f"The rule {rule.value!r} cannot score form {form.id!r}; its rules: {', '.join(known)}"
        raise InvalidInputError(message)
    if rule in _HOUSE:
        return house_sample_scores(form, key, people)
    parts = [_PARTS[rule](key, scenario, option_table(form, scenario, people)) for scenario in form.scenarios]
    lost, worst = np.column_stack([part[0] for part in parts]), np.array([part[1] for part in parts])
    return _scores(lost, worst)


def _scores(lost: Array, worst: Array) -> SampleScores:
    """Score what was lost, shape (people, scenarios), of what can be, shape (scenarios,)."""
    counts = ~np.isnan(lost)
    enough = counts.sum(axis=1) >= OVERALL_SHARE * worst.size
    of_all = np.maximum(counts @ worst, np.finfo(np.float64).tiny)
    overall = np.where(enough, 100 * (1 - np.where(counts, lost, 0).sum(axis=1) / of_all), np.nan)
    scenarios = np.where(enough[:, None], 100 * (1 - lost / worst), np.nan)
    return SampleScores(scenarios, overall)


def _distance(key: ScoringKey, scenario: Scenario, given: Array) -> tuple[Array, float]:
    values, worst = _values(key, scenario)
    return np.abs(given - values).sum(axis=1), float(worst.sum())


def _squared_distance(key: ScoringKey, scenario: Scenario, given: Array) -> tuple[Array, float]:
    values, worst = _values(key, scenario)
    return ((given - values) ** 2).sum(axis=1), float((worst**2).sum())


def _hits(key: ScoringKey, scenario: Scenario, given: Array) -> tuple[Array, float]:
    values, _ = _values(key, scenario)
    best, worst = (given == BEST).argmax(axis=1), (given == WORST).argmax(axis=1)
    lost = 2 - psychometrics.best_worst_hits(values, best, worst)
    return np.where(np.isnan(given).any(axis=1), np.nan, lost), 4.0


_PARTS: dict[ScoringRule, Callable[[ScoringKey, Scenario, Array], tuple[Array, float]]] = {
    ScoringRule.DISTANCE: _distance,
    ScoringRule.SQUARED_DISTANCE: _squared_distance,
    ScoringRule.HITS: _hits,
}


def _values(key: ScoringKey, scenario: Scenario) -> tuple[Array, Array]:
    """Return the key's values of a scenario and the largest distance that each allows."""
    mine = key.credits.get(scenario.id, {})
    for option in scenario.option_ids:
        if option not in mine:
            message = f"The key {key.id!r} has no value for option {scenario.id}.{option}"
            raise InvalidInputError(message)
    values = np.array([mine[option].value for option in scenario.option_ids])
    return values, np.maximum(values - key.minimum, key.maximum - values)
