"""Numbers of base R (its version stands in the file), made by tests/reference/selection_and_quality.R."""

import json
from pathlib import Path

import numpy as np
import pytest

from eiassess import psychometrics as ps

REFERENCE = Path(__file__).parents[2] / "reference"
R = json.loads((REFERENCE / "selection_and_quality.reference.json").read_text())


@pytest.fixture(scope="module")
def table() -> np.ndarray:
    return np.genfromtxt(REFERENCE / "scenario_scores.csv", delimiter=",", skip_header=1, missing_values="NA")


def test_adjusted_p_values() -> None:
    p = np.array(R["p"])
    assert ps.holm_adjusted(p) == pytest.approx(R["holm"], abs=1e-12)
    assert ps.benjamini_hochberg(p) == pytest.approx(R["benjamini_hochberg"], abs=1e-12)


@pytest.mark.parametrize("name", [f"table_{number}" for number in range(1, 6)])
def test_adverse_impact(name: str) -> None:
    impact = ps.adverse_impact_ratio(*(int(count) for count in R[name]))
    assert impact.p_fisher == pytest.approx(R[f"{name}_fisher"], abs=1e-8)
    assert impact.p_mid == pytest.approx(R[f"{name}_mid_p"], abs=1e-8)
    assert impact.z == pytest.approx(R[f"{name}_z"], abs=1e-8)
    if impact.ratio_interval is not None:
        assert impact.ratio_interval == pytest.approx(R[f"{name}_ratio_interval"], abs=1e-6)


@pytest.mark.parametrize("name", ["partial_1", "partial_2", "partial_3"])
def test_exact_partial_association(name: str) -> None:
    sizes, above, tagged = np.array(R[name], dtype=np.intp).reshape(-1, 3).T
    most = int(np.minimum(above, tagged).sum())
    found = [ps.exact_partial_association(sizes, above, tagged, both) for both in range(most + 1)]
    assert found == pytest.approx(R[f"{name}_p"], abs=1e-9)


def test_without_a_stratum_there_is_no_association() -> None:
    none = np.array([], dtype=np.intp)
    assert ps.exact_partial_association(none, none, none, 0) == 1


def test_mahalanobis_distances(table: np.ndarray) -> None:
    scores = table[:, 2:26]
    found = ps.mahalanobis_distance(scores[~np.isnan(scores).any(axis=1)])
    assert found.squared_distance[:5] == pytest.approx(R["mahalanobis_complete_first5"], abs=1e-8)
    assert found.cut == pytest.approx(R["mahalanobis_cut"], abs=1e-8)


def test_group_difference(table: np.ndarray) -> None:
    total, group = table[:, 2:26].sum(axis=1), table[:, 1]
    found = ps.standardised_group_difference(total[group == 0], total[group == 1])
    assert found.d == pytest.approx(R["group_d"], abs=1e-10)
    assert found.interval == pytest.approx(R["group_d_interval"], abs=1e-8)


def test_validity() -> None:
    assert ps.fisher_interval(0.3, 120) == pytest.approx(R["cor_r.30_n120"], abs=1e-10)
    assert ps.expected_expectancy(0.26) == pytest.approx(R["expectancy_r.26"], abs=1e-9)
    assert ps.taylor_russell(0.6, 0.1, 0.35) == pytest.approx(R["taylor_russell_BR.6_SR.1_r.35"], abs=1e-9)


def test_percentile_ranks() -> None:
    sample = [12, 15, 9, 12, 20, 15, 15, 11]
    assert ps.percentile_rank(sample, sample) == pytest.approx(R["percentile_rank"])
