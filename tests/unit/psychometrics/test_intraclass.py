"""Intraclass correlations: Shrout & Fleiss (1979), intervals by R's DescTools of a published table, properties."""

from dataclasses import astuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from eiassess import psychometrics as ps
from eiassess.errors import InvalidInputError, NotEstimableError
from tests.scenario_scores import worked_examples

NAMES = {
    "ICC1": "icc_1_1",
    "ICC2": "icc_2_1",
    "ICC3": "icc_3_1",
    "ICC1k": "icc_1_k",
    "ICC2k": "icc_2_k",
    "ICC3k": "icc_3_k",
}
panels = arrays(np.float64, st.tuples(st.integers(2, 9), st.integers(2, 9)), elements=st.integers(1, 6).map(float))


@pytest.fixture
def judges() -> np.ndarray:
    return np.array(worked_examples()["icc_shrout_fleiss_1979"]["ratings_6_targets_by_4_judges"], dtype=float).T


@pytest.mark.parametrize(("r_name", "name"), NAMES.items())
def test_shrout_and_fleiss(judges: np.ndarray, r_name: str, name: str) -> None:
    icc = ps.intraclass_correlation(judges)
    assert getattr(icc, name).value == pytest.approx(worked_examples()["icc_shrout_fleiss_1979"][r_name], abs=1e-8)
    assert (icc.n_targets, icc.n_raters) == (6, 4)


# table 6 of McGraw & Wong (1996), Psychological Methods 1, 30, and what R's DescTools::ICC prints of it
MCGRAW_WONG = np.array(
    [[103.0, 82, 116, 102, 99, 98, 104, 62, 97, 107], [119.0, 65, 106, 102, 105, 100, 107, 85, 101, 110]]
)


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("icc_1_1", (0.722, 0.241, 0.922)),
        ("icc_2_1", (0.720, 0.228, 0.922)),
        ("icc_3_1", (0.714, 0.197, 0.920)),
        ("icc_1_k", (0.838, 0.389, 0.959)),
        ("icc_2_k", (0.837, 0.371, 0.959)),
        ("icc_3_k", (0.833, 0.329, 0.959)),
    ],
)
def test_intervals_of_mcgraw_and_wongs_table(name: str, printed: tuple[float, float, float]) -> None:
    assert astuple(getattr(ps.intraclass_correlation(MCGRAW_WONG), name)) == pytest.approx(printed, abs=5e-4)


def test_experts_of_the_worked_example() -> None:
    example = worked_examples()["sme_example"]
    icc = ps.intraclass_correlation(np.array(example["ratings_sme_by_option"], dtype=float))
    assert icc.icc_2_1.value == pytest.approx(example["ICC2"], abs=1e-8)
    assert icc.icc_2_k.value == pytest.approx(example["ICC2k"], abs=1e-8)


@given(panels)
def test_any_panel_gives_finite_ends_in_order_or_none(ratings: np.ndarray) -> None:
    try:
        icc = ps.intraclass_correlation(ratings)
    except NotEstimableError:
        assert np.ptp(ratings) == 0
        return
    for name in NAMES.values():
        value, lower, upper = astuple(getattr(icc, name))
        numbers = [number for number in (lower, value, upper) if number is not None]
        assert np.isfinite(numbers).all()
        assert max(numbers, default=0) <= 1 + 1e-9
        if len(numbers) == 3 and value > 0:
            assert lower - 1e-9 <= value <= upper + 1e-9


@given(panels, st.floats(0.1, 10), st.floats(-100, 100))
def test_units_do_not_matter(ratings: np.ndarray, unit: float, level: float) -> None:
    if np.ptp(ratings):
        plain, scaled = ps.intraclass_correlation(ratings), ps.intraclass_correlation(ratings * unit + level)
        for name in NAMES.values():
            before, after = getattr(plain, name).value, getattr(scaled, name).value
            assert (before is None) == (after is None)
            assert before is None or after == pytest.approx(before, rel=1e-6, abs=1e-6)


@given(panels)
def test_the_mean_of_raters_follows_from_one_by_spearman_and_brown(ratings: np.ndarray) -> None:
    if np.ptp(ratings) == 0:
        return
    icc, k = ps.intraclass_correlation(ratings), len(ratings)
    for one, many in ((icc.icc_1_1, icc.icc_1_k), (icc.icc_2_1, icc.icc_2_k), (icc.icc_3_1, icc.icc_3_k)):
        if one.value is not None and many.value is not None:
            assert many.value == pytest.approx(k * one.value / (1 + (k - 1) * one.value), rel=1e-6, abs=1e-6)


def test_consistency_of_three_is_alpha() -> None:
    ratings = np.random.default_rng(1).normal(size=(4, 30)) + np.random.default_rng(2).normal(size=30)
    icc, alpha = ps.intraclass_correlation(ratings).icc_3_k, ps.coefficient_alpha(ratings.T)
    assert astuple(icc) == pytest.approx((alpha.value, alpha.lower, alpha.upper))


def test_raters_who_agree_exactly() -> None:
    icc = ps.intraclass_correlation(np.tile([1.0, 3.0, 5.0], (4, 1)))
    assert all(astuple(getattr(icc, name)) == pytest.approx((1, 1, 1)) for name in NAMES.values())


def test_raters_who_differ_by_a_level_only() -> None:
    icc = ps.intraclass_correlation(np.array([[1.0, 2.0, 3.0], [3.0, 4.0, 5.0]]))
    assert astuple(icc.icc_3_1) == pytest.approx((1, 1, 1))
    assert icc.icc_2_1.value == pytest.approx(1 / 3)
    assert icc.icc_2_1.lower < 1 / 3 < icc.icc_2_1.upper


def test_targets_that_do_not_differ_have_no_correlation_of_the_mean() -> None:
    icc = ps.intraclass_correlation(np.array([[1.0, 2.0], [2.0, 1.0]]))
    assert icc.icc_1_k == ps.IntraclassCorrelation(None, None, None)
    assert icc.icc_1_1.value == pytest.approx(-1)
    assert icc.icc_2_1 == ps.IntraclassCorrelation(None, None, None)


@pytest.mark.parametrize("unit", [1, 3])
def test_a_divisor_that_is_zero_but_for_rounding_gives_no_value(unit: float) -> None:
    rows = [
        [2, 3, 4, 2, 2, 4, 6],
        [6, 5, 1, 2, 3, 4, 2],
        [1, 3, 4, 4, 5, 2, 5],
        [2, 3, 5, 5, 2, 4, 1],
        [6, 3, 4, 4, 5, 4, 5],
    ]
    assert ps.intraclass_correlation(unit * np.array(rows, dtype=float)).icc_2_k.value is None


def test_targets_that_a_rater_left_out_are_not_used(judges: np.ndarray) -> None:
    holed = np.column_stack([judges, [1.0, np.nan, 3.0, 4.0]])
    assert ps.intraclass_correlation(holed) == ps.intraclass_correlation(judges)


@pytest.mark.parametrize("confidence", [0.9, 0.95])
def test_the_interval_of_absolute_agreement_covers(confidence: float) -> None:
    generator = np.random.default_rng(1)
    covered = []
    for _ in range(1500):
        ratings = generator.normal(size=12) + 0.5 * generator.normal(size=(10, 1)) + generator.normal(size=(10, 12))
        icc = ps.intraclass_correlation(ratings, confidence).icc_2_1
        covered.append(icc.lower <= 1 / 2.25 <= icc.upper)
    assert np.mean(covered) == pytest.approx(confidence, abs=0.02)


@pytest.mark.parametrize(
    ("ratings", "match"),
    [
        (np.ones((1, 5)), "two raters and two targets rated by all; there are 1 and 5"),
        (np.ones((5, 1)), "there are 5 and 1"),
        (np.full((3, 3), np.nan), "there are 3 and 0"),
        (np.full((3, 3), 4.2), "all ratings are the same"),
    ],
)
def test_why_there_is_no_value(ratings: np.ndarray, match: str) -> None:
    with pytest.raises(NotEstimableError, match=match):
        ps.intraclass_correlation(ratings)


@pytest.mark.parametrize(
    ("ratings", "match"), [(np.ones(4), "not an array of 1"), (np.array([[1.0, np.inf], [1.0, 2.0]]), "infinite")]
)
def test_ratings_must_be_a_table_of_numbers(ratings: np.ndarray, match: str) -> None:
    with pytest.raises(InvalidInputError, match=match):
        ps.intraclass_correlation(ratings)
