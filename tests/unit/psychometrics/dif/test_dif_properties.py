"""What must hold of DIF in any data, and what purifying does."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eiassess.psychometrics import (
    DifAnalysis,
    differential_item_functioning,
    mantel_haenszel_dif,
    mantel_test,
    ordinal_logistic_dif,
    standardised_mean_difference,
)
from tests.unit.psychometrics.dif.data import GROUP, SCORES, UNHURRIED, people, seeds, whole_test

# Properties


@UNHURRIED
@given(seeds)
def test_turning_the_groups_round_turns_the_sign_round(seed: int) -> None:
    scores, group, matching = people(seed)
    right = (scores >= 2).astype(float)
    one, other = (mantel_haenszel_dif(right, g, matching) for g in (group, 1 - group))
    assert other.delta == pytest.approx(-one.delta, abs=1e-12)
    assert other.standard_error == pytest.approx(one.standard_error)
    assert other.chi_square == pytest.approx(one.chi_square)
    first, second = (ordinal_logistic_dif(scores, g, matching) for g in (group, 1 - group))
    assert second.lr_total == pytest.approx(first.lr_total, abs=1e-8)
    assert second.group_log_odds == pytest.approx(-first.group_log_odds, abs=1e-8)


@UNHURRIED
@given(seeds, st.integers(2, 7))
def test_models_that_know_more_fit_better(seed: int, categories: int) -> None:
    dif = ordinal_logistic_dif(*people(seed, categories=categories))
    assert 0 <= dif.lr_uniform <= dif.lr_total + 1e-9
    assert 0 <= dif.nagelkerke[0] <= dif.nagelkerke[1] + 1e-12 <= dif.nagelkerke[2] + 2e-12 <= 1
    assert dif.delta_r_squared >= -1e-12
    assert dif.gradient_norm < 1e-9


@UNHURRIED
@given(seeds, st.floats(0.1, 10), st.floats(-5, 5))
def test_only_the_order_of_categories_and_the_shape_of_the_total_count(seed: int, slope: float, shift: float) -> None:
    scores, group, matching = people(seed)
    spread = ordinal_logistic_dif(np.array([-3.5, 0, 0.25, 40])[scores.astype(int)], group, shift + slope * matching)
    plain = ordinal_logistic_dif(scores, group, matching)
    assert spread.lr_uniform == pytest.approx(plain.lr_uniform, abs=1e-7)
    assert spread.lr_total == pytest.approx(plain.lr_total, abs=1e-7)
    assert spread.nagelkerke == pytest.approx(plain.nagelkerke, abs=1e-9)


@UNHURRIED
@given(seeds)
def test_everybody_twice_doubles_the_evidence_and_leaves_the_effect(seed: int) -> None:
    once = people(seed)
    twice = [np.tile(values, 2) for values in once]
    one, two = standardised_mean_difference(*once), standardised_mean_difference(*twice)
    assert two.difference == pytest.approx(one.difference)
    assert ordinal_logistic_dif(*twice).lr_total == pytest.approx(2 * ordinal_logistic_dif(*once).lr_total, abs=1e-7)


@UNHURRIED
@given(seeds)
def test_people_in_another_order_or_with_something_missing_change_nothing(seed: int) -> None:
    scores, group, matching = people(seed)
    order = np.random.default_rng(seed).permutation(scores.size)
    shuffled = standardised_mean_difference(scores[order], group[order], matching[order])
    longer = standardised_mean_difference(
        np.append(scores, [np.nan, 1, 1]), np.append(group, [1, np.nan, 1]), np.append(matching, [1, 1, np.nan])
    )
    plain = standardised_mean_difference(scores, group, matching)
    assert shuffled == plain
    assert longer == plain


@UNHURRIED
@given(seeds)
def test_mantels_test_in_one_stratum_is_n_less_one_times_r_squared(seed: int) -> None:
    scores, group, _ = people(seed)
    r = np.corrcoef(scores, group)[0, 1]
    assert mantel_test(scores, group, np.zeros(scores.size)).chi_square == pytest.approx((scores.size - 1) * r**2)


@settings(max_examples=20, deadline=None)
@given(seeds)
def test_a_group_named_at_random_makes_p_values_that_mean_what_they_say(seed: int) -> None:
    # 40 independent tests at 5 %: more than 12 significant ones have a probability of 1e-7.
    scores, _, matching = people(seed)
    generator = np.random.default_rng(seed)
    p = [ordinal_logistic_dif(scores, generator.permutation(np.arange(300) % 2), matching).p_total for _ in range(40)]
    assert sum(value < 0.05 for value in p) <= 12


# All items at once


def test_all_items_at_once_are_items_one_by_one(analysis: DifAnalysis) -> None:
    complete = np.isfinite(SCORES).all(axis=1)
    total = SCORES[complete].sum(axis=1)
    for number in (0, 17):
        column = SCORES[complete, number]
        alone = ordinal_logistic_dif(column, GROUP[complete], total)
        assert alone.lr_total == pytest.approx(analysis.items[number].ordinal_logistic.lr_total, abs=1e-9)
        difference = standardised_mean_difference(column, GROUP[complete], total)
        assert difference == analysis.items[number].standardised_difference


def test_purifying_leaves_flagged_items_out_of_the_matching(analysis: DifAnalysis) -> None:
    purified = differential_item_functioning(SCORES, GROUP, purify=True)
    assert purified.left_out_by_ordinal == (17,)
    assert purified.left_out_by_delta == (2, 17)
    assert (analysis.left_out_by_ordinal, analysis.left_out_by_delta) == ((), ())
    complete = np.isfinite(SCORES).all(axis=1)
    rest, others = (np.delete(SCORES[complete], left_out, axis=1) for left_out in ((17,), (2, 17)))
    for number in (0, 17):
        right = (SCORES[complete, number] >= 3).astype(float)
        by_hand = mantel_haenszel_dif(right, GROUP[complete], others.sum(axis=1))
        assert purified.items[number].mantel_haenszel == by_hand
        ordinal = ordinal_logistic_dif(SCORES[complete, number], GROUP[complete], rest.sum(axis=1))
        assert purified.items[number].ordinal_logistic.lr_total == pytest.approx(ordinal.lr_total, abs=1e-9)


def test_purifying_a_test_without_differences_changes_nothing() -> None:
    scores, group = whole_test(13, 600, 8)
    plain = differential_item_functioning(scores, group)
    assert differential_item_functioning(scores, group, purify=True) == plain


def test_items_of_different_categories_keep_their_places() -> None:
    scores, group = whole_test(4, 600, 9)
    scores[:, ::2] = scores[:, ::2] > 1
    found = differential_item_functioning(scores, group)
    total = scores.sum(axis=1)
    expected = [ordinal_logistic_dif(column, group, total).lr_total for column in scores.T]
    assert [item.ordinal_logistic.lr_total for item in found.items] == pytest.approx(expected, abs=1e-8)
