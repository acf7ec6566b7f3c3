"""Study 1: does random answering give 50 at every level and in every format, and do parts average to the whole."""

from collections.abc import Mapping
from itertools import permutations

import numpy as np
from markupsafe import Markup

from docs.psychometrics.studies.batch_scoring import BatchScores, largest_gap, score_batch
from docs.psychometrics.studies.figures import Axis, dot_chart
from docs.psychometrics.studies.population import (
    HIGH,
    LOW,
    Array,
    Generator,
    Layout,
    draw_keys,
    draw_people,
    key_in_deviations,
    rate,
    shipped_layout,
    shipped_plan,
    uniform_layout,
)
from docs.psychometrics.studies.study import Row, Study, Tables, number, percent, replicates
from eiassess.scoring.person.random_range import random_range

PEOPLE = 100_000
ENGINE_PEOPLE = 20
FORMATS = ("best and worst, by picks", "best and worst, by key", "pick the best", "rank all")
SCALE = np.arange(LOW, HIGH + 1)
WAYS = {
    "evenly over the scale": (1, 1, 1, 1, 1, 1),
    "mostly the middle": (1, 3, 8, 8, 3, 1),
    "mostly the ends": (8, 2, 1, 1, 2, 8),
    "mostly high": (1, 1, 2, 3, 6, 9),
}


def run(seed: int, effort: float) -> Tables:
    """Answer at random in several ways, and compare parts with wholes."""
    generator = np.random.default_rng(seed)
    layout, plan = shipped_layout(), shipped_plan()
    n = replicates(PEOPLE, effort, 100)
    levels = [_levels(way, _random(generator, shares, n, layout), layout) for way, shares in WAYS.items()]
    levels.append(_levels("one rating for pages on end, one page of two", _runs(generator, n, layout), layout))
    evenly = score_batch(layout, plan.key_values, _random(generator, WAYS["evenly over the scale"], n, layout))
    return {
        "random": levels,
        "formats": _formats(generator),
        "naive": _naive(),
        "band": _bands(evenly, layout),
        "whole": _whole(generator, n, layout),
    }


def _random(generator: Generator, shares: tuple[int, ...], n: int, layout: Layout) -> Array:
    chance = np.array(shares) / sum(shares)
    return _varied(generator.choice(SCALE, p=chance, size=(n, layout.scenario.size)), layout)


def _runs(generator: Generator, n: int, layout: Layout) -> Array:
    ratings = _random(generator, WAYS["evenly over the scale"], n, layout)
    value = generator.choice(SCALE, size=(n, 1))
    in_run = (generator.random((n, layout.n_scenarios)) < 1 / 2)[:, layout.scenario]
    return _varied(np.where(in_run[: len(ratings)], value[: len(ratings)], ratings), layout)


def _varied(ratings: Array, layout: Layout) -> Array:
    """Leave out who rated a whole format alike: the engine does not score that format either."""
    varied = [np.ptp(ratings[:, layout.kind == kind], axis=1) > 0 for kind in np.unique(layout.kind)]
    return np.asarray(ratings[np.all(varied, axis=0)], dtype=np.float64)


def _levels(way: str, ratings: Array, layout: Layout) -> Row:
    scores = score_batch(layout, shipped_plan().key_values, ratings)
    scenarios = (100 - 50 * scores.d / scores.e).mean(axis=0)
    return {
        "answering at random": way,
        "overall": round(float(scores.overall.mean()), 2),
        "competencies": _ends(scores.competencies.mean(axis=0)),
        "customer styles": _ends(scores.styles.mean(axis=0)),
        "scenarios": _ends(scenarios),
    }


def _ends(means: Array) -> str:
    return f"{means.min():.2f} to {means.max():.2f}"


def _formats(generator: Generator) -> list[Row]:
    """Average each format's score over every possible answer to a scenario: exact, nothing is drawn but the key."""
    keys = np.stack(
        [shipped_plan().key_values[shipped_plan().scenario == 1], generator.permutation([1.0, 2.5, 4.0, 5.5])]
    )
    means = np.array([_every_answer(key) for key in keys])
    return [
        {"format": name, "mean of all answers": _ends(column)} for name, column in zip(FORMATS, means.T, strict=True)
    ]


def _every_answer(key: Array) -> list[float]:
    best, worst = np.array(list(permutations(range(key.size), 2))).T
    orders = list(permutations(range(1, key.size + 1)))
    rank_correlations = np.corrcoef([_ranks(key), *orders])[0, 1:]
    picks = (best == key.argmax()) * 1.0 + (worst == key.argmin()) - (best == key.argmin()) - (worst == key.argmax())
    over_best_and_worst = [picks / 2, (key[best] - key[worst]) / np.ptp(key)]
    every = [*over_best_and_worst, (key - key.mean()) / (key.max() - key.mean()), rank_correlations]
    return [float(50 * (1 + values.mean())) for values in every]


def _ranks(key: Array) -> Array:
    """Mid-ranks where the key ties."""
    return np.array([(key < value).sum() + ((key == value).sum() + 1) / 2 for value in key])


def _naive() -> list[Row]:
    """Where random answering would lie if scores were ``100 (1 + S / 4)``."""
    layout, plan = shipped_layout(), shipped_plan()
    z = key_in_deviations(plan.key_values, layout)
    shipped = 100 * (1 - (np.bincount(layout.scenario, 1 + z**2) / np.bincount(layout.scenario)) / 4)
    drawn = draw_keys(np.random.default_rng(1), uniform_layout(8, 3), 2000)
    one = uniform_layout(8, 3)
    levels = [np.bincount(one.scenario, 1 + key_in_deviations(key, one) ** 2) / 4 for key in drawn]
    wider = 100 * (1 - np.array(levels) / 4)
    return [
        {
            "plain scale 100 (1 + S / 4)": f"the {layout.n_scenarios} shipped scenarios",
            "random level by scenario": _ends(shipped),
        },
        {"plain scale 100 (1 + S / 4)": "48,000 drawn scenarios", "random level by scenario": _ends(wider)},
    ]


def _bands(scores: BatchScores, layout: Layout) -> list[Row]:
    """Share of new random answerers inside the band that is drawn with a score."""
    plan = shipped_plan()
    band = random_range(plan, tuple(range(layout.n_scenarios)))
    parts = np.column_stack([scores.competencies, scores.styles])
    intervals = [*band.competencies.values(), *band.styles.values()]
    inside = [percent((each.low <= part) & (part <= each.high)) for each, part in zip(intervals, parts.T, strict=True)]
    own = band.overall
    whole = percent((own.low <= scores.overall) & (scores.overall <= own.high))
    return [
        {"band of random answering": "overall", "new random answerers inside, %": f"{whole}"},
        {
            "band of random answering": "8 competencies, 4 styles",
            "new random answerers inside, %": f"{min(inside)} to {max(inside)}",
        },
    ]


def _whole(generator: Generator, n: int, layout: Layout) -> list[Row]:
    plan = shipped_plan()
    people = draw_people(generator, n // 10, layout.n_competencies)
    ratings = rate(generator, layout, people, key_in_deviations(plan.key_values, layout), 0.0)
    scores = score_batch(layout, plan.key_values, ratings)
    members = np.eye(layout.n_competencies)[layout.competency]
    of_scenarios = ((100 - 50 * scores.d / scores.e) * scores.e).sum(axis=1) / scores.e.sum(axis=1)
    of_competencies = (scores.competencies * (scores.e @ members)).sum(axis=1) / scores.e.sum(axis=1)
    return [
        {
            "compared": "competencies averaged with weights e, and the overall score",
            "largest difference": _tiny(of_competencies - scores.overall),
        },
        {
            "compared": "scenarios averaged with weights e, and the overall score",
            "largest difference": _tiny(of_scenarios - scores.overall),
        },
        {
            "compared": "this study's vectorised scoring, and the product's engine",
            "largest difference": _tiny(np.array(largest_gap(ratings[:ENGINE_PEOPLE]))),
        },
    ]


def _tiny(difference: Array) -> str:
    return "below 1e-9" if np.abs(difference).max() < 1e-9 else f"{np.abs(difference).max():.2g}"  # noqa: PLR2004 - rounding


def draw(tables: Mapping[str, list[Row]]) -> Markup:
    """Draw the range of mean scores over scenarios for each way of answering at random."""
    rows = []
    for row in tables["random"]:
        low, high = (float(end) for end in str(row["scenarios"]).split(" to "))
        rows.append((str(row["answering at random"]), [number(row, "overall"), low, high]))
    naive_low, naive_high = (float(end) for end in str(tables["naive"][0]["random level by scenario"]).split(" to "))
    rows.append(("plain scale, evenly at random", [None, naive_low, naive_high]))
    return dot_chart(
        "Mean score of random answering: 50 in every way and on every scenario of the house scale",
        Axis(20, 80, (20, 30, 40, 50, 60, 70, 80), "mean score of random answering"),
        ("overall", "lowest scenario", "highest scenario"),
        rows,
        level=50,
    )


STUDY = Study("house-scale", 101, run, draw)
