"""One person's responses to scores, after RULES: house scale, conditional error, missing responses."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eiassess import psychometrics
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.keys import ScoringKey
from eiassess.domain.responses import Ratings
from eiassess.domain.scenarios import ScenarioKind
from eiassess.domain.scores import DistanceComponents, Interval, NamedDifference, PersonScore, ScoreEstimate
from eiassess.errors import NotEstimableError
from eiassess.scoring.plan import ScoringPlan, scoring_plan
from eiassess.scoring.profiling import Part, named_differences
from eiassess.scoring.random_range import RandomRange, random_range

ENGINE = "house-scale-1"
"""Changes whenever the same responses could give another score."""

IDENTICAL_SHARE = 0.9
OVERALL_SHARE = 0.8
PART_SHARE = 2 / 3
SCENARIOS_FOR_A_PART = 2

Array = npt.NDArray[np.float64]
Labels = npt.NDArray[np.intp]


@dataclass(frozen=True)
class _Agreement:
    """A person's standardised ratings on the scenarios that count, beside the key's."""

    plan: ScoringPlan
    counted: Labels
    ratings: Array
    key: Array
    z: Array
    key_z: Array
    scenario: Labels
    kind: Labels
    d: Array
    e: Array
    r_by_kind: Mapping[int, float]

    @property
    def r(self) -> float:
        """The correlation with the key; over several formats their mean weighted by ratings."""
        return float(sum(r * np.mean(self.kind == kind) for kind, r in self.r_by_kind.items()))

    @property
    def competency(self) -> Labels:
        """The competency's number of each counted scenario."""
        return self.plan.competency[self.counted]

    def rows(self, scenarios: tuple[int, ...]) -> npt.NDArray[np.bool_]:
        """Which counted scenarios are among the given."""
        member = np.zeros(len(self.plan.form.scenarios), dtype=np.bool_)
        member[list(scenarios)] = True
        return member[self.counted]


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
    reason = _refusal(plan, given, complete)
    if reason:
        return _unscored(plan, ratings, (reason,))
    agreement, reasons = _agreement(plan, ratings, complete)
    if agreement is None or len(agreement.counted) < OVERALL_SHARE * len(plan.form.scenarios):
        return _unscored(plan, ratings, tuple(reasons))
    return _scored(agreement, ratings, reasons)


def _complete_scenarios(plan: ScoringPlan, ratings: Array) -> Labels:
    missing = np.bincount(plan.scenario, np.isnan(ratings), len(plan.form.scenarios))
    return np.flatnonzero(missing == 0)


def _refusal(plan: ScoringPlan, given: Array, complete: Labels) -> str:
    """Say why nothing can be scored; empty if something can."""
    total = len(plan.form.scenarios)
    if len(complete) < OVERALL_SHARE * total:
        return f"overall: {len(complete)} of {total} scenarios are complete; at least 80 % are needed"
    commonest = np.unique(given, return_counts=True)[1].max()
    if commonest >= IDENTICAL_SHARE * given.size:
        return f"overall: {commonest} of {given.size} ratings are the same; nothing can be told from them"
    return ""


def _agreement(plan: ScoringPlan, ratings: Array, complete: Labels) -> tuple[_Agreement | None, list[str]]:
    reasons: list[str] = []
    counted_kinds = plan.kind.copy()
    z, key_z = np.full_like(ratings, np.nan), np.full_like(ratings, np.nan)
    r_by_kind: dict[int, float] = {}
    on_complete = np.isin(plan.scenario, complete)
    for kind in np.unique(plan.kind[on_complete]):
        rows = on_complete & (plan.kind == kind)
        try:
            z[rows] = psychometrics.standardised_profile(ratings[rows])
            key_z[rows] = psychometrics.standardised_profile(plan.key_values[rows])
        except NotEstimableError:
            counted_kinds[rows] = -1
            name = list(ScenarioKind)[kind].value
            reasons.append(f"overall: all ratings of {name} are the same; these scenarios are not counted")
            continue
        r_by_kind[int(kind)] = psychometrics.profile_correlation(z[rows], key_z[rows])
    used = on_complete & (counted_kinds >= 0)
    counted = np.unique(plan.scenario[used])
    if counted.size == 0:
        return None, reasons
    position = np.searchsorted(counted, plan.scenario[used])
    agreement = _Agreement(
        plan=plan,
        counted=counted,
        ratings=ratings[used],
        key=plan.key_values[used],
        z=z[used],
        key_z=key_z[used],
        scenario=position,
        kind=plan.kind[used],
        d=psychometrics.discrepancy(z[used], key_z[used], position, counted.size),
        e=psychometrics.random_discrepancy(key_z[used], position, counted.size),
        r_by_kind=r_by_kind,
    )
    return agreement, reasons


def _scored(agreement: _Agreement, ratings: Array, reasons: list[str]) -> PersonScore:
    plan = agreement.plan
    chance = random_range(plan, tuple(int(j) for j in agreement.counted))
    error = _part_error(agreement)
    competencies = _parts(agreement, plan.competencies, chance.competencies, error, reasons)
    styles = _parts(agreement, plan.styles, chance.styles, error, reasons)
    strengths, weaknesses = _named(agreement, {**competencies, **styles}, error)
    n_ratings = agreement.ratings.size
    return PersonScore(
        overall=_overall(agreement, chance),
        competencies=competencies,
        styles=styles,
        scenarios={
            plan.form.scenario_ids[j]: psychometrics.house_score(agreement.d[i : i + 1], agreement.e[i : i + 1])
            for i, j in enumerate(agreement.counted)
        },
        distance=_distance(agreement),
        strengths=strengths,
        weaknesses=weaknesses,
        not_scored=tuple(reasons),
        n_ratings=n_ratings,
        n_unanswered=int(np.isnan(ratings).sum()),
        random_like=bool(psychometrics.random_like_agreement(agreement.r, n_ratings)),
    )


def _part_error(agreement: _Agreement) -> tuple[float, int] | None:
    try:
        return psychometrics.discrepancy_error_variance(agreement.d, agreement.e, agreement.competency)
    except NotEstimableError:
        return None


def _overall(agreement: _Agreement, chance: RandomRange) -> ScoreEstimate:
    r = agreement.r
    own_r = np.array([agreement.r_by_kind[int(kind)] for kind in agreement.kind])
    influence = agreement.z * agreement.key_z - own_r / 2 * (agreement.z**2 + agreement.key_z**2)
    sizes = np.bincount(agreement.scenario)
    sem, interval, df = None, None, 0
    try:
        se, df = psychometrics.correlation_standard_error(
            np.bincount(agreement.scenario, influence) / sizes, agreement.competency
        )
        sem = 50 * se
        low, high = psychometrics.correlation_interval(r, se, df)
        interval = Interval(50 * (1 + low), 50 * (1 + high))
    except NotEstimableError:
        pass
    return ScoreEstimate(50 * (1 + r), sem, interval, chance.overall, len(agreement.counted), df)


def _parts(
    agreement: _Agreement,
    parts: Mapping[str, tuple[int, ...]],
    chance: Mapping[str, Interval],
    error: tuple[float, int] | None,
    reasons: list[str],
) -> dict[str, ScoreEstimate]:
    estimates: dict[str, ScoreEstimate] = {}
    for name, scenarios in parts.items():
        n = int(agreement.rows(scenarios).sum())
        if len(scenarios) < SCENARIOS_FOR_A_PART:
            reasons.append(f"{name}: the form has fewer than two of its scenarios")
        elif n < PART_SHARE * len(scenarios):
            reasons.append(f"{name}: {n} of {len(scenarios)} scenarios are complete; at least two thirds are needed")
        else:
            estimates[name] = _part(agreement, scenarios, chance[name], error)
    return estimates


def _part(
    agreement: _Agreement, scenarios: tuple[int, ...], chance: Interval, error: tuple[float, int] | None
) -> ScoreEstimate:
    rows = agreement.rows(scenarios)
    score = psychometrics.house_score(agreement.d[rows], agreement.e[rows])
    within = _within(agreement, rows)
    if error is None:
        return ScoreEstimate(score, None, None, chance, int(rows.sum()), 0, within)
    variance, df = error
    sem = psychometrics.house_score_standard_error(variance, agreement.e[rows])
    half = psychometrics.t_quantile(df) * sem
    return ScoreEstimate(score, sem, Interval(score - half, score + half), chance, int(rows.sum()), df, within)


def _within(agreement: _Agreement, rows: npt.NDArray[np.bool_]) -> float | None:
    """50 (1 + r) over these scenarios' own ratings, standardised among themselves."""
    mine = rows[agreement.scenario]
    total = 0.0
    for kind in np.unique(agreement.kind[mine]):
        of_kind = mine & (agreement.kind == kind)
        try:
            z = psychometrics.standardised_profile(agreement.ratings[of_kind])
            key_z = psychometrics.standardised_profile(agreement.key[of_kind])
        except NotEstimableError:
            return None
        total += psychometrics.profile_correlation(z, key_z) * of_kind.sum() / mine.sum()
    return float(50 * (1 + total))


def _named(
    agreement: _Agreement, parts: Mapping[str, ScoreEstimate], error: tuple[float, int] | None
) -> tuple[tuple[NamedDifference, ...], tuple[NamedDifference, ...]]:
    if error is None:
        return (), ()
    members = {**agreement.plan.competencies, **agreement.plan.styles}
    weights = {name: float(agreement.e[agreement.rows(members[name])].sum()) for name in parts}
    own_mean = psychometrics.house_score(agreement.d, agreement.e)
    return named_differences(
        [Part(name, estimate.score, weights[name]) for name, estimate in parts.items()],
        own_mean,
        float(agreement.e.sum()),
        *error,
    )


def _distance(agreement: _Agreement) -> DistanceComponents:
    scale = agreement.plan.key
    parts = psychometrics.profile_components(agreement.ratings, agreement.key)
    near = psychometrics.closeness(agreement.ratings, agreement.key, scale.minimum, scale.maximum)
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
