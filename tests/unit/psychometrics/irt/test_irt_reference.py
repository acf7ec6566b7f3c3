"""Calibrations against R 4.2.2 with mirt 1.41 (TOL 1e-7, its own 61 nodes), on 1,200 people with 2 % missing."""

from functools import cache

import numpy as np
import pytest

from eiassess import psychometrics as ps
from tests.scenario_scores import r_says, scenario_scores

MODELS = {"graded": ps.GradedResponseModel(), "gpcm": ps.GeneralizedPartialCreditModel()}
BOTH = pytest.mark.parametrize("model", MODELS)


@cache
def calibrated(model: str) -> ps.Calibration:
    return MODELS[model].fit(scenario_scores(), names=[f"s{number:02}" for number in range(1, 25)])


@BOTH
def test_log_likelihood_is_as_high_as_rs(model: str) -> None:
    assert calibrated(model).log_likelihood >= r_says()[model]["loglik"] - 0.01
    assert calibrated(model).log_likelihood == pytest.approx(r_says()[model]["loglik"], abs=0.01)


@BOTH
def test_it_converged_and_is_where_em_would_stay(model: str) -> None:
    calibration = calibrated(model)
    assert calibration.converged
    assert calibration.iterations < 20
    assert calibration.solution.step < 1e-5
    assert abs(calibration.solution.gain) < 1e-4


@BOTH
def test_slopes_are_rs(model: str) -> None:
    assert calibrated(model).a == pytest.approx(np.array(r_says()[model]["a"]), abs=1e-3)


@BOTH
def test_intercepts_are_rs(model: str) -> None:
    for ours, theirs in zip(calibrated(model).d, r_says()[model]["d"], strict=True):
        assert ours == pytest.approx([value for value in theirs if value not in {None, "NA"}], abs=2e-3)


@BOTH
def test_eap_and_its_error_are_rs(model: str) -> None:
    people = calibrated(model).score(scenario_scores()[:5])
    theirs = np.array(r_says()[model]["eap_first5"])
    assert people.theta == pytest.approx(theirs[:, 0], abs=1e-3)
    assert people.standard_error == pytest.approx(theirs[:, 1], abs=1e-3)


@BOTH
def test_empirical_reliability_is_rs(model: str) -> None:
    assert calibrated(model).empirical_reliability == pytest.approx(r_says()[model]["empirical_reliability"], abs=1e-4)


@BOTH
def test_rare_categories_are_named_and_nothing_else(model: str) -> None:
    warnings = calibrated(model).warnings
    assert warnings
    assert all("fewer than 8 say little" in warning and warning.startswith("item s") for warning in warnings)


@BOTH
def test_the_sample_scores_the_same_when_it_comes_again(model: str) -> None:
    again = calibrated(model).score(scenario_scores())
    assert again.theta == pytest.approx(calibrated(model).abilities.theta, abs=1e-12)
    assert again.answered == pytest.approx(24 - np.isnan(scenario_scores()).sum(axis=1))


@BOTH
def test_q3_and_residuals_have_a_shape_and_no_gaps(model: str) -> None:
    calibration = calibrated(model)
    assert calibration.q3.shape == (24, 24)
    assert calibration.q3 == pytest.approx(calibration.q3.T)
    assert np.all(np.isfinite(calibration.item_residuals.standardised))
    assert calibration.item_residuals.largest.shape == (24,)
