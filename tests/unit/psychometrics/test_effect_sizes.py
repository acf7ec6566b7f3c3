import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eiassess import psychometrics as ps
from eiassess.errors import InvalidInputError, NotEstimableError

seeds = st.integers(0, 2**32 - 1)


def two_groups(d: float, n: int, m: int) -> tuple[np.ndarray, np.ndarray]:
    """Scores with exactly this standardised difference."""
    first, second = np.linspace(-1, 1, n), np.linspace(-1, 1, m)
    spread = np.sqrt(((first**2).sum() + (second**2).sum()) / (n + m - 2))
    return first / spread + d, second / spread


def test_hedges_correction_in_small_groups() -> None:
    # J at 18 degrees of freedom is 0.9576 (Hedges 1981, table 1: .958)
    result = ps.standardised_group_difference(*two_groups(1.0, 10, 10))
    assert result.d == pytest.approx(1)
    assert result.g == pytest.approx(0.9576, abs=5e-5)
    assert result.g == pytest.approx(1 - 3 / (4 * 18 - 1), abs=2e-4)


def test_interval_is_exact_at_no_difference() -> None:
    # the central t distribution: the noncentrality at the .975 quantile of t = 0 is 1.959964
    low, high = ps.standardised_group_difference(*two_groups(0.0, 32, 32)).interval
    assert high == pytest.approx(1.959963984540054 / 4)
    assert low == pytest.approx(-high)


def test_interval_covers_as_often_as_it_says() -> None:
    generator = np.random.default_rng(4)
    inside = 0
    for _ in range(800):
        result = ps.standardised_group_difference(generator.normal(0.8, 1, 12), generator.normal(0, 1, 20))
        inside += result.interval[0] <= 0.8 <= result.interval[1]
    assert inside / 800 == pytest.approx(0.95, abs=0.02)


@given(seeds, st.integers(10, 40), st.integers(10, 40), st.floats(-20, 20))
def test_the_interval_holds_d_and_turns_round_with_the_groups(seed: int, n: int, m: int, shift: float) -> None:
    generator = np.random.default_rng(seed)
    first, second = generator.normal(shift, 1, n), generator.normal(0, 2, m)
    one, other = ps.standardised_group_difference(first, second), ps.standardised_group_difference(second, first)
    assert one.interval[0] < one.d < one.interval[1]
    assert abs(one.g) <= abs(one.d)
    assert (other.d, *other.interval) == pytest.approx((-one.d, -one.interval[1], -one.interval[0]))


def test_large_samples_have_an_interval() -> None:
    result = ps.standardised_group_difference(*two_groups(0.5, 60_000, 40_000))
    half = 1.96 * np.sqrt(1 / 60_000 + 1 / 40_000 + 0.5**2 / 200_000)
    assert result.interval == pytest.approx((0.5 - half, 0.5 + half), abs=1e-5)


def test_missing_scores_are_left_out() -> None:
    first, second = two_groups(0.3, 12, 15)
    result = ps.standardised_group_difference(np.r_[first, np.nan], second)
    assert (result.n_first, result.n_second) == (12, 15)
    assert result.d == pytest.approx(0.3)


def test_groups_under_ten_are_not_compared() -> None:
    first, second = two_groups(0.3, 9, 30)
    with pytest.raises(NotEstimableError, match="a group has 9 scores; no group of fewer than 10"):
        ps.standardised_group_difference(first, second)
    assert ps.standardised_group_difference(first, second, smallest_group=2).n_first == 9
    with pytest.raises(NotEstimableError, match="fewer than 2"):
        ps.standardised_group_difference(first[:1], second, smallest_group=0)


def test_constant_groups_have_no_standardised_difference() -> None:
    with pytest.raises(NotEstimableError, match="never vary"):
        ps.standardised_group_difference(np.full(10, 0.1), np.full(10, 0.3))


@given(st.floats(0, 1), st.floats(0, 1))
def test_cohens_h_lies_within_pi_and_turns_round(first: float, second: float) -> None:
    h = ps.cohens_h(first, second)
    assert abs(h) <= np.pi
    assert h == -ps.cohens_h(second, first)


def test_cohens_h_by_hand() -> None:
    # 2 asin sqrt(.65) = 1.8755, 2 asin sqrt(.50) = pi / 2 = 1.5708
    assert ps.cohens_h(0.65, 0.50) == pytest.approx(0.3047, abs=5e-5)


def test_a_proportion_is_one() -> None:
    with pytest.raises(InvalidInputError, match="between 0 and 1"):
        ps.cohens_h(1.2, 0.5)
