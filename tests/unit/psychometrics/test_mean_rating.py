"""The mean over raters, by hand and by properties."""

import numpy as np
import pytest
from scipy import stats

from eiassess.errors import InvalidInputError, NotEstimableError
from eiassess.psychometrics.raters import mean_over_raters

NAN = np.nan


def test_it_is_students_interval_of_the_raters_means() -> None:
    ratings = np.array([[3.0, 4.0, NAN], [2.0, NAN, NAN], [4.0, 5.0, 3.0], [1.0, 2.0, 2.0]])
    found = mean_over_raters(ratings, 0.9)
    means = np.nanmean(ratings, axis=1)
    low, high = stats.t.interval(0.9, 3, means.mean(), stats.sem(means))
    assert (found.value, found.lower, found.upper) == pytest.approx((means.mean(), low, high))


def test_one_rater_or_equal_means_give_no_interval() -> None:
    one = mean_over_raters(np.array([[3.0, 4.0]]))
    assert (one.value, one.lower, one.upper) == (3.5, None, None)
    assert mean_over_raters(np.array([[3.0, 4.0], [4.0, 3.0]])).lower is None


def test_what_gives_no_mean_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="table"):
        mean_over_raters(np.array([3.0, 4.0]))
    for ratings in (np.empty((0, 2)), np.array([[3.0, 4.0], [NAN, NAN]])):
        with pytest.raises(NotEstimableError, match="at least one rater"):
            mean_over_raters(ratings)
