"""People as they are drawn and compared: score, error, interval, areas, or why they are not compared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from eiassess import psychometrics
from eiassess.domain.error_estimates import ErrorEstimate, ErrorMethod, NotCompared, SharedError
from eiassess.domain.forms import AssessmentForm
from eiassess.domain.keys import ScoringKey
from eiassess.domain.scores import Interval
from eiassess.errors import InvalidInputError
from eiassess.psychometrics import Measured, VariancePrior
from eiassess.scoring.differences.area_scores import AreaScore, area_scores
from eiassess.scoring.differences.evenness import is_uneven, kept_basis
from eiassess.scoring.differences.measuring import Measures, SatPerson, has_evenness, measured, method_of
from eiassess.scoring.person.plan import scoring_plan

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class ErrorOfZ:
    """An error variance on the scale of z with its degrees of freedom, which can be infinite."""

    variance: float
    df: float


@dataclass(frozen=True)
class PlacedPerson:
    """Somebody on a page.

    Parameters
    ----------
    id
        As it was given.
    form, key_digest, estimate
        What the score and its error were made from; scores compare only where these do.
    z, score
        Agreement with the key as Fisher's z and on the house scale; ``score`` without ``z`` where that has no end.
    test_error, interval_error
        The centred error, for tests between people of one form, and the uncentred one; ``None`` where it is not known.
    interval
        The drawn interval: 95 %, leaning on the people of the estimate; not the stored one.
    areas
        Area -> score, of those of which something counts.
    not_compared
        Why the person is drawn and not compared; ``None`` of whoever is compared.
    """

    id: str
    form: AssessmentForm
    key_digest: str
    estimate: ErrorEstimate
    z: float | None
    score: float | None
    test_error: ErrorOfZ | None
    interval_error: ErrorOfZ | None
    interval: Interval | None
    not_compared: NotCompared | None
    areas: Mapping[str, AreaScore] = field(default_factory=dict)

    @property
    def in_estimate(self) -> bool:
        """Whether the person shapes the estimate."""
        return self.id in self.estimate.members


def place_people(
    form: AssessmentForm,
    key: ScoringKey,
    people: Sequence[SatPerson],
    estimate: ErrorEstimate,
    areas: Mapping[str, Sequence[str]] | None = None,
) -> tuple[PlacedPerson, ...]:
    """Give everybody a score, an error by the estimate, a drawn interval and areas.

    Parameters
    ----------
    people
        Who sat the form, in any number; whoever is in the estimate has there the ``id`` that stands here.
    estimate
        Of this form and key.
    areas
        Area -> its competencies, as the groups of a bank's model; nothing where areas are not asked for.

    Raises
    ------
    InvalidInputError
        The estimate is of another form or key.
    """
    if (estimate.form_digest, estimate.key_digest) != (form.digest, key.digest):
        message = f"The estimate of errors is not of form {form.id!r} under key {key.id!r}"
        raise InvalidInputError(message)
    measures = measured(scoring_plan(form, key), people)
    errors = _errors(measures, estimate)
    reasons = _reasons(measures, people, estimate)
    areas_of = area_scores(measures, areas or {})
    scores = 50 * (1 + measures.r)
    low, high = psychometrics.drawn_interval(Measured(measures.z, *errors.intervals))
    return tuple(
        PlacedPerson(
            id=name,
            form=form,
            key_digest=key.digest,
            estimate=estimate,
            z=_known(measures.z[row]),
            score=_known(scores[row]),
            test_error=_error_of_z(errors.tests, row),
            interval_error=_error_of_z(errors.intervals, row),
            interval=None if np.isnan(low[row]) else Interval(float(low[row]), float(high[row])),
            not_compared=reasons[row],
            areas=areas_of[row],
        )
        for row, name in enumerate(measures.ids)
    )


@dataclass(frozen=True, eq=False)
class _Errors:
    """Variances and degrees of freedom, shape (people,) each, for tests and for intervals."""

    tests: tuple[Array, Array]
    intervals: tuple[Array, Array]


def _errors(measures: Measures, estimate: ErrorEstimate) -> _Errors:
    own = measures.own_error
    return _Errors(
        _shrunk(estimate.tests, *(_centred(measures, estimate) if estimate.scenario_means else own)),
        _shrunk(estimate.intervals, *own),
    )


def _centred(measures: Measures, estimate: ErrorEstimate) -> tuple[Array, Array]:
    """Take what the scenarios are to everybody in the estimate off each person's error."""
    means = np.array([estimate.scenario_means[name] for name in measures.plan.form.scenario_ids])
    members = frozenset(estimate.members)
    inside = np.array([name in members for name in measures.ids], dtype=np.bool_)
    of_competency = measures.sheets.columns.of_competency
    q = psychometrics.centred_pull(measures.q, means, of_competency, inside, estimate.n)
    return psychometrics.leaving_out_variance(q, of_competency)


def _shrunk(shared: SharedError, v: Array, d: Array) -> tuple[Array, Array]:
    return VariancePrior(shared.d0, shared.s0_squared).variance(v, d), shared.d0 + d


def _error_of_z(errors: tuple[Array, Array], row: int) -> ErrorOfZ | None:
    variance, df = (float(each[row]) for each in errors)
    return None if np.isnan(variance) else ErrorOfZ(variance, df)


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _reasons(
    measures: Measures, people: Sequence[SatPerson], estimate: ErrorEstimate
) -> tuple[NotCompared | None, ...]:
    uneven = _uneven(measures, people, estimate)
    return tuple(
        _without_error(measures, row) or (NotCompared.UNEVEN if uneven[row] else None) for row in range(len(people))
    )


def _without_error(measures: Measures, row: int) -> NotCompared | None:
    """Say why a person has no error; ``None`` if there is one."""
    if not measures.scored[row]:
        return NotCompared.NOT_SCORED
    if np.isnan(measures.z[row]):
        return NotCompared.AT_THE_END
    if not np.isnan(measures.own_error[0][row]):
        return None
    if method_of(measures.plan) is ErrorMethod.STORED or not np.isnan(measures.q[row]).all():
        return NotCompared.NO_ERROR
    unknown = np.isnan(measures.r_without[row][measures.sheets.counted[row]]).any()
    return NotCompared.ALIKE_WITHOUT_ONE if unknown else NotCompared.AT_THE_END


def _uneven(measures: Measures, people: Sequence[SatPerson], estimate: ErrorEstimate) -> list[bool]:
    """Say who is marked: who was when the estimate was made, and whoever would be that does not shape it."""
    names = measures.plan.form.scenario_ids
    basis, members, marked = kept_basis(estimate.even, names), frozenset(estimate.members), frozenset(estimate.uneven)
    if basis is None:
        return [False] * len(people)
    new = has_evenness(measures) & np.array([person.id not in members for person in people])
    w = measures.w
    return [
        person.id in marked or bool(new[row] and is_uneven(w[row], person.order, names, basis))
        for row, person in enumerate(people)
    ]
