"""The classes of DIF at their edges."""

import numpy as np
import pytest

from eiassess.errors import NotEstimableError
from eiassess.psychometrics import (
    differential_item_functioning,
    ets_class,
    jodoin_gierl_class,
    standardised_difference_class,
)
from tests.unit.psychometrics.dif.data import whole_test


def just_under(value: float) -> float:
    return float(np.nextafter(value, 0))


def just_over(value: float) -> float:
    return float(np.nextafter(value, 10))


SIGNIFICANT = just_under(0.05)


@pytest.mark.parametrize(
    ("delta", "error", "p", "expected"),
    [
        (1.0, 0.1, SIGNIFICANT, "B"),
        (just_under(1.0), 0.1, SIGNIFICANT, "A"),
        (3.0, 0.1, 0.05, "A"),
        (3.0, 0.1, SIGNIFICANT, "C"),
        (1.5, 0.1, 0.01, "C"),
        (just_under(1.5), 0.1, 0.01, "B"),
        (2.0, 1 / 1.6448536269514722, 0.01, "B"),  # as far above 1 as one-sided 5 % allows by chance
        (2.0, just_under(just_under(1 / 1.6448536269514722)), 0.01, "C"),
    ],
)
def test_ets_classes_at_their_edges(delta: float, error: float, p: float, expected: str) -> None:
    assert ets_class(delta, error, p) == ets_class(-delta, error, p) == expected


@pytest.mark.parametrize(
    ("effect", "p", "expected"),
    [
        (0.17, SIGNIFICANT, "A"),
        (just_over(0.17), SIGNIFICANT, "B"),
        (0.25, SIGNIFICANT, "B"),
        (just_over(0.25), SIGNIFICANT, "C"),
        (0.9, 0.05, "A"),
    ],
)
def test_classes_of_the_standardised_difference_at_their_edges(effect: float, p: float, expected: str) -> None:
    assert standardised_difference_class(effect, p) == standardised_difference_class(-effect, p) == expected


@pytest.mark.parametrize(
    ("gain", "p", "expected"),
    [
        (just_under(0.035), SIGNIFICANT, "A"),
        (0.035, SIGNIFICANT, "B"),
        (just_under(0.070), SIGNIFICANT, "B"),
        (0.070, SIGNIFICANT, "C"),
        (0.9, 0.05, "A"),
    ],
)
def test_jodoin_and_gierls_classes_at_their_edges(gain: float, p: float, expected: str) -> None:
    assert jodoin_gierl_class(gain, p) == expected


@pytest.mark.parametrize(("n_reference", "n_focal"), [(300, 200), (200, 300), (250, 250)])
def test_the_fewest_people_that_are_assessable(n_reference: int, n_focal: int) -> None:
    group = np.repeat([0, 1], [n_reference, n_focal])
    found = differential_item_functioning(whole_test(1, group.size, 2)[0], group)
    assert (found.n_reference, found.n_focal, len(found.items)) == (n_reference, n_focal, 2)


def test_fifty_categories_can_be_told_apart_and_fifty_one_cannot() -> None:
    scores, group = whole_test(10, 600, 2)
    scores[:, 1] = np.arange(600) % 50 + 0.5 * (np.arange(600) % 50 > 0)
    assert differential_item_functioning(scores, group).items[1].standardised_difference is not None
    scores[0, 1] = 77
    with pytest.raises(NotEstimableError, match="item 2: an item with 51 different scores: cut them into at most 50"):
        differential_item_functioning(scores, group)
