import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from eiassess import psychometrics as ps
from eiassess.errors import NotEstimableError


def test_welch_with_equal_errors_adds_the_degrees_of_freedom() -> None:
    assert ps.welch_degrees_of_freedom(3.0, 6, 3.0, 6) == pytest.approx(12)


def test_welch_leans_to_the_larger_error() -> None:
    assert ps.welch_degrees_of_freedom(10.0, 5, 0.001, 50) == pytest.approx(5, abs=1e-4)


def test_welch_needs_an_error() -> None:
    with pytest.raises(NotEstimableError, match="without error"):
        ps.welch_degrees_of_freedom(0.0, 5, 0.0, 5)


def test_the_sem_of_a_sample_leaves_nothing_to_be_estimated() -> None:
    assert ps.welch_degrees_of_freedom(4.0, np.inf, 4.0, np.inf) == np.inf
    assert ps.difference_p_value(1.959963984540054, 1.0, np.inf) == pytest.approx(0.05)


def test_standard_error_of_difference_is_pythagoras() -> None:
    assert ps.standard_error_of_difference(5.0, 12.0) == 13.0


@pytest.mark.parametrize(("difference", "p"), [(0.0, 1.0), (0.1, 0.0)])
def test_without_error_any_difference_is_certain(difference: float, p: float) -> None:
    assert ps.difference_p_value(difference, 0.0, 8) == p


@given(st.floats(-50, 50), st.floats(0.1, 20), st.integers(1, 60))
def test_p_is_the_same_for_either_direction(difference: float, error: float, df: int) -> None:
    p = ps.difference_p_value(difference, error, df)
    assert 0 <= p <= 1
    assert p == ps.difference_p_value(-difference, error, df)


@given(
    st.tuples(st.floats(0, 100), st.floats(0, 100)),
    st.tuples(st.floats(0.1, 9), st.floats(0.1, 9)),
    st.tuples(st.integers(1, 30), st.integers(1, 30)),
)
def test_all_pairs_at_once_are_pairs_one_by_one(
    scores: tuple[float, float], errors: tuple[float, float], df: tuple[int, int]
) -> None:
    together = ps.pairwise_p_values(np.array(scores), np.array(errors), np.array(df, dtype=float))
    one = ps.difference_p_value(
        scores[0] - scores[1],
        ps.standard_error_of_difference(*errors),
        ps.welch_degrees_of_freedom(errors[0], df[0], errors[1], df[1]),
    )
    assert together.tolist() == pytest.approx([one])


def test_scores_without_error_are_compared_as_they_are() -> None:
    p = ps.pairwise_p_values(np.array([1.0, 1.0, 2.0]), np.zeros(3), np.full(3, 5.0))
    assert p.tolist() == [1.0, 0.0, 0.0]


def test_pairs_need_scores() -> None:
    with pytest.raises(NotEstimableError, match="without a score"):
        ps.pairwise_p_values(np.array([1.0, np.nan]), np.ones(2), np.ones(2))


def test_reliable_change_of_jacobson_and_truax() -> None:
    # Their example: pretest 47.5, posttest 32.5, SD 7.5, retest reliability .80: SE 3.35, S_diff 4.74, RC -3.16
    sem = 7.5 * np.sqrt(1 - 0.80)
    change = ps.reliable_change(47.5, 32.5, sem)
    assert round(sem, 2) == 3.35
    assert round(change.standard_error, 2) == 4.74
    assert round(change.index, 2) == -3.16
    assert change.is_reliable


@given(st.floats(0, 100), st.floats(0.1, 20))
def test_no_change_is_not_reliable(score: float, sem: float) -> None:
    assert not ps.reliable_change(score, score, sem).is_reliable


@pytest.mark.parametrize(("after", "sem"), [(50.0, 0.0), (50.0, np.nan), (np.nan, 3.0)])
def test_a_change_needs_scores_and_error(after: float, sem: float) -> None:
    with pytest.raises(NotEstimableError, match="reliable change"):
        ps.reliable_change(40.0, after, sem)


def test_bands_begin_at_the_best_score_left() -> None:
    # width 1.96 * 3 * sqrt(2) = 8.316
    scores = np.array([100.0, 91.69, 91.68, np.nan, 83.37, 83.36])
    assert ps.score_bands(scores, 3.0).tolist() == [1, 1, 2, 0, 2, 3]


@given(arrays(np.float64, st.integers(1, 30), elements=st.floats(0, 100)), st.floats(0.5, 10))
def test_a_band_is_no_wider_than_chance_and_bands_do_not_overlap(scores: np.ndarray, sem: float) -> None:
    bands = ps.score_bands(scores, sem)
    width = 1.96 * np.sqrt(2) * sem
    for band in range(1, bands.max() + 1):
        assert np.ptp(scores[bands == band]) <= width * (1 + 1e-9)
        assert scores[bands == band].max() == scores[bands >= band].max()


def test_nobody_has_no_band() -> None:
    assert ps.score_bands(np.array([np.nan]), 3.0).tolist() == [0]


def test_bands_need_an_error() -> None:
    with pytest.raises(NotEstimableError, match="score bands"):
        ps.score_bands(np.array([1.0]), 0.0)
