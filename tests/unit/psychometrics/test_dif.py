"""DIF against R (versions in tests/reference/README.md), published examples, and what must hold of any data."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from eiassess.errors import InvalidInputError, NotEstimableError
from eiassess.psychometrics import (
    DifAnalysis,
    DifClass,
    differential_item_functioning,
    ets_class,
    jodoin_gierl_class,
    mantel_haenszel_dif,
    mantel_test,
    ordinal_logistic_dif,
    standardised_difference_class,
    standardised_mean_difference,
)
from eiassess.psychometrics.dif.cumulative_logit import fit_cumulative_logit
from eiassess.psychometrics.dif.cuts import usual_cuts

CASES = Path(__file__).parents[2] / "reference" / "cases"
FOLDER = Path(__file__).parents[2] / "reference"
DATA = np.genfromtxt(FOLDER / "scenario_scores.csv", delimiter=",", names=True, missing_values="NA")
SCORES = np.column_stack([DATA[name] for name in DATA.dtype.names if name[0] == "s"])
GROUP = DATA["group"]
REFERENCE = json.loads((FOLDER / "scenario_scores.reference.json").read_text(encoding="utf-8"))

# R's UCBAdmissions (Bickel, Hammel & O'Connell 1975), a row a department: admitted and rejected men, then women.
ADMISSIONS = np.array(
    [
        [512, 313, 89, 19],
        [353, 207, 17, 8],
        [120, 205, 202, 391],
        [138, 279, 131, 244],
        [53, 138, 94, 299],
        [22, 351, 24, 317],
    ]
)
# Randall (1989), R's ordinal::wine: bitterness 1-5 of wines, cold or warm, without or with contact.
WINE = np.array([[4, 9, 5, 0, 0], [1, 7, 8, 2, 0], [0, 5, 8, 3, 2], [0, 1, 5, 7, 5]], dtype=float)

UNHURRIED = settings(deadline=None)  # a busy machine is no failure
seeds = st.integers(0, 2**32 - 1)


@pytest.fixture(scope="module")
def analysis() -> DifAnalysis:
    return differential_item_functioning(SCORES, GROUP)


def admissions() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    people = ADMISSIONS.ravel()
    right, group = np.tile([1.0, 0.0, 1.0, 0.0], 6), np.tile([0, 0, 1, 1], 6)
    return np.repeat(right, people), np.repeat(group, people), np.repeat(np.repeat(np.arange(6.0), 4), people)


def case(name: str) -> tuple[np.ndarray, np.ndarray, list[dict]]:
    """Scores, group and R's figures of 0/1 items (dif01) or of items of 0 to 4."""
    file, focal = {"dif01": ("dif-right-wrong.csv", "F"), "dif_graded": ("dif-graded.csv", "foc")}[name]
    lines = [line.split(",") for line in (CASES / file).read_text(encoding="utf-8").splitlines()[1:]]
    right = json.loads((CASES / "right.json").read_text(encoding="utf-8"))
    scores = np.array([line[:-1] for line in lines], dtype=float)
    return scores, np.array([line[-1] == focal for line in lines]), right[name]


def people(seed: int, n: int = 300, categories: int = 4) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    generator = np.random.default_rng(seed)
    group, matching = generator.integers(0, 2, n), generator.integers(0, 9, n).astype(float)
    scores = np.clip(np.round(matching / 3 + generator.normal(0, 1, n)), 0, categories - 1)
    return scores, group, matching


def whole_test(seed: int, n: int, items: int) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(seed)
    scores = np.round(2 + generator.normal(size=(n, 1)) + generator.normal(size=(n, items)))
    return np.clip(scores, 0, 4), np.arange(n) % 2


# Against R


def test_likelihood_ratios_and_nagelkerke_are_those_of_r(analysis: DifAnalysis) -> None:
    expected = REFERENCE["ordinal_logistic_dif_matched_on_total"]
    found = [item.ordinal_logistic for item in analysis.items]
    assert [dif.lr_uniform for dif in found] == pytest.approx([row["lr_uniform"] for row in expected], abs=1e-8)
    assert [dif.lr_total for dif in found] == pytest.approx([row["lr_total"] for row in expected], abs=1e-8)
    assert np.array([dif.nagelkerke for dif in found]) == pytest.approx(
        np.array([row["nagelkerke"] for row in expected]), abs=1e-9
    )


def test_mantel_haenszel_delta_matched_on_a_count_is_that_of_r() -> None:
    complete = np.isfinite(SCORES).all(axis=1)
    right = (SCORES[complete] >= 3).astype(float)
    found = [mantel_haenszel_dif(item, GROUP[complete], right.sum(axis=1)).delta for item in right.T]
    assert found == pytest.approx(REFERENCE["mantel_haenszel_delta_score_ge_3"], abs=1e-9)


@pytest.mark.parametrize(("name", "cut"), [("dif01", None), ("dif01", 1), ("dif_graded", 3), ("dif_graded", None)])
def test_all_methods_match_on_the_total_as_r_does(name: str, cut: float | None) -> None:
    scores, group, rows = case(name)
    items = differential_item_functioning(scores, group, cut=cut).items
    for item, row in zip(items, rows, strict=True):
        assert item.mantel_haenszel.delta == pytest.approx(row["mh_delta"], abs=1e-9)
        assert item.mantel_haenszel.standard_error == pytest.approx(row["mh_se"], abs=1e-9)
        assert item.mantel_haenszel.p_value == pytest.approx(row["mh_p"], abs=1e-9)
        assert item.mantel_haenszel.dif_class == row["mh_class"]
        assert item.ordinal_logistic.lr_uniform == pytest.approx(row["lr_uniform"], abs=1e-6)
        assert item.ordinal_logistic.lr_total == pytest.approx(row["lr_total"], abs=1e-6)
        assert item.is_large is (row["mh_class"] == "C")


def test_a_method_that_says_nothing_leaves_an_item_unclassed_unless_the_other_says_large() -> None:
    scores, group, _ = case("dif01")
    plain = differential_item_functioning(scores, group).items
    beyond = differential_item_functioning(scores, group, cut=2).items
    assert [item.is_large for item in beyond] == [None] * 8
    assert (plain[0].is_large, plain[1].is_large) == (False, True)
    large = replace(plain[0].ordinal_logistic, dif_class=DifClass.C)
    assert replace(beyond[0], ordinal_logistic=large).is_large
    assert replace(plain[0], ordinal_logistic=None).is_large is None
    assert replace(plain[1], ordinal_logistic=None).is_large


def test_the_item_made_harder_for_a_group_is_found_by_all_three(analysis: DifAnalysis) -> None:
    assert (analysis.n_reference, analysis.n_focal) == (463, 282)
    classes = [
        (item.mantel_haenszel.dif_class, item.standardised_difference.dif_class, item.ordinal_logistic.dif_class)
        for item in analysis.items
    ]
    assert classes[17] == (DifClass.C, DifClass.C, DifClass.B)
    assert classes[4] == (DifClass.A, DifClass.B, DifClass.A)
    assert [number for number, item in enumerate(analysis.items) if item.p_adjusted < 0.05] == [4, 17]
    worst = analysis.items[17]
    assert worst.mantel_haenszel.delta < 0
    assert worst.standardised_difference.difference < 0
    assert worst.ordinal_logistic.group_log_odds < 0
    assert worst.ordinal_logistic.gradient_norm < 1e-9
    assert all(not item.not_estimable for item in analysis.items)


# Published examples


def test_mantel_haenszel_of_the_berkeley_admissions() -> None:
    # What R's mantelhaen.test(UCBAdmissions) prints.
    dif = mantel_haenszel_dif(*admissions())
    assert dif.odds_ratio == pytest.approx(0.9046968, abs=5e-8)
    assert dif.chi_square == pytest.approx(1.4269, abs=5e-5)
    assert dif.p_value == pytest.approx(0.2323, abs=5e-5)
    half = 1.959963984540054 * dif.standard_error / 2.35
    assert dif.odds_ratio * np.exp([-half, half]) == pytest.approx([0.7719074, 1.0603298], abs=5e-8)
    assert dif.dif_class is DifClass.A


def test_mantel_haenszel_of_rabbits_and_penicillin() -> None:
    # Agresti (1990, p. 231): cured and died, at once and later, at five levels; common odds ratio 7, p = .047. Two of
    # the levels say nothing.
    table = np.array([[0, 6, 0, 5], [3, 3, 0, 6], [6, 0, 2, 4], [5, 1, 6, 0], [2, 0, 5, 0]])
    right, group = np.tile([1.0, 0.0, 1.0, 0.0], 5), np.tile([0, 0, 1, 1], 5)
    level = np.repeat(np.arange(5.0), 4)
    dif = mantel_haenszel_dif(*(np.repeat(values, table.ravel()) for values in (right, group, level)))
    assert dif.odds_ratio == pytest.approx(7.0)
    assert dif.p_value == pytest.approx(0.047, abs=5e-4)


def test_a_cumulative_logit_model_of_the_bitterness_of_wine() -> None:
    # Christensen, vignette of R's ordinal: clm(rating ~ temp + contact, data = wine).
    design = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
    fit = fit_cumulative_logit(WINE[None], design)
    assert fit.log_likelihood[0] == pytest.approx(-86.49, abs=0.005)
    assert fit.slopes[0] == pytest.approx([2.5031, 1.5278], abs=5e-5)
    assert fit.thresholds[0] == pytest.approx([-1.3444, 1.2508, 3.4669, 5.0064], abs=5e-5)
    assert fit.converged.all()
    assert fit.gradient_norm.max() < 1e-9


def test_a_standardised_mean_difference_by_hand() -> None:
    # Low: focal 1 of reference 2 and 4 -> 1 - 3 = -2, three quarters of the focal group; high: 4 - 4 = 0; the third
    # stratum holds nobody of the focal group.
    scores = np.array([2.0, 4, 1, 1, 1, 4, 4, 0])
    group = np.array([0, 0, 1, 1, 1, 0, 1, 0])
    matching = np.array([1.0, 1, 1, 1, 1, 2, 2, 3])
    dif = standardised_mean_difference(scores, group, matching)
    assert dif.difference == pytest.approx(-1.5)
    assert dif.effect_size == pytest.approx(-1.5 / scores.std(ddof=1))


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


# What cannot be told


@pytest.mark.parametrize(("n_reference", "n_focal"), [(400, 199), (199, 400), (245, 250), (0, 600), (600, 0), (0, 0)])
def test_few_people_are_not_assessable(n_reference: int, n_focal: int) -> None:
    group = np.repeat([0, 1], [n_reference, n_focal])
    with pytest.raises(NotEstimableError, match=f"not assessable.*{n_reference}, the focal group {n_focal}"):
        differential_item_functioning(whole_test(1, group.size, 5)[0], group)


def test_people_of_unknown_group_do_not_count() -> None:
    scores, group = whole_test(7, 520, 5)
    unknown = np.where(np.arange(520) < 30, np.nan, group)
    with pytest.raises(NotEstimableError, match="not assessable"):
        differential_item_functioning(scores, unknown)


def test_one_item_has_nothing_to_match_on() -> None:
    scores, group = whole_test(8, 600, 1)
    with pytest.raises(NotEstimableError, match="matching needs 2 items"):
        differential_item_functioning(scores, group)


def test_purifying_that_leaves_no_test_is_refused() -> None:
    scores, group = whole_test(9, 2000, 3)
    scores[:, 0] = np.clip(scores[:, 0] - 2 * group, 0, 4)
    with pytest.raises(NotEstimableError, match="free of differences"):
        differential_item_functioning(scores, group, purify=True)


def test_scores_that_were_never_cut_are_refused_by_number() -> None:
    scores, group = whole_test(10, 600, 4)
    scores[:, 1] += np.random.default_rng(1).normal(size=600)
    with pytest.raises(NotEstimableError, match="item 2: an item with 600 different scores"):
        differential_item_functioning(scores, group)


def test_shapes_and_codes_are_checked() -> None:
    scores, group = whole_test(11, 600, 4)
    with pytest.raises(InvalidInputError, match="one group a person"):
        differential_item_functioning(scores, group[:-1])
    with pytest.raises(InvalidInputError, match="one group a person"):
        differential_item_functioning(scores[:, 0], group)
    with pytest.raises(InvalidInputError, match=r"0 .reference., 1 .focal."):
        differential_item_functioning(scores, group + 1)
    with pytest.raises(InvalidInputError, match=r"1 .right., 0 .wrong."):
        mantel_haenszel_dif(scores[:, 0], group, scores.sum(axis=1))


@pytest.mark.parametrize(
    "statistic", [mantel_haenszel_dif, mantel_test, standardised_mean_difference, ordinal_logistic_dif]
)
@pytest.mark.parametrize(
    ("scores", "group", "problem"),
    [
        ([0.0, 1, 0, 1, 0], [0, 0, 0, 0, 1], "two people in each group"),
        ([0.0, 1, 0, 1, 0], [1, 1, 1, 1, 1], "two people in each group"),
        ([], [], "two people in each group"),
        ([np.nan, np.nan], [0, 1], "two people in each group"),
        ([1.0, 1, 1, 1, 1], [0, 0, 0, 1, 1], "same score|all answers|different scores"),
        ([1.0, 1, 1, 0, 0], [0, 0, 0, 1, 1], "one direction|different scores|same matching|separate"),
    ],
)
def test_degenerate_groups_and_items_have_a_named_reason(
    statistic: object, scores: list[float], group: list[int], problem: str
) -> None:
    matching = np.array(group, dtype=float) + np.arange(len(group)) % 2 * 2
    with pytest.raises(NotEstimableError, match=problem):
        statistic(np.array(scores), np.array(group), matching)  # type: ignore[operator]  # the four share a signature


def test_a_group_that_all_has_one_total_has_no_interaction() -> None:
    scores, group, matching = people(1)
    with pytest.raises(NotEstimableError, match="same matching value"):
        ordinal_logistic_dif(scores, group, np.where(group == 1, 4.0, matching))


@pytest.mark.parametrize("categories", [2, 3, 5])
def test_separated_categories_do_not_converge_and_say_so(categories: int) -> None:
    # The matching value alone tells the score: the slope would have to be infinite.
    matching = np.tile(np.arange(10.0), 40)
    scores = np.floor(matching * categories / 10)
    with pytest.raises(NotEstimableError, match="separate"):
        ordinal_logistic_dif(scores, np.repeat([0, 1], 200), matching)


def separated(scores: np.ndarray, group: np.ndarray, matching: np.ndarray) -> bool:
    """Whether a direction exists along which the likelihood of the third model never falls: a linear programme."""
    code = np.unique(scores, return_inverse=True)[1]
    z = matching - matching.mean()
    top, design = code.max(), np.column_stack([z, group, z * group])
    above = np.hstack([np.eye(top + 1, top)[code], -design])[code < top]
    below = np.hstack([-np.eye(top + 1, top, k=-1)[code], design])[code > 0]
    rows = np.vstack([above, below])
    found = linprog(-rows.sum(axis=0), A_ub=-rows, b_ub=np.zeros(len(rows)), bounds=(-1, 1))
    return bool(found.fun < -1e-7)


@settings(max_examples=60, deadline=None)
@given(seeds, st.floats(0.05, 2), st.integers(0, 3))
def test_an_item_is_refused_exactly_when_its_categories_are_separated(seed: int, noise: float, harder: int) -> None:
    generator = np.random.default_rng(seed)
    group, matching = np.arange(40) % 2, generator.integers(0, 6, 40).astype(float)
    scores = np.clip(np.round(matching / 2 + generator.normal(0, noise, 40) + harder * group), 0, 3)
    assume(np.ptp(scores) > 0)
    if separated(scores, group, matching):
        with pytest.raises(NotEstimableError, match="separate"):
            ordinal_logistic_dif(scores, group, matching)
    else:
        assert ordinal_logistic_dif(scores, group, matching).gradient_norm < 1e-9


def test_a_start_that_overshoots_is_halved_until_it_does_not() -> None:
    # Nearly separated: whole steps of Newton's method would lower the likelihood.
    matching = np.tile(np.arange(10.0), 40)
    scores = np.floor(matching / 2)
    scores[::37] = 4 - scores[::37]
    dif = ordinal_logistic_dif(scores, np.repeat([0, 1], 200), matching)
    assert dif.gradient_norm < 1e-9


@UNHURRIED
@given(st.lists(st.integers(0, 3), min_size=0, max_size=12), seeds)
def test_small_data_have_a_value_or_a_reason_and_never_a_warning(scores: list[int], seed: int) -> None:
    generator = np.random.default_rng(seed)
    group, matching = generator.integers(0, 2, len(scores)), generator.integers(0, 3, len(scores)).astype(float)
    for statistic in (mantel_test, standardised_mean_difference, ordinal_logistic_dif):
        try:
            found = statistic(np.array(scores, dtype=float), group, matching)
        except NotEstimableError:
            continue
        numbers = [value for value in vars(found).values() if isinstance(value, float)]
        assert np.isfinite(numbers).all()


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
