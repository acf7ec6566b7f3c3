from pathlib import Path

import numpy as np
import pytest

from eiassess import psychometrics as ps
from eiassess.errors import NotEstimableError

REFERENCE = Path(__file__).parents[2] / "reference"


@pytest.fixture(scope="module")
def scenario_scores() -> np.ndarray:
    table = np.genfromtxt(REFERENCE / "scenario_scores.csv", delimiter=",", skip_header=1, missing_values="NA")
    return table[:, 2:26]


def test_mahalanobis_distances_of_complete_rows_average_the_items(scenario_scores: np.ndarray) -> None:
    complete = scenario_scores[~np.isnan(scenario_scores).any(axis=1)]
    found = ps.mahalanobis_distance(complete)
    n, k = complete.shape
    assert found.squared_distance.sum() == pytest.approx(k * (n - 1))
    inverse = np.linalg.inv(np.cov(complete, rowvar=False))
    deviation = complete[7] - complete.mean(axis=0)
    assert found.squared_distance[7] == pytest.approx(deviation @ inverse @ deviation)
    assert found.cut == pytest.approx(51.1786, abs=1e-4)  # R: qchisq(.999, 24)
    assert found.is_flagged.tolist() == (found.squared_distance > found.cut).tolist()


def test_an_unanswered_item_leaves_the_distance_on_the_others(scenario_scores: np.ndarray) -> None:
    complete = scenario_scores[~np.isnan(scenario_scores).any(axis=1)][:, :4]
    person = complete[3].copy()
    person[1] = np.nan
    found = ps.mahalanobis_distance(np.vstack([complete, person])).squared_distance
    rest = [0, 2, 3]
    deviation = person[rest] - complete.mean(axis=0)[rest]
    own = deviation @ np.linalg.inv(np.cov(complete, rowvar=False)[np.ix_(rest, rest)]) @ deviation
    deviate = (np.cbrt(own / 3) - 1 + 2 / 27) / np.sqrt(2 / 27)
    assert found[-1] == pytest.approx(4 * (1 - 2 / 36 + deviate * np.sqrt(2 / 36)) ** 3)


def test_short_and_long_rows_are_flagged_alike() -> None:
    generator = np.random.default_rng(8)
    sample = generator.normal(size=(30_000, 12)) @ generator.normal(size=(12, 12))
    sample[:15_000][generator.random((15_000, 12)) < 0.2] = np.nan
    squared = ps.mahalanobis_distance(sample).squared_distance
    cut = np.nanpercentile(squared, 99)
    assert np.mean(squared[:15_000] > cut) == pytest.approx(np.mean(squared[15_000:] > cut), abs=0.003)


def test_who_answered_nothing_has_no_distance_and_no_flag() -> None:
    sample = np.random.default_rng(1).normal(size=(40, 3))
    sample[5] = np.nan
    found = ps.mahalanobis_distance(sample)
    assert np.isnan(found.squared_distance[5])
    assert not found.is_flagged[5]


@pytest.mark.parametrize(
    ("sample", "problem"),
    [
        (np.ones((2, 3)), "too few"),
        (np.full((9, 2), np.nan), "too few"),
        (np.ones((9, 0)), "too few"),
        (np.ones((9, 1)), "never varies"),
        (np.repeat(np.arange(9.0)[:, None], 2, axis=1), "repeats others"),
    ],
)
def test_distances_need_complete_rows_and_items_that_differ(sample: np.ndarray, problem: str) -> None:
    with pytest.raises(NotEstimableError, match=problem):
        ps.mahalanobis_distance(sample)
