import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr

from eiassess import psychometrics as ps
from eiassess.errors import InvalidInputError, NotEstimableError


def test_a_worked_example_without_ties() -> None:
    # 1 - 6 sum d^2 / (n (n^2 - 1)): differences 0, 1, -1, 0, 0 -> 1 - 12 / 120
    first, second = np.array([10.0, 20.0, 30.0, 40.0, 50.0]), np.array([1.0, 3.0, 2.0, 4.0, 5.0])
    assert ps.rank_order_correlation(first, second) == pytest.approx(0.9)


def test_the_ends_are_exact_with_ties_too() -> None:
    values = np.array([1.0, 2.0, 2.0, 5.0])
    assert ps.rank_order_correlation(values, values) == 1.0
    assert ps.rank_order_correlation(values, -values) == -1.0


@given(st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6)), min_size=3, max_size=30))
def test_it_is_scipys(pairs: list[tuple[int, int]]) -> None:
    first, second = (np.array(each, dtype=np.float64) for each in zip(*pairs, strict=True))
    if np.ptp(first) and np.ptp(second):
        expected = spearmanr(first, second).statistic
        assert ps.rank_order_correlation(first, second) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("values", [[], [1.0], [2.0, 2.0, 2.0]])
def test_without_variation_there_is_no_order(values: list[float]) -> None:
    with pytest.raises(NotEstimableError):
        ps.rank_order_correlation(np.array(values), np.arange(len(values), dtype=np.float64))


@pytest.mark.parametrize("second", [[1.0], [1.0, np.nan], [[1.0, 2.0]]])
def test_lists_that_cannot_be_paired_are_refused(second: list[float]) -> None:
    with pytest.raises(InvalidInputError):
        ps.rank_order_correlation(np.array([1.0, 2.0]), np.array(second))


def test_the_interval_is_that_of_bonett_and_wright() -> None:
    # by hand: atanh .5 = .549306, SE = sqrt((1 + .125) / 97) = .107694
    low, high = ps.rank_order_interval(0.5, 100)
    assert low == pytest.approx(math.tanh(0.549306 - 1.959964 * 0.107694), abs=1e-5)
    assert high == pytest.approx(math.tanh(0.549306 + 1.959964 * 0.107694), abs=1e-5)


@pytest.mark.parametrize("end", [-1.0, 1.0])
def test_at_the_ends_it_is_that_point(end: float) -> None:
    assert ps.rank_order_interval(end, 10) == (end, end)


def test_too_few_people_and_no_correlation_are_refused() -> None:
    with pytest.raises(NotEstimableError, match="3 people are too few"):
        ps.rank_order_interval(0.5, 3)
    with pytest.raises(InvalidInputError):
        ps.rank_order_interval(1.2, 30)
