"""Scores, their errors, standard errors of parameters and fit, against slow and plain computations."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eiassess import psychometrics as ps
from eiassess.errors import InvalidInputError, NotEstimableError
from eiassess.psychometrics.irt.expectation import expectation_step
from eiassess.psychometrics.irt.fit import yen_q3
from eiassess.psychometrics.irt.information import observed_information
from eiassess.psychometrics.irt.parameters import ItemParameters
from tests.scenario_scores import scenario_scores

MODELS = {"grm": ps.GradedResponseModel(), "gpcm": ps.GeneralizedPartialCreditModel()}
BOTH = pytest.mark.parametrize("model", MODELS)


def sample() -> np.ndarray:
    """Five items of 2 to 5 categories, with missing entries and somebody who answered nothing."""
    scores = scenario_scores()[:, :5].copy()
    scores[:, 0] = np.where(np.isnan(scores[:, 0]), np.nan, scores[:, 0] >= 3)
    scores[5] = np.nan
    return scores


@cache
def small(model: str, *, priors: bool = False) -> ps.Calibration:
    return type(MODELS[model])(priors=priors, min_category=8).fit(sample())


def log_posterior(calibration: ps.Calibration, person: int, theta: np.ndarray) -> np.ndarray:
    logs = np.log(np.maximum(calibration.parameters.probabilities(theta), 1e-300))
    result = -(theta**2) / 2
    for item, score in enumerate(sample()[person]):
        if not np.isnan(score):
            level = int(score - calibration.scale.lowest[item])
            result = result + logs[item, calibration.categories.of_level[item, level]]
    return result


@BOTH
def test_eap_is_the_mean_of_the_posterior(model: str) -> None:
    calibration, theta = small(model), np.linspace(-8, 8, 4001)
    people = calibration.score(sample())
    for person in range(12):
        density = np.exp(log_posterior(calibration, person, theta))
        density /= density.sum()
        mean = density @ theta
        assert people.theta[person] == pytest.approx(mean, abs=1e-5)
        assert people.standard_error[person] == pytest.approx(np.sqrt(density @ (theta - mean) ** 2), abs=1e-5)


@BOTH
def test_map_is_the_mode_of_the_posterior(model: str) -> None:
    calibration, theta = small(model), np.linspace(-4, 4, 80_001)
    people = calibration.score(sample(), method="MAP")
    assert people.method == "MAP"
    for person in range(12):
        assert people.theta[person] == pytest.approx(
            theta[log_posterior(calibration, person, theta).argmax()], abs=1e-4
        )
    complete = ~np.isnan(sample()).any(axis=1)
    errors = 1 / np.sqrt(calibration.test_information(people.theta[complete]) + 1)
    assert people.standard_error[complete] == pytest.approx(errors, abs=1e-8)


@BOTH
@pytest.mark.parametrize("method", ["EAP", "MAP"])
def test_who_answered_nothing_has_the_prior(model: str, method: str) -> None:
    nobody = small(model).score(np.full((1, 5), np.nan), method)
    assert nobody.theta[0] == pytest.approx(0.0, abs=1e-9)
    assert nobody.standard_error[0] == pytest.approx(1.0, abs=1e-6)
    assert nobody.answered.tolist() == [0]
    assert nobody.reported == pytest.approx(np.array([50.0]))
    assert small(model).n_used == (~np.isnan(sample()).all(axis=1)).sum()


def test_map_stops_after_a_hundred_steps_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    calibration = small("gpcm")
    exact = calibration.score(sample(), "MAP").theta
    monkeypatch.setattr("eiassess.psychometrics.irt.scoring.MOST_STEPS", 1)
    assert calibration.score(sample(), "MAP").theta == pytest.approx(exact, abs=0.05)


def test_map_without_missing_entries() -> None:
    calibration = small("gpcm")
    complete = sample()[~np.isnan(sample()).any(axis=1)][:20]
    some = calibration.score(complete, "MAP")
    assert some.theta == pytest.approx(calibration.score(np.vstack([complete, np.full(5, np.nan)]), "MAP").theta[:20])


def test_higher_scores_never_lower_theta() -> None:
    calibration = MODELS["gpcm"].fit(scenario_scores())
    row = scenario_scores()[~np.isnan(scenario_scores()).any(axis=1)][0]
    raised = np.where(np.eye(24, dtype=bool), np.minimum(row + 1, 4), row)
    assert np.all(calibration.score(raised).theta >= calibration.score(row[None]).theta - 1e-12)


@pytest.mark.parametrize(
    ("scores", "method", "says"),
    [
        (np.zeros((2, 4)), "EAP", "a column for each of the 5"),
        (np.zeros(5), "EAP", "a column for each of the 5"),
        (np.zeros((2, 5)), "ML", "no method ML: choose EAP or MAP"),
        (np.full((2, 5), np.inf), "EAP", "cannot be infinite"),
        (np.full((2, 5), 0.5), "EAP", "row 1, item 1: a category must be a whole number"),
    ],
)
def test_what_cannot_be_scored_says_why(scores: np.ndarray, method: str, says: str) -> None:
    with pytest.raises(InvalidInputError, match=says):
        small("grm").score(scores, method)  # type: ignore[arg-type]  # the wrong ones are the point


@given(st.lists(st.floats(-3, 3), min_size=2, max_size=9), st.floats(0.1, 1))
def test_empirical_reliability_is_a_share(theta: list[float], error: float) -> None:
    assert 0 <= ps.empirical_reliability(np.array(theta), np.full(len(theta), error)) <= 1


def test_empirical_reliability_needs_persons_and_something_to_share() -> None:
    with pytest.raises(NotEstimableError, match="two persons"):
        ps.empirical_reliability(np.zeros(1), np.ones(1))
    with pytest.raises(NotEstimableError, match="neither vary nor err"):
        ps.empirical_reliability(np.zeros(3), np.zeros(3))


def test_information_of_all_items_is_their_sum() -> None:
    calibration, theta = small("grm"), np.array([-1.0, 0.0, 2.0])
    information = calibration.item_information(theta).sum(axis=0)
    assert calibration.test_information(theta) == pytest.approx(information)


def numerical_information(calibration: ps.Calibration) -> np.ndarray:
    """Second differences of the log-likelihood itself."""
    parameters, h = calibration.parameters, 1e-3
    used = np.column_stack([np.ones(parameters.a.size, dtype=bool), parameters.used])
    places = np.argwhere(used)

    def value(*moves: tuple[int, float]) -> float:
        table = np.column_stack([parameters.a, parameters.intercepts])
        for place, by in moves:
            table[tuple(places[place])] += by
        moved = ItemParameters(parameters.family, table[:, 0], table[:, 1:], parameters.categories)
        found = expectation_step(moved, calibration.categories, calibration.responses, calibration.rule).log_likelihood
        return found + (calibration.priors.log_density(moved) if calibration.priors else 0.0)

    size = len(places)
    result = np.empty((size, size))
    for i in range(size):
        for j in range(i, size):
            corners = [si * sj * value((i, si * h), (j, sj * h)) for si in (1, -1) for sj in (1, -1)]
            result[i, j] = result[j, i] = -sum(corners) / (4 * h * h)
    return result


@BOTH
@pytest.mark.parametrize("priors", [False, True])
def test_standard_errors_are_those_of_the_second_derivatives(model: str, *, priors: bool) -> None:
    calibration = small(model, priors=priors)
    numerical = numerical_information(calibration)
    exact = observed_information(
        calibration.parameters, calibration.categories, calibration.responses, calibration.rule, calibration.priors
    )
    assert exact == pytest.approx(numerical, rel=2e-3, abs=2e-3 * np.abs(numerical).max())
    errors = np.sqrt(np.diag(np.linalg.inv(numerical)))
    ours = calibration.standard_errors
    flat = np.concatenate([np.concatenate([[a], d]) for a, d in zip(ours.a, ours.d, strict=True)])
    assert flat == pytest.approx(errors, rel=5e-3)


def test_standard_errors_away_from_a_peak_have_no_value() -> None:
    calibration = small("grm")
    flat = ItemParameters(calibration.parameters.family, calibration.a * 0.0, *_rest(calibration.parameters))
    with pytest.raises(NotEstimableError, match="no proper peak"):
        ps.parameter_standard_errors(flat, calibration.categories, calibration.responses, calibration.rule)


def _rest(parameters: ItemParameters) -> tuple[np.ndarray, np.ndarray]:
    return parameters.intercepts, parameters.categories


@BOTH
def test_q3_correlates_residuals_of_pairs(model: str) -> None:
    calibration, scores = small(model), sample()
    theta = calibration.abilities.theta
    levels = np.where(np.isnan(scores), 0, scores - calibration.scale.lowest).astype(int)
    categories = np.take_along_axis(calibration.categories.of_level.T, levels, axis=0).astype(float)
    residuals = np.where(np.isnan(scores), np.nan, categories - calibration.parameters.expected_scores(theta).T)
    for first, second in ((0, 1), (2, 4)):
        both = ~np.isnan(residuals[:, [first, second]]).any(axis=1)
        expected = np.corrcoef(residuals[both, first], residuals[both, second])[0, 1]
        assert calibration.q3[first, second] == pytest.approx(expected, abs=1e-10)
    assert np.diag(calibration.q3) == pytest.approx(1.0)


def test_q3_sees_two_items_that_share_more_than_the_trait() -> None:
    random = np.random.default_rng(2)
    theta, shared = random.standard_normal((1000, 1)), random.standard_normal((1000, 1))
    scores = (theta + random.logistic(size=(1000, 8)) > 0).astype(float)
    scores[:, :2] = theta + 2 * shared + random.logistic(size=(1000, 2)) > 0
    q3 = MODELS["grm"].fit(scores).q3
    pairs = np.triu_indices(8, 1)
    assert q3[0, 1] == q3[pairs].max() > 0.2


def test_q3_of_pairs_that_nobody_answered_is_zero() -> None:
    calibration = small("grm")
    two = calibration.responses.every(600, 2)
    q3 = yen_q3(calibration.parameters, calibration.categories, two, np.zeros(2))
    assert np.array_equal(q3, np.eye(5))


def test_residuals_are_small_where_the_model_holds_and_large_where_not() -> None:
    random = np.random.default_rng(4)
    theta = random.standard_normal(4000)
    scores = (theta[:, None] + random.logistic(size=(4000, 10)) > 0).astype(float)
    scores[:, 9] = (np.abs(theta) + random.logistic(size=4000) * 0.3 > 0.8) & (random.random(4000) < 0.9)  # a valley
    scores[:, 9] = np.where(random.random(4000) < 0.5, scores[:, 9], scores[:, 8])
    residuals = MODELS["grm"].fit(scores).item_residuals
    assert residuals.theta[[0, -1]] == pytest.approx([-2.0, 2.0])
    assert residuals.largest[9] > 5
    assert np.median(residuals.largest[:8]) < 3
    assert residuals.observed.shape == residuals.expected.shape == residuals.standardised.shape == (10, 21)


@BOTH
def test_a_model_scores_the_people_that_it_is_calibrated_on(model: str) -> None:
    scores = sample()
    alike = MODELS[model].score(scores, "MAP")
    assert alike.theta.tolist() == MODELS[model].fit(scores).score(scores, "MAP").theta.tolist()
