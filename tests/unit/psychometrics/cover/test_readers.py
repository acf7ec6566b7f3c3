"""Readers against a key: points of the house scale, correlations, best options, and intervals over scenarios."""

from dataclasses import replace

import numpy as np
import pytest

from eiassess import psychometrics as ps
from eiassess.errors import NotEstimableError
from eiassess.psychometrics.cover.readers import (
    Measured,
    ReadScenario,
    best_found,
    mean_correlation,
    measure_reading,
)

KEYS = ((2.5, 5.5, 4.5, 2.0), (5.5, 2.0, 2.5, 4.5), (1.0, 6.0, 5.0, 3.0), (4.5, 5.0, 1.0, 2.0))


def drawn(n: int = 20, readers: int = 3, seed: int = 1, *, noise: float = 1.5) -> list[ReadScenario]:
    """Make scenarios whose readers know the key, with some noise; every third is of emotions."""
    generator = np.random.default_rng(seed)
    found = []
    for number in range(n):
        is_emotions = number % 3 == 2
        key = generator.choice([1.0, 2.0, 2.5, 4.5, 5.5], size=5 if is_emotions else 4)
        key[:2] = 5.5, 1.5
        ratings = np.clip(np.round(key + generator.normal(0, noise, (readers, key.size))), 1, 6)
        found.append(ReadScenario(number, "emotions" if is_emotions else "responses", key, ratings))
    return found


def one(key: tuple[float, ...], *ratings: tuple[float, ...], unit: int = 0, kind: str = "responses") -> ReadScenario:
    return ReadScenario(unit, kind, np.array(key), np.array(ratings, dtype=float))


def of_reader(scenarios: list[ReadScenario], reader: int, kind: str = "") -> tuple[np.ndarray, np.ndarray]:
    taken = [each for each in scenarios if kind in {"", each.kind}]
    return np.concatenate([each.ratings[reader] for each in taken]), np.concatenate([each.key for each in taken])


def house_points(scenarios: list[ReadScenario], reader: int) -> float:
    """Score as the engine does: standardised within each kind, weighted by what random answering costs there."""
    d, e = [], []
    for kind in ("responses", "emotions"):
        ratings, key = of_reader(scenarios, reader, kind)
        z, key_z = ps.standardised_profile(ratings), ps.standardised_profile(key)
        label = np.zeros(z.size, dtype=np.intp)
        d.append(ps.discrepancy(z, key_z, label, 1)[0])
        e.append(ps.random_discrepancy(key_z, label, 1)[0])
    return ps.house_score(np.array(d), np.array(e))


def test_points_are_those_of_the_house_scale() -> None:
    scenarios = drawn()
    expected = np.mean([house_points(scenarios, reader) for reader in range(3)])
    assert measure_reading(scenarios).points.value == pytest.approx(expected)


def test_the_correlation_is_the_mean_of_the_readers_own() -> None:
    scenarios = drawn()
    expected = np.mean([np.corrcoef(*of_reader(scenarios, reader))[0, 1] for reader in range(3)])
    assert measure_reading(scenarios).correlation.value == pytest.approx(expected)


def test_who_rates_by_the_key_finds_everything() -> None:
    scenarios = [one(key, key, unit=unit) for unit, key in enumerate(KEYS)]
    reading = measure_reading(scenarios)
    for measured, most in ((reading.correlation, 1.0), (reading.best_found, 1.0), (reading.points, 100.0)):
        assert (measured.value, measured.low, measured.high) == pytest.approx((most, most, most))


def test_who_turns_the_key_around_has_nothing() -> None:
    turned = [one(key, tuple(7 - value for value in key), unit=unit) for unit, key in enumerate(KEYS)]
    reading = measure_reading(turned)
    assert reading.correlation.value == pytest.approx(-1)
    assert reading.points.value == pytest.approx(0)


def test_a_kind_that_a_reader_rates_all_the_same_counts_as_random() -> None:
    scenarios = [one(key, key, unit=unit) for unit, key in enumerate(KEYS)]
    flat = [one(key, (3, 3, 3, 3), unit=unit + 4, kind="emotions") for unit, key in enumerate(KEYS)]
    assert measure_reading([*scenarios, *flat]).points.value == pytest.approx(75)


def test_intervals_are_seeded_and_hold_the_value() -> None:
    scenarios = drawn()
    first, again = measure_reading(scenarios), measure_reading(scenarios)
    assert first == again
    for measured in (first.correlation, first.best_found, first.points):
        assert measured.low < measured.value < measured.high


def test_the_order_of_scenarios_decides_nothing() -> None:
    scenarios = drawn()
    found, turned = measure_reading(scenarios), measure_reading(scenarios[::-1])
    assert found.correlation.value == pytest.approx(turned.correlation.value)
    assert found.points.low == pytest.approx(turned.points.low)


def test_intervals_hold_what_the_whole_population_of_scenarios_gives() -> None:
    population = measure_reading(drawn(4000, readers=1, seed=99)).correlation.value
    held = 0
    for seed in range(60):
        found = measure_reading(drawn(24, readers=1, seed=seed)).correlation
        held += found.low <= population <= found.high
    assert held >= 50


def width(measured: Measured) -> float:
    return measured.high - measured.low


def test_more_scenarios_make_intervals_narrower() -> None:
    assert width(measure_reading(drawn(80)).correlation) < 0.7 * width(measure_reading(drawn(16)).correlation)


def test_both_halves_of_a_pair_are_drawn_together() -> None:
    """One blind reader: with the grain in one stem, against it in the other; only over the pair is it level."""
    halves = [
        one(key, KEYS[0], unit=number)
        for pair in range(12)
        for number, key in ((2 * pair, KEYS[0]), (2 * pair + 1, KEYS[1]))
    ]
    in_pairs = [replace(each, unit=each.unit // 2) for each in halves]
    assert measure_reading(in_pairs).correlation.value == pytest.approx(measure_reading(halves).correlation.value)
    assert width(measure_reading(in_pairs).correlation) == pytest.approx(0, abs=1e-9)
    assert width(measure_reading(halves).correlation) > 0.5


def test_of_several_highest_ratings_one_is_picked_at_random() -> None:
    scenario = one((5.5, 2.0, 5.5, 1.0), (6, 1, 1, 1), (6, 6, 1, 1), (4, 4, 4, 4), (1, 6, 1, 6))
    assert best_found(scenario).tolist() == [1.0, 0.5, 0.5, 0.0]


def test_best_found_counts_scenarios_and_not_units() -> None:
    right, wrong = one(KEYS[0], KEYS[0]), one(KEYS[1], KEYS[0])
    reading = measure_reading([right, wrong, one(KEYS[2], KEYS[2], unit=1)])
    assert reading.best_found.value == pytest.approx(2 / 3)


def test_the_readers_mean_is_correlated_with_one_scenario() -> None:
    scenario = one(KEYS[0], (1, 6, 5, 2), (3, 4, 4, 1))
    assert mean_correlation(scenario) == pytest.approx(np.corrcoef((2, 5, 4.5, 1.5), KEYS[0])[0, 1])


@pytest.mark.parametrize(
    "scenario", [one(KEYS[0], (1, 6, 1, 6), (6, 1, 6, 1)), one((3.0, 3.0, 3.0, 3.0), (1, 2, 3, 4))]
)
def test_what_never_varies_correlates_with_nothing(scenario: ReadScenario) -> None:
    assert mean_correlation(scenario) is None


def test_a_draw_in_which_nothing_varies_is_left_out() -> None:
    """Of two scenarios one is rated alike throughout: a quarter of all draws have nothing else."""
    reading = measure_reading([one(KEYS[0], KEYS[0]), one(KEYS[1], (3, 3, 3, 3), unit=1)])
    assert np.isfinite([reading.correlation.low, reading.correlation.high]).all()


@pytest.mark.parametrize("scenarios", [[], [one(KEYS[0], KEYS[0])], [one(KEYS[0], KEYS[0]), one(KEYS[1], KEYS[1])]])
def test_an_error_needs_two_units(scenarios: list[ReadScenario]) -> None:
    with pytest.raises(NotEstimableError, match="at least two pairs or scenarios"):
        measure_reading(scenarios)


def test_a_reader_or_a_key_that_is_the_same_everywhere() -> None:
    both = [one(key, key, (4, 4, 4, 4), unit=unit) for unit, key in enumerate(KEYS)]
    flat = [one((3.3, 3.3, 3.3, 3.3), KEYS[0], unit=unit) for unit in range(3)]
    for scenarios in (both, flat):
        with pytest.raises(NotEstimableError, match="correlates with nothing"):
            measure_reading(scenarios)
