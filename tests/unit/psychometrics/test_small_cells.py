"""Rows of counts that may be shown, with the totals known."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from eiassess.psychometrics import shown_rows


def test_one_row_alone_is_hidden_or_shown() -> None:
    assert shown_rows(np.array([[9]])).tolist() == [False]
    assert shown_rows(np.array([[10]])).tolist() == [True]


def test_a_row_is_hidden_for_any_of_its_counts() -> None:
    assert shown_rows(np.array([[30, 9], [20, 30], [40, 50]])).tolist() == [False, False, True]


@given(arrays(np.int_, st.tuples(st.integers(1, 6), st.integers(1, 3)), elements=st.integers(0, 40)))
def test_no_small_count_is_shown_and_none_follows_from_totals(counts: np.ndarray) -> None:  # type: ignore[type-arg]  # of integers
    shown = shown_rows(counts)
    assert (counts[shown] >= 10).all()
    assert np.count_nonzero(~shown) != 1 or len(counts) == 1
