"""Study 6: how often equal people are said to differ, and a flat profile to have strengths or weaknesses."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from markupsafe import Markup
from scipy.special import stdtr

from docs.psychometrics.studies.batch_scoring import BatchScores, score_batch
from docs.psychometrics.studies.figures import Axis, dot_chart
from docs.psychometrics.studies.population import (
    DEPENDENCES,
    Dependence,
    Generator,
    Layout,
    People,
    draw_people,
    key_in_deviations,
    rate,
    scenario_effects,
    shipped_layout,
    shipped_plan,
)
from docs.psychometrics.studies.study import Row, Study, Tables, number, percent, replicates
from eiassess.domain.reasons import OVERALL
from eiassess.domain.scores import Interval as Range
from eiassess.domain.scores import NamedDifference, PersonScore, ScoreEstimate
from eiassess.psychometrics import holm_adjusted
from eiassess.scoring.comparing import compare_people
from eiassess.scoring.person.profiling import Part, named_differences

Array = npt.NDArray[np.float64]

SETS = {2: 6_000, 6: 2_000}
PROFILES = 4_000
CALIBRATION = 400
ROUNDS = 25
SIGNIFICANCE = 0.05
LOSSES = (0.1, 0.2, 0.3, 0.4)
"""How far the second candidate's accuracy lies below the first's, in atanh."""
EQUAL_COLUMNS = (
    "overall only: any 'differs', %",
    "overall and 8 competencies: any 'differs', %",
    "the same at Welch's degrees of freedom (the former rule), %",
    "the same without Holm, %",
)
PROFILE_PEOPLE, PROFILE_TIMES = 200, 200
UNKNOWN = Range(0.0, 0.0)


def run(seed: int, effort: float) -> Tables:
    """Compare equal and unequal people, and look for profiles where there is none and where there is one."""
    generator = np.random.default_rng(seed)
    return {
        "equal": [
            _equal(generator, people, dependence, replicates(times, effort, 3))
            for dependence in DEPENDENCES
            for people, times in SETS.items()
        ],
        "unequal": [_unequal(generator, loss, replicates(SETS[2] // 2, effort, 5)) for loss in LOSSES],
        "profiles": _profiles(generator, effort),
        "lowest": [_lowest(generator, spread, effort) for spread in (0.12, 0.24)],
    }


def _equal(generator: Generator, people: int, dependence: Dependence, times: int) -> Row:
    """Compare sets of people with the same accuracy throughout, all with the same use of the scale."""
    layout = shipped_layout()
    same = draw_people(generator, times, layout.n_competencies).repeated(people)
    scores = answered(generator, same, dependence)
    verdicts = []
    for first in range(0, times * people, people):
        rows = np.arange(first, first + people)
        found = {str(row): _person(scores, row) for row in map(int, rows)}
        plain, former = _p_values(scores, rows, smaller=True), _p_values(scores, rows, smaller=False)
        verdicts.append(
            [
                any(each.is_larger_than_error for each in compare_people(found, (OVERALL,))),
                any(each.is_larger_than_error for each in compare_people(found, (OVERALL, *_names(layout)))),
                (holm_adjusted(former) < SIGNIFICANCE).any(),
                (plain < SIGNIFICANCE).any(),
            ]
        )
    shares = [percent(column) for column in np.array(verdicts).T]
    return {
        "people compared": people,
        "dependence within scenarios": dependence.name,
        **dict(zip(EQUAL_COLUMNS, shares, strict=True)),
    }


def _p_values(scores: BatchScores, rows: npt.NDArray[np.intp], *, smaller: bool) -> Array:
    """Unadjusted p of all pairs in all nine parts; ``smaller``: competencies at the smaller degrees of freedom."""
    i, j = np.triu_indices(rows.size, k=1)
    found = []
    for part, sem, df in (
        (scores.overall[rows, None], scores.overall_sem[rows, None], None),
        (scores.competencies[rows], scores.competency_sem[rows], float(scores.df) if smaller else None),
    ):
        error = np.hypot(sem[i], sem[j])
        welch = scores.df * error**4 / (sem[i] ** 4 + sem[j] ** 4)
        found.append(2 * stdtr(welch if df is None else df, -np.abs(part[i] - part[j]) / error))
    return np.concatenate([np.nan_to_num(p, nan=1.0).ravel() for p in found])


def _unequal(generator: Generator, loss: float, times: int) -> Row:
    layout = shipped_layout()
    better = draw_people(generator, times, layout.n_competencies)
    worse = People(better.accuracy - loss, better.elevation, better.scatter)
    both = [answered(generator, people, DEPENDENCES[1]) for people in (better, worse)]
    found = []
    for row in range(times):
        pair = {name: _person(scores, row) for name, scores in zip("ab", both, strict=True)}
        found.append(
            [
                compare_people(pair, (OVERALL,))[0].is_larger_than_error,
                compare_people(pair, (OVERALL, *_names(layout)))[0].is_larger_than_error,
                both[0].overall[row] < both[1].overall[row],
            ]
        )
    alone, beside, reversed_ = np.array(found).T
    gap = float(np.nanmean(both[0].overall) - np.nanmean(both[1].overall))
    return {
        "true difference overall, points": round(gap, 1),
        "'differs', overall only, %": percent(alone),
        "'differs' overall, 8 competencies beside it, %": percent(beside),
        "the worse one scores higher, %": percent(reversed_),
    }


def answered(generator: Generator, people: People, dependence: Dependence) -> BatchScores:
    """Let people answer the shipped form once, and score them."""
    plan, layout = shipped_plan(), shipped_layout()
    n = len(people.elevation)
    effects = scenario_effects(generator, dependence, 1, n, layout)
    key_z = key_in_deviations(plan.key_values, layout)
    return score_batch(layout, plan.key_values, rate(generator, layout, people, key_z, effects, dependence.options))


def _names(layout: Layout) -> tuple[str, ...]:
    return tuple(str(competency) for competency in range(layout.n_competencies))


def _estimate(scores: BatchScores, row: int) -> ScoreEstimate:
    overall, sem = float(scores.overall[row]), float(scores.overall_sem[row])
    return ScoreEstimate(overall, sem, None, UNKNOWN, scores.d.shape[1], scores.df)


def _person(scores: BatchScores, row: int) -> PersonScore:
    each = np.bincount(shipped_layout().competency)
    parts = {
        str(part): ScoreEstimate(float(score), float(sem), None, UNKNOWN, int(each[part]), scores.df)
        for part, (score, sem) in enumerate(zip(scores.competencies[row], scores.competency_sem[row], strict=True))
    }
    return PersonScore(_estimate(scores, row), parts, {}, {}, None, (), (), (), 0, 0, random_like=False)


def _profiles(generator: Generator, effort: float) -> list[Row]:
    n = replicates(PROFILES, effort, 20)
    layout = shipped_layout()
    even = draw_people(generator, n, layout.n_competencies, spread=0.0)
    real = draw_people(generator, n, layout.n_competencies)
    none, moderate = DEPENDENCES[:2]
    flat = _flat(generator, even, replicates(CALIBRATION, effort, 50))
    return [
        _labels("flat in true score", answered(generator, flat, none)),
        _labels("flat in accuracy, not quite in score", answered(generator, even, none)),
        _labels("flat in accuracy, moderate dependence", answered(generator, even, moderate)),
        _labels("as simulated people are (SD .12)", answered(generator, real, none)),
        _labels("as simulated people are, moderate dependence", answered(generator, real, moderate)),
        _labels("twice that profile (SD .24)", answered(generator, _twice(generator, n), none)),
    ]


def _twice(generator: Generator, n: int) -> People:
    return draw_people(generator, n, shipped_layout().n_competencies, spread=0.24)


def _flat(generator: Generator, people: People, times: int) -> People:
    """Set accuracies by competency so that a middling person's expected competency scores are all the same."""
    layout, offset = shipped_layout(), np.zeros(shipped_layout().n_competencies)
    middling = People(
        np.full((1, layout.n_competencies), float(people.accuracy.mean())), np.array([3.5]), np.array([1.5])
    )
    for _ in range(ROUNDS):
        tried = People(middling.accuracy + offset, middling.elevation, middling.scatter).repeated(10 * times)
        means = np.nanmean(answered(generator, tried, DEPENDENCES[0]).competencies, axis=0)
        offset -= 0.02 * (means - means.mean())
    return People(people.accuracy + offset, people.elevation, people.scatter)


def _labels(profile: str, scores: BatchScores) -> Row:
    """Say how many people get a label for a competency or a style, with and without Holm."""
    adjusted, plain = [], []
    for row in map(int, np.flatnonzero(~np.isnan(scores.overall))):
        adjusted.append(bool(named(scores, row)))
        parts, own = _parts(scores, row), _own(scores, row)
        alone = [named_differences([part], *own) for part in parts[: shipped_layout().n_competencies]]
        plain.append(any(map(any, alone)))
    means = np.nanmean(scores.competencies, axis=0)
    return {
        "true profile": profile,
        "mean competency scores, lowest to highest": f"{means.min():.1f} to {means.max():.1f}",
        "a label after Holm, %": percent(adjusted),
        "a label for a competency without Holm, %": percent(plain),
    }


def named(scores: BatchScores, row: int) -> tuple[NamedDifference, ...]:
    """Name what stands out in a person as the engine does; competencies are called by their numbers, styles follow."""
    strengths, weaknesses = named_differences(_parts(scores, row), *_own(scores, row))
    return (*strengths, *weaknesses)


def _parts(scores: BatchScores, row: int) -> list[Part]:
    layout = shipped_layout()
    members = [
        *(np.flatnonzero(layout.competency == part) for part in range(layout.n_competencies)),
        *(np.array(each) for each in layout.styles.values()),
    ]
    values = [*scores.competencies[row], *scores.styles[row]]
    return [
        Part(str(place), float(value), float(scores.e[row, each].sum()))
        for place, (value, each) in enumerate(zip(values, members, strict=True))
    ]


def _own(scores: BatchScores, row: int) -> tuple[float, float, float, int]:
    return float(scores.overall[row]), float(scores.e[row].sum()), float(scores.variance[row]), scores.df


def _lowest(generator: Generator, spread: float, effort: float) -> Row:
    """Ask whether the lowest of a person's eight competency scores is truly the lowest, and how much too low it is."""
    n, times = replicates(PROFILE_PEOPLE, effort, 5), replicates(PROFILE_TIMES, effort, 5)
    people = draw_people(generator, n, shipped_layout().n_competencies, spread=spread)
    seen = answered(generator, people.repeated(times), DEPENDENCES[0]).competencies.reshape(n, times, -1)
    seen = np.where(np.isnan(seen), np.nanmean(seen), seen)
    truth = seen.mean(axis=1)
    lowest = seen.argmin(axis=2)
    true_score = np.take_along_axis(truth, lowest, axis=1)
    return {
        "SD of the true profile, atanh": spread,
        "lowest of eight scores is truly lowest, %": percent(lowest == truth.argmin(axis=1)[:, None]),
        "mean points by which it is too low": round(float((true_score - seen.min(axis=2)).mean()), 1),
    }


def draw(tables: Mapping[str, list[Row]]) -> Markup:
    """Draw the rates of false 'differs' and of labels."""
    rows = [
        (
            f"{row['people compared']} equal people, overall; {row['dependence within scenarios']}",
            [number(row, EQUAL_COLUMNS[0]), None, None],
        )
        for row in tables["equal"]
    ]
    rows += [
        (
            f"{row['people compared']} equal people, 9 parts; {row['dependence within scenarios']}",
            [number(row, EQUAL_COLUMNS[1]), number(row, EQUAL_COLUMNS[3]), number(row, EQUAL_COLUMNS[2])],
        )
        for row in tables["equal"]
    ]
    rows += [
        (
            f"a label; {row['true profile']}",
            [number(row, "a label after Holm, %"), number(row, "a label for a competency without Holm, %"), None],
        )
        for row in tables["profiles"][:3]
    ]
    return dot_chart(
        "How often people who do not differ are said to",
        Axis(0, 100, (0, 5, 25, 50, 75, 100), "% with at least one false statement"),
        ("as the product does it, after Holm", "without Holm", "Holm, Welch's degrees of freedom (before)"),
        rows,
        level=5,
    )


STUDY = Study("differences", 106, run, draw)
