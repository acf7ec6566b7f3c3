"""The product's scoring engine for a hundred thousand people at once; `largest_gap` holds it to the engine itself."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from docs.psychometrics.studies.population import Layout, shipped_layout, shipped_plan
from eiassess.domain.scores import ScoreEstimate
from eiassess.psychometrics import t_quantile
from eiassess.scoring.person.engine import score_vector

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class BatchScores:
    """Scores of many people: shape (people,) or, of parts and scenarios, (people, parts).

    ``d`` and ``e`` are the discrepancies and random discrepancies of the scenarios, ``variance`` the pooled v.
    """

    overall: Array
    overall_sem: Array
    overall_low: Array
    overall_high: Array
    competencies: Array
    competency_sem: Array
    styles: Array
    style_sem: Array
    d: Array
    e: Array
    variance: Array
    df: int

    @property
    def half_width(self) -> float:
        """Standard errors from a part's score to the end of its interval."""
        return t_quantile(self.df)


def score_batch(layout: Layout, keys: Array, ratings: Array) -> BatchScores:
    """Score complete ratings.

    Parameters
    ----------
    keys
        Shape (ratings,), or (people, ratings) where each person has a form of their own.
    ratings
        Shape (people, ratings). Who rated a whole format alike has no scores here (NaN); the engine would score
        the rest.
    """
    z, key_z = _standardised(ratings, layout), _standardised(np.atleast_2d(keys), layout)
    sums = np.eye(layout.n_scenarios)[layout.scenario]
    d = (z - key_z) ** 2 @ sums
    e = np.broadcast_to((1 + key_z**2) @ sums, d.shape)
    df = layout.n_scenarios - layout.n_competencies
    members = np.eye(layout.n_competencies)[layout.competency]
    variance = _variance(d, e, members, df)
    styles = np.array([np.isin(np.arange(layout.n_scenarios), each) for each in layout.styles.values()], dtype=float)
    styles = styles.reshape(-1, layout.n_scenarios).T
    r, sem, low, high = _overall(layout, z, key_z, sums, df)
    return BatchScores(
        overall=50 * (1 + r),
        overall_sem=50 * sem,
        overall_low=50 * (1 + low),
        overall_high=50 * (1 + high),
        competencies=100 - 50 * (d @ members) / (e @ members),
        competency_sem=50 * np.sqrt(variance[:, None] / (e @ members)),
        styles=100 - 50 * (d @ styles) / (e @ styles),
        style_sem=50 * np.sqrt(variance[:, None] / (e @ styles)),
        d=d,
        e=e,
        variance=variance,
        df=df,
    )


def _standardised(values: Array, layout: Layout) -> Array:
    z = np.empty_like(values, dtype=np.float64)
    for kind in np.unique(layout.kind):
        rows = layout.kind == kind
        deviations = values[:, rows] - values[:, rows].mean(axis=1, keepdims=True)
        spread = np.sqrt((deviations**2).mean(axis=1, keepdims=True))
        z[:, rows] = deviations / np.where(spread > 0, spread, np.nan)
    return z


def _variance(d: Array, e: Array, members: Array, df: int) -> Array:
    ratio = (d @ members) / (e @ members) @ members.T
    return np.asarray(((d - ratio * e) ** 2 / e).sum(axis=1) / df)


def _overall(layout: Layout, z: Array, key_z: Array, sums: Array, df: int) -> tuple[Array, Array, Array, Array]:
    product = z * key_z
    own_r = np.empty_like(z)
    for kind in np.unique(layout.kind):
        rows = layout.kind == kind
        own_r[:, rows] = product[:, rows].mean(axis=1, keepdims=True)
    r = product.mean(axis=1)
    influence = (product - own_r / 2 * (z**2 + key_z**2)) @ sums / sums.sum(axis=0)
    members = np.eye(layout.n_competencies)[layout.competency]
    residual = influence - influence @ (members / members.sum(axis=0)) @ members.T
    sem = np.sqrt((residual**2).sum(axis=1) / df / layout.n_scenarios)
    half = t_quantile(df) * sem / (1 - r**2)
    return r, sem, np.tanh(np.arctanh(r) - half), np.tanh(np.arctanh(r) + half)


def largest_gap(ratings: Array) -> float:
    """Compare with the product's engine on form standard-a: the largest difference of any score or end of interval."""
    plan = shipped_plan()
    batch = score_batch(shipped_layout(), plan.key_values, ratings)
    gaps = []
    for row, vector in enumerate(ratings):
        scored = score_vector(plan, vector)
        half = batch.half_width
        pairs = [(scored.overall, batch.overall[row], batch.overall_low[row], batch.overall_high[row])]
        for part, own, sem in (
            (scored.competencies, batch.competencies, batch.competency_sem),
            (scored.styles, batch.styles, batch.style_sem),
        ):
            pairs += [
                (estimate, score, score - half * error, score + half * error)
                for estimate, score, error in zip(part.values(), own[row], sem[row], strict=True)
            ]
        gaps += [_gap(estimate, *numbers) for estimate, *numbers in pairs]
    return max(gaps)


def _gap(estimate: ScoreEstimate | None, score: float, low: float, high: float) -> float:
    if estimate is None or estimate.interval is None:
        message = "the engine gave no score or no interval"
        raise ValueError(message)
    interval = estimate.interval
    return max(abs(estimate.score - score), abs(interval.low - low), abs(interval.high - high))
