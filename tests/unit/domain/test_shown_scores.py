"""One way to write a score."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eiassess.domain.scores import Interval
from eiassess.domain.shown_scores import shown_difference, shown_interval, shown_score

values = st.floats(-150, 150)


@pytest.mark.parametrize(
    ("score", "shown"),
    [
        (87.5, "88"),
        (86.5, "87"),  # halves go up, not to the even number
        (87.4999999999, "87"),
        (0.5, "1"),
        (0.4999999999, "0"),
        (-0.4, "0"),
        (-3.2, "0"),
        (99.5, "100"),
        (100.6, "100"),
    ],
)
def test_a_score_is_the_nearest_whole_number_within_the_scale(score: float, shown: str) -> None:
    assert shown_score(score) == shown


def test_an_interval_is_cut_where_the_scale_ends() -> None:
    assert shown_interval(Interval(-4, 104)) == "0 to 100"
    assert shown_interval(Interval(-9.5, -0.5)) == "0 to 0"
    assert shown_interval(Interval(60.5, 61.5)) == "61 to 62"
    assert shown_interval(None) == "not known"


@given(values, values, values)
def test_rounding_never_puts_a_score_outside_its_own_interval(first: float, second: float, third: float) -> None:
    low, score, high = sorted((first, second, third))
    ends = shown_interval(Interval(low, high)).split(" to ")
    assert int(ends[0]) <= int(shown_score(score)) <= int(ends[1])


@given(values)
def test_a_shown_score_is_off_by_half_a_point_at_most(score: float) -> None:
    assert abs(int(shown_score(score)) - min(max(score, 0), 100)) <= 0.5


@pytest.mark.parametrize(("difference", "shown"), [(12.5, "13"), (-12.5, "13"), (-0.4, "0"), (130.0, "130")])
def test_a_difference_has_no_sign_and_no_decimals(difference: float, shown: str) -> None:
    assert shown_difference(difference) == shown
