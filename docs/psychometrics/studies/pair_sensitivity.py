"""Study 12: whom the sensitivity to the situation tells apart, and whether its intervals hold."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from markupsafe import Markup

from docs.psychometrics.studies.figures import Axis, dot_chart
from docs.psychometrics.studies.study import Row, Study, Tables, number, percent, replicates
from eiassess.psychometrics.cover.sensitivity import (
    Sensitivity,
    person_sensitivity,
    pooled_slopes,
    turning_scores,
)
from eiassess.scoring.samples.pairs import difference_estimate

Array = npt.NDArray[np.float64]
Generator = np.random.Generator

PEOPLE, BATCH = 4_000, 20
PAIRS = (6, 12, 20)
SAMPLES = 60
SAMPLE_SIZES = (30, 200)
TRUE_PEOPLE = 30_000
ELEVATION, SCATTER, LOW, HIGH = 3.5, 1.5, 1, 6
VALUES = (5.5, 4.5, 2.5, 2.0)
TURNS = ((2.0, 2.5, 4.5, 5.5), (2.5, 2.0, 5.5, 4.5))
"""What the twin makes of these values: each text is good under one of the two."""
ACCURACY = 0.66
"""That of the simulated people of the other studies, on average."""


@dataclass(frozen=True)
class Tendency:
    """How somebody comes to a rating: shares of the standardised key and of what the text alone is thought to be worth.

    ``unread`` is the share of pairs whose situations are skipped; ``uneven`` the SD of the accuracy from pair to pair.
    """

    accuracy: float
    text: float
    unread: float = 0.0
    uneven: float = 0.0


TYPES = {
    "rates the text alone, always alike": Tendency(0.0, 1.0),
    "rates the text alone, with noise": Tendency(0.0, 0.7),
    "rates at random": Tendency(0.0, 0.0),
    "reads, accuracy .66": Tendency(ACCURACY, 0.0),
    "reads, accuracy .66, the text counts too": Tendency(ACCURACY, 0.5),
    "reads, accuracy .66, uneven over pairs": Tendency(ACCURACY, 0.0, uneven=0.25),
    "reads half of the pairs": Tendency(ACCURACY, 0.3, unread=0.5),
    "reads, accuracy .90": Tendency(0.9, 0.0),
    "rates as the key does": Tendency(1.0, 0.0),
}


def run(seed: int, effort: float) -> Tables:
    """Draw people of each type over new pairs, and samples over the same pairs."""
    generator = np.random.default_rng(seed)
    return {
        "persons": [_persons(generator, name, n_pairs, effort) for name in TYPES for n_pairs in PAIRS],
        "samples": [
            _samples(generator, name, n, effort)
            for name in ("rates the text alone, with noise", "reads, accuracy .66")
            for n in SAMPLE_SIZES
        ],
    }


def _keys(generator: Generator, n_pairs: int) -> Array:
    """Draw flip pairs: shape (2, pairs, options)."""
    keys = np.empty((2, n_pairs, len(VALUES)))
    for pair in range(n_pairs):
        order = generator.permutation(len(VALUES))
        keys[:, pair] = np.array([VALUES, TURNS[generator.integers(len(TURNS))]])[:, order]
        keys[:, pair] = keys[generator.permutation(2), pair]
    return keys


def _ratings(generator: Generator, tendency: Tendency, key_z: Array, n: int) -> Array:
    """Let people rate: shape (people, 2, pairs, options)."""
    _, n_pairs, n_options = key_z.shape
    liked = generator.normal(size=(n, 1, n_pairs, n_options))
    noise = generator.normal(size=(n, *key_z.shape))
    reads = generator.random((n, 1, n_pairs, 1)) >= tendency.unread
    accuracy = tendency.accuracy + tendency.uneven * generator.normal(size=(n, 1, n_pairs, 1))
    accuracy = np.clip(np.where(reads, accuracy, 0.0), -1, 1)
    rest = 1 - accuracy**2
    text = np.minimum(tendency.text**2, rest)
    z = accuracy * key_z + np.sqrt(text) * liked + np.sqrt(rest - text) * noise
    return np.clip(np.rint(ELEVATION + SCATTER * z), LOW, HIGH)


def _standardised(values: Array) -> Array:
    """Standardise over the last three axes: within the person, or the key."""
    axes = (-3, -2, -1)
    return np.asarray((values - values.mean(axis=axes, keepdims=True)) / values.std(axis=axes, keepdims=True))


def _leaning(generator: Generator, tendency: Tendency, keys: Array, n: int) -> Array:
    """Let people rate, and score how their ratings lean in each half: shape (people, 2, pairs)."""
    return _scored(_ratings(generator, tendency, _standardised(keys), n), keys)


def _scored(ratings: Array, keys: Array) -> Array:
    z, key_z = _standardised(ratings), _standardised(keys)
    moved = key_z[0] - key_z[1]
    scores = [[turning_scores(z[:, half, pair], moved[pair]) for pair in range(len(moved))] for half in range(2)]
    return np.moveaxis(np.array(scores), -1, 0)


def _pooled(ratings: Array, keys: Array) -> Array:
    key_z, leaning = _standardised(keys), _scored(ratings, keys)
    return pooled_slopes(leaning[:, 0] - leaning[:, 1], list(key_z[0] - key_z[1]))


def _sensitivities(ratings: Array, keys: Array) -> list[Sensitivity]:
    """Do what the product does with a form that holds these pairs and nothing else."""
    n_pairs = keys.shape[1]
    without = [_pooled(np.delete(ratings, pair, axis=2), np.delete(keys, pair, axis=1)) for pair in range(n_pairs)]
    both = zip(_pooled(ratings, keys), np.array(without).T, strict=True)
    return [person_sensitivity(float(value), left_out) for value, left_out in both]


def _persons(generator: Generator, name: str, n_pairs: int, effort: float) -> Row:
    found = []
    for _ in range(0, replicates(PEOPLE, effort, 2 * BATCH), BATCH):
        keys = _keys(generator, n_pairs)
        found += _sensitivities(_ratings(generator, TYPES[name], _standardised(keys), BATCH), keys)
    values = np.array([each.value for each in found])
    lows, highs = np.array([(each.low, each.high) for each in found]).T
    truth = values.mean()
    return {
        "who": name,
        "pairs": n_pairs,
        "mean sensitivity": round(float(truth), 2) + 0.0,
        "SD": round(float(values.std()), 2),
        "half of the interval": round(float((highs - lows).mean() / 2), 2),
        "the interval holds the mean, %": percent((lows <= truth + 1e-9) & (truth - 1e-9 <= highs)),
        "the interval lies above 0, %": percent(lows > 0),
    }


def _samples(generator: Generator, name: str, n: int, effort: float) -> Row:
    """Compare samples over 12 pairs, of the same people and of others, with what very many people give."""
    keys = _keys(generator, 12)
    many = _leaning(generator, TYPES[name], keys, replicates(TRUE_PEOPLE, effort, 300)).mean(axis=0)
    truth = many[0] - many[1]
    inside: dict[bool, list[bool]] = {True: [], False: []}
    widths: dict[bool, list[float]] = {True: [], False: []}
    for _ in range(replicates(SAMPLES, effort)):
        one, other = (_leaning(generator, TYPES[name], keys, n) for _ in range(2))
        for same in (True, False):
            second = one if same else other
            for pair, true in enumerate(truth):
                found = difference_estimate(one[:, 0, pair], second[:, 1, pair], same_people=same)
                if found is not None:
                    inside[same].append(found.interval.low <= true <= found.interval.high)
                    widths[same].append((found.interval.high - found.interval.low) / 2)
    return {
        "who": name,
        "N in each form": n,
        "mean over pairs": round(float(truth.mean()), 2) + 0.0,
        "same people: half of a pair's interval": round(float(np.mean(widths[True])), 2),
        "same people: covered, %": percent(inside[True]),
        "other people: half of a pair's interval": round(float(np.mean(widths[False])), 2),
        "other people: covered, %": percent(inside[False]),
    }


def draw(tables: Mapping[str, list[Row]]) -> Markup:
    """Draw the mean sensitivity of each type, and how many of it stand out from 0."""
    few, _, many = PAIRS
    of: Callable[[str, int], Row] = lambda name, n: next(  # noqa: E731 - a look-up
        row for row in tables["persons"] if (row["who"], row["pairs"]) == (name, n)
    )
    rows = [
        (
            name,
            [
                number(of(name, many), "mean sensitivity"),
                *((number(of(name, n), "the interval lies above 0, %") or 0.0) / 100 for n in (few, many)),
            ],
        )
        for name in TYPES
    ]
    return dot_chart(
        "Sensitivity to the situation of people who read it and who do not",
        Axis(-0.1, 1.1, (0, 0.25, 0.5, 0.75, 1), "mean sensitivity; share of people"),
        ("mean", f"above 0 with {few} pairs", f"above 0 with {many} pairs"),
        rows,
        level=0,
    )


STUDY = Study("pair-sensitivity", 111, run, draw)
