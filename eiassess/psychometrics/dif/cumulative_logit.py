"""Proportional-odds regressions of many items at once, on counts.

All items share the design, one row for each cell of people who are alike in it; an item is its counts by cell and
category. Written with the identity ``F(t) - F(s) = F(t) F(-s) (1 - exp(s - t))`` of the logistic function, the
likelihood falls apart into one binomial term a cell and threshold, and one term a pair of neighbouring thresholds that
knows no cell: no difference of nearly equal probabilities, and one logistic function to evaluate.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit

from eiassess.psychometrics.dif.counts import Array

MAX_ITERATIONS = 50
GRADIENT_TOLERANCE = 1e-9
STEP_TOLERANCE = 1e-3
INFORMATION_TOLERANCE = 1e-9
MAX_HALVINGS = 30
RIDGE = 1e-13
LOGIT_RANGE = 500.0
BATCH_ENTRIES = 1_000_000


@dataclass(frozen=True)
class CumulativeLogitFit:
    """Maximum-likelihood estimates of one model for several items.

    Attributes
    ----------
    log_likelihood
        Shape (items,).
    thresholds, slopes
        Shapes (items, k - 1) and (items, p): ``logit P(y <= j) = threshold_j - x'slopes``.
    gradient_norm
        Shape (items,): largest absolute element of the gradient, a person.
    converged
        Shape (items,): the gradient vanished, the estimates stand still, and the likelihood is curved in every
        direction. It is not where categories are separated: then it rises for ever as a slope grows.
    iterations
        Of Newton's method, all items together.
    """

    log_likelihood: Array
    thresholds: Array
    slopes: Array
    gradient_norm: Array
    converged: np.ndarray[tuple[int], np.dtype[np.bool_]]
    iterations: int


@dataclass(frozen=True)
class _Problem:
    """What stays the same through the iterations."""

    lower: Array  # (items, cells, k - 1): people in category j
    pair: Array  # the same shape: people in category j or j + 1
    totals: Array  # (items, k)
    design: Array  # (cells, p)
    products: Array  # (cells, p * p)


@dataclass(frozen=True)
class _Point:
    """Parameters (thresholds, then slopes), with log-likelihood, gradient and information there."""

    parameters: Array
    log_likelihood: Array
    gradient: Array
    information: Array


def fit_cumulative_logit(counts: Array, design: Array, start: CumulativeLogitFit | None = None) -> CumulativeLogitFit:
    """Fit ``logit P(y <= j) = threshold_j - x'slopes`` to each item by Newton's method with step halving.

    Parameters
    ----------
    counts
        Shape (items, cells, k): people by design cell and category; every category of every item is used.
    design
        Shape (cells, p), without a constant.
    start
        A fit of the same items with fewer slopes: where to begin.

    Notes
    -----
    The log-likelihood is concave, so Newton's method with halving cannot miss the maximum where there is one.

    References
    ----------
    McCullagh (1980), Journal of the Royal Statistical Society B 42, 109; Burridge (1981), the same 43, 41 (concave).
    """
    pair = counts[:, :, :-1] + counts[:, :, 1:]
    products = (design[:, :, None] * design[:, None, :]).reshape(design.shape[0], -1)
    problem = _Problem(counts[:, :, :-1], pair, counts.sum(axis=1), design, products)
    return _newton(problem, _evaluate(problem, _start(problem, start)))


def _start(problem: _Problem, start: CumulativeLogitFit | None) -> Array:
    items, slopes = problem.totals.shape[0], problem.design.shape[1]
    if start is None:
        share = np.cumsum(problem.totals, axis=1)[:, :-1] / problem.totals.sum(axis=1, keepdims=True)
        return np.hstack([logit(share), np.zeros((items, slopes))])
    return np.hstack([start.thresholds, start.slopes, np.zeros((items, slopes - start.slopes.shape[1]))])


def _newton(problem: _Problem, point: _Point) -> CumulativeLogitFit:
    people = problem.totals.sum(axis=1)
    iteration = 0
    while True:
        step = _step(point)
        norm = np.abs(point.gradient).max(axis=1) / people
        still = (norm <= GRADIENT_TOLERANCE) & (np.abs(step).max(axis=1) <= STEP_TOLERANCE)
        if still.all() or iteration == MAX_ITERATIONS:
            break
        point, iteration = _advance(problem, point, step), iteration + 1
    curved = np.linalg.eigvalsh(point.information)[:, 0] > INFORMATION_TOLERANCE * people
    thresholds, slopes = np.split(point.parameters, [problem.totals.shape[1] - 1], axis=1)
    return CumulativeLogitFit(point.log_likelihood, thresholds, slopes, norm, still & curved, iteration)


def _step(point: _Point) -> Array:
    """Solve for Newton's step, scaled to a unit diagonal; the ridge only keeps a separated item solvable."""
    scale = 1 / np.sqrt(np.diagonal(point.information, axis1=1, axis2=2) + np.finfo(np.float64).tiny)
    scaled = point.information * scale[:, :, None] * scale[:, None, :]
    scaled = scaled + RIDGE * np.eye(scale.shape[1])
    return np.asarray(scale * np.linalg.solve(scaled, (scale * point.gradient)[:, :, None])[:, :, 0])


def _advance(problem: _Problem, point: _Point, step: Array) -> _Point:
    """Go the whole step, or for items that it makes worse the half, the quarter and so on."""
    fraction = np.ones(step.shape[0])
    slack = 1e-12 * np.abs(point.log_likelihood)
    for _ in range(MAX_HALVINGS):
        reached = _evaluate(problem, point.parameters + fraction[:, None] * step)
        worse = reached.log_likelihood < point.log_likelihood - slack
        if not worse.any():
            return reached
        fraction = np.where(worse, fraction / 2, fraction)
    return _evaluate(problem, point.parameters + np.where(worse, 0.0, fraction)[:, None] * step)


def _evaluate(problem: _Problem, parameters: Array) -> _Point:
    thresholds, slopes = np.split(parameters, [problem.totals.shape[1] - 1], axis=1)
    log_likelihood, gaps, curvature = _between_thresholds(problem.totals, thresholds)
    t = thresholds[:, None, :] - (slopes @ problem.design.T)[:, :, None]
    t = np.clip(t, -LOGIT_RANGE, LOGIT_RANGE)
    below = expit(t)
    expected = problem.pair * below
    residual = problem.lower - expected
    weight = expected * (1 - below)
    # n log F(t) + m log F(-t) with log F(-t) = log F(t) - t.
    log_likelihood = log_likelihood + np.sum(
        problem.pair * np.log(below) - (problem.pair - problem.lower) * t, axis=(1, 2)
    )
    gradient = np.hstack([residual.sum(axis=1) + gaps, -residual.sum(axis=2) @ problem.design])
    return _Point(parameters, log_likelihood, gradient, _information(problem, weight, curvature))


def _between_thresholds(totals: Array, thresholds: Array) -> tuple[Array, Array, Array]:
    """Value, gradient and curvature of ``sum_j n_j log(1 - exp(threshold_(j-1) - threshold_j))``, j not at an end."""
    gap, inner = np.diff(thresholds, axis=1), totals[:, 1:-1]
    ordered = np.all(gap > 0, axis=1)
    gap = np.clip(gap, np.finfo(np.float64).eps, LOGIT_RANGE)
    value = np.where(ordered, np.sum(inner * np.log(-np.expm1(-gap)), axis=1), -np.inf)
    pull = inner / np.expm1(gap)
    gradient = np.pad(pull, ((0, 0), (1, 0))) - np.pad(pull, ((0, 0), (0, 1)))
    return value, gradient, inner / (4 * np.sinh(gap / 2) ** 2)


def _information(problem: _Problem, weight: Array, curvature: Array) -> Array:
    """Negative second derivatives: a tridiagonal block of thresholds, bordered by the slopes."""
    items, p = weight.shape[0], problem.design.shape[1]
    k = weight.shape[2]
    information = np.empty((items, k + p, k + p))
    top = np.zeros((items, k, k))
    i = np.arange(k)
    top[:, i, i] = weight.sum(axis=1)
    top[:, i[1:], i[1:]] += curvature
    top[:, i[:-1], i[:-1]] += curvature
    top[:, i[1:], i[:-1]] = top[:, i[:-1], i[1:]] = -curvature
    cross = -np.swapaxes(weight, 1, 2) @ problem.design
    information[:, :k, :k], information[:, :k, k:] = top, cross
    information[:, k:, :k] = np.swapaxes(cross, 1, 2)
    information[:, k:, k:] = (weight.sum(axis=2) @ problem.products).reshape(items, p, p)
    return information
