"""One person's answers to scores, after RULES: house scale, conditional error, missing responses.

Ratings (`rated`) and choices (`choices`) each give a discrepancy for every scenario; here they are joined.
"""

import math
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from eiassess import psychometrics
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.keys import ScoringKey
from eiassess.domain.reasons import OVERALL, NotScored, NotScoredCode
from eiassess.domain.responses import Ratings
from eiassess.domain.scenarios import ScenarioKind
from eiassess.domain.scores import Interval, NamedDifference, PersonScore, ScoreEstimate
from eiassess.errors import NotEstimableError
from eiassess.scoring.person.choices import is_choice
from eiassess.scoring.person.counting import Counted, Parts, counted_scenarios
from eiassess.scoring.person.missing import gives_overall_only, overall_only
from eiassess.scoring.person.plan import ScoringPlan, scoring_plan
from eiassess.scoring.person.profiling import Part, named_differences
from eiassess.scoring.person.rated import RatedAgreement, rated_agreement

ENGINE = "house-scale-2"
"""Changes whenever the same responses could give another stored score."""

SAME_POINTS = frozenset({"house-scale-1", ENGINE})
"""Engines that give the same points and errors; only what stands beside them differs."""

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
    """How a person's answers agree with the key: the rated part, the scores of the choices, and both as discrepancies.

    ``s``, shape (choices,); ``d``, shape (scenarios,); ``decisions``, shape (scenarios,): what each scenario weighs.
    """

    counted: Counted
    rated: RatedAgreement
    s: Array
    d: Array
    decisions: Array

    @property
    def r(self) -> float:
        """Agreement over all formats: their correlations and mean scores, weighted by decisions."""
        choices = self.counted.choices
        if not choices.each:
            return self.rated.r
        total = self.rated.own_r.sum() + choices.decisions @ self.s
        return float(total / self.decisions.sum())


def points_compare(*names: str) -> bool:
    """Whether scores of these engines mean the same; a stored name may go on after a space.

    Examples
    --------
    >>> points_compare("house-scale-1 (EIAssess 0.1)", ENGINE), points_compare("another-scale-1", ENGINE)
    (True, False)
    """
    engines = {name.partition(" ")[0] for name in names}
    return len(engines) == 1 or engines <= SAME_POINTS


def score_answers(form: AssessmentForm, key: ScoringKey, answers: Mapping[str, Ratings]) -> PersonScore:
    """Score one person's answers, given as scenario id -> option id -> rating, pick or place."""
    plan = scoring_plan(form, key)
    return score_vector(plan, plan.vector(answers))


def score_vector(plan: ScoringPlan, answers: Array) -> PersonScore:
    """Score one person's answers.

    Parameters
    ----------
    plan
        Form and key.
    answers
        Shape (columns,), in the plan's order: ratings, picks or places, NaN where there is none.

    Returns
    -------
    PersonScore
        Parts that cannot be scored are absent, with the reason in ``not_scored``.
    """
    counted, reasons = _scorable(plan, answers)
    if not counted.any():
        return _unscored(plan, answers, tuple(reasons))
    return _scored(_agreement(counted_scenarios(plan, np.flatnonzero(counted)), answers), answers, reasons)


def scenarios_counted(plan: ScoringPlan, answers: Array) -> Flags:
    """Say which scenarios count in a person's score, shape (scenarios,): none where nothing is scored.

    Parameters
    ----------
    plan, answers
        As `score_vector` takes them.
    """
    return _scorable(plan, answers)[0]


def _scorable(plan: ScoringPlan, answers: Array) -> tuple[Flags, list[NotScored]]:
    """Say which scenarios count, none where nothing is scored, and why others do not."""
    complete = _complete_scenarios(plan, answers)
    nothing = np.zeros_like(complete)
    reason = _refusal(answers[plan.rated], complete)
    if reason:
        return nothing, [reason]
    counted, reasons = _countable(plan, answers, complete)
    return (counted if counted.sum() >= OVERALL_SHARE * counted.size else nothing), reasons


def _complete_scenarios(plan: ScoringPlan, answers: Array) -> Flags:
    given = np.bincount(plan.scenario, ~np.isnan(answers), len(plan.form.scenarios))
    return np.asarray(given == plan.decisions)


def _refusal(ratings: Array, complete: Flags) -> NotScored | None:
    """Say why nothing can be scored; ``None`` if something can."""
    asked, counted = complete.size, int(complete.sum())
    if not asked:
        return NotScored(OVERALL, NotScoredCode.NO_SCENARIOS)
    if counted < OVERALL_SHARE * asked:
        return NotScored(OVERALL, NotScoredCode.TOO_FEW_COMPLETE, counted, asked, math.ceil(OVERALL_SHARE * asked))
    given = ratings[~np.isnan(ratings)]
    commonest = int(np.unique(given, return_counts=True)[1].max(initial=0))
    if given.size and commonest >= IDENTICAL_SHARE * given.size:
        return NotScored(OVERALL, NotScoredCode.SAME_RATINGS, commonest, given.size)
    return None


def _countable(plan: ScoringPlan, answers: Array, complete: Flags) -> tuple[Flags, list[NotScored]]:
    """Leave out rated formats in which the ratings, or the key, never vary, and choices in which the key does not."""
    counted, reasons = complete.copy(), []
    on_complete = complete[plan.scenario] & plan.rated
    for kind, name in enumerate(ScenarioKind):
        rows = on_complete & (plan.kind == kind)
        code = _without_difference(answers[rows], plan.key_values[rows])
        if code:
            counted[plan.scenario[rows]] = False
            reasons.append(NotScored(name.value, code))
    for scenario in np.flatnonzero(is_choice(plan) & complete):
        if not np.ptp(plan.key_values[plan.scenario == scenario]):
            counted[scenario] = False
            reasons.append(NotScored(plan.form.scenarios[scenario].id, NotScoredCode.SAME_KEY_OF_SCENARIO))
    if not plan.rated.all() and gives_overall_only(plan.form):
        reasons.append(overall_only(plan.form))
    return counted, reasons


def _without_difference(ratings: Array, key_values: Array) -> NotScoredCode | None:
    """Say whether the ratings of one kind, or the key's values for them, are all the same."""
    if not ratings.size:
        return None
    if not np.ptp(ratings):
        return NotScoredCode.SAME_RATINGS_OF_KIND
    return None if np.ptp(key_values) else NotScoredCode.SAME_KEY_OF_KIND


def _agreement(counted: Counted, answers: Array) -> _Agreement:
    rated, choices = rated_agreement(counted, answers), counted.choices
    d, s = rated.d, choices.scores(answers)
    d[choices.places], _ = psychometrics.choice_discrepancy(s, choices.decisions)
    decisions = np.bincount(counted.scenario, minlength=counted.e.size).astype(np.float64)
    decisions[choices.places] = choices.decisions
    return _Agreement(counted, rated, s, d, decisions)


def _scored(agreement: _Agreement, answers: Array, reasons: list[NotScored]) -> PersonScore:
    counted = agreement.counted
    error = _part_error(agreement)
    competencies = _parts(agreement, counted.competencies, counted.chance.competencies, error, reasons)
    styles = _parts(agreement, counted.styles, counted.chance.styles, error, reasons)
    if counted.mixes_formats and competencies:
        reasons.append(NotScored("", NotScoredCode.FORM_MIXES_FORMATS))
    strengths, weaknesses = _named(agreement, {**competencies, **styles}, error)
    scenarios = psychometrics.house_scores(agreement.d, counted.e).tolist()
    return PersonScore(
        overall=_overall(agreement),
        competencies=competencies,
        styles=styles,
        scenarios=dict(zip(counted.scenario_ids, scenarios, strict=True)),
        distance=agreement.rated.distance,
        strengths=strengths,
        weaknesses=weaknesses,
        not_scored=tuple(reasons),
        n_ratings=round(float(agreement.decisions.sum())),
        n_unanswered=_unanswered(counted.plan, answers),
        random_like=_random_like(agreement),
    )


def _unanswered(plan: ScoringPlan, answers: Array) -> int:
    return int(plan.decisions.sum() - np.count_nonzero(~np.isnan(answers)))


def _random_like(agreement: _Agreement) -> bool:
    n, choices = agreement.rated.ratings.size, agreement.counted.choices
    if not choices.each:
        return bool(psychometrics.random_like_agreement(agreement.r, n))
    variance = choices.decisions**2 @ choices.null_variance + (n**2 / (n - 1) if n else 0.0)
    return psychometrics.random_like_mean(agreement.r, variance / agreement.decisions.sum() ** 2)


def _part_error(agreement: _Agreement) -> _PartError | None:
    try:
        return _PartError(
            *psychometrics.discrepancy_error_variance(agreement.d, agreement.counted.e, agreement.counted.competency)
        )
    except NotEstimableError:
        return None


def _overall(agreement: _Agreement) -> ScoreEstimate:
    counted, r = agreement.counted, agreement.r
    sem, interval, df = None, None, 0
    with suppress(NotEstimableError):
        se, df = _overall_error(agreement)
        low, high = psychometrics.mean_score_interval(r, se, df)
        sem, interval = 50 * se, Interval(50 * (1 + low), 50 * (1 + high))
    return ScoreEstimate(50 * (1 + r), sem, interval, counted.chance.overall, counted.e.size, df)


def _overall_error(agreement: _Agreement) -> tuple[float, int]:
    """Give the standard error of r: of ratings alone as RULES has it; else of the mean of what each scenario adds."""
    counted, influence = agreement.counted, agreement.rated.influence
    if not counted.choices.each:
        return psychometrics.correlation_standard_error(influence, counted.competency)
    influence[counted.choices.places] = counted.choices.centred(agreement.s)
    weights = agreement.decisions / agreement.decisions.mean()
    return psychometrics.mean_score_standard_error(weights * influence, counted.competency)


def _parts(
    agreement: _Agreement,
    parts: Parts,
    chance: Mapping[str, Interval],
    error: _PartError | None,
    reasons: list[NotScored],
) -> dict[str, ScoreEstimate]:
    scores = psychometrics.house_scores(parts.member @ agreement.d, parts.e).tolist()
    within = parts.profiles.scores(agreement.rated.ratings)
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
    counted = agreement.counted
    if error is None or counted.mixes_formats:
        return (), ()
    weights = {**counted.competencies.weights, **counted.styles.weights}
    return named_differences(
        [Part(name, estimate.score, weights[name]) for name, estimate in parts.items()],
        psychometrics.house_score(agreement.d, counted.e),
        float(counted.e.sum()),
        error.variance,
        error.df,
    )


def _unscored(plan: ScoringPlan, answers: Array, reasons: tuple[NotScored, ...]) -> PersonScore:
    unanswered = _unanswered(plan, answers)
    return PersonScore(
        overall=None,
        competencies={},
        styles={},
        scenarios={},
        distance=None,
        strengths=(),
        weaknesses=(),
        not_scored=reasons,
        n_ratings=int(plan.decisions.sum()) - unanswered,
        n_unanswered=unanswered,
        random_like=None,
    )
