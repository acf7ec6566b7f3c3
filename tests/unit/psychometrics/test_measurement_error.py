import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eiassess import psychometrics as ps
from eiassess.errors import NotEstimableError
from tests.scenario_scores import worked_examples


def test_the_three_errors_of_the_worked_example() -> None:
    expected = worked_examples()["sem_examples"]["sd10_rel.84"]
    assert ps.standard_error_of_measurement(10, 0.84) == pytest.approx(expected["SEM"], abs=1e-9)
    assert ps.standard_error_of_estimate(10, 0.84) == pytest.approx(expected["SEE"], abs=1e-9)
    assert ps.standard_error_of_prediction(10, 0.84) == pytest.approx(expected["SEP"], abs=1e-9)


@given(st.floats(0, 100), st.floats(0, 1))
def test_estimating_is_surest_and_predicting_least_sure(sd: float, reliability: float) -> None:
    estimate = ps.standard_error_of_estimate(sd, reliability)
    measurement = ps.standard_error_of_measurement(sd, reliability)
    assert estimate <= measurement <= ps.standard_error_of_prediction(sd, reliability) <= sd


@pytest.mark.parametrize("reliability", [-0.1, 1.01, float("nan")])
@pytest.mark.parametrize(
    "function",
    [ps.standard_error_of_measurement, ps.standard_error_of_estimate, ps.standard_error_of_prediction],
)
def test_a_reliability_that_is_no_share_has_no_error(function: object, reliability: float) -> None:
    with pytest.raises(NotEstimableError, match="reliability from 0 to 1"):
        function(10, reliability)  # type: ignore[operator]  # one of the three


def test_with_equal_scenarios_it_is_the_error_of_a_mean() -> None:
    scores = np.array([3.0, 5.0, 4.0, 8.0])
    error = ps.conditional_standard_error(scores, np.ones(4), np.zeros(4, dtype=np.intp))
    assert error.df == 3
    assert error.standard_errors == (pytest.approx(50 * scores.std(ddof=1) / 2),)


def test_competencies_share_the_variance_and_not_the_weight() -> None:
    d, e, group = np.array([1.0, 3.0, 2.0, 4.0]), np.array([2.0, 2.0, 3.0, 3.0]), np.array([0, 0, 2, 2])
    first, absent, last = ps.conditional_standard_error(d, e, group).standard_errors
    assert absent is None
    assert first / last == pytest.approx(np.sqrt(6 / 4))


@pytest.mark.parametrize("k", [0, 1])
def test_one_scenario_a_competency_has_no_error(k: int) -> None:
    with pytest.raises(NotEstimableError, match="two scenarios in some competency"):
        ps.conditional_standard_error(np.ones(k), np.ones(k), np.arange(k))
