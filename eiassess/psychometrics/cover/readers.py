"""How well readers meet a key, with or without the situation, and how sure that is."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eiassess.errors import NotEstimableError

Array = npt.NDArray[np.float64]

DRAWS = 2000
SEED = 20261128
INTERVAL = (2.5, 97.5)
MOMENTS = 6
"""Of a set of ratings: their number, the sums of key and ratings, of their squares and of their products."""
ROUNDING = 1e-12
"""A product of variances below this is nothing but rounding."""


@dataclass(frozen=True, eq=False)
class ReadScenario:
    """The key values of a scenario's options and what each reader gave them.

    Parameters
    ----------
    unit
        What is drawn together when the error is estimated: a flip pair, or a scenario by itself.
    kind
        Scenarios of one kind are standardised together, as the house scale does it.
    key
        Shape (options,).
    ratings
        Shape (readers, options).
    """

    unit: int
    kind: str
    key: Array
    ratings: Array


@dataclass(frozen=True)
class Measured:
    """A figure with its 95 % interval over scenarios."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Reading:
    """What readers found: the correlation with the key, the share of best options, the points on the house scale."""

    correlation: Measured
    best_found: Measured
    points: Measured


def measure_reading(scenarios: Sequence[ReadScenario]) -> Reading:
    """Measure how well readers meet the key: the means over the readers, with intervals.

    The intervals draw pairs and single scenarios anew (2,000 times, seeded): they say what another bank of the kind
    would give these readers, and nothing of other readers.

    Parameters
    ----------
    scenarios
        What was read; each with ratings of the same readers.

    Raises
    ------
    NotEstimableError
        Fewer than two units were read, or a reader or the key gives the same everywhere.
    """
    units = sorted({each.unit for each in scenarios})
    if len(units) < 2:  # noqa: PLR2004 - an error needs two
        message = "readers have to read at least two pairs or scenarios"
        raise NotEstimableError(message)
    weights = _weights(len(units))
    moments = _moments(scenarios, units)
    of_whole = np.einsum("du,urm->drm", weights, moments.sum(axis=0))
    if np.any(_spread(of_whole[0]) == 0):
        message = "a reader who gives the same everywhere, or a key that does, correlates with nothing"
        raise NotEstimableError(message)
    found = np.array([_found(scenarios, unit) for unit in units])
    n_scenarios = np.array([sum(each.unit == unit for each in scenarios) for unit in units])
    return Reading(
        _measured(_correlations(of_whole)),
        _measured(weights @ found / (weights @ n_scenarios)[:, None]),
        _measured(_points(np.einsum("du,kurm->kdrm", weights, moments))),
    )


def _weights(n_units: int) -> Array:
    """How often each unit counts: once in the first row, as it is drawn in the others; shape (1 + draws, units)."""
    drawn = np.random.default_rng(SEED).multinomial(n_units, np.full(n_units, 1 / n_units), size=DRAWS)
    return np.vstack((np.ones((1, n_units)), drawn))


def _moments(scenarios: Sequence[ReadScenario], units: Sequence[int]) -> Array:
    """Sum up key and ratings: shape (kinds, units, readers, moments)."""
    kinds = sorted({each.kind for each in scenarios})
    moments = np.zeros((len(kinds), len(units), len(scenarios[0].ratings), MOMENTS))
    for each in scenarios:
        key, x = each.key, each.ratings
        sums = (key.size, key.sum(), x.sum(axis=1), key @ key, (x**2).sum(axis=1), x @ key)
        for place, value in enumerate(sums):
            moments[kinds.index(each.kind), units.index(each.unit), :, place] += value
    return moments


def _spread(moments: Array) -> Array:
    """Return the product of the SDs of key and ratings; 0 where one of them is the same everywhere."""
    n, key, x, key_key, x_x, _ = np.moveaxis(moments, -1, 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        variances = (key_key / n - (key / n) ** 2) * (x_x / n - (x / n) ** 2)
    return np.sqrt(np.where(variances > ROUNDING, variances, 0.0))


def _correlations(moments: Array) -> Array:
    """Correlate from moments; not a number where something is the same everywhere."""
    n, key, x, _, _, key_x = np.moveaxis(moments, -1, 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray((key_x / n - key * x / n**2) / _spread(moments), dtype=np.float64)


def _points(moments: Array) -> Array:
    """Score as the engine scores a person who rated everything: 50 (1 + r), weighted by the ratings of each kind."""
    n = moments[..., 0]
    agreement = np.where(_spread(moments) > 0, _correlations(moments), 0.0)
    return np.asarray(50 + 50 * (n * agreement).sum(axis=0) / n.sum(axis=0), dtype=np.float64)


def _found(scenarios: Sequence[ReadScenario], unit: int) -> Array:
    return np.asarray(np.sum([best_found(each) for each in scenarios if each.unit == unit], axis=0), dtype=np.float64)


def best_found(scenario: ReadScenario) -> Array:
    """Say of each reader whether a best option is rated highest: shape (readers,), 0 to 1.

    Of several that are rated highest alike, one would be picked at random.
    """
    highest = scenario.ratings == scenario.ratings.max(axis=1, keepdims=True)
    is_best = scenario.key == scenario.key.max()
    return np.asarray((highest & is_best).sum(axis=1) / highest.sum(axis=1), dtype=np.float64)


def mean_correlation(scenario: ReadScenario) -> float | None:
    """Correlate the mean of the readers with the key of one scenario; ``None`` where one of them never varies."""
    mean = scenario.ratings.mean(axis=0)
    varies = np.ptp(mean) > 0 and np.ptp(scenario.key) > 0
    return float(np.corrcoef(mean, scenario.key)[0, 1]) if varies else None


def _measured(figure: Array) -> Measured:
    """Take the mean over readers, as it is and as it was drawn; a draw in which nothing varies says nothing."""
    of_draws = figure.mean(axis=1)
    low, high = np.nanpercentile(of_draws[1:], INTERVAL)
    return Measured(float(of_draws[0]), float(low), float(high))
