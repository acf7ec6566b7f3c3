from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from eiassess import psychometrics as ps
from eiassess.errors import NotEstimableError

probabilities = arrays(np.float64, st.integers(0, 12), elements=st.floats(0, 1))
people = st.integers(1, 12).flatmap(
    lambda n: st.tuples(
        arrays(np.float64, n, elements=st.floats(0, 100)), arrays(np.float64, n, elements=st.floats(0.5, 15))
    )
)


@given(probabilities)
def test_holm_never_lowers_a_p_value_and_keeps_their_order(p: np.ndarray) -> None:
    adjusted = ps.holm_adjusted(p)
    assert np.all(adjusted >= p)
    assert np.all(adjusted <= 1)
    assert np.all(np.diff(adjusted[np.argsort(p, kind="stable")]) >= 0)


@given(probabilities.filter(lambda p: p.size > 0))
def test_holm_multiplies_the_smallest_by_their_number(p: np.ndarray) -> None:
    assert ps.holm_adjusted(p).min() == pytest.approx(min(1.0, p.size * p.min()))


def test_nothing_adjusted_is_nothing() -> None:
    assert ps.holm_adjusted(np.array([])).size == 0
    assert ps.benjamini_hochberg(np.array([])).size == 0


def test_holms_own_example() -> None:
    # 0.01 x 3, 0.02 x 2, 0.04 x 1
    assert ps.holm_adjusted(np.array([0.04, 0.01, 0.02])) == pytest.approx([0.04, 0.03, 0.04])


def test_benjamini_and_hochbergs_own_example() -> None:
    # Their table of 15 p-values (thrombolysis): at .05 four are rejected, where Bonferroni's rule rejects three.
    p = np.array(
        [
            0.0001,
            0.0004,
            0.0019,
            0.0095,
            0.0201,
            0.0278,
            0.0298,
            0.0344,
            0.0459,
            0.3240,
            0.4262,
            0.5719,
            0.6528,
            0.7590,
            1,
        ]
    )
    adjusted = ps.benjamini_hochberg(p)
    assert (adjusted <= 0.05).sum() == 4
    assert adjusted[3] == pytest.approx(0.0095 * 15 / 4)


@given(probabilities)
def test_benjamini_hochberg_lies_between_the_p_values_and_holms(p: np.ndarray) -> None:
    adjusted = ps.benjamini_hochberg(p)
    assert np.all(adjusted >= p * (1 - 1e-12))
    assert np.all(adjusted <= ps.holm_adjusted(p) * (1 + 1e-12))
    assert np.all(np.diff(adjusted[np.argsort(p, kind="stable")]) >= 0)


def test_a_test_that_was_not_made_does_not_count() -> None:
    adjusted = ps.benjamini_hochberg(np.array([0.01, np.nan, 0.03]))
    assert np.isnan(adjusted[1])
    assert adjusted[[0, 2]] == pytest.approx([0.02, 0.03])


@given(people)
def test_two_people_differ_exactly_if_they_share_no_group(drawn: tuple[np.ndarray, np.ndarray]) -> None:
    scores, errors = drawn
    df = np.full(scores.size, 12.0)
    groups = ps.indistinguishable_groups(scores, errors, df)
    p = ps.holm_adjusted(ps.pairwise_p_values(scores, errors, df))
    for (i, j), adjusted in zip(combinations(range(scores.size), 2), p, strict=True):
        assert any(i in group and j in group for group in groups) == (adjusted >= 0.05)


@given(people)
def test_no_group_lies_within_another_and_everybody_has_one(drawn: tuple[np.ndarray, np.ndarray]) -> None:
    scores, errors = drawn
    groups = ps.indistinguishable_groups(scores, errors, np.full(scores.size, np.inf))
    assert {person for group in groups for person in group} == set(range(scores.size))
    assert not any(set(one) < set(other) or set(one) == set(other) for one, other in combinations(groups, 2))
    for group in groups:
        assert np.all(np.diff(scores[list(group)]) <= 0)


def test_clear_gaps_part_and_close_scores_do_not() -> None:
    scores, errors = np.array([40.0, 90.0, 91.0, 42.0]), np.full(4, 2.0)
    assert ps.indistinguishable_groups(scores, errors, np.full(4, np.inf)) == ((2, 1), (3, 0))


def test_one_person_is_a_group_and_nobody_is_none() -> None:
    assert ps.indistinguishable_groups(np.array([50.0]), np.array([3.0]), np.array([8.0])) == ((0,),)
    assert ps.indistinguishable_groups(np.array([]), np.array([]), np.array([])) == ()


def test_people_without_an_error_are_not_compared() -> None:
    with pytest.raises(NotEstimableError, match="without its error"):
        ps.indistinguishable_groups(np.array([50.0, 60.0]), np.array([3.0, np.nan]), np.array([8.0, 8.0]))
