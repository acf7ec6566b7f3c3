import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from eiassess import psychometrics as ps
from eiassess.errors import InvalidInputError, NotEstimableError

choices = arrays(
    np.float64,
    st.tuples(st.integers(2, 30), st.integers(1, 5)),
    elements=st.one_of(st.integers(0, 3).map(float), st.just(np.nan)),
)


@given(choices)
def test_everybody_is_counted_once(table: np.ndarray) -> None:
    frequencies = ps.option_frequencies(table, 4)
    assert np.all(frequencies.counts.sum(axis=1) + frequencies.missing == len(table))
    for item, shares in enumerate(frequencies.shares):
        if shares is None:
            assert np.isnan(table[:, item]).all()
        else:
            assert sum(shares) == pytest.approx(1)
            assert shares[2] == pytest.approx(np.mean(table[~np.isnan(table[:, item]), item] == 2))


@given(choices, st.data())
def test_curves_add_up_to_the_frequencies(table: np.ndarray, data: st.DataObject) -> None:
    totals = data.draw(arrays(np.float64, len(table), elements=st.integers(0, 9).map(float)))
    if np.ptp(totals) == 0:
        return
    curves = ps.option_total_curves(table, totals, 4)
    assert np.array_equal(curves.counts.sum(axis=1), ps.option_frequencies(table, 4).counts)
    assert curves.fifth_sizes.sum() == len(table)


def test_the_best_option_is_chosen_more_the_higher_the_score() -> None:
    totals = np.arange(1000.0)
    best = (np.random.default_rng(1).uniform(size=1000) < totals / 1000).astype(float)
    shares = [fifth[1] for fifth in ps.option_total_curves(best[:, None], totals, 2).shares[0] if fifth]
    assert shares == sorted(shares)
    assert shares == pytest.approx([0.1, 0.3, 0.5, 0.7, 0.9], abs=0.08)


def test_the_same_total_is_the_same_fifth() -> None:
    totals = np.array([1.0, 2, 2, 2, 2, 2, 2, 2, 2, 3])
    curves = ps.option_total_curves(np.zeros((10, 1)), totals, 2)
    assert curves.fifth_sizes.tolist() == [1, 0, 8, 0, 1]
    assert curves.shares[0] == ((1.0, 0.0), None, (1.0, 0.0), None, (1.0, 0.0))


def test_fifths_of_many_different_totals_are_equal() -> None:
    totals = np.random.default_rng(1).permutation(15).astype(float)
    assert ps.option_total_curves(np.zeros((15, 1)), totals, 1).fifth_sizes.tolist() == [3] * 5


def test_people_without_a_total_are_left_out() -> None:
    curves = ps.option_total_curves(np.array([[0.0], [1.0], [1.0]]), np.array([1.0, np.nan, 2.0]), 2)
    assert curves.counts.sum() == 2


@pytest.mark.parametrize(
    ("table", "match"),
    [
        (np.array([[0.0, 1.0], [2.0, 3.0]]), "person 2 chose 3 on item 2; options are 0 to 2"),
        (np.array([[-1.0]]), "person 1 chose -1 on item 1"),
        (np.array([[0.5]]), "chose 0.5"),
        (np.array([[np.inf]]), "chose inf"),
        (np.zeros(3), "not an array of 1"),
    ],
)
def test_choices_that_cannot_be(table: np.ndarray, match: str) -> None:
    with pytest.raises(InvalidInputError, match=match):
        ps.option_frequencies(table, 3)


def test_an_item_needs_an_option() -> None:
    with pytest.raises(InvalidInputError, match="needs an option; 0 were given"):
        ps.option_frequencies(np.full((3, 1), np.nan), 0)


def test_each_person_needs_a_total() -> None:
    with pytest.raises(InvalidInputError, match="each of 3 persons needs a total; there are 2"):
        ps.option_total_curves(np.zeros((3, 1)), np.zeros(2), 2)


@pytest.mark.parametrize("totals", [np.ones(3), np.full(3, np.nan)])
def test_fifths_need_an_order(totals: np.ndarray) -> None:
    with pytest.raises(NotEstimableError, match="totals that differ"):
        ps.option_total_curves(np.zeros((3, 1)), totals, 2)
