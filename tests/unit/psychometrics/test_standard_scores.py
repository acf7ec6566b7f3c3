import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from eiassess import psychometrics as ps
from eiassess.errors import NotEstimableError

samples = arrays(np.float64, st.integers(1, 60), elements=st.integers(0, 20).map(float))
deviates = st.floats(-6, 6)


def test_percentile_ranks_worked_by_hand() -> None:
    # 12 12 | 9 and 11 below, two ties: (2 + 1) / 8; 15 15 15: (4 + 1.5) / 8; 20: 7.5 / 8
    norm = np.array([12.0, 15, 9, 12, 20, 15, 15, 11])
    assert ps.percentile_rank([12, 15, 20, 8, 21], norm) == pytest.approx([37.5, 68.75, 93.75, 0, 100])


@given(samples)
def test_percentile_ranks_of_a_sample_average_50(sample: np.ndarray) -> None:
    assert ps.percentile_rank(sample, sample).mean() == pytest.approx(50)


@given(samples, st.lists(st.floats(-5, 25), min_size=2, max_size=8))
def test_percentile_rank_never_falls_as_the_score_rises(sample: np.ndarray, scores: list[float]) -> None:
    assert np.all(np.diff(ps.percentile_rank(sorted(scores), sample)) >= 0)


def test_missing_entries_are_left_out_of_the_norm_and_stay_missing() -> None:
    ranks = ps.percentile_rank([np.nan, 2.0], [1.0, np.nan, 3.0])
    assert np.isnan(ranks[0])
    assert ranks[1] == 50


def test_a_norm_sample_needs_a_score() -> None:
    with pytest.raises(NotEstimableError, match="without a score"):
        ps.percentile_rank([1.0], [np.nan])
    with pytest.raises(NotEstimableError, match="without a score"):
        ps.normalised_z(50, 0)


def test_shown_percentiles_are_whole_and_keep_off_0_and_100() -> None:
    assert ps.shown_percentile([0, 0.4, 1.49, 49.5, 98.6, 100]).tolist() == [1, 1, 1, 50, 99, 99]


@pytest.mark.parametrize("n", [1, 100, 400])
def test_beyond_the_sample_z_is_that_of_half_a_person(n: int) -> None:
    low, high = ps.normalised_z([0, 100], n)
    assert low == pytest.approx(-high)
    assert ps.normalised_z(50 / n, n) == pytest.approx(low)


@given(st.floats(0, 100), st.integers(1, 10_000))
def test_the_error_of_a_percentile_is_never_none_and_largest_in_the_middle(percentile: float, n: int) -> None:
    error = ps.percentile_standard_error(percentile, n)
    assert 0 < error <= 50 / np.sqrt(n) * (1 + 1e-12)


def test_ties_at_a_half_go_up_where_python_would_go_to_the_even() -> None:
    # 2z + 5.5 = 4.5, 5.5, 6.5, 7.5
    assert ps.sten([-0.5, 0, 0.5, 1]).tolist() == [5, 6, 7, 8]
    # 2z + 5 = 4.5, 5.5, 6.5
    assert ps.stanine([-0.25, 0.25, 0.75]).tolist() == [5, 6, 7]


def test_stens_and_stanines_have_their_published_shares() -> None:
    # Canfield's stens hold 2, 4, 9, 15, 19 % a side; stanines 4, 7, 12, 17, 20, 17, 12, 7, 4 %
    z = ps.normalised_z((np.arange(100_000) + 0.5) / 1000, 100_000)
    stens = np.bincount(ps.sten(z).astype(int), minlength=11)[1:] / 1000
    stanines = np.bincount(ps.stanine(z).astype(int), minlength=10)[1:] / 1000
    assert stens.round().tolist() == [2, 4, 9, 15, 19, 19, 15, 9, 4, 2]
    assert stanines.round().tolist() == [4, 7, 12, 17, 20, 17, 12, 7, 4]


@given(deviates)
def test_scales_stay_within_their_ends(z: float) -> None:
    assert 1 <= ps.sten(z) <= 10
    assert 1 <= ps.stanine(z) <= 9
    assert ps.t_score(z) == pytest.approx(50 + 10 * z)


def test_a_missing_z_stays_missing() -> None:
    assert np.isnan(ps.sten(np.nan))
    assert np.isnan(ps.stanine(np.nan))


def test_norms_by_size() -> None:
    assert [ps.norm_status(n) for n in (0, 99, 100, 299, 300)] == [
        ps.NormStatus.NONE,
        ps.NormStatus.NONE,
        ps.NormStatus.PROVISIONAL,
        ps.NormStatus.PROVISIONAL,
        ps.NormStatus.PLAIN,
    ]
    undocumented = [ps.norm_status(n, is_documented=False).value for n in (0, 99, 100, 299, 300, 10_000)]
    assert undocumented == ["none"] * 2 + ["not documented"] * 4
