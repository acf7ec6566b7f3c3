"""Simulated scores to measure with: a test of ordered categories, two groups, two items that are harder for one."""

from pathlib import Path

import numpy as np

ITEMS, CATEGORIES, SEED = 40, 5, 20261101
HARDER_ITEMS = (4, 17)
HARDER = 0.6

Array = np.ndarray


def simulate_scores(persons: int, items: int = ITEMS, seed: int = SEED) -> tuple[Array, Array]:
    """Simulate scores 0 to 4, shape (persons, items), nothing missing, and groups 0 and 1, shape (persons,)."""
    random = np.random.default_rng(seed)
    group = (random.random(persons) < 0.4).astype(np.float64)
    standing = random.standard_normal((persons, 1))
    slopes, level = random.lognormal(0.0, 0.3, items), random.normal(0.0, 0.5, items)
    borders = np.array([-1.8, -0.6, 0.6, 1.8])
    propensity = slopes * standing + level + random.logistic(size=(persons, items))
    for item in HARDER_ITEMS:
        propensity[:, item] -= HARDER * group
    return np.sum(propensity[:, :, None] > borders, axis=2, dtype=np.int64).astype(np.float64), group


def save_scores(folder: Path, persons: int, items: int = ITEMS) -> tuple[Path, Path]:
    """Save them for both sides of a benchmark."""
    paths = folder / "scores.npy", folder / "group.npy"
    for path, values in zip(paths, simulate_scores(persons, items), strict=True):
        np.save(path, values)
    return paths
