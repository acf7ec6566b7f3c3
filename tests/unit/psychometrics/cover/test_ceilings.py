"""The ceiling of answering without the situation: worked pairs, and no blind strategy passes it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eiassess.errors import NotEstimableError
from eiassess.psychometrics.cover.ceilings import blind_ceiling, ceiling_over_kinds

SEWING = ([2.5, 5.5, 4.5, 2.0], [5.5, 2.0, 2.5, 4.5])
DESK = ([2.0, 5.5, 4.5, 2.5], [5.5, 2.0, 2.5, 4.5])
halves = st.lists(st.sampled_from([1.0, 2.0, 2.5, 4.5, 5.5, 6.0]), min_size=4, max_size=4)
pairs_of_keys = st.lists(st.tuples(halves, halves), min_size=1, max_size=4).filter(
    lambda pairs: len({value for pair in pairs for values in pair for value in values}) > 1
)


@pytest.mark.parametrize(
    ("pairs", "r", "points"), [([SEWING], 0.20, 59.8), ([DESK], 0.09, 54.4), ([SEWING, DESK], 0.15, 57.6)]
)
def test_the_worked_pairs(pairs: list[tuple[list[float], list[float]]], r: float, points: float) -> None:
    ceiling = blind_ceiling(pairs)
    assert (round(ceiling.correlation, 2), round(ceiling.points, 1)) == (r, points)


def test_who_answers_one_stem_by_the_others_key() -> None:
    assert round(blind_ceiling([SEWING]).swapped, 1) == 3.8


@given(pairs_of_keys)
def test_swapping_is_a_correlation_with_the_twins_key(pairs: list[tuple[list[float], list[float]]]) -> None:
    keys = np.array([[*one, *other] for one, other in pairs]).ravel()
    turned = np.array([[*other, *one] for one, other in pairs]).ravel()
    assert blind_ceiling(pairs).swapped == pytest.approx(50 + 50 * np.corrcoef(keys, turned)[0, 1])


@given(pairs_of_keys, st.integers(0, 2**32 - 1))
def test_no_rating_of_texts_alone_passes_it(pairs: list[tuple[list[float], list[float]]], seed: int) -> None:
    keys = np.array([[*one, *other] for one, other in pairs]).ravel()
    ceiling = blind_ceiling(pairs)
    generator = np.random.default_rng(seed)
    for _ in range(20):
        given_ratings = [generator.uniform(1, 6, 4) for _ in pairs]
        blind = np.concatenate([np.tile(each, 2) for each in given_ratings])
        assert np.corrcoef(blind, keys)[0, 1] <= ceiling.correlation + 1e-9


@given(pairs_of_keys)
def test_the_mean_of_both_keys_reaches_it(pairs: list[tuple[list[float], list[float]]]) -> None:
    keys = np.array([[*one, *other] for one, other in pairs]).ravel()
    means = np.concatenate([np.tile(np.mean(pair, axis=0), 2) for pair in pairs])
    ceiling = blind_ceiling(pairs).correlation
    reached = np.corrcoef(means, keys)[0, 1] if np.ptp(means) > 1e-9 else 0.0
    assert ceiling == pytest.approx(reached, abs=1e-7)


def test_values_that_add_up_to_the_same_leave_nothing() -> None:
    ceiling = blind_ceiling([([1.0, 6.0], [6.0, 1.0])])
    assert (ceiling.correlation, ceiling.points, ceiling.swapped) == (0.0, 50.0, 0.0)


def test_options_that_do_not_belong_together_are_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        blind_ceiling([([1.0, 6.0], [6.0])])


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        ([], "at least one pair"),
        ([([], [])], "values that differ"),
        ([([0.1] * 3, [0.1] * 3)], "values that differ"),  # their mean is not 0.1, by rounding
    ],
)
def test_what_has_no_ceiling(pairs: list[tuple[list[float], list[float]]], said: str) -> None:
    with pytest.raises(NotEstimableError, match=said):
        blind_ceiling(pairs)


def test_kinds_that_are_standardised_apart_are_weighted_by_their_ratings() -> None:
    feelings = ([6.0, 1.0, 1.0, 4.5, 2.0], [1.0, 5.5, 4.5, 1.0, 5.0])
    parts = blind_ceiling([SEWING, DESK]), blind_ceiling([feelings])
    whole = ceiling_over_kinds([[SEWING, DESK], [feelings]])
    assert whole.correlation == pytest.approx((8 * parts[0].correlation + 5 * parts[1].correlation) / 13)
    assert whole.points == pytest.approx(50 + 50 * whole.correlation)
    assert whole.swapped == pytest.approx((8 * parts[0].swapped + 5 * parts[1].swapped) / 13)
    assert ceiling_over_kinds([[SEWING, DESK]]) == blind_ceiling([SEWING, DESK])
    with pytest.raises(NotEstimableError, match="at least one pair"):
        ceiling_over_kinds([])
