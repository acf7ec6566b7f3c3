import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from eiassess import psychometrics as ps
from eiassess.errors import NotEstimableError

SCORES = arrays(np.float64, st.tuples(st.integers(3, 8), st.integers(2, 6)), elements=st.integers(0, 100).map(float))


def by_least_squares(scores: np.ndarray) -> ps.VarianceComponents:
    """The same from sums of squares that regressions on dummies leave, without any formula of means."""
    n, k = scores.shape
    person, scenario = (np.eye(size)[rows.ravel()] for size, rows in zip((n, k), np.indices((n, k)), strict=True))
    y = scores.ravel()

    def left(*columns: np.ndarray) -> float:
        design = np.hstack([np.ones((y.size, 1)), *columns])
        return float(((y - design @ np.linalg.lstsq(design, y, rcond=None)[0]) ** 2).sum())

    residual = left(person, scenario)
    ms = residual / ((n - 1) * (k - 1))
    of_person, of_scenario = (left(scenario) - residual) / (n - 1), (left(person) - residual) / (k - 1)
    return ps.VarianceComponents(max(0.0, (of_person - ms) / k), max(0.0, (of_scenario - ms) / n), ms)


@given(SCORES)
def test_components_are_those_of_regressions(scores: np.ndarray) -> None:
    found, expected = ps.variance_components(scores), by_least_squares(scores)
    assert [found.persons, found.scenarios, found.interaction] == pytest.approx(
        [expected.persons, expected.scenarios, expected.interaction], abs=1e-7
    )


def test_the_coefficient_of_the_form_is_alpha() -> None:
    scores = np.random.default_rng(3).normal(size=(60, 9)) + np.random.default_rng(4).normal(size=(60, 1))
    alpha = ps.coefficient_alpha(ps.item_moments(scores)).value
    assert ps.variance_components(scores).coefficient(9) == pytest.approx(alpha)


def test_true_variances_are_found_again() -> None:
    generator = np.random.default_rng(5)
    n, k = 3000, 200
    scores = 4 * generator.normal(size=(n, 1)) + 3 * generator.normal(size=k) + 10 * generator.normal(size=(n, k))
    found = ps.variance_components(scores)
    assert found.persons == pytest.approx(16, rel=0.1)
    assert found.scenarios == pytest.approx(9, rel=0.3)
    assert found.interaction == pytest.approx(100, rel=0.02)


@given(st.floats(0.1, 20), st.floats(0.1, 500), st.sampled_from([0.5, 0.7, 0.8, 0.9]))
def test_as_many_scenarios_as_needed_and_no_more(persons: float, interaction: float, asked: float) -> None:
    found = ps.VarianceComponents(persons, 1.0, interaction)
    needed = found.scenarios_needed(asked)
    assert needed is not None
    assert found.coefficient(needed) >= asked - 1e-9
    assert needed == 1 or found.coefficient(needed - 1) < asked


def test_a_whole_number_is_not_rounded_up() -> None:
    assert ps.VarianceComponents(0.3, 0.0, 0.3 * 11).scenarios_needed(0.9) == 99


def test_where_persons_do_not_differ_no_length_is_enough() -> None:
    assert ps.VarianceComponents(0.0, 1.0, 2.0).scenarios_needed(0.8) is None
    assert ps.VarianceComponents(0.0, 1.0, 2.0).coefficient(24) == 0.0


def test_where_nobody_differs_nothing_is_generalised() -> None:
    with pytest.raises(NotEstimableError, match="nobody differs"):
        ps.VarianceComponents(0.0, 1.0, 0.0).coefficient(24)


@pytest.mark.parametrize("shape", [(1, 5), (5, 1), (0, 5)])
def test_it_needs_two_of_both(shape: tuple[int, int]) -> None:
    with pytest.raises(NotEstimableError, match="two persons and two scenarios"):
        ps.variance_components(np.zeros(shape))
