"""Study 14: how often a flat profile has strengths or weaknesses, and whether the lowest score is truly lowest."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from markupsafe import Markup

from docs.psychometrics.studies.batch_scoring import BatchScores, score_batch
from docs.psychometrics.studies.figures import Axis, dot_chart
from docs.psychometrics.studies.population import (
    DEPENDENCES,
    Dependence,
    Generator,
    People,
    draw_people,
    key_in_deviations,
    rate,
    scenario_effects,
    shipped_layout,
    shipped_plan,
)
from docs.psychometrics.studies.study import Row, Study, Tables, number, percent, replicates
from eiassess.domain.scores import NamedDifference
from eiassess.scoring.person.profiling import Part, named_differences

Array = npt.NDArray[np.float64]

PROFILES = 4_000
CALIBRATION = 400
ROUNDS = 25
PROFILE_PEOPLE, PROFILE_TIMES = 200, 200


def run(seed: int, effort: float) -> Tables:
    """Look for profiles where there is none and where there is one."""
    generator = np.random.default_rng(seed)
    return {
        "profiles": _profiles(generator, effort),
        "lowest": [_lowest(generator, spread, effort) for spread in (0.12, 0.24)],
    }


def answered(generator: Generator, people: People, dependence: Dependence) -> BatchScores:
    """Let people answer the shipped form once, and score them."""
    plan, layout = shipped_plan(), shipped_layout()
    n = len(people.elevation)
    effects = scenario_effects(generator, dependence, 1, n, layout)
    key_z = key_in_deviations(plan.key_values, layout)
    return score_batch(layout, plan.key_values, rate(generator, layout, people, key_z, effects, dependence.options))


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
    """Draw the rates of labels."""
    rows = [
        (
            str(row["true profile"]),
            [number(row, "a label after Holm, %"), number(row, "a label for a competency without Holm, %")],
        )
        for row in tables["profiles"]
    ]
    return dot_chart(
        "How often people get a label",
        Axis(0, 100, (0, 5, 25, 50, 75, 100), "% with at least one label"),
        ("after Holm", "without Holm"),
        rows,
        level=5,
    )


STUDY = Study("standing-out", 106, run, draw)
