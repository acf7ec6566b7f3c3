from itertools import groupby

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from eiassess import psychometrics as ps
from eiassess.errors import NotEstimableError

ratings = arrays(
    np.float64,
    array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=9),
    elements=st.sampled_from([1.0, 2.0, 3.0, np.nan]),
)


def test_a_page_is_fast_by_its_options_or_by_its_scenarios_usual_time() -> None:
    seconds = np.array([[7.9, 8.0, 11.9, 12.0, np.nan]])
    times = ps.page_time(seconds, [4, 4, 4, 4, 4], [50.0, np.nan, 120.0, 120.0, 120.0])
    assert times.n_fast.tolist() == [2]
    assert times.n_timed.tolist() == [4]
    assert times.is_flagged.tolist() == [True]


@pytest.mark.parametrize(("n_fast", "flagged"), [(0, False), (1, False), (2, True)])
def test_more_than_a_tenth_of_the_pages_must_be_fast(n_fast: int, flagged: bool) -> None:  # noqa: FBT001 - a table
    seconds = np.where(np.arange(10) < n_fast, 1.0, 60.0)[None]
    assert ps.page_time(seconds, np.full(10, 4)).is_flagged.tolist() == [flagged]


def test_without_times_nothing_is_flagged() -> None:
    assert ps.page_time(np.full((1, 3), np.nan), [4, 4, 4]).is_flagged.tolist() == [False]


def test_agreement_by_chance_passes_for_random_in_95_of_100() -> None:
    generator = np.random.default_rng(5)
    n = 96
    key, answers = generator.normal(size=n), generator.normal(size=(20_000, n))
    z = (answers - answers.mean(axis=1, keepdims=True)) / answers.std(axis=1, keepdims=True)
    r = z @ ((key - key.mean()) / key.std()) / n
    assert ps.random_like_agreement(r, n).mean() == pytest.approx(0.95, abs=0.006)


def test_agreement_needs_two_ratings() -> None:
    assert ps.random_like_agreement(1.0, 2)
    with pytest.raises(NotEstimableError, match="two ratings"):
        ps.random_like_agreement([0.5, 0.5], [20, 1])


def test_even_odd_worked_by_hand() -> None:
    # odd means 1, 3, 2 (the third item of a scale is odd again); even means 2, 3, 4: r = 1 / 2, lengthened 2 / 3
    answers = np.array([[0.0, 2.0, 2.0, 3.0, 3.0, 2.0, 4.0]])
    scale = np.array([0, 0, 0, 1, 1, 2, 2])
    assert ps.even_odd_consistency(answers, scale) == pytest.approx([2 / 3])


def test_even_odd_does_not_fall_below_minus_one() -> None:
    scale = np.repeat(np.arange(4), 2)
    answers = np.array([[1.0, 4, 2, 3, 3, 2, 4, 1]])
    assert ps.even_odd_consistency(answers, scale) == pytest.approx([-1.0])


def test_even_odd_is_unknown_where_a_half_never_varies_or_too_little_is_answered() -> None:
    scale = np.repeat(np.arange(3), 2)
    constant = [2.1, 1.0, 2.1, 2.0, 2.1, 3.0]
    unanswered = [1.0, 1.0, 2.0, 2.0, np.nan, 3.0]
    assert np.isnan(ps.even_odd_consistency(np.array([constant, unanswered]), scale)).all()


def test_even_odd_needs_scales() -> None:
    with pytest.raises(NotEstimableError, match="three scales"):
        ps.even_odd_consistency(np.ones((2, 4)), np.array([0, 0, 1, 2]))
    with pytest.raises(NotEstimableError, match="three scales"):
        ps.even_odd_consistency(np.ones((2, 0)), np.array([], dtype=np.intp))


@given(st.integers(0, 2**32 - 1))
def test_even_odd_stays_on_its_scale_and_ignores_level_and_spread(seed: int) -> None:
    answers = np.random.default_rng(seed).integers(1, 7, (5, 10)).astype(float)
    scale = np.repeat(np.arange(5), 2)
    consistency = ps.even_odd_consistency(answers, scale)
    known = ~np.isnan(consistency)
    assert np.all(np.abs(consistency[known]) <= 1)
    assert ps.even_odd_consistency(3 * answers + 2, scale) == pytest.approx(consistency, nan_ok=True)


@given(ratings)
def test_runs_and_spread_and_omissions_are_those_of_each_row(answers: np.ndarray) -> None:
    for row, run, share, spread in zip(
        answers, ps.longest_run(answers), ps.omissions(answers), ps.within_person_sd(answers), strict=True
    ):
        given_ratings = row[~np.isnan(row)]
        runs = [len(list(same)) for value, same in groupby(row) if not np.isnan(value)]
        assert run == max(runs, default=0)
        assert share == pytest.approx(np.isnan(row).mean())
        assert spread == pytest.approx(given_ratings.std(ddof=1) if given_ratings.size > 1 else np.nan, nan_ok=True)


def test_no_items_have_no_run_and_no_share() -> None:
    assert ps.longest_run(np.ones((2, 0))).tolist() == [0, 0]
    with pytest.raises(NotEstimableError, match="at least one item"):
        ps.omissions(np.ones((2, 0)))


def test_extremes_are_the_outer_hundredth_of_the_norm_group() -> None:
    norm = np.arange(1000.0)
    assert ps.extreme_against_norm(norm, norm).sum() == 10
    assert not ps.extreme_against_norm(np.nan, norm)


def test_a_small_norm_group_knows_no_extremes() -> None:
    with pytest.raises(NotEstimableError, match="fewer than 100"):
        ps.extreme_against_norm(1.0, np.r_[np.arange(99.0), np.nan])


def test_one_index_is_not_enough() -> None:
    assert ps.two_index_rule(np.eye(3)).tolist() == [False] * 3
    assert ps.two_index_rule([[1, 1, 0], [0, 0, 0]]).tolist() == [True, False]
    assert ps.two_index_rule(np.zeros((2, 0))).tolist() == [False, False]


@pytest.mark.parametrize(("n_fast", "flagged"), [(10, False), (11, True)])
def test_more_than_one_page_in_ten_is_a_reason(n_fast: int, *, flagged: bool) -> None:
    seconds = np.array([[1.0] * n_fast + [99.0] * (100 - n_fast)])
    assert ps.page_time(seconds, [4] * 100).is_flagged.tolist() == [flagged]
