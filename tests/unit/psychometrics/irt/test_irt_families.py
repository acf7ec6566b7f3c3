"""Curves of both families: by hand, by numerical differentiation, and by what holds of all of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eiassess.psychometrics.irt.families import GRADED, PARTIAL_CREDIT, ItemFamily
from eiassess.psychometrics.irt.parameters import ItemParameters

BOTH = pytest.mark.parametrize("family", [GRADED, PARTIAL_CREDIT], ids=lambda family: family.name)
THETA = np.linspace(-4, 4, 9)


def some_items(family: ItemFamily) -> ItemParameters:
    d = np.array([[2.0, 0.5, -1.0], [1.0, 0.0, 0.0], [0.3, -0.4, 0.0]])
    return ItemParameters(family, np.array([1.2, 0.7, -0.5]), d, np.array([4, 2, 3]))


@st.composite
def items(draw: st.DrawFn, family: ItemFamily) -> ItemParameters:
    sizes = draw(st.lists(st.integers(2, 5), min_size=1, max_size=4))
    d = np.zeros((len(sizes), max(sizes) - 1))
    for row, size in zip(d, sizes, strict=True):
        gaps = draw(st.lists(st.floats(0.01, 3), min_size=size - 1, max_size=size - 1))
        row[: size - 1] = draw(st.floats(-3, 3)) - np.cumsum(gaps)
    a = np.array(draw(st.lists(st.floats(-3, 3), min_size=len(sizes), max_size=len(sizes))))
    return ItemParameters(family, a, d, np.array(sizes))


def test_graded_probabilities_by_hand() -> None:
    # theta 0, d = (log 3, 0): P(>= 1) = 3/4, P(>= 2) = 1/2
    item = ItemParameters(GRADED, np.array([1.7]), np.array([[np.log(3), 0.0]]), np.array([3]))
    assert item.probabilities(np.zeros(1))[0, :, 0] == pytest.approx([0.25, 0.25, 0.5])


def test_partial_credit_probabilities_by_hand() -> None:
    # theta 1, a = log 2: odds 1, 2 * 3, 4 * 1
    item = ItemParameters(PARTIAL_CREDIT, np.array([np.log(2)]), np.array([[np.log(3), 0.0]]), np.array([3]))
    assert item.probabilities(np.ones(1))[0, :, 0] == pytest.approx(np.array([1, 6, 4]) / 11)


@pytest.mark.parametrize("family", [GRADED, PARTIAL_CREDIT], ids=lambda family: family.name)
@given(data=st.data())
def test_probabilities_add_to_one_and_none_is_negative(family: ItemFamily, data: st.DataObject) -> None:
    some = data.draw(items(family))
    probabilities = some.probabilities(THETA)
    assert probabilities.sum(axis=1) == pytest.approx(1.0)
    assert np.all(probabilities >= 0)
    assert all(np.all(probabilities[j, size:] == 0) for j, size in enumerate(some.categories))
    assert np.all(some.item_information(THETA) >= 0)


@BOTH
def test_derivatives_are_those_of_the_probabilities(family: ItemFamily) -> None:
    some, h = some_items(family), 1e-6
    _, by = family.derivatives(some.a, some.intercepts, some.used, THETA)
    for place in range(4):
        move = np.zeros((3, 4))
        move[:, place] = h
        move[:, 1:] *= some.used
        up = family.curves(some.a + move[:, 0], some.intercepts + move[:, 1:], some.used, THETA)[0]
        down = family.curves(some.a - move[:, 0], some.intercepts - move[:, 1:], some.used, THETA)[0]
        assert by[:, place] == pytest.approx((up - down) / (2 * h), abs=1e-8)


@BOTH
def test_slopes_are_those_of_the_probabilities(family: ItemFamily) -> None:
    some, h = some_items(family), 1e-6
    slopes = family.curves(some.a, some.intercepts, some.used, THETA)[1]
    assert slopes == pytest.approx((some.probabilities(THETA + h) - some.probabilities(THETA - h)) / (2 * h), abs=1e-8)


def test_tiny_probabilities_keep_their_digits() -> None:
    # P(1) = s(40) - s(39): a plain difference of two numbers that round to 1 would be 0
    item = ItemParameters(GRADED, np.ones(1), np.array([[1.0, 0.0]]), np.array([3]))
    exact = np.exp(-39.0) - np.exp(-40.0)
    assert item.probabilities(np.array([39.0]))[0, 1, 0] == pytest.approx(exact, rel=1e-9)


def test_two_categories_make_the_families_one() -> None:
    d = np.array([[0.4]])
    graded, partial = (ItemParameters(family, np.array([1.3]), d, np.array([2])) for family in (GRADED, PARTIAL_CREDIT))
    assert graded.probabilities(THETA) == pytest.approx(partial.probabilities(THETA))
    assert graded.item_information(THETA) == pytest.approx(partial.item_information(THETA))


def test_information_of_two_categories_by_hand() -> None:
    item = ItemParameters(GRADED, np.array([2.0]), np.array([[0.0]]), np.array([2]))
    assert item.item_information(np.zeros(1)) == pytest.approx(np.array([[1.0]]))  # a^2 P Q = 4 / 4


@BOTH
def test_difficulties_lie_where_the_model_says(family: ItemFamily) -> None:
    some = some_items(family)
    for j, difficulties in enumerate(some.difficulties):
        for k, b in enumerate(difficulties):
            p = some.probabilities(np.array([b]))[j, :, 0]
            if family is GRADED:
                assert p[k + 1 :].sum() == pytest.approx(0.5)
            else:
                assert p[k] == pytest.approx(p[k + 1])


@BOTH
@pytest.mark.parametrize(("slope", "shift"), [(2.0, 0.0), (0.5, -1.0), (1.3, 0.7)])
def test_rescaling_moves_theta_and_no_probability(family: ItemFamily, slope: float, shift: float) -> None:
    some = some_items(family)
    assert some.rescaled(slope, shift).probabilities(slope * THETA + shift) == pytest.approx(some.probabilities(THETA))


def test_boundaries_must_decrease_only_in_the_graded_model() -> None:
    d, used = np.array([[0.0, 1.0], [1.0, 0.0], [-1.0, 0.0]]), np.array([[True, True], [True, True], [True, False]])
    assert GRADED.allowed(d, used).tolist() == [False, True, True]
    assert PARTIAL_CREDIT.allowed(d, used).all()
