import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from eiassess import psychometrics as ps
from eiassess.errors import InvalidInputError, NotEstimableError

tables = arrays(np.float64, st.tuples(st.integers(2, 30), st.integers(1, 6)), elements=st.integers(-9, 9).map(float))


@given(tables, st.floats(-1e6, 1e6))
def test_moments_are_numpys_own_at_any_level(scores: np.ndarray, level: float) -> None:
    moments = ps.item_moments(scores + level)
    assert moments.means == pytest.approx(scores.mean(axis=0) + level, abs=1e-9)
    assert moments.covariance == pytest.approx(np.atleast_2d(np.cov(scores.T)), abs=1e-7)


def test_blocks_add_up() -> None:
    scores = np.random.default_rng(1).normal(50, 10, (20_001, 3))
    assert ps.item_moments(scores).covariance == pytest.approx(np.cov(scores.T), rel=1e-12)


def test_a_large_level_costs_no_digits() -> None:
    scores = np.random.default_rng(1).integers(0, 5, (1000, 4)).astype(float)
    assert np.array_equal(ps.item_moments(scores + 1e9).covariance, ps.item_moments(scores).covariance)


def test_an_item_that_never_varies_has_no_variance_at_all() -> None:
    scores = np.column_stack([np.full(1000, 0.1), np.random.default_rng(1).normal(size=1000)])
    assert ps.item_moments(scores).variances[0] == 0


def test_rows_with_a_missing_entry_are_left_out() -> None:
    scores = np.array([[1.0, 2.0], [np.nan, 9.0], [3.0, 4.0], [5.0, np.nan]])
    assert ps.complete_rows(scores).tolist() == [[1.0, 2.0], [3.0, 4.0]]
    assert ps.item_moments(scores).n_persons == 2


def test_moments_stand_for_the_scores() -> None:
    moments = ps.item_moments(np.array([[1.0, 2.0], [3.0, 4.0]]))
    assert ps.item_moments(moments) is moments


@given(tables)
def test_rest_variances_are_variances_of_the_other_items(scores: np.ndarray) -> None:
    rest = [np.delete(scores, item, axis=1).sum(axis=1).var(ddof=1) for item in range(scores.shape[1])]
    assert ps.item_moments(scores).rest_variances == pytest.approx(rest, abs=1e-9)


@pytest.mark.parametrize(
    ("scores", "people"),
    [
        (np.full((5, 3), np.nan), 0),
        (np.ones((1, 3)), 1),
        (np.ones((0, 3)), 0),
        (np.ones((4, 0)), 0),
    ],
)
def test_two_complete_people_are_needed(scores: np.ndarray, people: int) -> None:
    with pytest.raises(NotEstimableError, match=f"two people with complete answers; there are {people}"):
        ps.item_moments(scores)


@pytest.mark.parametrize(
    ("scores", "match"),
    [
        (np.ones(4), "table of persons by items, not an array of 1"),
        (np.array([[1.0, np.inf], [1.0, 2.0]]), "infinite"),
        (np.array([[np.inf, -np.inf], [1.0, 2.0]]), "infinite"),
        (np.array([[1e300, 0.0], [0.0, 1.0]]), "too large"),
        (np.array([[1.7e308, 1.7e308], [0.0, 1.0]]), "too large"),
    ],
)
def test_what_is_no_table_of_numbers_is_refused(scores: np.ndarray, match: str) -> None:
    with pytest.raises(InvalidInputError, match=match):
        ps.item_moments(scores)
