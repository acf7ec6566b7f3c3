import numpy as np
import pytest

from eiassess.domain.scores import Interval
from eiassess.scoring import random_range as ranges
from eiassess.scoring.engine import score_vector
from eiassess.scoring.random_range import random_range
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
    monkeypatch.setattr(ranges, "_RANGES", {})
    assert random_range(PLAN, ALL) == first


def test_parts_without_a_counted_scenario_have_no_range() -> None:
    chance = random_range(PLAN, ALL[:9])
    assert set(chance.competencies) == {"recovery", "composure", "listening"}


def test_the_oldest_ranges_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranges, "_RANGES", {})
    monkeypatch.setattr(ranges, "_RANGES_KEPT", 2)
    for last in (8, 9, 10):
        random_range(PLAN, ALL[:last])
    assert [name[2] for name in ranges._RANGES] == [ALL[:9], ALL[:10]]  # noqa: SLF001 - what is kept is what is shown
