"""Standardised mean differences and purifying against R (its version stands in the file), by tests/reference/dif.R."""

import json
from pathlib import Path

import numpy as np
import pytest

from eiassess.psychometrics import DifAnalysis, differential_item_functioning

REFERENCE = Path(__file__).parents[2] / "reference"
R = json.loads((REFERENCE / "dif.reference.json").read_text(encoding="utf-8"))
DATA = np.genfromtxt(REFERENCE / "scenario_scores.csv", delimiter=",", names=True, missing_values="NA")
SCORES = np.column_stack([DATA[name] for name in DATA.dtype.names if name[0] == "s"])
GROUP = DATA["group"]
HARDER_ITEMS = (4, 17)


@pytest.fixture(scope="module", params=["as_they_are", "made_harder"])
def named_scores(request: pytest.FixtureRequest) -> tuple[dict, np.ndarray]:
    scores = SCORES.copy()
    if request.param == "made_harder":
        for item in HARDER_ITEMS:
            scores[:, item] = np.maximum(0, scores[:, item] - GROUP)
    return R[request.param], scores


@pytest.fixture(scope="module")
def purified(named_scores: tuple[dict, np.ndarray]) -> tuple[dict, DifAnalysis]:
    expected, scores = named_scores
    return expected, differential_item_functioning(scores, GROUP, purify=True)


def test_standardised_mean_differences(named_scores: tuple[dict, np.ndarray]) -> None:
    expected, scores = named_scores
    found = [item.standardised_difference for item in differential_item_functioning(scores, GROUP).items]
    assert [each.difference for each in found] == pytest.approx(expected["smd"], abs=1e-10)
    assert [each.effect_size for each in found] == pytest.approx(expected["smd_effect"], abs=1e-10)
    assert [each.chi_square for each in found] == pytest.approx(expected["smd_chi_square"], abs=1e-8)


def test_the_same_items_are_left_out_of_the_matching(purified: tuple[dict, DifAnalysis]) -> None:
    expected, analysis = purified
    assert list(analysis.left_out_by_delta) == expected["left_out_by_delta"]
    assert list(analysis.left_out_by_ordinal) == expected["left_out_by_ordinal"]


def test_mantel_haenszel(named_scores: tuple[dict, np.ndarray]) -> None:
    expected, scores = named_scores
    found = [item.mantel_haenszel for item in differential_item_functioning(scores, GROUP, cut=3).items]
    assert [each.delta for each in found] == pytest.approx(expected["delta"], abs=1e-8)
    assert [each.standard_error for each in found] == pytest.approx(expected["delta_error"], abs=1e-8)


def test_purified_mantel_haenszel(purified: tuple[dict, DifAnalysis]) -> None:
    expected, analysis = purified
    found = [item.mantel_haenszel for item in analysis.items]
    assert [each.delta for each in found] == pytest.approx(expected["purified_delta"], abs=1e-8)
    assert [each.standard_error for each in found] == pytest.approx(expected["purified_delta_error"], abs=1e-8)
    # Where the groups differ by less than the correction of one half, R drops it (p > .9) and we say p = 1.
    corrected = [(each.p_value, p) for each, p in zip(found, expected["purified_delta_p"], strict=True) if p < 0.9]
    assert len(corrected) > 15
    assert [p for p, _ in corrected] == pytest.approx([p for _, p in corrected], abs=1e-8)


def test_purified_standardised_mean_differences(purified: tuple[dict, DifAnalysis]) -> None:
    expected, analysis = purified
    found = [item.standardised_difference for item in analysis.items]
    assert [each.difference for each in found] == pytest.approx(expected["purified_smd"], abs=1e-10)
    assert [each.chi_square for each in found] == pytest.approx(expected["purified_smd_chi_square"], abs=1e-8)


def test_purified_ordinal_logistic_regression(purified: tuple[dict, DifAnalysis]) -> None:
    expected, analysis = purified
    found = [item.ordinal_logistic for item in analysis.items]
    assert [each.lr_uniform for each in found] == pytest.approx(expected["purified_lr_uniform"], abs=1e-6)
    assert [each.lr_total for each in found] == pytest.approx(expected["purified_lr_total"], abs=1e-6)
    assert [each.nagelkerke[2] for each in found] == pytest.approx(expected["purified_r_squared_3"], abs=1e-6)
