from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import numpy as np
import pytest

from eiassess.domain.scores import Interval, PersonScore
from eiassess.scoring.person import counting
from eiassess.scoring.person import random_range as ranges
from eiassess.scoring.person.cache import Cache
from eiassess.scoring.person.engine import score_vector
from eiassess.scoring.person.random_range import random_range
from tests.builders import make_form, make_plan, make_scenarios

PLAN = make_plan(make_form(make_scenarios(3, emotions=2)))
ALL = tuple(range(len(PLAN.form.scenarios)))


def test_the_range_covers_95_of_100_random_answerers() -> None:
    chance = random_range(PLAN, ALL)
    people = np.random.default_rng(8).integers(1, 7, (1500, len(PLAN.columns))).astype(float)
    scores = [score_vector(PLAN, person) for person in people]

    def share(values: list[float], interval: Interval) -> float:
        return float(np.mean([interval.contains(value) for value in values]))

    assert share([s.overall.score for s in scores if s.overall], chance.overall) == pytest.approx(0.95, abs=0.02)
    for name, interval in chance.competencies.items():
        assert share([s.competencies[name].score for s in scores], interval) == pytest.approx(0.95, abs=0.02)


def test_the_range_is_the_same_every_time(monkeypatch: pytest.MonkeyPatch) -> None:
    first = random_range(PLAN, ALL)
    assert random_range(PLAN, ALL) is first
    forget(monkeypatch)
    assert random_range(PLAN, ALL) == first


def forget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranges, "_RANGES", Cache(10))
    monkeypatch.setattr(ranges, "_DRAWS", Cache(10))
    monkeypatch.setattr(counting, "_LAYOUTS", Cache(10))


def drawn_one_by_one(counted: tuple[int, ...]) -> tuple[float, ...]:
    """Score the same people's ratings one by one: shape of the range's ends."""
    points = np.arange(1.0, 7.0)
    people = np.random.default_rng(ranges.SEED).choice(points, size=(ranges.PEOPLE, len(PLAN.columns)))
    people[:, ~np.isin(PLAN.scenario, counted)] = np.nan
    d, e = np.zeros(ranges.PEOPLE), 0.0
    for kind in np.unique(PLAN.kind[np.isin(PLAN.scenario, counted)]):
        rows = np.isin(PLAN.scenario, counted) & (PLAN.kind == kind)
        x, key = people[:, rows], PLAN.key_values[rows]
        spread = x.std(axis=1, keepdims=True)
        z = (x - x.mean(axis=1, keepdims=True)) / np.where(spread > 0, spread, 1)  # all alike: z = 0
        key_z = (key - key.mean()) / key.std()
        d += ((z - key_z) ** 2).sum(axis=1)
        e += float((1 + key_z**2).sum())
    return tuple(np.percentile(100 - 50 * d / e, (2.5, 97.5)))


@pytest.mark.parametrize("counted", [ALL, ALL[1:], (0, 2, 3, 5, 6, 9), (9, 10), (4,)])
def test_sums_give_the_range_of_the_same_people_whatever_counts(counted: tuple[int, ...]) -> None:
    chance = random_range(PLAN, counted)
    assert (chance.overall.low, chance.overall.high) == pytest.approx(drawn_one_by_one(counted), abs=1e-10)


def test_eight_threads_score_the_same_and_raise_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each leaves out other scenarios; caches are small and empty, so that all are made and forgotten meanwhile."""
    plan = make_plan(make_form(make_scenarios(5), id="threads"))
    people = np.random.default_rng(3).integers(1, 7, (24, len(plan.columns))).astype(float)
    for number, person in enumerate(people):
        person[plan.scenario == number % 12] = np.nan
    alone = [score_vector(plan, person) for person in people]
    forget(monkeypatch)
    start = Barrier(8)

    def score(first: int) -> list[PersonScore]:
        start.wait()
        return [score_vector(plan, person) for person in people[first::8]]

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(score, range(8)))
    assert [found[number % 8][number // 8] for number in range(24)] == alone


def test_parts_without_a_counted_scenario_have_no_range() -> None:
    chance = random_range(PLAN, ALL[:9])
    assert set(chance.competencies) == {"recovery", "composure", "listening"}
