import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eiassess import psychometrics as ps
from eiassess.errors import NotEstimableError

LABELS = np.repeat(np.arange(6), 4)
seeds = st.integers(0, 2**32 - 1)


def profiles(seed: int) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(seed)
    return tuple(ps.standardised_profile(generator.normal(size=LABELS.size)) for _ in range(2))


@given(seeds)
def test_the_keys_own_pattern_is_100(seed: int) -> None:
    _, key_z = profiles(seed)
    assert ps.house_score(
        ps.discrepancy(key_z, key_z, LABELS, 6), ps.random_discrepancy(key_z, LABELS, 6)
    ) == pytest.approx(100)


@given(seeds)
def test_the_whole_is_50_plus_50_r(seed: int) -> None:
    z, key_z = profiles(seed)
    score = ps.house_score(ps.discrepancy(z, key_z, LABELS, 6), ps.random_discrepancy(key_z, LABELS, 6))
    assert score == pytest.approx(50 * (1 + ps.profile_correlation(z, key_z)))


@given(seeds, st.integers(1, 5))
def test_parts_average_to_the_whole_with_weights_e(seed: int, cut: int) -> None:
    z, key_z = profiles(seed)
    d, e = ps.discrepancy(z, key_z, LABELS, 6), ps.random_discrepancy(key_z, LABELS, 6)
    first, second = ps.house_score(d[:cut], e[:cut]), ps.house_score(d[cut:], e[cut:])
    average = (first * e[:cut].sum() + second * e[cut:].sum()) / e.sum()
    assert ps.house_score(d, e) == pytest.approx(average)


def test_random_answering_averages_50_at_every_level() -> None:
    generator = np.random.default_rng(1)
    key_z = ps.standardised_profile(generator.uniform(1, 6, LABELS.size))
    ratings = generator.integers(1, 7, (20_000, LABELS.size))
    z = (ratings - ratings.mean(axis=1, keepdims=True)) / ratings.std(axis=1, keepdims=True)
    d, e = ps.discrepancy(z, key_z, LABELS, 6), ps.random_discrepancy(key_z, LABELS, 6)
    scenarios = 100 - 50 * d.mean(axis=0) / e
    assert scenarios == pytest.approx(np.full(6, 50), abs=1.5)
    assert 100 - 50 * d.sum(axis=1).mean() / e.sum() == pytest.approx(50, abs=0.3)


def test_people_at_once_are_people_one_by_one() -> None:
    (first, key_z), (second, _) = profiles(1), profiles(2)
    together = ps.discrepancy(np.array([first, second]), key_z, LABELS, 6)
    assert together[1] == pytest.approx(ps.discrepancy(second, key_z, LABELS, 6))


def test_a_score_needs_a_scenario() -> None:
    with pytest.raises(NotEstimableError, match="at least one scenario"):
        ps.house_score(np.array([]), np.array([]))


@pytest.mark.parametrize("group", [[], [0], [0, 1, 2]])
def test_error_needs_two_scenarios_in_some_competency(group: list[int]) -> None:
    labels, ones = np.array(group, dtype=np.intp), np.ones(len(group))
    with pytest.raises(NotEstimableError, match="two scenarios"):
        ps.discrepancy_error_variance(ones, ones, labels)
    with pytest.raises(NotEstimableError, match="two scenarios"):
        ps.correlation_standard_error(ones, labels)


def test_error_is_the_same_when_a_competency_number_is_not_used() -> None:
    d, e = np.array([1.0, 3.0, 2.0, 6.0]), np.array([2.0, 2.0, 3.0, 4.0])
    close, spread = np.array([0, 0, 1, 1]), np.array([0, 0, 3, 3])
    assert ps.discrepancy_error_variance(d, e, close) == ps.discrepancy_error_variance(d, e, spread)
    assert ps.correlation_standard_error(d, close) == ps.correlation_standard_error(d, spread)


def test_standard_error_by_hand() -> None:
    # residuals -1, 1 of e = 2: v = (1/2 + 1/2) / 1 = 1; 50 sqrt(1 / 4) = 25
    variance, df = ps.discrepancy_error_variance(np.array([1.0, 3.0]), np.array([2.0, 2.0]), np.array([0, 0]))
    assert (variance, df) == (1.0, 1)
    assert ps.house_score_standard_error(variance, np.array([2.0, 2.0])) == 25.0


@given(st.floats(-0.99, 0.99), st.floats(0, 0.3), st.integers(1, 40))
def test_interval_of_a_correlation_holds_it_and_stays_within_bounds(r: float, error: float, df: int) -> None:
    low, high = ps.correlation_interval(r, error, df)
    assert -1 <= low <= r + 1e-12
    assert r - 1e-12 <= high <= 1


@pytest.mark.parametrize("r", [1.0, -1.0])
def test_a_perfect_correlation_is_its_own_interval(r: float) -> None:
    assert ps.correlation_interval(r, 0.1, 8) == (r, r)


def test_t_quantile_from_tables() -> None:
    assert ps.t_quantile(10) == pytest.approx(2.228, abs=5e-4)
    assert ps.t_quantile(10, 0.99) == pytest.approx(3.169, abs=5e-4)
