"""Study 10: how many of the topics that would be named as a strength or weakness truly are one."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from markupsafe import Markup

from docs.psychometrics.studies.batch_scoring import BatchScores
from docs.psychometrics.studies.figures import Axis, dot_chart
from docs.psychometrics.studies.population import (
    DEPENDENCES,
    Dependence,
    Generator,
    People,
    draw_people,
    shipped_layout,
)
from docs.psychometrics.studies.standing_out import answered, named
from docs.psychometrics.studies.study import Row, Study, Tables, number, replicates

Array = npt.NDArray[np.float64]

PEOPLE, TIMES = 240, 60
MARGIN = 3.0
"""Points by which a true score has to lie off the person's own true mean for a sentence about it to be called right."""
SHIFTS = {"one topic a little lower": -0.25, "one topic clearly lower": -0.5, "one topic clearly higher": 0.5}
"""What is added to one topic's accuracy, in atanh."""
COLUMNS = (
    "people with a topic named, %",
    "such a topic named, %",
    "another topic named, %",
    "of named topics right, %",
)


@dataclass(frozen=True)
class _Truth:
    """People of one kind, each assessed many times, with their true scores less their own true mean."""

    scores: BatchScores
    off_mean: Array
    times: int


def run(seed: int, effort: float) -> Tables:
    """Name topics of people whose profiles are known, as the engine does."""
    generator = np.random.default_rng(seed)
    n, times = replicates(PEOPLE, effort, 8), replicates(TIMES, effort, 6)
    return {
        "named": [
            _row(kind, dependence, _assessed(generator, people, dependence, times))
            for dependence in DEPENDENCES[:2]
            for kind, people in _kinds(generator, n).items()
        ]
    }


def _kinds(generator: Generator, n: int) -> dict[str, People]:
    topics = shipped_layout().n_competencies
    even = draw_people(generator, n, topics, spread=0.0)
    kinds = {"even in all topics": even}
    for kind, shift in SHIFTS.items():
        one = np.zeros_like(even.accuracy)
        one[np.arange(n), np.arange(n) % topics] = shift
        kinds[kind] = People(even.accuracy + one, even.elevation, even.scatter)
    kinds["as simulated people are (SD .12)"] = draw_people(generator, n, topics)
    kinds["twice that profile (SD .24)"] = draw_people(generator, n, topics, spread=0.24)
    return kinds


def _assessed(generator: Generator, people: People, dependence: Dependence, times: int) -> _Truth:
    scores = answered(generator, people.repeated(times), dependence)
    seen = scores.competencies.reshape(-1, times, scores.competencies.shape[1])
    whole = scores.overall.reshape(-1, times)
    return _Truth(scores, np.nanmean(seen, axis=1) - np.nanmean(whole, axis=1)[:, None], times)


def _row(kind: str, dependence: Dependence, truth: _Truth) -> Row:
    people = found = right = 0
    hits: list[int] = []
    rows = np.flatnonzero(~np.isnan(truth.scores.overall))
    for row in rows:
        topics = [each for each in named(truth.scores, int(row)) if int(each.id) < truth.off_mean.shape[1]]
        true = truth.off_mean[row // truth.times]
        good = sum(true[int(each.id)] * np.sign(each.difference) >= MARGIN for each in topics)
        people, found, right = people + bool(topics), found + len(topics), right + int(good)
        hits.append(int(good))
    n_true, n_other = _counts(truth)
    return {
        "true profile": kind,
        "dependence within scenarios": dependence.name,
        COLUMNS[0]: _share(people, rows.size),
        COLUMNS[1]: _share(right, n_true),
        COLUMNS[2]: _share(found - right, n_other),
        COLUMNS[3]: _share(right, found),
    }


def _counts(truth: _Truth) -> tuple[int, int]:
    """Count topics, over all times, that are off the mean by the margin, and those that are not."""
    off = int((np.abs(truth.off_mean) >= MARGIN).sum()) * truth.times
    return off, truth.off_mean.size * truth.times - off


def _share(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None


def draw(tables: Mapping[str, list[Row]]) -> Markup:
    """Draw how many of the named topics are right."""
    rows = [
        (f"{row['true profile']}; {row['dependence within scenarios']}", [number(row, COLUMNS[3])])
        for row in tables["named"]
    ]
    axis = Axis(0, 100, (0, 25, 50, 75, 100), "% of the topics named that truly lie off the person's own mean")
    return dot_chart("How often a topic that is named is truly one", axis, ("after Holm",), rows, level=50)


STUDY = Study("naming-topics", 110, run, draw)
