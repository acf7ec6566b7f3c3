import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eiassess import psychometrics as ps
from eiassess.errors import InvalidInputError, NotEstimableError

REFERENCE = Path(__file__).parents[2] / "reference"
WORKED = json.loads((REFERENCE / "worked_examples.json").read_text())["validation"]
FROM_R = json.loads((REFERENCE / "scenario_scores.reference.json").read_text())
correlations = st.floats(-0.99, 0.99)


def test_correlation_with_the_criterion_is_rs() -> None:
    # R 4.2.2, cor.test on the complete rows
    table = np.genfromtxt(REFERENCE / "scenario_scores.csv", delimiter=",", skip_header=1, missing_values="NA")
    found = ps.criterion_correlation(table[:, 2:26].sum(axis=1), table[:, 26])
    assert found.n == FROM_R["n_complete"]
    assert found.r == pytest.approx(FROM_R["criterion"]["r"], abs=1e-8)
    assert found.interval == pytest.approx(FROM_R["criterion"]["ci95"], abs=1e-8)


@pytest.mark.parametrize(("r", "n", "name"), [(0.30, 120, "cor_ci_r.30_n120"), (0.20, 150, "cor_ci_r.20_n150")])
def test_fishers_interval_of_the_worked_examples(r: float, n: int, name: str) -> None:
    assert ps.fisher_interval(r, n) == pytest.approx(WORKED[name], abs=5e-9)


def test_thorndike_of_the_worked_examples() -> None:
    assert ps.thorndike_ii(0.30, 1.5) == pytest.approx(WORKED["thorndike_II_r.30_u1.5"], abs=5e-11)


def test_needed_numbers() -> None:
    assert [ps.needed_n(r) for r in (0.20, 0.26, 0.30)] == [194, 114, 85]


@given(correlations, st.integers(4, 1000))
def test_the_interval_holds_the_correlation_and_keeps_to_its_range(r: float, n: int) -> None:
    low, high = ps.fisher_interval(r, n)
    assert -1 <= low <= r <= high <= 1


def test_a_perfect_correlation_has_no_room() -> None:
    assert ps.fisher_interval(-1, 10) == (-1, -1)
    assert ps.criterion_correlation(np.arange(5.0), np.arange(5.0)).r == pytest.approx(1)


@given(st.integers(0, 2**32 - 1), st.floats(1e-150, 1e150))
def test_correlation_does_not_depend_on_the_unit(seed: int, unit: float) -> None:
    x, y = np.random.default_rng(seed).normal(size=(2, 12))
    assert ps.criterion_correlation(x * unit, y).r == pytest.approx(np.corrcoef(x, y)[0, 1])


def test_correlations_need_people_and_spread() -> None:
    with pytest.raises(NotEstimableError, match="3 people with score and criterion"):
        ps.criterion_correlation(np.array([1.0, 2, 3, np.nan]), np.array([1.0, 2, 4, 5]))
    with pytest.raises(NotEstimableError, match="never varies"):
        ps.criterion_correlation(np.ones(5), np.arange(5.0))
    with pytest.raises(NotEstimableError, match="never varies"):
        ps.criterion_correlation(np.arange(5.0), np.ones(5))
    with pytest.raises(NotEstimableError, match="too few for the interval"):
        ps.fisher_interval(0.3, 3)


@given(correlations, st.floats(0.2, 5))
def test_restriction_is_undone_by_its_reverse(r: float, u: float) -> None:
    assert ps.thorndike_ii(ps.thorndike_ii(r, u), 1 / u) == pytest.approx(r, abs=1e-9)


def test_thorndike_recovers_what_selection_took() -> None:
    generator = np.random.default_rng(7)
    x = generator.normal(size=400_000)
    y = 0.5 * x + np.sqrt(0.75) * generator.normal(size=x.size)
    chosen = x > 0.5
    restricted = ps.criterion_correlation(x[chosen], y[chosen]).r
    assert ps.thorndike_ii(restricted, x.std() / x[chosen].std()) == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize("u", [0.0, -1.0, np.nan, np.inf])
def test_a_ratio_of_spreads_is_positive(u: float) -> None:
    with pytest.raises(InvalidInputError, match="above zero"):
        ps.thorndike_ii(0.3, u)


def test_attenuation_by_hand() -> None:
    # .20 / sqrt(.64) = .25; .20 / sqrt(.64 x .25) = .50
    assert ps.correct_for_attenuation(0.20, 0.64) == pytest.approx(0.25)
    assert ps.correct_for_attenuation(-0.20, 0.64, 0.25) == pytest.approx(-0.50)


def test_attenuation_refuses_what_cannot_be() -> None:
    with pytest.raises(NotEstimableError, match="exceeds 1"):
        ps.correct_for_attenuation(0.8, 0.3)
    for reliability in (0.0, 1.1, np.nan):
        with pytest.raises(InvalidInputError, match="a reliability"):
            ps.correct_for_attenuation(0.2, reliability)
    with pytest.raises(InvalidInputError, match="between -1 and 1"):
        ps.correct_for_attenuation(1.2, 0.9)


@pytest.mark.parametrize("r", [0.0, 1.0, -1.0, np.nan])
def test_only_a_correlation_between_the_ends_can_be_looked_for(r: float) -> None:
    with pytest.raises(InvalidInputError, match="to be found"):
        ps.needed_n(r)


def test_needed_n_does_not_mind_the_sign_and_gives_the_power() -> None:
    assert ps.needed_n(-0.2) == ps.needed_n(0.2)
    generator = np.random.default_rng(9)
    x = generator.normal(size=(4000, 85))
    y = 0.3 * x + np.sqrt(0.91) * generator.normal(size=x.shape)
    r = np.array([np.corrcoef(*pair)[0, 1] for pair in zip(x, y, strict=True)])
    assert np.mean(np.abs(np.arctanh(r)) * np.sqrt(82) > 1.96) == pytest.approx(0.80, abs=0.02)


@pytest.mark.parametrize("share", [0.0, 1.0, np.nan])
def test_power_leaves_its_ends_out(share: float) -> None:
    with pytest.raises(InvalidInputError, match="share"):
        ps.needed_n(0.2, share)
