"""Study 3: how often the intervals of a sample's statistics cover what is true of the population."""

from collections.abc import Mapping
from itertools import product

import numpy as np
import numpy.typing as npt
from markupsafe import Markup
from scipy.stats import binom

from docs.psychometrics.studies.figures import Axis, dot_chart
from docs.psychometrics.studies.study import Cell, Row, Study, Tables, percent, replicates
from eiassess.psychometrics import (
    adverse_impact_ratio,
    coefficient_alpha,
    criterion_correlation,
    intraclass_correlation,
    percentile_standard_error,
    standardised_group_difference,
)

Array = npt.NDArray[np.float64]
Generator = np.random.Generator

TIMES = 8_000
TIMES_OF_SLOW = 6_000
POPULATION = 400_000
RATES = (0.1, 0.2, 0.3, 0.5, 0.7, 0.9)
RATIOS = (0.5, 0.8, 1.0)
Z = 1.96
PERCENTILES = (1, 5, 10, 25, 50, 75, 90, 95, 99)


def run(seed: int, effort: float) -> Tables:
    """Go through all intervals, each in a few situations."""
    generator = np.random.default_rng(seed)
    return {
        "alpha": _alpha(generator, effort),
        "correlation": _correlation(generator, effort),
        "icc": _icc(generator, effort),
        "difference": _difference(generator, effort),
        "ratio": _ratio(effort),
        "percentile": _percentile(effort),
    }


def _alpha(generator: Generator, effort: float) -> list[Row]:
    """Scenario scores 0 to 4: congeneric and normal, or cut into skewed categories."""
    times = replicates(TIMES_OF_SLOW, effort, 5)
    rows: list[Row] = []
    for shape, cut in (("normal", False), ("0 to 4, skewed", True)):
        for items, n in ((4, 30), (16, 30), (16, 100), (16, 1000)):
            loadings = np.linspace(0.3, 0.7, items)
            truth = coefficient_alpha(
                _items(generator, loadings, replicates(POPULATION, effort, 10_000), cut=cut)
            ).value
            made = (coefficient_alpha(_items(generator, loadings, n, cut=cut)) for _ in range(times))
            rows.append(
                {
                    "items": items,
                    "scores": shape,
                    "N": n,
                    "true alpha": round(truth, 2),
                    "covered, %": percent([each.lower <= truth <= each.upper for each in made]),
                }
            )
    return rows


def _items(generator: Generator, loadings: Array, n: int, *, cut: bool) -> Array:
    scores = generator.standard_normal((n, 1)) * loadings
    scores += generator.standard_normal(scores.shape) * np.sqrt(1 - loadings**2)
    return np.digitize(scores, (-2.0, -1.3, -0.6, 0.1)).astype(np.float64) if cut else scores


def _correlation(generator: Generator, effort: float) -> list[Row]:
    """Fisher's interval, used for validity and for retests."""
    rows: list[Row] = []
    for shape, r, n in product(("normal", "criterion in 5 steps"), (0.0, 0.2, 0.5, 0.8), (10, 30, 100)):
        cut = shape != "normal"
        truth = _population_r(generator, r, replicates(POPULATION, effort, 10_000)) if cut else r
        covered = []
        for _ in range(replicates(TIMES_OF_SLOW, effort, 20)):
            x, y = _pair(generator, r, n, cut=cut)
            low, high = criterion_correlation(x, y).interval if np.ptp(y) else (np.nan, np.nan)
            covered.append(low <= truth <= high)
        rows.append({"scores": shape, "true r": round(truth, 2) + 0.0, "N": n, "covered, %": percent(covered)})
    return rows


def _pair(generator: Generator, r: float, n: int, *, cut: bool) -> tuple[Array, Array]:
    x = generator.standard_normal(n)
    y = r * x + np.sqrt(1 - r * r) * generator.standard_normal(n)
    return x, np.digitize(y, (-1.8, -1.2, -0.4, 0.6)).astype(np.float64) if cut else y


def _population_r(generator: Generator, r: float, n: int) -> float:
    return float(np.corrcoef(*_pair(generator, r, n, cut=True))[0, 1])


def _icc(generator: Generator, effort: float) -> list[Row]:
    """Rate options by experts: variance between options 2, between experts .1, error .6 (as on a 6-point scale)."""
    rows: list[Row] = []
    for raters, targets, noise in ((4, 66, 0.6), (10, 66, 0.6), (10, 4, 0.6), (10, 66, 4.0)):
        between, lenience = 2.0, 0.1
        single = between / (between + lenience + noise)
        of_mean = between / (between + (lenience + noise) / raters)
        found = []
        for _ in range(replicates(TIMES, effort, 20)):
            ratings = (
                np.sqrt(between) * generator.standard_normal(targets)
                + np.sqrt(lenience) * generator.standard_normal((raters, 1))
                + np.sqrt(noise) * generator.standard_normal((raters, targets))
            )
            icc = intraclass_correlation(ratings)
            found.append(
                [
                    _covers(icc.icc_2_1, single),
                    _covers(icc.icc_2_k, of_mean),
                    _covers(icc.icc_3_1, between / (between + noise)),
                ]
            )
        shares = [percent(column) for column in zip(*found, strict=True)]
        rows.append(
            {
                "experts": raters,
                "options": targets,
                "true ICC(2,1)": round(single, 2),
                "true ICC(2,k)": round(of_mean, 2),
                **{
                    f"{name}, %": share
                    for name, share in zip(("ICC(2,1)", "ICC(2,k)", "ICC(3,1)"), shares, strict=True)
                },
            }
        )
    return rows


def _covers(estimate: object, truth: float) -> float:
    lower, upper = getattr(estimate, "lower", None), getattr(estimate, "upper", None)
    return np.nan if lower is None or upper is None else float(lower <= truth <= upper)


def _difference(generator: Generator, effort: float) -> list[Row]:
    """Cover d, for normal scores of equal and of unequal spread."""
    rows: list[Row] = []
    cases = [(n, d, 1.0) for n in ((10, 10), (30, 30), (40, 400)) for d in (0.0, 0.5, 1.0)]
    cases += [((100, 100), 0.5, 1.5), ((40, 400), 0.5, 1.5), ((40, 400), 0.5, 1 / 1.5)]
    for (first, second), d, ratio in cases:
        pooled = np.sqrt((first * ratio**2 + second) / (first + second))
        covered = []
        for _ in range(replicates(TIMES, effort, 20)):
            x, y = ratio * generator.standard_normal(first) + d * pooled, generator.standard_normal(second)
            low, high = standardised_group_difference(x, y).interval
            covered.append(low <= d <= high)
        rows.append(
            {
                "n": f"{first}, {second}",
                "SD of first / second": round(ratio, 2),
                "true d": d,
                "covered, %": percent(covered),
            }
        )
    return rows


def _ratio(effort: float) -> list[Row]:
    """Katz's interval: exact, over every possible table; tables without an interval are left out and counted."""
    sizes = [(10, 10), (20, 20), (36, 80), (100, 100), (50, 400)]
    rows: list[Row] = []
    for n, reference in sizes[: replicates(len(sizes), effort, 2)]:
        low, high = _katz_ends(n, reference)
        found = [_katz_coverage(n, reference, rate, ratio, low, high) for rate, ratio in product(RATES, RATIOS)]
        covered, without = np.array(found).T
        rows.append(
            {
                "n": f"{n}, {reference}",
                "lowest, %": round(100 * covered.min(), 1),
                "mean, %": round(100 * covered.mean(), 1),
                "highest, %": round(100 * covered.max(), 1),
                "tables without interval, up to %": round(100 * without.max(), 1),
                "lowest with 5 or more expected selected in each group, %": _frequent(found, n, reference),
            }
        )
    return rows


def _frequent(found: list[tuple[float, float]], n: int, reference: int) -> float | None:
    shares = [
        share
        for (share, _), (rate, ratio) in zip(found, product(RATES, RATIOS), strict=True)
        if min(n * rate * ratio, reference * rate) >= 5  # noqa: PLR2004 - the usual least expected count
    ]
    return round(100 * min(shares), 1) if shares else None


def _katz_ends(n: int, reference: int) -> tuple[Array, Array]:
    ends = np.full((2, n + 1, reference + 1), np.nan)
    for selected, other in product(range(n + 1), range(reference + 1)):
        interval = adverse_impact_ratio(selected, n, other, reference).ratio_interval
        if interval:
            ends[:, selected, other] = interval
    return ends[0], ends[1]


def _katz_coverage(n: int, reference: int, rate: float, ratio: float, low: Array, high: Array) -> tuple[float, float]:
    chance = np.outer(
        binom.pmf(np.arange(n + 1), n, rate * ratio), binom.pmf(np.arange(reference + 1), reference, rate)
    )
    known = ~np.isnan(low)
    inside = known & (low <= ratio) & (ratio <= high)
    return float(chance[inside].sum() / chance[known].sum()), float(chance[~known].sum())


def _percentile(effort: float) -> list[Row]:
    """Percentile rank of a fixed score in a norm sample: exact, over every possible sample."""
    rows: list[Row] = []
    for n in (100, 300, 1000)[: replicates(3, effort)]:
        below = np.arange(n + 1)
        half = Z * percentile_standard_error(100 * below / n, n) / 100
        rows.append(_percentile_row(n, "1.96 standard errors", below / n, half))
        centre = (below / n + Z**2 / (2 * n)) / (1 + Z**2 / n)
        half = Z / (1 + Z**2 / n) * np.sqrt(below / n * (1 - below / n) / n + Z**2 / (4 * n * n))
        rows.append(_percentile_row(n, "Wilson", centre, half))
    return rows


def _percentile_row(n: int, interval: str, centre: Array, half: Array) -> Row:
    row: Row = {"N": n, "interval": interval}
    for p in PERCENTILES:
        inside = np.abs(centre - p / 100) <= half
        row[f"P{p}"] = round(100 * float(binom.pmf(np.arange(n + 1), n, p / 100)[inside].sum()), 1)
    return row


def draw(tables: Mapping[str, list[Row]]) -> Markup:
    """Draw lowest and highest coverage of every interval over its situations."""
    rows = [
        *_ends("Feldt, alpha, normal", [row["covered, %"] for row in tables["alpha"] if row["scores"] == "normal"]),
        *_ends(
            "Feldt, alpha, skewed 0 to 4", [row["covered, %"] for row in tables["alpha"] if row["scores"] != "normal"]
        ),
        *_ends("Fisher, r", [row["covered, %"] for row in tables["correlation"]]),
        *(_ends_of(f"ICC{name}", tables["icc"], f"ICC{name}, %") for name in ("(2,1)", "(2,k)", "(3,1)")),
        *_ends(
            "d, equal spread", [row["covered, %"] for row in tables["difference"] if row["SD of first / second"] == 1]
        ),
        *_ends(
            "d, unequal spread", [row["covered, %"] for row in tables["difference"] if row["SD of first / second"] != 1]
        ),
        *((f"Katz, ratio, n = {row['n']}", [row["lowest, %"], row["highest, %"]]) for row in tables["ratio"]),
        *(_percentiles(f"percentile, N = {row['N']}, {row['interval']}", row) for row in tables["percentile"]),
    ]
    return dot_chart(
        "Coverage of the 95 % intervals of a sample's statistics",
        Axis(80, 100, (80, 85, 90, 95, 100), "covered, % (less than 80 is drawn at 80)"),
        ("lowest of all situations", "highest"),
        [
            (label, [float(value) if isinstance(value, int | float) else None for value in values])
            for label, values in rows
        ],
        band=(93, 97),
        level=95,
    )


def _ends(label: str, values: list[Cell]) -> list[tuple[str, list[Cell]]]:
    known = [float(value) for value in values if isinstance(value, int | float)]
    return [(label, [min(known), max(known)])]


def _ends_of(label: str, rows: list[Row], column: str) -> tuple[str, list[Cell]]:
    return _ends(label, [row[column] for row in rows])[0]


def _percentiles(label: str, row: Row) -> tuple[str, list[Cell]]:
    return _ends(label, [value for column, value in row.items() if column.startswith("P")])[0]


STUDY = Study("sample-intervals", 103, run, draw)
