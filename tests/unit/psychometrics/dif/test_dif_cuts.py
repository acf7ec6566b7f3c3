"""From which score on an item counts as right, and items of different ranges."""

import numpy as np
import pytest

from eiassess.psychometrics import (
    differential_item_functioning,
    mantel_haenszel_dif,
)
from eiassess.psychometrics.dif.cuts import usual_cuts
from tests.unit.psychometrics.dif.data import GROUP, SCORES, case, whole_test


def test_another_cut_is_another_mantel_haenszel() -> None:
    found = differential_item_functioning(SCORES, GROUP, cut=2)
    complete = np.isfinite(SCORES).all(axis=1)
    right, total = (SCORES[complete, 3] >= 2).astype(float), SCORES[complete].sum(axis=1)
    assert found.items[3].mantel_haenszel == mantel_haenszel_dif(right, GROUP[complete], total)
    assert (found.cut, found.items[3].cut) == (2, 2)


@pytest.mark.parametrize(
    ("values", "cut"),
    [
        ((0, 1), 1),
        ((1, 2), 2),
        ((-1, 0), 0),
        ((-2, -1), -1),
        ((7, 40), 40),
        ((0, 1, 2), 2),
        ((0, 1, 2, 3), 2),
        ((0, 1, 2, 3, 4), 3),
        ((1, 2, 3, 4, 5), 4),
        ((1, 2, 3, 4, 5, 6), 4),
        ((0, 5, 10), 10),
        ((0.1, 0.2, 0.3), 0.3),
        ((-1e100, 0, 1e100), 1e100),
    ],
)
def test_the_usual_cut_is_the_lowest_score_above_the_middle_of_the_range(values: tuple[float, ...], cut: float) -> None:
    assert usual_cuts([np.array(values * 2, dtype=float)]) == (cut,)


@pytest.mark.parametrize(("low", "high"), [(0, 1), (1, 2), (-1, 0), (0, 0.1)])
def test_right_and_wrong_may_be_any_two_values(low: float, high: float) -> None:
    scores, group, rows = case("dif01")
    found = differential_item_functioning(np.where(scores == 1, high, low), group)
    assert found.cut == high
    deltas = [item.mantel_haenszel.delta for item in found.items]
    assert deltas == pytest.approx([row["mh_delta"] for row in rows], abs=1e-9)


def test_items_of_different_ranges_have_each_their_own_cut() -> None:
    scores, group = whole_test(4, 600, 9)
    scores[:, ::2] = scores[:, ::2] > 1
    scores[:, 1] = 5
    found = differential_item_functioning(scores, group)
    assert [item.cut for item in found.items] == [1, None, 1, 3, 1, 3, 1, 3, 1]
    assert found.cut is None
    assert [item.mantel_haenszel is None for item in found.items] == [False, True] + [False] * 7
    by_hand = mantel_haenszel_dif((scores[:, 3] >= 3).astype(float), group, scores.sum(axis=1))
    assert found.items[3].mantel_haenszel == by_hand


@pytest.mark.parametrize(("cut", "reason"), [(5, "nobody reaches the cut of 5"), (0, "everybody reaches the cut of 0")])
def test_a_cut_that_parts_nobody_is_named(cut: float, reason: str) -> None:
    scores, group = whole_test(4, 600, 4)
    for item in differential_item_functioning(scores, group, cut=cut).items:
        assert item.not_estimable == (f"Mantel-Haenszel: {reason}",)
    at_the_end = differential_item_functioning(scores, group, cut=4 if cut else 1)
    assert not any(item.not_estimable for item in at_the_end.items)


def test_scores_in_tenths_have_equal_totals() -> None:
    scores, group = whole_test(5, 600, 6)
    whole = differential_item_functioning(scores, group)
    tenths = differential_item_functioning(scores / 10, group, cut=0.3)
    assert [item.ordinal_logistic.lr_total for item in tenths.items] == pytest.approx(
        [item.ordinal_logistic.lr_total for item in whole.items], abs=1e-7
    )


def test_weighted_scores_with_a_wide_total_are_matched_all_the_same() -> None:
    scores, group = whole_test(5, 600, 6)
    whole = differential_item_functioning(scores, group)
    wide = differential_item_functioning(scores * 1000, group, cut=3000)
    assert [item.ordinal_logistic.lr_total for item in wide.items] == pytest.approx(
        [item.ordinal_logistic.lr_total for item in whole.items], abs=1e-7
    )


def test_an_item_without_a_value_says_why_and_the_others_have_theirs() -> None:
    scores, group = whole_test(6, 600, 8)
    scores[:, 2] = 1
    found = differential_item_functioning(scores, group)
    constant = found.items[2]
    assert constant.mantel_haenszel is None
    assert constant.standardised_difference is None
    assert constant.ordinal_logistic is None
    assert constant.p_adjusted is None
    assert [reason.split(": ")[0] for reason in constant.not_estimable] == [
        "Mantel-Haenszel",
        "standardised mean difference",
        "ordinal logistic regression",
    ]
    assert all(item.p_adjusted is not None for item in found.items if item is not constant)
