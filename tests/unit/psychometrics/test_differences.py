import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from eiassess.errors import NotEstimableError
from eiassess.psychometrics import (
    difference_p_value,
    holm_adjusted,
    standard_error_of_difference,
    welch_degrees_of_freedom,
)

probabilities = arrays(np.float64, st.integers(0, 12), elements=st.floats(0, 1))


@given(probabilities)
def test_holm_never_lowers_a_p_value_and_keeps_their_order(p: np.ndarray) -> None:
    adjusted = holm_adjusted(p)
    assert np.all(adjusted >= p)
    assert np.all(adjusted <= 1)
    assert np.all(np.diff(adjusted[np.argsort(p, kind="stable")]) >= 0)


@given(probabilities.filter(lambda p: p.size > 0))
def test_holm_multiplies_the_smallest_by_their_number(p: np.ndarray) -> None:
    assert holm_adjusted(p).min() == pytest.approx(min(1.0, p.size * p.min()))


def test_holm_of_nothing_is_nothing() -> None:
    assert holm_adjusted(np.array([])).size == 0


def test_holms_own_example() -> None:
    # 0.01 x 3, 0.02 x 2, 0.04 x 1
    assert holm_adjusted(np.array([0.04, 0.01, 0.02])) == pytest.approx([0.04, 0.03, 0.04])


def test_welch_with_equal_errors_adds_the_degrees_of_freedom() -> None:
    assert welch_degrees_of_freedom(3.0, 6, 3.0, 6) == pytest.approx(12)


def test_welch_leans_to_the_larger_error() -> None:
    assert welch_degrees_of_freedom(10.0, 5, 0.001, 50) == pytest.approx(5, abs=1e-4)


def test_welch_needs_an_error() -> None:
    with pytest.raises(NotEstimableError, match="without error"):
        welch_degrees_of_freedom(0.0, 5, 0.0, 5)


def test_standard_error_of_difference_is_pythagoras() -> None:
    assert standard_error_of_difference(5.0, 12.0) == 13.0


@pytest.mark.parametrize(("difference", "p"), [(0.0, 1.0), (0.1, 0.0)])
def test_without_error_any_difference_is_certain(difference: float, p: float) -> None:
    assert difference_p_value(difference, 0.0, 8) == p


@given(st.floats(-50, 50), st.floats(0.1, 20), st.integers(1, 60))
def test_p_is_the_same_for_either_direction(difference: float, error: float, df: int) -> None:
    p = difference_p_value(difference, error, df)
    assert 0 <= p <= 1
    assert p == difference_p_value(-difference, error, df)
