"""DIF against R (versions in tests/reference/README.md) and published examples."""

from dataclasses import replace

import numpy as np
import pytest

from eiassess.psychometrics import (
    DifAnalysis,
    DifClass,
    differential_item_functioning,
    mantel_haenszel_dif,
    standardised_mean_difference,
)
from eiassess.psychometrics.dif.cumulative_logit import fit_cumulative_logit
from tests.unit.psychometrics.dif.data import GROUP, REFERENCE, SCORES, WINE, admissions, case

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
