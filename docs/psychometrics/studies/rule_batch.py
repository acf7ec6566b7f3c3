"""The rule for telling people apart for many openings at once; a test holds it to the product's pages themselves."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import stdtr

from docs.psychometrics.studies.batch_scoring import BatchScores, score_batch
from docs.psychometrics.studies.shipped_forms import layout_of
from eiassess import psychometrics
from eiassess.errors import NotEstimableError
from eiassess.psychometrics import AnswerSheets, Measured, VariancePrior

Array = npt.NDArray[np.float64]
Labels = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]

PEOPLE_FOR_AN_ESTIMATE = 10
SIGNIFICANCE = 0.05


@dataclass(frozen=True, eq=False)
class Placed:
    """People of many openings, with their errors: every array has shape (openings, people), areas (..., areas).

    ``own`` is the uncentred variance before anybody lends it strength.
    """

    z: Array
    tests: tuple[Array, Array]
    intervals: tuple[Array, Array]
    own: Array
    uneven: Flags
    areas: Array
    area_sems: Array
    area_df: Array
    mean_z: Array
    tau_squared: Array

    @property
    def compared(self) -> Flags:
        """Who is compared."""
        return np.asarray(~np.isnan(self.tests[0]) & ~np.isnan(self.z) & ~self.uneven)


def place(sheets: AnswerSheets, order: Labels, openings: int, area_of: Array, *, mark: bool = True) -> Placed:
    """Place people by the estimate of their opening, as `estimate_errors` and `place_people` do."""
    columns = sheets.columns
    r, without = psychometrics.agreement_leaving_out(sheets)
    z = psychometrics.fisher_z(r)
    q = psychometrics.scenario_pull(psychometrics.fisher_z(without), columns.of_competency, sheets.counted)
    profiles = psychometrics.sheet_profiles(sheets)
    with np.errstate(divide="ignore", invalid="ignore"):
        w = profiles.influence / (1 - r**2)[:, None]
    shape, wide = (openings, -1), (openings, -1, q.shape[1])
    rows = zip(
        z.reshape(shape), *(each.reshape(wide) for each in (q, w, order)), sheets.counted.reshape(wide), strict=True
    )
    own = [
        _opening(one, pull, added, sat, counted, columns.of_competency, mark=mark)
        for one, pull, added, sat, counted in rows
    ]
    found = [np.array(each) for each in zip(*own, strict=True)]
    variance, df = psychometrics.pooled_discrepancy_variance(profiles.d, profiles.e, columns.of_competency)
    d, e = profiles.d @ area_of, profiles.e @ area_of
    enough = 3 * (sheets.counted @ area_of) >= 2 * area_of.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        sems = np.where(enough, 50 * np.sqrt(variance[:, None] / e), np.nan)
        scores = 100 - 50 * d / e
    return Placed(
        z=z.reshape(shape),
        tests=(found[0], found[1]),
        intervals=(found[2], found[3]),
        own=found[7],
        uneven=found[4],
        areas=scores.reshape(*shape, area_of.shape[1]),
        area_sems=sems.reshape(*shape, area_of.shape[1]),
        area_df=df.reshape(shape).astype(np.float64),
        mean_z=found[5],
        tau_squared=found[6],
    )


def _opening(
    z: Array, q: Array, w: Array, order: Labels, counted: Flags, of_competency: Array, *, mark: bool
) -> tuple[Array, Array, Array, Array, Flags, float, float, Array]:
    """Estimate one opening's errors and give its people's."""
    v, d = psychometrics.leaving_out_variance(q, of_competency)
    whole = counted.all(axis=1) & ~np.isnan(v) & ~np.isnan(z)
    uneven = _marked(w, order, whole) if mark else np.zeros_like(whole)
    members = whole & ~uneven
    n = int(members.sum())
    if n < PEOPLE_FOR_AN_ESTIMATE:
        return v, d, v, d, uneven, np.nan, np.nan, v
    centred = psychometrics.centred_pull(q, q[members].mean(axis=0), of_competency, members, n)
    tested, _ = psychometrics.leaving_out_variance(centred, of_competency)
    try:
        tests = psychometrics.variance_prior(tested[members], d[members])
        intervals = psychometrics.variance_prior(v[members], d[members])
    except NotEstimableError:
        return v, d, v, d, uneven, np.nan, np.nan, v
    shrunk = tests.variance(tested, d)
    spread = psychometrics.true_spread(z[members], shrunk[members])
    return (*_shrunk(tests, tested, d), *_shrunk(intervals, v, d), uneven, spread.mean, spread.tau_squared, v)


def _shrunk(prior: VariancePrior, v: Array, d: Array) -> tuple[Array, Array]:
    return prior.variance(v, d), prior.d0 + d


def _marked(w: Array, order: Labels, whole: Flags) -> Flags:
    """Say who answered unevenly over the sitting."""
    if whole.sum() < PEOPLE_FOR_AN_ESTIMATE:
        return np.zeros_like(whole)
    basis = psychometrics.evenness_basis(w[whole])
    left = np.take_along_axis(basis.residuals(w), order, axis=1)
    starts = np.arange(0, left.shape[1], 4)
    sizes = np.diff([*starts, left.shape[1]])
    q = (np.add.reduceat(left, starts, axis=1) ** 2 / sizes).sum(axis=1) / basis.median_variance
    return np.asarray(whole & (q > psychometrics.evenness_cut(left.shape[1])))


@dataclass(frozen=True, eq=False)
class Verdicts:
    """What a page of each opening says: whether it calls pairs different, shape (openings, pairs) or (..., areas)."""

    overall: Flags
    areas: Flags

    @property
    def any(self) -> Flags:
        """Shape (openings,): whether anything is called different."""
        return np.asarray(self.overall.any(axis=1) | self.areas.any(axis=(1, 2)))


def page_verdicts(placed: Placed, members: Labels, *, linked: Placed | None = None) -> Verdicts:
    """Test a page of the people at these places in every opening, as `compare_on_page` does.

    ``linked`` has the second half of them, of another form: then the uncentred errors are taken.
    """
    i, j = np.triu_indices(members.size, k=1)
    first, second = members[i], members[j]
    other = placed if linked is None else linked
    errors = (placed.tests, other.tests) if linked is None else (placed.intervals, other.intervals)
    one = Measured(placed.z[:, first], *(each[:, first] for each in errors[0]))
    two = Measured(other.z[:, second], *(each[:, second] for each in errors[1]))
    overall = psychometrics.welch_tests(one, two).p
    compared = placed.compared[:, first] & other.compared[:, second]
    areas = psychometrics.welch_tests(_areas(placed, first), _areas(other, second)).p
    tested = np.concatenate(
        [
            np.where(compared, overall, np.nan),
            np.where(compared[..., None], areas, np.nan).reshape(len(overall), -1),
        ],
        axis=1,
    )
    differs = np.array([_adjusted(p, first.size) < SIGNIFICANCE for p in tested])
    return Verdicts(differs[:, : first.size], differs[:, first.size :].reshape(areas.shape))


def _areas(placed: Placed, members: Labels) -> Measured:
    df = np.repeat(placed.area_df[:, members, None], placed.areas.shape[-1], axis=2)
    return Measured(placed.areas[:, members], placed.area_sems[:, members] ** 2, df)


def _adjusted(p: Array, n_overall: int) -> Array:
    tested, adjusted = ~np.isnan(p), np.ones_like(p)
    is_overall = np.arange(p.size) < n_overall
    n = int((tested & is_overall).sum())
    if n:
        overall, area = psychometrics.page_weights(n, int(tested.sum()) - n)
        adjusted[tested] = psychometrics.weighted_holm(p[tested], np.where(is_overall, overall, area)[tested])
    return adjusted


def former_verdicts(sheets: AnswerSheets, openings: int, members: Labels) -> tuple[Flags, Flags]:
    """Compare the same people by the former rule: overall and every competency in one plain Holm.

    Returns
    -------
    tuple
        Whether anything is called different, shape (openings,), and the overall scores, shape (openings, pairs).
    """
    rows = (np.arange(openings)[:, None] * (len(sheets.ratings) // openings) + members).ravel()
    scores = score_batch(layout_of(sheets.columns), sheets.columns.key, sheets.ratings[rows])
    found = np.array([_former(scores, rows) for rows in _pages(openings, members.size)])
    n_pairs = members.size * (members.size - 1) // 2
    return np.asarray(found.any(axis=1)), found[:, :n_pairs]


def _pages(openings: int, size: int) -> Iterator[Labels]:
    for first in range(0, openings * size, size):
        yield np.arange(first, first + size)


def _former(scores: BatchScores, rows: Labels) -> Flags:
    return np.asarray(psychometrics.holm_adjusted(_former_p_values(scores, rows)) < SIGNIFICANCE)


def _former_p_values(scores: BatchScores, rows: Labels) -> Array:
    """Unadjusted p of all pairs, overall at Welch's degrees of freedom and in all competencies at one person's."""
    i, j = np.triu_indices(rows.size, k=1)
    found = []
    for part, sem, df in (
        (scores.overall[rows, None], scores.overall_sem[rows, None], None),
        (scores.competencies[rows], scores.competency_sem[rows], float(scores.df)),
    ):
        error = np.hypot(sem[i], sem[j])
        welch = scores.df * error**4 / (sem[i] ** 4 + sem[j] ** 4)
        found.append(2 * stdtr(welch if df is None else df, -np.abs(part[i] - part[j]) / error))
    return np.concatenate([np.nan_to_num(p, nan=1.0).ravel() for p in found])
