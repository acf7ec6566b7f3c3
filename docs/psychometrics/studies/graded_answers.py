"""Simulated scenario scores in ordered categories, under the two response models whose parameters are known."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Generator = np.random.Generator

CATEGORIES = 5
GRADED, PARTIAL_CREDIT = "GRM", "GPCM"


@dataclass(frozen=True, eq=False)
class Items:
    """True parameters: ``a`` of shape (items,), ``d`` (items, categories - 1)."""

    model: str
    a: Array
    d: Array


def draw_items(generator: Generator, model: str, n: int) -> Items:
    """Draw items whose five categories are all used: slopes about 1.3 (GRM) or .7 (GPCM)."""
    location = 0.5 * generator.standard_normal((n, 1)) - 0.4
    steps = location + np.array([-1.4, -0.5, 0.4, 1.3]) + 0.1 * generator.standard_normal((n, CATEGORIES - 1))
    steps.sort(axis=1)
    if model == GRADED:
        a = 1.25 * np.exp(0.25 * generator.standard_normal(n))
        return Items(model, a, -a[:, None] * steps)
    a = 0.7 * np.exp(0.25 * generator.standard_normal(n))
    return Items(model, a, np.cumsum(-a[:, None] * steps, axis=1))


def probabilities(items: Items, theta: Array) -> Array:
    """Category probabilities, shape (people, items, categories)."""
    if items.model == GRADED:
        at_least = 1 / (1 + np.exp(-(theta[:, None, None] * items.a[:, None] + items.d)))
        edges = np.pad(at_least, ((0, 0), (0, 0), (1, 1)))
        edges[:, :, 0] = 1
        return -np.diff(edges, axis=2)
    logits = np.pad(items.d, ((0, 0), (1, 0))) + theta[:, None, None] * items.a[:, None] * np.arange(CATEGORIES)
    odds = np.exp(logits - logits.max(axis=2, keepdims=True))
    return np.asarray(odds / odds.sum(axis=2, keepdims=True))


def draw_scores(generator: Generator, items: Items, theta: Array) -> Array:
    """Draw scores 0 to 4, shape (people, items)."""
    cumulative = probabilities(items, theta).cumsum(axis=2)[:, :, :-1]
    uniform = generator.random((theta.size, items.a.size, 1))
    return np.asarray((uniform > cumulative).sum(axis=2), dtype=np.float64)
