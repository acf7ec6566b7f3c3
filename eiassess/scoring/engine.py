"""One person's responses to scores, after RULES: house scale, conditional error, missing responses."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from eiassess import psychometrics
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.keys import ScoringKey
from eiassess.domain.responses import Ratings
from eiassess.domain.scenarios import ScenarioKind
from eiassess.domain.scores import DistanceComponents, Interval, NamedDifference, PersonScore, ScoreEstimate
from eiassess.errors import NotEstimableError
from eiassess.scoring.counting import Counted, Parts, counted_scenarios
from eiassess.scoring.plan import ScoringPlan, scoring_plan
from eiassess.scoring.profiling import Part, named_differences

ENGINE = "house-scale-1"
"""Changes whenever the same responses could give another score."""

IDENTICAL_SHARE = 0.9
OVERALL_SHARE = 0.8

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class _PartError:
    """The error variance that all parts of one person's score share, with its degrees of freedom."""

    variance: float
    df: int

    @cached_property
    def sem(self) -> float:
        """Standard error of a part whose ``unit_error`` is 1."""
        return math.sqrt(self.variance)

    @cached_property
    def half_interval(self) -> float:
        """Half the 95 % interval of such a part."""
        return psychometrics.t_quantile(self.df) * self.sem

    def interval(self, score: float, unit_error: float) -> Interval:
        """Give the 95 % interval of a part."""
        return Interval(score - unit_error * self.half_interval, score + unit_error * self.half_interval)


@dataclass(frozen=True)
class _Agreement:
    """A person's ratings on the scenarios that count, as they are and standardised.

    ``d``, shape (scenarios,): discrepancies from the key. ``r``: the correlation with the key, over several formats
    their mean weighted by ratings; ``own_r``, shape (ratings,): that of each rating's own format.
    """

    counted: Counted
    ratings: Array
    z: Array
    d: Array
    r: float
    own_r: Array


def score_answers(form: AssessmentForm, key: ScoringKey, answers: Mapping[str, Ratings]) -> PersonScore:
    """Score one person's answers, given as scenario id -> option id -> rating."""
    plan = scoring_plan(form, key)
    return score_vector(plan, plan.vector(answers))


def score_vector(plan: ScoringPlan, ratings: Array) -> PersonScore:
    """Score one person's ratings.

    Parameters
    ----------
    plan
        Form and key.
    ratings
        Shape (ratings,), in the plan's order, NaN where nothing was rated.

    Returns
    -------
    PersonScore
        Parts that cannot be scored are absent, with the reason in ``not_scored``.
    """
    given = ratings[~np.isnan(ratings)]
    complete = _complete_scenarios(plan, ratings)
    reason = _refusal(given, complete)
    if reason:
        return _unscored(plan, ratings, (reason,))
    counted, reasons = _countable(plan, ratings, complete)
    if not counted.any() or counted.sum() < OVERALL_SHARE * counted.size:
        return _unscored(plan, ratings, tuple(reasons))
    return _scored(_agreement(counted_scenarios(plan, np.flatnonzero(counted)), ratings), ratings, reasons)


def _complete_scenarios(plan: ScoringPlan, ratings: Array) -> Flags:
    return np.asarray(np.bincount(plan.scenario, np.isnan(ratings), len(plan.form.scenarios)) == 0)


def _refusal(given: Array, complete: Flags) -> str:
    """Say why nothing can be scored; empty if something can."""
    if complete.sum() < OVERALL_SHARE * complete.size:
        return f"overall: {complete.sum()} of {complete.size} scenarios are complete; at least 80 % are needed"
    commonest = np.unique(given, return_counts=True)[1].max()
    if commonest >= IDENTICAL_SHARE * given.size:
        return f"overall: {commonest} of {given.size} ratings are the same; nothing can be told from them"
    return ""


def _countable(plan: ScoringPlan, ratings: Array, complete: Flags) -> tuple[Flags, list[str]]:
    """Leave out the scenarios of formats in which the ratings, or the key, never vary."""
    counted, reasons = complete.copy(), []
    on_complete = complete[plan.scenario]
    for kind, name in enumerate(ScenarioKind):
        rows = on_complete & (plan.kind == kind)
        if rows.any() and not (np.ptp(ratings[rows]) and np.ptp(plan.key_values[rows])):
            counted[plan.scenario[rows]] = False
            reasons.append(f"overall: all ratings of {name.value} are the same; these scenarios are not counted")
    return counted, reasons


def _agreement(counted: Counted, ratings: Array) -> _Agreement:
    own = ratings[counted.ratings]
    z, own_r = np.empty_like(own), np.empty_like(own)
    for rows in counted.formats:
        z[rows] = psychometrics.standardised_profile(own[rows])
        own_r[rows] = psychometrics.profile_correlation(z[rows], counted.key_z[rows])
    d = psychometrics.discrepancy(z, counted.key_z, counted.scenario, counted.e.size)
    return _Agreement(counted, own, z, d, float(own_r.mean()), own_r)


def _scored(agreement: _Agreement, ratings: Array, reasons: list[str]) -> PersonScore:
    counted = agreement.counted
    error = _part_error(agreement)
    competencies = _parts(agreement, counted.competencies, counted.chance.competencies, error, reasons)
    styles = _parts(agreement, counted.styles, counted.chance.styles, error, reasons)
    strengths, weaknesses = _named(agreement, {**competencies, **styles}, error)
    scenarios = psychometrics.house_scores(agreement.d, counted.e).tolist()
    return PersonScore(
        overall=_overall(agreement),
        competencies=competencies,
        styles=styles,
        scenarios=dict(zip(counted.scenario_ids, scenarios, strict=True)),
        distance=_distance(agreement),
        strengths=strengths,
        weaknesses=weaknesses,
        not_scored=tuple(reasons),
        n_ratings=agreement.ratings.size,
        n_unanswered=int(np.isnan(ratings).sum()),
        random_like=bool(psychometrics.random_like_agreement(agreement.r, agreement.ratings.size)),
    )


def _part_error(agreement: _Agreement) -> _PartError | None:
    try:
        return _PartError(
            *psychometrics.discrepancy_error_variance(agreement.d, agreement.counted.e, agreement.counted.competency)
        )
    except NotEstimableError:
        return None


def _overall(agreement: _Agreement) -> ScoreEstimate:
    counted, r = agreement.counted, agreement.r
    influence = agreement.z * counted.key_z - agreement.own_r / 2 * (agreement.z**2 + counted.key_z**2)
    means = np.bincount(counted.scenario, influence) / np.bincount(counted.scenario)
    sem, interval, df = None, None, 0
    try:
        se, df = psychometrics.correlation_standard_error(means, counted.competency)
        sem = 50 * se
        low, high = psychometrics.correlation_interval(r, se, df)
        interval = Interval(50 * (1 + low), 50 * (1 + high))
    except NotEstimableError:
        pass
    return ScoreEstimate(50 * (1 + r), sem, interval, counted.chance.overall, counted.e.size, df)


def _parts(
    agreement: _Agreement,
    parts: Parts,
    chance: Mapping[str, Interval],
    error: _PartError | None,
    reasons: list[str],
) -> dict[str, ScoreEstimate]:
    scores = psychometrics.house_scores(parts.member @ agreement.d, parts.e).tolist()
    within = parts.profiles.scores(agreement.ratings)
    estimates: dict[str, ScoreEstimate] = {}
    for part, (name, refusal) in enumerate(zip(parts.names, parts.refusals, strict=True)):
        if refusal:
            reasons.append(refusal)
        else:
            score, unit = scores[part], parts.unit_error[part]
            estimates[name] = ScoreEstimate(
                score=score,
                sem=None if error is None else unit * error.sem,
                interval=None if error is None else error.interval(score, unit),
                random_interval=chance[name],
                n_scenarios=parts.sizes[part],
                df=0 if error is None else error.df,
                within=within[part],
            )
    return estimates


def _named(
    agreement: _Agreement, parts: Mapping[str, ScoreEstimate], error: _PartError | None
) -> tuple[tuple[NamedDifference, ...], tuple[NamedDifference, ...]]:
    if error is None:
        return (), ()
    counted = agreement.counted
    weights = {**counted.competencies.weights, **counted.styles.weights}
    return named_differences(
        [Part(name, estimate.score, weights[name]) for name, estimate in parts.items()],
        psychometrics.house_score(agreement.d, counted.e),
        float(counted.e.sum()),
        error.variance,
        error.df,
    )


def _distance(agreement: _Agreement) -> DistanceComponents:
    key, scale = agreement.counted.key, agreement.counted.plan.key
    parts = psychometrics.profile_components(agreement.ratings, key)
    near = psychometrics.closeness(agreement.ratings, key, scale.minimum, scale.maximum)
    return DistanceComponents(near, parts.elevation, parts.scatter, parts.shape)


def _unscored(plan: ScoringPlan, ratings: Array, reasons: tuple[str, ...]) -> PersonScore:
    unanswered = int(np.isnan(ratings).sum())
    return PersonScore(
        overall=None,
        competencies={},
        styles={},
        scenarios={},
        distance=None,
        strengths=(),
        weaknesses=(),
        not_scored=reasons,
        n_ratings=len(plan.columns) - unanswered,
        n_unanswered=unanswered,
        random_like=None,
    )
