"""Agreement of experts against tests/reference/worked_examples.json (made by R), by hand, and by its properties."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from eiassess import psychometrics as ps
from eiassess.errors import InvalidInputError, NotEstimableError
from tests.scenario_scores import worked_examples

POINTS = 6
panels = arrays(
    np.float64, st.tuples(st.integers(2, 15), st.integers(1, 6)), elements=st.integers(1, POINTS).map(float)
)
FUNCTIONS = [
    ps.within_group_agreement,
    ps.within_group_agreement_over_options,
    ps.average_deviation,
    ps.agreement_given_mean,
]


@pytest.fixture
def example() -> dict:
    return worked_examples()["sme_example"]


@pytest.fixture
def ratings(example: dict) -> np.ndarray:
    return np.array(example["ratings_sme_by_option"], dtype=float)


def test_the_worked_example(example: dict, ratings: np.ndarray) -> None:
    assert ps.within_group_agreement(ratings, 5) == pytest.approx(example["rwg_uniform5"], abs=1e-9)
    assert ps.within_group_agreement_over_options(ratings, 5) == pytest.approx(example["rwg_j"], abs=1e-8)
    assert ps.average_deviation(ratings, 5) == pytest.approx(example["AD_M"], abs=1e-9)
    awg = ps.agreement_given_mean(ratings, 5)
    assert [value is None for value in awg] == [value is None for value in example["awg"]]
    assert [value for value in awg if value] == pytest.approx([value for value in example["awg"] if value], abs=1e-9)


def test_missing_ratings_leave_the_other_experts() -> None:
    ratings = np.array([[5.0, 1.0], [4.0, 2.0], [np.nan, 6.0], [5.0, np.nan]])
    for function in (ps.within_group_agreement, ps.average_deviation):
        first, second = function(ratings[[0, 1, 3], :1], POINTS)[0], function(ratings[:3, 1:], POINTS)[0]
        assert function(ratings, POINTS).tolist() == [first, second]


@given(panels)
def test_agreement_is_the_same_seen_from_the_other_end(ratings: np.ndarray) -> None:
    turned = POINTS + 1 - ratings
    assert ps.within_group_agreement(turned, POINTS) == pytest.approx(ps.within_group_agreement(ratings, POINTS))
    assert ps.average_deviation(turned, POINTS) == pytest.approx(ps.average_deviation(ratings, POINTS))
    pairs = zip(ps.agreement_given_mean(turned, POINTS), ps.agreement_given_mean(ratings, POINTS), strict=True)
    assert all(a == b or a == pytest.approx(b) for a, b in pairs)


@given(panels)
def test_agreement_stays_in_its_range(ratings: np.ndarray) -> None:
    assert np.all((ps.within_group_agreement(ratings, POINTS) >= 0) & (ps.within_group_agreement(ratings, POINTS) <= 1))
    assert 0 <= ps.within_group_agreement_over_options(ratings, POINTS) <= 1
    assert np.all(ps.average_deviation(ratings, POINTS) <= (POINTS - 1) / 2)
    assert all(value is None or -1 - 1e-9 <= value <= 1 for value in ps.agreement_given_mean(ratings, POINTS))


@given(panels.filter(lambda ratings: ratings.shape[1] == 1))
def test_of_one_option_rwg_j_is_rwg(ratings: np.ndarray) -> None:
    alone = ps.within_group_agreement(ratings, POINTS)[0]
    assert ps.within_group_agreement_over_options(ratings, POINTS) == pytest.approx(alone)


def test_full_agreement_at_the_end_has_no_awg() -> None:
    ratings = np.full((8, 1), 6.0)
    assert ps.within_group_agreement(ratings, POINTS).tolist() == [1.0]
    assert ps.agreement_given_mean(ratings, POINTS) == (None,)


def test_awg_is_defined_on_the_very_border() -> None:
    # one of three at the other end: the mean is (3 - 1 + 6) / 3, and the experts disagree as much as they can
    assert ps.agreement_given_mean(np.array([[1.0], [1.0], [6.0]]), POINTS) == (pytest.approx(-1),)


def test_the_cut_of_the_average_deviation_is_a_sixth_of_the_scale() -> None:
    assert ps.largest_average_deviation(5) == pytest.approx(5 / 6)


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize(
    ("ratings", "match"),
    [
        (np.array([[1.0, np.nan], [2.0, 3.0]]), "two experts; option 2 was rated by 1"),
        (np.full((3, 1), np.nan), "option 1 was rated by 0"),
        (np.ones((3, 0)), "there is none"),
    ],
)
def test_agreement_needs_two(function: object, ratings: np.ndarray, match: str) -> None:
    with pytest.raises(NotEstimableError, match=match):
        function(ratings, POINTS)  # type: ignore[operator]  # one of the four


@pytest.mark.parametrize(
    ("ratings", "points", "match"),
    [
        (np.array([[1.0, 2.0], [2.0, 7.0]]), 6, "expert 2 rated option 2 outside the scale of 1 to 6"),
        (np.array([[0.0], [2.0]]), 6, "expert 1 rated option 1 outside"),
        (np.ones(3), 6, "not an array of 1"),
        (np.ones((3, 2)), 1, "needs two points; 1 was given"),
    ],
)
def test_ratings_that_cannot_be(ratings: np.ndarray, points: int, match: str) -> None:
    with pytest.raises(InvalidInputError, match=match):
        ps.within_group_agreement(ratings, points)


def test_each_expert_is_held_against_the_mean_of_all_others() -> None:
    ratings = np.random.default_rng(21).integers(1, 7, size=(6, 20)).astype(float)
    for place, own in enumerate(ratings):
        others = np.delete(ratings, place, axis=0).mean(axis=0)
        assert ps.rater_rest_correlations(ratings)[place] == pytest.approx(np.corrcoef(own, others)[0, 1])
        assert ps.rater_rest_distances(ratings)[place] == pytest.approx(np.abs(own - others).mean())


def test_an_option_that_an_expert_or_all_others_cannot_judge_is_left_out_for_that_expert() -> None:
    nan = np.nan
    ratings = np.array([[1.0, 2, 4, 6, nan], [1.0, 3, 4, nan, 5], [2.0, 2, 5, nan, 1]])
    first = np.corrcoef([1, 2, 4], [1.5, 2.5, 4.5])[0, 1]  # the fourth no other has, the fifth this one has not
    assert ps.rater_rest_correlations(ratings)[0] == pytest.approx(first)
    assert ps.rater_rest_distances(ratings).tolist() == pytest.approx(
        [0.5, (0.5 + 1 + 0.5 + 4) / 4, (1 + 0.5 + 1 + 4) / 4]
    )


@pytest.mark.parametrize(
    ("ratings", "known"),
    [
        ([[1.0, 2, 3], [1, 2, 3]], True),
        ([[1.0, 2, np.nan], [1, 2, 3]], False),
        ([[3.0, 3, 3], [1, 2, 3]], False),
        ([[1.0, 2, 3], [3, 3, 3]], False),
        ([[1.0, 2, 3]], False),
    ],
    ids=["three options", "two", "one who never varies", "others who never vary", "nobody else"],
)
def test_a_correlation_needs_three_options_and_two_sides_that_vary(ratings: list[list[float]], known: bool) -> None:  # noqa: FBT001 - a table's column
    found = ps.rater_rest_correlations(np.array(ratings))[0]
    assert np.isnan(found) != known
    assert np.isnan(ps.rater_rest_distances(np.array(ratings))[0]) == (len(ratings) == 1)
