import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from eiassess.errors import NotEstimableError
from eiassess.psychometrics import closeness, profile_components, profile_correlation, standardised_profile

ratings = arrays(np.float64, 12, elements=st.integers(1, 6).map(float))
varied = ratings.filter(lambda x: np.ptp(x) > 0)


@given(varied, st.floats(0.1, 10), st.floats(-100, 100))
def test_a_linear_transformation_leaves_the_standardised_profile(x: np.ndarray, factor: float, shift: float) -> None:
    assert standardised_profile(factor * x + shift) == pytest.approx(standardised_profile(x), abs=1e-9)


@given(varied)
def test_standardised_profiles_have_mean_0_and_sd_1(x: np.ndarray) -> None:
    z = standardised_profile(x)
    assert z.mean() == pytest.approx(0, abs=1e-12)
    assert z.std() == pytest.approx(1)
    assert profile_correlation(z, z) == pytest.approx(1)


@pytest.mark.parametrize("x", [[], [3.0, 3.0, 3.0]])
def test_what_does_not_vary_cannot_be_standardised(x: list[float]) -> None:
    with pytest.raises(NotEstimableError, match="all the same"):
        standardised_profile(np.array(x))


@given(ratings, ratings)
def test_components_sum_to_the_mean_squared_distance(x: np.ndarray, key: np.ndarray) -> None:
    parts = profile_components(x, key)
    assert parts.elevation + parts.scatter + parts.shape == pytest.approx(np.mean((x - key) ** 2), abs=1e-9)
    assert min(parts.elevation, parts.scatter, parts.shape) >= 0


@given(ratings, ratings)
def test_closeness_runs_from_0_to_1(x: np.ndarray, key: np.ndarray) -> None:
    assert 0 <= closeness(x, key, 1, 6) <= 1
    assert closeness(key, key, 1, 6) == 1


def test_distance_needs_ratings() -> None:
    nothing = np.array([])
    with pytest.raises(NotEstimableError, match="at least one rating"):
        profile_components(nothing, nothing)
    with pytest.raises(NotEstimableError, match="at least one rating"):
        closeness(nothing, nothing, 1, 6)
