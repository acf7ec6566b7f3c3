"""Study 5: how often careful people are flagged, and careless ones found, by each index and by two together."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from markupsafe import Markup

from docs.psychometrics.studies.batch_scoring import score_batch
from docs.psychometrics.studies.figures import Axis, dot_chart
from docs.psychometrics.studies.graded_answers import GRADED, draw_items, draw_scores
from docs.psychometrics.studies.population import shipped_layout, shipped_plan
from docs.psychometrics.studies.study import Row, Study, Tables, number, percent, replicates
from eiassess.psychometrics import (
    MISFIT_95,
    MISFIT_99,
    GradedResponseModel,
    MahalanobisDistances,
    even_odd_consistency,
    graded_lz_star,
    longest_run,
    mahalanobis_distance,
    page_time,
    random_like_agreement,
    two_index_rule,
    within_person_sd,
)
from eiassess.scoring.person.engine import IDENTICAL_SHARE
from eiassess.scoring.simulating import PersonKind, SimulatedPeople, simulate_people

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Generator = np.random.Generator

PEOPLE = 40_000
SHARE = 0.1
EVEN_ODD_CUT = 0.30
FORMER_PERCENTILE = 99.9
LONG_RUN = 6
SMALL_SD = 1.0
NORM_PERCENTILE = 0.5
READERS = {"a slow reader": 75.0, "an average reader": 45.0, "a quick reader": 25.0, "a very quick reader": 15.0}
"""Median seconds on a page of four options."""
SPREAD_OF_PEOPLE, SPREAD_OF_PAGES = 0.3, 0.45
FIT_PEOPLE = 5_000
CALIBRATED_ON = 500
SAMPLES = 200


def run(seed: int, effort: float) -> Tables:
    """Apply each index to careful, careless and random people."""
    generator = np.random.default_rng(seed)
    n = replicates(PEOPLE, effort, 500)
    return {
        "flags": _flags(generator, n, seed),
        "times": [_times(generator, name, median, n // 10) for name, median in READERS.items()],
        "mahalanobis": [
            _mahalanobis(generator, size, replicates(SAMPLES, effort, 2)) for size in (100, 300, 1000, 3000)
        ],
        "fit": [
            _fit(generator, items, known, replicates(60, effort, 1)) for items in (8, 16, 24) for known in (True, False)
        ],
    }


def _flags(generator: Generator, n: int, seed: int) -> list[Row]:
    """Eight attentive people of ten, one careless, one random; what flags whom."""
    people = simulate_people(shipped_plan(), n, seed, careless=SHARE, random=SHARE)
    indices = _indices(generator, people)
    shown = _shown(people.ratings)
    together = np.column_stack(list(indices.values()))
    on_page = np.column_stack([indices["fast pages"], indices["agreement like random"], _unscorable(people.ratings)])
    named = {
        **indices,
        "two of these": two_index_rule(together),
        "two of fast pages, like random, not scorable (the page)": two_index_rule(on_page),
        "Mahalanobis, sample's 99.9th percentile (the former rule)": _former(
            mahalanobis_distance(people.ratings.astype(np.float64))
        ),
        **{f"{name} (shown only)": flag for name, flag in shown.items()},
    }
    kinds = np.array([kind.value for kind in people.kinds])
    return [
        {"index": name} | {f"{kind.value} people, %": percent(flag[kinds == kind.value]) for kind in PersonKind}
        for name, flag in named.items()
    ]


def _indices(generator: Generator, people: SimulatedPeople) -> dict[str, Flags]:
    layout = shipped_layout()
    ratings = people.ratings.astype(np.float64)
    r = score_batch(layout, shipped_plan().key_values, ratings).overall / 50 - 1
    elevation, scatter = ratings.mean(axis=1), ratings.std(axis=1)
    attentive = np.array([kind is PersonKind.ATTENTIVE for kind in people.kinds])
    return {
        "fast pages": _fast(_page_seconds(generator, people)),
        "agreement like random": random_like_agreement(r, layout.scenario.size),
        "Mahalanobis, chi-square at .001": mahalanobis_distance(ratings).is_flagged,
        "elevation or scatter outside the norm's middle 99 %": _outside(elevation, attentive)
        | _outside(scatter, attentive),
    }


def _unscorable(ratings: npt.NDArray[np.int64]) -> Flags:
    counts = np.array([(ratings == value).sum(axis=1) for value in range(1, 7)])
    return np.asarray(counts.max(axis=0) >= IDENTICAL_SHARE * ratings.shape[1])


def _former(distances: MahalanobisDistances) -> Flags:
    """Flag by the sample's own percentile, as the product did before this study."""
    squared = distances.squared_distance
    return np.asarray(squared > np.percentile(squared, FORMER_PERCENTILE))


def _page_seconds(generator: Generator, people: SimulatedPeople) -> Array:
    """Careful people read (median 45 s a page); careless and random ones click (median 9 s): assumed, not observed."""
    careful = np.array([kind is PersonKind.ATTENTIVE for kind in people.kinds])
    return _seconds(generator, np.where(careful, READERS["an average reader"], 9.0))


def _seconds(generator: Generator, median: Array) -> Array:
    pages = shipped_layout().n_scenarios
    own = np.exp(SPREAD_OF_PEOPLE * generator.standard_normal((median.size, 1)))
    return np.asarray(median[:, None] * own * np.exp(SPREAD_OF_PAGES * generator.standard_normal((median.size, pages))))


def _fast(seconds: Array) -> Flags:
    options = np.bincount(shipped_layout().scenario)
    return page_time(seconds, options, np.median(seconds, axis=0)).is_flagged


def _outside(values: Array, norm: Flags) -> Flags:
    low, high = np.percentile(values[norm], [NORM_PERCENTILE, 100 - NORM_PERCENTILE])
    return np.asarray((values < low) | (values > high))


def _shown(ratings: npt.NDArray[np.int64]) -> dict[str, Flags]:
    values, layout = ratings.astype(np.float64), shipped_layout()
    scores = score_batch(layout, shipped_plan().key_values, values)
    return {
        f"a run of {LONG_RUN} or more": longest_run(values) >= LONG_RUN,
        f"within-person SD under {SMALL_SD:g}": within_person_sd(values) < SMALL_SD,
        f"even-odd consistency under {EVEN_ODD_CUT:.2f}": even_odd_consistency(
            100 - 50 * scores.d / scores.e, layout.competency
        )
        < EVEN_ODD_CUT,
    }


def _times(generator: Generator, name: str, median: float, n: int) -> Row:
    seconds = _seconds(generator, np.full(n, median))
    return {
        "reader": name,
        "median seconds a page": median,
        "pages under 2 s an option, %": percent(seconds < 2.0 * np.bincount(shipped_layout().scenario)),
        "flagged, %": percent(_fast(seconds)),
    }


def _mahalanobis(generator: Generator, size: int, samples: int) -> Row:
    """Draw samples of attentive people alone, with the mean of each scenario."""
    shares, formerly = [], []
    for _ in range(samples):
        people = simulate_people(shipped_plan(), size, int(generator.integers(2**31)))
        layout = shipped_layout()
        means = people.ratings @ np.eye(layout.n_scenarios)[layout.scenario] / np.bincount(layout.scenario)
        distances = mahalanobis_distance(means)
        shares.append(distances.is_flagged.mean())
        formerly.append(_former(distances).mean())
    return {
        "attentive people in the sample": size,
        "flagged, %": round(100 * float(np.mean(shares)), 2),
        "samples in which nobody is flagged, %": percent(np.array(shares) == 0),
        "flagged by the former rule, %": round(100 * float(np.mean(formerly)), 2),
        "samples in which it flags nobody, %": percent(np.array(formerly) == 0),
    }


def _fit(generator: Generator, n_items: int, known: bool, samples: int) -> Row:  # noqa: FBT001 - a design has two arms
    fits, random_fits = [], []
    for _ in range(samples):
        items = draw_items(generator, GRADED, n_items)
        a, d = items.a, items.d
        if not known:
            fitted = GradedResponseModel().fit(draw_scores(generator, items, generator.standard_normal(CALIBRATED_ON)))
            a, d = fitted.a, np.stack([np.pad(each, (0, 4 - each.size), constant_values=np.nan) for each in fitted.d])
        scores = draw_scores(generator, items, generator.standard_normal(FIT_PEOPLE // 10))
        highest = np.isfinite(d).sum(axis=1)
        fits.append(graded_lz_star(np.minimum(scores, highest), a, d))
        evenly = generator.integers(0, 5, scores.shape).astype(np.float64)
        random_fits.append(graded_lz_star(np.minimum(evenly, highest), a, d))
    fit, random_fit = np.concatenate(fits), np.concatenate(random_fits)
    return {
        "items": n_items,
        "item parameters": "known" if known else f"from {CALIBRATED_ON} people",
        "careful people below -1.645, %": percent(fit < MISFIT_95),
        "below -2.326, %": percent(fit < MISFIT_99),
        "random scores below -1.645, %": percent(random_fit < MISFIT_95),
    }


def draw(tables: Mapping[str, list[Row]]) -> Markup:
    """Draw whom each index flags."""
    columns = [f"{kind.value} people, %" for kind in PersonKind]
    return dot_chart(
        "Who is flagged",
        Axis(0, 100, (0, 5, 25, 50, 75, 100), "% flagged"),
        [kind.value for kind in PersonKind],
        [(_short(str(row["index"])), [number(row, column) for column in columns]) for row in tables["flags"]],
        level=5,
    )


def _short(name: str) -> str:
    return (
        name.replace("two of fast pages, like random, not scorable (the page)", "two of the page's three")
        .replace("elevation or scatter outside the norm's middle 99 %", "elevation or scatter extreme")
        .replace("sample's 99.9th percentile (the former rule)", "former rule")
        .replace(", chi-square at .001", "")
    )


STUDY = Study("quality-flags", 105, run, draw)
