"""Who shapes the estimate of a form's errors, and what it then is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt

from eiassess import psychometrics
from eiassess.domain.error_estimates import (
    PEOPLE_FOR_AN_ESTIMATE,
    ErrorEstimate,
    ErrorMethod,
    EvenSittings,
    SharedError,
)
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.keys import ScoringKey
from eiassess.errors import NotEstimableError
from eiassess.psychometrics import EvennessBasis, VariancePrior
from eiassess.scoring.differences.evenness import is_uneven
from eiassess.scoring.differences.measuring import (
    Measures,
    SatPerson,
    has_evenness,
    measured,
    method_of,
    shapes_estimate,
)
from eiassess.scoring.person.engine import ENGINE
from eiassess.scoring.person.plan import scoring_plan

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class _Shared:
    """What people lend each other: the scenarios' means, and what errors have in common, centred and uncentred."""

    scenario_means: Array | None
    tests: VariancePrior
    intervals: VariancePrior


NOTHING_SHARED = _Shared(None, VariancePrior(), VariancePrior())


def estimate_errors(
    form: AssessmentForm,
    key: ScoringKey,
    people: Sequence[SatPerson],
    *,
    made_at: datetime,
    simulated: bool = False,
) -> ErrorEstimate:
    """Estimate the errors of a form's scores under a key from all who sat it.

    Parameters
    ----------
    people
        Everybody of the installation who sat the form, whatever the opening; all real, or all simulated.
    made_at
        The caller's clock.

    Returns
    -------
    ErrorEstimate
        From fewer than ten people, which lends nobody anything, too.
    """
    measures = measured(scoring_plan(form, key), people)
    eligible = shapes_estimate(measures, people)
    basis = _evenness(measures, eligible)
    marked = has_evenness(measures) & _marked(measures, people, basis)
    return _estimate(measures, eligible & ~marked, marked, basis, made_at=made_at, simulated=simulated)


def _evenness(measures: Measures, eligible: Flags) -> EvennessBasis | None:
    """Learn what sittings of the form are like; ``None`` from too few people, or where the form has choices."""
    if method_of(measures.plan) is ErrorMethod.STORED or eligible.sum() < PEOPLE_FOR_AN_ESTIMATE:
        return None
    try:
        return psychometrics.evenness_basis(measures.w[eligible])
    except NotEstimableError:
        return None


def _marked(measures: Measures, people: Sequence[SatPerson], basis: EvennessBasis | None) -> Flags:
    if basis is None:
        return np.zeros(len(people), dtype=np.bool_)
    names = measures.plan.form.scenario_ids
    w = measures.w
    return np.array(
        [is_uneven(w[row], person.order, names, basis) for row, person in enumerate(people)], dtype=np.bool_
    )


def _estimate(
    measures: Measures,
    members: Flags,
    marked: Flags,
    basis: EvennessBasis | None,
    *,
    made_at: datetime,
    simulated: bool,
) -> ErrorEstimate:
    plan, ids = measures.plan, np.array(measures.ids, dtype=np.object_)
    shared = _shared(measures, members)
    centred = _centred_variance(measures, members, shared)
    spread = None
    if shared is not NOTHING_SHARED:
        spread = psychometrics.true_spread(measures.z[members], centred)
    names = plan.form.scenario_ids
    return ErrorEstimate(
        form_digest=plan.form.digest,
        key_digest=plan.key.digest,
        engine=ENGINE,
        method=method_of(plan),
        made_at=made_at,
        simulated=simulated,
        members=tuple(sorted(ids[members])),
        uneven=tuple(sorted(ids[marked])),
        form_df=len(names) - len(plan.competencies),
        tests=_with_typical(shared.tests, centred),
        intervals=_with_typical(shared.intervals, shared.intervals.variance(*_own(measures, members))),
        scenario_means={} if shared.scenario_means is None else _by_name(names, shared.scenario_means),
        mean_z=None if spread is None else spread.mean,
        tau_squared=None if spread is None else spread.tau_squared,
        even=None if basis is None else EvenSittings(_by_name(names, basis.scenario_means), basis.median_variance),
    )


def _by_name(names: Sequence[str], values: Array) -> dict[str, float]:
    return dict(zip(names, values.tolist(), strict=True))


def _own(measures: Measures, rows: Flags) -> tuple[Array, Array]:
    v, d = measures.own_error
    return v[rows], d[rows]


def _shared(measures: Measures, members: Flags) -> _Shared:
    """Let errors lend each other strength, from ten people on whose errors are left-out ones."""
    n = int(members.sum())
    if n < PEOPLE_FOR_AN_ESTIMATE or method_of(measures.plan) is ErrorMethod.STORED:
        return NOTHING_SHARED
    means = measures.q[members].mean(axis=0)
    try:
        return _Shared(
            means,
            psychometrics.variance_prior(*_centred(measures, members, means, n)),
            psychometrics.variance_prior(*_own(measures, members)),
        )
    except NotEstimableError:
        return NOTHING_SHARED


def _centred(measures: Measures, members: Flags, means: Array, n: int) -> tuple[Array, Array]:
    of_competency = measures.sheets.columns.of_competency
    everybody = np.ones(n, dtype=np.bool_)
    q = psychometrics.centred_pull(measures.q[members], means, of_competency, everybody, n)
    return psychometrics.leaving_out_variance(q, of_competency)


def _centred_variance(measures: Measures, members: Flags, shared: _Shared) -> Array:
    if shared.scenario_means is None:
        return shared.tests.variance(*_own(measures, members))
    n = int(members.sum())
    return shared.tests.variance(*_centred(measures, members, shared.scenario_means, n))


def _with_typical(prior: VariancePrior, variances: Array) -> SharedError:
    typical = float(np.median(variances)) if variances.size else None
    return SharedError(prior.d0, prior.s0_squared, typical)
