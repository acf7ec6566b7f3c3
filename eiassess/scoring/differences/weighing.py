"""What-if weights: people's agreement with the key where competencies count what somebody gives them.

Nothing of it is stored with anybody's score. The error is estimated as that of the overall score is, with the weights
in every step; docs/psychometrics/weighted-scores.md has the formula and what it holds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np
import numpy.typing as npt

from eiassess import psychometrics
from eiassess.domain.error_estimates import PEOPLE_FOR_AN_ESTIMATE, ErrorEstimate
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.keys import ScoringKey
from eiassess.domain.scores import Interval
from eiassess.errors import InvalidInputError, NotEstimableError
from eiassess.psychometrics import Measured, VariancePrior
from eiassess.scoring.differences.measuring import SatPerson, measured
from eiassess.scoring.person.engine import OVERALL_SHARE
from eiassess.scoring.person.plan import scoring_plan

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class WeightedScore:
    """Somebody's weighted score on the house scale, with its drawn 95 % interval."""

    score: float
    interval: Interval


@dataclass(frozen=True)
class WeightedScores:
    """Weighted scores of people.

    Parameters
    ----------
    people
        Id -> score, of those who have one with an error; in the order in which they were given.
    n
        How many people's errors lent each other strength; 0 where everybody has nothing but their own.
    typical, df
        A typical variance of z where errors are tested, and the degrees of freedom of somebody of whom all counts;
        ``None`` where nobody lends anybody strength.
    """

    people: Mapping[str, WeightedScore]
    n: int
    typical: float | None
    df: float

    def gap_near(self, score: float) -> float | None:
        """Say how far apart two of these scores near a level must lie to be called different, in points."""
        return None if self.typical is None else psychometrics.score_gap(score, self.typical, self.df)


def weighted_gap(found: Sequence[WeightedScores], scores: Sequence[float]) -> float | None:
    """Say how far apart weighted scores of a list must lie, near its median: the larger gap where forms are mixed.

    Parameters
    ----------
    scores
        Those that are compared, of whichever form; whoever answered unevenly, for one, is not.

    Returns
    -------
    float or None
        ``None`` if it is not known of one of the forms, or nobody has a weighted score.
    """
    gaps = [one.gap_near(median(scores)) for one in found] if scores else []
    known = [gap for gap in gaps if gap is not None]
    return max(known) if known and len(known) == len(gaps) else None


def weighted_scores(
    form: AssessmentForm,
    key: ScoringKey,
    people: Sequence[SatPerson],
    shown: Sequence[str],
    estimate: ErrorEstimate,
    weights: Mapping[str, float],
) -> WeightedScores:
    """Score people with weights for competencies, each with an error by the rule that tells people apart.

    Parameters
    ----------
    people
        Who sat the form, as far as their answers are still there: who is shown, and who shapes the estimate.
    shown
        Ids of those whose scores are asked for. Who answered less than the share of what counts that an overall score
        takes has none.
    estimate
        Of this form and key: who shapes it shapes the weighted errors too, as far as they are among the people.
    weights
        Competency -> weight; those that are not here, or are 0, do not count.

    Raises
    ------
    InvalidInputError
        The form has choices, or no competency of it has a weight above 0.
    """
    if not form.is_rated:
        message = "This form has choices, for which no study has shown what error a weighted score has"
        raise InvalidInputError(message, "weights")
    plan = scoring_plan(form, key)
    of_scenario = np.array([float(weights.get(tuple(plan.competencies)[place], 0)) for place in plan.competency])
    if not (of_scenario > 0).any():
        message = "Give at least one competency a weight above 0"
        raise InvalidInputError(message, "weights")
    sheets = psychometrics.weighted_sheets(measured(plan, people).sheets, of_scenario)
    found = _Weighed.of(sheets, of_scenario[of_scenario > 0])
    members, asked = frozenset(estimate.members), frozenset(shown)
    tests, intervals, n, typical = found.shared(np.array([each.id in members for each in people], dtype=np.bool_))
    scores = found.scores(intervals)
    named = {each.id: score for each, score in zip(people, scores, strict=True) if score and each.id in asked}
    return WeightedScores(named, n, typical, tests.d0 + found.form_df)


@dataclass(frozen=True, eq=False)
class _Weighed:
    """Weighted agreement of people, and what each scenario does to it."""

    z: Array
    """NaN where agreement is complete, or too little of what counts was answered."""
    q: Array
    of_competency: Array
    weight: Array

    @classmethod
    def of(cls, sheets: psychometrics.AnswerSheets, weight: Array) -> "_Weighed":
        columns = sheets.columns
        r, without = psychometrics.agreement_leaving_out(sheets)
        q = psychometrics.scenario_pull(psychometrics.fisher_z(without), columns.of_competency, sheets.counted)
        enough = sheets.counted @ weight >= OVERALL_SHARE * weight.sum()
        return cls(np.where(enough, psychometrics.fisher_z(r), np.nan), q, columns.of_competency, weight)

    def variance(self, q: Array) -> tuple[Array, Array]:
        return psychometrics.weighted_leaving_out_variance(q, self.of_competency, self.weight)

    @property
    def form_df(self) -> float:
        """Degrees of freedom of somebody of whom all counts."""
        return float(self.variance(np.zeros((1, self.weight.size)))[1][0])

    def shared(self, in_estimate: Flags) -> tuple[VariancePrior, VariancePrior, int, float | None]:
        """Give what errors have in common, centred and uncentred, of how many people, and a typical centred one."""
        v, d = self.variance(self.q)
        members = in_estimate & ~np.isnan(v) & ~np.isnan(self.z) & (d > 0)
        n = int(members.sum())
        nothing = VariancePrior()
        if n < PEOPLE_FOR_AN_ESTIMATE:
            return nothing, nothing, 0, None
        own = self.q[members]
        q = psychometrics.centred_pull(own, own.mean(axis=0), self.of_competency, np.ones(n, dtype=np.bool_), n)
        centred, df = self.variance(q)
        try:
            tests = psychometrics.variance_prior(centred, df)
            intervals = psychometrics.variance_prior(v[members], d[members])
        except NotEstimableError:
            return nothing, nothing, 0, None
        return tests, intervals, n, float(np.median(tests.variance(centred, df)))

    def scores(self, prior: VariancePrior) -> list[WeightedScore | None]:
        """Score everybody; ``None`` where there is no error."""
        v, d = self.variance(self.q)
        low, high = psychometrics.drawn_interval(Measured(self.z, prior.variance(v, d), prior.d0 + d))
        rows = zip(psychometrics.house_score_of_z(self.z), low, high, strict=True)
        return [
            None if np.isnan(bottom) else WeightedScore(float(score), Interval(float(bottom), float(top)))
            for score, bottom, top in rows
        ]
