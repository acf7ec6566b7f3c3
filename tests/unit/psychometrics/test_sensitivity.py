"""Sensitivity to the situation: by hand, by least squares, and over many simulated people."""

import numpy as np
import pytest

from eiassess.errors import NotEstimableError
from eiassess.psychometrics.cover.sensitivity import (
    Sensitivity,
    person_sensitivity,
    pooled_slopes,
    turning_scores,
    turning_weights,
)

PAIRS = [
    (np.array([-0.8, 1.3, 0.6, -1.1]), np.array([1.3, -1.1, -0.8, 0.6])),
    (np.array([1.3, 0.7, -0.9, -1.1]), np.array([-1.1, -0.8, 0.7, 1.3])),
    (np.array([0.6, -1.1, 1.3, -0.9]), np.array([-0.5, 1.0, -1.1, 0.8])),
]
MOVED = [one - other for one, other in PAIRS]


def slopes(rated: list[tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
    return np.array(
        [
            float((turning_scores(one[None], moved) - turning_scores(other[None], moved))[0])
            for (one, other), moved in zip(rated, MOVED, strict=True)
        ]
    )


def sensitivity(b: np.ndarray, moved: list[np.ndarray]) -> Sensitivity:
    """Leave out pairs without standardising anew."""
    without = [pooled_slopes(np.delete(b, place)[None], np.delete(moved, place, axis=0))[0] for place in range(b.size)]
    left_out = np.where(np.isnan(b), np.nan, without)
    return person_sensitivity(float(pooled_slopes(b[None], moved)[0]), left_out)


def test_a_pairs_slope_is_that_of_least_squares_with_an_intercept() -> None:
    generator = np.random.default_rng(1)
    first, second = generator.normal(size=(2, 4))
    slope, _ = np.polyfit(MOVED[0], first - second, 1)
    found = turning_scores(first[None], MOVED[0]) - turning_scores(second[None], MOVED[0])
    assert found[0] == pytest.approx(slope)


def test_all_pairs_slope_is_that_of_least_squares_with_an_intercept_each() -> None:
    generator = np.random.default_rng(2)
    rated = [(generator.normal(size=4), generator.normal(size=4)) for _ in PAIRS]
    design = np.zeros((12, 4))
    design[:, 0] = np.concatenate(MOVED)
    for pair in range(3):
        design[4 * pair : 4 * pair + 4, 1 + pair] = 1
    wanted = np.linalg.lstsq(design, np.concatenate([one - other for one, other in rated]), rcond=None)[0][0]
    assert sensitivity(slopes(rated), MOVED).value == pytest.approx(wanted)


def test_who_ignores_the_situation_gets_0_who_rates_as_the_key_1_and_who_turns_it_less_than_0() -> None:
    blind = [(one + other, one + other) for one, other in PAIRS]
    turned = [(other, one) for one, other in PAIRS]
    for rated, wanted in ((blind, 0.0), (PAIRS, 1.0), (turned, -1.0)):
        found = sensitivity(slopes(rated), MOVED)
        assert (found.value, found.standard_error) == pytest.approx((wanted, 0.0), abs=1e-12)
        assert found.n_pairs == 3


def test_a_shift_of_all_ratings_between_the_two_counts_for_nothing() -> None:
    drifted = [(one, other + 2.0) for one, other in PAIRS]
    assert sensitivity(slopes(drifted), MOVED).value == pytest.approx(1.0)


def test_the_error_is_the_usual_one_where_all_pairs_weigh_the_same() -> None:
    b = np.array([0.2, 0.9, 0.5, 1.1])
    found = sensitivity(b, [MOVED[0]] * 4)
    assert (found.value, found.standard_error) == pytest.approx((b.mean(), b.std(ddof=1) / 2))
    assert (found.high - found.value) / found.standard_error == pytest.approx(3.182446, abs=1e-5)  # t, 3 df


def test_the_error_is_about_right_where_pairs_weigh_unequally() -> None:
    generator = np.random.default_rng(3)
    moved = [factor * MOVED[0] for factor in (1.0, 0.7, 1.3, 0.8) * 3]
    weights = np.array([turning_weights(each) for each in moved])
    b = 0.6 + np.einsum("rpo,po->rp", generator.normal(size=(2_000, 12, 4)), weights)
    found = [sensitivity(each, moved) for each in b]
    spread = np.std([each.value for each in found])
    assert np.mean([each.standard_error**2 for each in found]) == pytest.approx(spread**2, rel=0.15)
    assert np.mean([each.low <= 0.6 <= each.high for each in found]) == pytest.approx(0.95, abs=0.02)


def test_a_rating_that_is_missing_takes_its_pair_out() -> None:
    gap = np.array([np.nan, 1.0, 2.0, 3.0])
    assert np.isnan(turning_scores(gap[None], MOVED[0])[0])
    found = sensitivity(np.array([0.4, np.nan, 0.8]), [MOVED[0]] * 3)
    assert (found.value, found.n_pairs) == (pytest.approx(0.6), 2)


def test_what_cannot_be_estimated_says_why() -> None:
    with pytest.raises(NotEstimableError, match="fewer than 2 pairs have all ratings"):
        sensitivity(np.array([0.4, np.nan]), MOVED[:2])
    assert np.isnan(pooled_slopes(np.full((1, 2), np.nan), MOVED[:2])[0])
    for alike in ([1.0, 1.0, 1.0], [np.nan, np.nan]):
        with pytest.raises(NotEstimableError, match="moves all options of a pair alike"):
            turning_weights(np.array(alike))
