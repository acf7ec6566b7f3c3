"""One common factor by maximum likelihood, and omega total from it."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eiassess.errors import NotEstimableError
from eiassess.psychometrics.moments import ItemMoments, item_moments

Array = npt.NDArray[np.float64]
Curve = tuple[float, Array, Array, Array]

LEAST_UNIQUENESS = 0.005
"""Share of an item's variance: where R's factanal stops too, so that Heywood cases give its figures."""

STARTS = (None, 0.5, 0.9)
"""Uniquenesses to start from; None: from multiple correlations. The likelihood of weak items has several tops."""

SINGULAR = 1e-10
CONVERGED = 1e-9
"""Largest step in log uniquenesses after which the search ends."""

ROUNDING = 1e-12
"""Changes of the discrepancy below this share tell nothing: near the end Newton's step is taken unchecked."""

ARMIJO = 1e-4
"""Least share of the fall that a step's slope promises."""

ITERATIONS = 200


@dataclass(frozen=True)
class OmegaTotal:
    """Omega total, with the factor that it comes from.

    Parameters
    ----------
    value
        From 0 to 1.
    loadings, uniquenesses
        One an item, in the scores' own units.
    heywood
        Numbers (from 0) of the items whose uniqueness was held at the least allowed: a sign that one factor does not
        describe the items, or that there are too few people.
    n_persons
        Complete rows.
    variant
        Which of the several omegas this is; to be printed beside it.
    """

    value: float
    loadings: tuple[float, ...]
    uniquenesses: tuple[float, ...]
    heywood: tuple[int, ...]
    n_persons: int
    variant: str = "one factor, maximum likelihood, raw metric"


def omega_total(scores: Array | ItemMoments) -> OmegaTotal:
    """Share of the total score's variance that one common factor explains.

    ``(sum lambda)^2 / ((sum lambda)^2 + sum psi)``, with one factor by maximum likelihood, in the scores' own metric.

    Parameters
    ----------
    scores
        Shape (persons, items), NaN where missing (complete rows are used), or their moments.

    Raises
    ------
    NotEstimableError
        Fewer than three items or two complete persons, an item that never varies, items that follow exactly from each
        other (also: fewer people than items), or a search that did not end.

    References
    ----------
    McDonald (1999), Test theory: a unified treatment; Joereskog (1967), Psychometrika 32, 443; Clarke (1970), British
    Journal of Mathematical and Statistical Psychology 23, 43.

    Examples
    --------
    >>> loadings = np.array([0.8, 0.7, 0.6])
    >>> scores = ItemMoments(100, np.zeros(3), np.outer(loadings, loadings) + np.diag(1 - loadings**2))
    >>> omega = omega_total(scores)
    >>> round(omega.value, 4), [round(loading, 4) for loading in omega.loadings]
    (0.7449, [0.8, 0.7, 0.6])
    """
    moments = item_moments(scores)
    correlation = _correlation(moments)
    uniquenesses = _uniquenesses(correlation)
    spread = np.sqrt(moments.variances)
    loadings = _loadings(correlation, uniquenesses) * spread
    common, unique = loadings.sum() ** 2, (uniquenesses * moments.variances).sum()
    return OmegaTotal(
        value=float(common / (common + unique)),
        loadings=tuple(loadings.tolist()),
        uniquenesses=tuple((uniquenesses * moments.variances).tolist()),
        heywood=tuple(np.flatnonzero(_at_bound(uniquenesses)).tolist()),
        n_persons=moments.n_persons,
    )


def _correlation(moments: ItemMoments) -> Array:
    if moments.n_items < 3:  # noqa: PLR2004 - two items do not identify a factor
        message = f"one factor needs at least three items; there are {moments.n_items}"
        raise NotEstimableError(message)
    still = np.flatnonzero(moments.variances == 0)
    if still.size:
        message = f"item {still[0] + 1} is the same for everybody"
        raise NotEstimableError(message)
    spread = np.sqrt(moments.variances)
    correlation = moments.covariance / spread[:, None] / spread
    if np.linalg.eigvalsh(correlation)[0] < SINGULAR:
        message = "the items follow exactly from each other, or there are fewer people than items"
        raise NotEstimableError(message)
    return correlation


def _uniquenesses(correlation: Array) -> Array:
    """Find the uniquenesses of highest likelihood."""
    return min((_minimise(correlation, start) for start in STARTS), key=lambda found: found[1])[0]


def _at_bound(uniquenesses: Array) -> npt.NDArray[np.bool_]:
    return uniquenesses <= LEAST_UNIQUENESS * (1 + ROUNDING)


def _minimise(correlation: Array, start: float | None) -> tuple[Array, float]:
    """Newton's method on log uniquenesses, kept between the bounds."""
    low = np.log(LEAST_UNIQUENESS)
    x = np.clip(np.log(_start(correlation, start)), low, 0.0)
    value, gradient, hessian, safe = _curve(correlation, x)
    for _ in range(ITERATIONS):
        free = ~(((x <= low) & (gradient > 0)) | ((x >= 0) & (gradient < 0)))
        step = np.zeros_like(x)
        step[free] = _descent(gradient[free], hessian[np.ix_(free, free)], safe[np.ix_(free, free)])
        before = x
        x, (value, gradient, hessian, safe) = _line_search(correlation, x, step, value, gradient)
        if np.abs(x - before).max() < CONVERGED:
            return np.exp(x), value
    message = "the search for one common factor did not end"
    raise NotEstimableError(message)


def _start(correlation: Array, start: float | None) -> Array:
    if start is not None:
        return np.full(len(correlation), start)
    unexplained = 1 / np.linalg.inv(correlation).diagonal()
    return np.asarray((1 - 0.5 / len(correlation)) * unexplained, dtype=np.float64)


def _descent(gradient: Array, hessian: Array, safe: Array) -> Array:
    """Newton's step; where the curve bends the wrong way, the step of the Hessian's positive part."""
    try:
        np.linalg.cholesky(hessian)
    except np.linalg.LinAlgError:
        hessian = safe + SINGULAR * np.eye(len(safe))
    return np.asarray(-np.linalg.solve(hessian, gradient), dtype=np.float64)


def _line_search(correlation: Array, x: Array, step: Array, value: float, gradient: Array) -> tuple[Array, Curve]:
    """Halve the step until it lowers the curve; one too small to tell is taken."""
    while True:
        trial = np.clip(x + step, np.log(LEAST_UNIQUENESS), 0.0)
        curve = _curve(correlation, trial)
        if curve[0] <= value + ARMIJO * float(gradient @ (trial - x)) + ROUNDING * (1 + value):
            return trial, curve
        step = step / 2


def _curve(correlation: Array, x: Array) -> Curve:
    """Value, gradient, Hessian and its positive part of the discrepancy at log uniquenesses ``x``.

    With eigenvalues t_1 > t_2 ... and eigenvectors w of ``psi^-1/2 R psi^-1/2``: ``f = sum_{j>1} t_j - log t_j - 1``.
    """
    values, vectors = np.linalg.eigh(correlation * np.exp(-(x[:, None] + x) / 2))
    first, rest, w, v = values[-1], np.maximum(values[:-1], np.finfo(np.float64).tiny), vectors[:, -1], vectors[:, :-1]
    gradient = (v**2) @ (1 - rest)
    positive = ((v * rest) @ v.T) * (v @ v.T)
    gap = np.maximum(first - rest, SINGULAR)
    bend = (v * ((1 - rest) * (first + rest) / gap)) @ v.T * np.outer(w, w)
    return float(np.sum(rest - np.log(rest) - 1)), gradient, positive + bend, positive


def _loadings(correlation: Array, uniquenesses: Array) -> Array:
    scale = np.sqrt(uniquenesses)
    values, vectors = np.linalg.eigh(correlation / scale[:, None] / scale)
    loadings = scale * np.sqrt(max(values[-1] - 1, 0.0)) * vectors[:, -1]
    return np.asarray(loadings if loadings.sum() >= 0 else -loadings, dtype=np.float64)
