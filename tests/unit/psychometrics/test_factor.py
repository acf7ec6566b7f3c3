"""Omega total against R 4.2.2 (factanal of package stats; tests/reference), the likelihood itself, its properties."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eiassess import psychometrics as ps
from eiassess.errors import NotEstimableError
from eiassess.psychometrics.reliability import factor
from tests.scenario_scores import r_says, scenario_scores

seeds = st.integers(0, 2**32 - 1)


def of_covariance(covariance: np.ndarray) -> ps.OmegaTotal:
    return ps.omega_total(ps.ItemMoments(200, np.zeros(len(covariance)), covariance))


def discrepancy(covariance: np.ndarray, loadings: np.ndarray, uniquenesses: np.ndarray) -> float:
    """Joereskog's function, minimised by maximum likelihood."""
    implied = np.outer(loadings, loadings) + np.diag(uniquenesses)
    return float(np.linalg.slogdet(implied)[1] + np.trace(np.linalg.solve(implied, covariance)))


def noisy_factor(seed: int, n: int = 80) -> np.ndarray:
    generator = np.random.default_rng(seed)
    k = int(generator.integers(4, 9))
    return generator.normal(size=(n, 1)) * generator.uniform(0.5, 1.5, k) + generator.normal(size=(n, k))


def test_omega_is_rs_to_the_figure_that_r_reaches() -> None:
    omega = ps.omega_total(scenario_scores())
    assert omega.value == pytest.approx(r_says()["omega_total_raw_metric_ml"], abs=1e-6)
    assert omega.n_persons == r_says()["n_complete"]
    assert omega.heywood == ()
    assert omega.variant == "one factor, maximum likelihood, raw metric"


def test_no_point_nearby_is_more_likely() -> None:
    covariance = ps.item_moments(scenario_scores()).covariance
    omega = ps.omega_total(scenario_scores())
    loadings, uniquenesses = np.array(omega.loadings), np.array(omega.uniquenesses)
    least = discrepancy(covariance, loadings, uniquenesses)
    generator = np.random.default_rng(1)
    for size in (1e-5, 1e-4, 1e-2):
        for _ in range(100):
            nearby = (
                loadings + size * generator.normal(size=24),
                uniquenesses * np.exp(size * generator.normal(size=24)),
            )
            assert discrepancy(covariance, *nearby) > least


def test_the_normal_equations_hold() -> None:
    covariance = ps.item_moments(scenario_scores()).covariance
    omega = ps.omega_total(scenario_scores())
    loadings, uniquenesses = np.array(omega.loadings), np.array(omega.uniquenesses)
    implied = np.outer(loadings, loadings) + np.diag(uniquenesses)
    assert implied.diagonal() == pytest.approx(covariance.diagonal(), abs=1e-7)
    assert covariance @ np.linalg.solve(implied, loadings) == pytest.approx(loadings, abs=1e-7)


@given(st.lists(st.floats(0.3, 0.9), min_size=3, max_size=8))
def test_a_population_gives_its_loadings_back(loadings: list[float]) -> None:
    true = np.array(loadings)
    omega = of_covariance(np.outer(true, true) + np.diag(1 - true**2))
    assert omega.loadings == pytest.approx(true, abs=1e-6)
    assert omega.uniquenesses == pytest.approx(1 - true**2, abs=1e-6)
    assert omega.value == pytest.approx(true.sum() ** 2 / (true.sum() ** 2 + (1 - true**2).sum()), abs=1e-6)


@settings(max_examples=40)
@given(seeds, st.floats(0.01, 100))
def test_units_change_loadings_and_not_omega(seed: int, unit: float) -> None:
    scores = noisy_factor(seed)
    plain, scaled = ps.omega_total(scores), ps.omega_total(scores * unit)
    assert scaled.value == pytest.approx(plain.value, abs=1e-7)
    assert scaled.loadings == pytest.approx(np.array(plain.loadings) * unit, rel=1e-5, abs=1e-6 * unit)


@settings(max_examples=40)
@given(seeds)
def test_parallel_items_have_omega_equal_to_alpha(seed: int) -> None:
    r = np.random.default_rng(seed).uniform(0.05, 0.9)
    moments = ps.ItemMoments(100, np.zeros(6), np.full((6, 6), r) + np.eye(6) * (1 - r))
    assert ps.omega_total(moments).value == pytest.approx(ps.coefficient_alpha(moments).value, abs=1e-8)


@settings(max_examples=60, deadline=None)
@given(seeds)
def test_any_noise_gives_a_share_and_names_what_was_held_fast(seed: int) -> None:
    generator = np.random.default_rng(seed)
    k = int(generator.integers(3, 8))
    covariance = np.cov(generator.normal(size=(int(generator.integers(k + 2, 40)), k)).T)
    omega = of_covariance(covariance)
    assert 0 <= omega.value <= 1
    least = factor.LEAST_UNIQUENESS * covariance.diagonal()
    assert np.all(np.array(omega.uniquenesses) >= least * (1 - 1e-9))
    assert np.flatnonzero(np.array(omega.uniquenesses) <= least * (1 + 1e-9)).tolist() == list(omega.heywood)


def test_a_heywood_case_is_named() -> None:
    # one factor would need lambda_1^2 = r12 r13 / r23 = 1.28
    omega = of_covariance(np.array([[1, 0.8, 0.8], [0.8, 1, 0.5], [0.8, 0.5, 1]]))
    assert omega.heywood == (0,)
    assert omega.uniquenesses[0] == pytest.approx(0.005)


def test_the_highest_of_several_tops_is_taken() -> None:
    # found among tables of noise: from the usual start the search ends on a lower top
    covariance = np.array(
        [[1, -0.07, 0.27, 0.29], [-0.07, 1, 0.46, -0.07], [0.27, 0.46, 1, -0.07], [0.29, -0.07, -0.07, 1]]
    )
    omega = of_covariance(covariance)
    least = discrepancy(covariance, np.array(omega.loadings), np.array(omega.uniquenesses))
    usual, _ = factor._minimise(covariance, None)  # noqa: SLF001 - to show that the usual start is not enough
    loadings = factor._loadings(covariance, usual)  # noqa: SLF001 - the same
    assert least < discrepancy(covariance, loadings, usual) - 0.05


def test_nearly_dependent_items_still_end() -> None:
    # eight items of nine people: the smallest eigenvalue is 2e-6, and the discrepancy is known to nine digits only
    scores = np.random.default_rng(2).normal(size=(9, 8)) + 3 * np.random.default_rng(3).normal(size=(9, 1))
    assert 0 <= ps.omega_total(scores).value <= 1


def test_items_keyed_the_wrong_way_load_negatively() -> None:
    true = np.array([0.8, 0.7, 0.6, -0.5])
    omega = of_covariance(np.outer(true, true) + np.diag(1 - true**2))
    assert omega.loadings == pytest.approx(true, abs=1e-6)


def test_a_search_that_does_not_end_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(factor, "ITERATIONS", 1)
    with pytest.raises(NotEstimableError, match="did not end"):
        ps.omega_total(scenario_scores())


@pytest.mark.parametrize(
    ("scores", "match"),
    [
        (np.random.default_rng(1).normal(size=(9, 2)), "at least three items; there are 2"),
        (
            np.column_stack([np.random.default_rng(1).normal(size=(9, 2)), np.ones(9)]),
            "item 3 is the same for everybody",
        ),
        (np.random.default_rng(1).normal(size=(4, 6)), "fewer people than items"),
        (np.repeat(np.random.default_rng(1).normal(size=(9, 1)), 3, axis=1), "follow exactly from each other"),
        (np.random.default_rng(1).normal(size=(1, 6)), "two people"),
    ],
)
def test_omega_says_why_it_has_no_value(scores: np.ndarray, match: str) -> None:
    with pytest.raises(NotEstimableError, match=match):
        ps.omega_total(scores)
