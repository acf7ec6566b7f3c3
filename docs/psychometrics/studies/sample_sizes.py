"""Study 9: how many people each statistic needs before it says something."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from markupsafe import Markup

from docs.psychometrics.studies.figures import Axis, line_chart
from docs.psychometrics.studies.graded_answers import GRADED, Items, draw_items, draw_scores
from docs.psychometrics.studies.study import Row, Study, Tables, percent, replicates
from eiassess.errors import NotEstimableError
from eiassess.psychometrics import (
    DifClass,
    average_deviation,
    coefficient_alpha,
    corrected_item_total,
    criterion_correlation,
    differential_item_functioning,
    largest_average_deviation,
    normalised_z,
    percentile_rank,
    standardised_group_difference,
    sten,
    within_group_agreement,
)

Array = npt.NDArray[np.float64]
Generator = np.random.Generator

SIZES = (50, 100, 200, 300, 500, 1000, 2000)
ITEMS = 16
REPLICATES = 1_000
DIF_REPLICATES = 200
MIDDLE = (2.5, 97.5)
TRUE_R, TRUE_D = 0.3, 0.5
SHIFT = 0.8
LOWEST_GOOD = 0.20
SIGNIFICANCE = 0.05
POPULATION = 100_000
OPTIONS, POINTS, KEPT_AGREEMENT = 100_000, 6, 0.70
PERCENTILES = (10, 50, 90)


def run(seed: int, effort: float) -> Tables:
    """Draw samples of growing size and see within what range 95 % of each statistic's values lie."""
    generator = np.random.default_rng(seed)
    items = draw_items(generator, GRADED, ITEMS)
    items = Items(items.model, 0.75 * items.a, 0.75 * items.d)
    weak = Items(items.model, items.a * np.where(np.arange(ITEMS) == 0, 0.25, 1.0), items.d)
    population, with_weak = (_population(each, replicates(POPULATION, effort, 1_000)) for each in (items, weak))
    return {
        "error": [_errors(generator, items, population, n, replicates(REPLICATES, effort, 5)) for n in SIZES],
        "experts": [_experts(generator, k, replicates(OPTIONS, effort, 100)) for k in (4, 6, 8, 10, 15)],
        "decisions": [_decisions(generator, weak, with_weak, n, effort) for n in SIZES],
    }


def _sample(generator: Generator, items: Items, n: int) -> Array:
    return draw_scores(generator, items, generator.standard_normal(n))


def _errors(generator: Generator, items: Items, population: Array, n: int, times: int) -> Row:
    """Half the width of the middle 95 % of estimates, in each statistic's own units."""
    alphas, totals, ranks, rs, ds = [], [], [], [], []
    points = np.percentile(population, PERCENTILES)
    for _ in range(times):
        scores = _sample(generator, items, n)
        total = scores.sum(axis=1)
        alphas.append(coefficient_alpha(scores).value)
        totals.append(corrected_item_total(scores))
        norm = total + generator.uniform(-0.5, 0.5, n)
        ranks.append(percentile_rank(points, norm))
        x = generator.standard_normal(n)
        y = TRUE_R * x + np.sqrt(1 - TRUE_R**2) * generator.standard_normal(n)
        rs.append(criterion_correlation(x, y).r)
        ds.append(
            standardised_group_difference(
                generator.standard_normal(n // 2) + TRUE_D, generator.standard_normal(n // 2)
            ).d
        )
    percentiles = [_half_width(column) for column in np.array(ranks).T]
    return {
        "N": n,
        "alpha": round(_half_width(np.array(alphas)), 3),
        "item-total r": round(float(np.mean([_half_width(column) for column in np.array(totals, dtype=float).T])), 3),
        f"r of {TRUE_R:g}": round(_half_width(np.array(rs)), 3),
        f"d of {TRUE_D:g}, two halves": round(_half_width(np.array(ds)), 2),
        **{f"P{p}, points": round(width, 1) for p, width in zip(PERCENTILES, percentiles, strict=True)},
    }


def _population(items: Items, n: int) -> Array:
    """Totals of very many people on these items, smoothed over their step of one point."""
    generator = np.random.default_rng(1)
    totals = [_sample(generator, items, n // 5).sum(axis=1) for _ in range(5)]
    smooth = np.concatenate(totals)
    return smooth + generator.uniform(-0.5, 0.5, smooth.size)


def _half_width(values: Array) -> float:
    low, high = np.percentile(values, MIDDLE)
    return float(high - low) / 2


def _decisions(generator: Generator, items: Items, population: Array, n: int, effort: float) -> Row:
    """How often a weak item and an item with DIF are found, a good item is called weak, and a sten is one off."""
    missed: list[bool] = []
    called: list[bool] = []
    off: list[float] = []
    for _ in range(replicates(REPLICATES, effort, 5)):
        scores = _sample(generator, items, n)
        found = np.array(corrected_item_total(scores), dtype=float)
        missed.append(found[0] >= LOWEST_GOOD)
        called.extend(found[1:] < LOWEST_GOOD)
        off.append(_stens_off(scores.sum(axis=1), population))
    by_class, by_p = _dif(generator, items, n, replicates(DIF_REPLICATES, effort, 1))
    return {
        "N": n,
        "weak item (r about .12) not seen, %": percent(missed),
        "good item called weak, %": percent(called),
        "stens one or more off, %": percent(np.array(off)),
        f"DIF of {SHIFT:g} found by Mantel-Haenszel, %": by_class,
        "by adjusted p, %": by_p,
    }


def _stens_off(norm: Array, population: Array) -> float:
    scores = population[:500]
    true = sten(normalised_z(percentile_rank(scores, population), population.size))
    seen = sten(normalised_z(percentile_rank(scores, norm), norm.size))
    return float(np.mean(true != seen))


def _dif(generator: Generator, items: Items, n: int, times: int) -> tuple[float | None, float | None]:
    """Two groups of equal size: share of classes B and C, and of adjusted p < .05; None where not assessable."""
    harder = Items(items.model, items.a, items.d - SHIFT * np.where(np.arange(ITEMS) == 1, items.a, 0.0)[:, None])
    found = []
    for _ in range(times):
        scores = np.vstack([_sample(generator, items, n // 2), _sample(generator, harder, n // 2)])
        try:
            analysis = differential_item_functioning(scores, np.repeat([0, 1], n // 2), purify=True, cut=2.0)
        except NotEstimableError:
            return None, None
        item = analysis.items[1]
        by_class = item.mantel_haenszel is not None and item.mantel_haenszel.dif_class is not DifClass.A
        found.append((by_class, item.p_adjusted is not None and item.p_adjusted < SIGNIFICANCE))
    by_class, by_p = np.array(found).T
    return percent(by_class), percent(by_p)


def _experts(generator: Generator, experts: int, times: int) -> Row:
    """Experts who rate at random: how often an option is kept all the same."""
    ratings = generator.integers(1, 7, (experts, times)).astype(np.float64)
    agree = within_group_agreement(ratings, POINTS) >= KEPT_AGREEMENT
    near = average_deviation(ratings, POINTS) <= largest_average_deviation(POINTS)
    return {
        "experts": experts,
        "rwg of .70 or more by chance, %": percent(agree),
        "and AD up to A/6, %": percent(agree & near),
    }


def draw(tables: Mapping[str, list[Row]]) -> Markup:
    """Draw how the error of each statistic shrinks."""
    lines = [
        (label, [(float(str(row["N"])), float(str(row[column])) / scale) for row in tables["error"]])
        for label, column, scale in (
            ("alpha", "alpha", 1),
            ("item-total r", "item-total r", 1),
            ("validity r = .3", f"r of {TRUE_R:g}", 1),
            ("d = .5", f"d of {TRUE_D:g}, two halves", 1),
            ("median's percentile / 100", "P50, points", 100),
        )
    ]
    return line_chart(
        "Error of each statistic by sample size",
        Axis(50, 2000, (50, 100, 200, 500, 1000, 2000), "people", logarithmic=True),
        Axis(0, 0.6, (0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6), "half the width of the middle 95 % of estimates"),
        lines,
    )


STUDY = Study("sample-sizes", 109, run, draw)
