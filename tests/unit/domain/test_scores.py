import dataclasses

import pytest

from eiassess.domain.scores import Interval, ScoreEstimate

ESTIMATE = ScoreEstimate(70.0, 5.0, Interval(60.0, 80.0), Interval(35.0, 65.0), 2, 8, within=72.0)


def test_an_interval_holds_its_ends() -> None:
    assert Interval(1.0, 2.0).contains(1.0)
    assert Interval(1.0, 2.0).contains(2.0)
    assert not Interval(1.0, 2.0).contains(2.1)


@pytest.mark.parametrize(
    ("within", "differently"), [(None, False), (72.0, False), (80.0, False), (80.1, True), (59.0, True)]
)
def test_a_gap_of_more_than_half_the_interval_is_marked(within: float | None, *, differently: bool) -> None:
    assert dataclasses.replace(ESTIMATE, within=within).uses_scale_differently is differently


def test_without_an_interval_no_gap_is_marked() -> None:
    assert not dataclasses.replace(ESTIMATE, within=99.0, interval=None).uses_scale_differently
