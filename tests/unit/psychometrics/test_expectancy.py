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
correlations = st.floats(-0.99, 0.99)
shares = st.floats(0.02, 0.98)


@pytest.mark.parametrize(
    ("base_rate", "selection_ratio", "r", "name"),
    [(0.5, 0.3, 0.26, "BR.5_SR.3_r.26"), (0.5, 0.3, 0.5, "BR.5_SR.3_r.5"), (0.6, 0.1, 0.35, "BR.6_SR.1_r.35")],
)
def test_taylor_russell_of_the_worked_examples(base_rate: float, selection_ratio: float, r: float, name: str) -> None:
    assert ps.taylor_russell(base_rate, selection_ratio, r) == pytest.approx(WORKED["taylor_russell"][name], abs=5e-5)


def test_expectancy_of_the_worked_examples() -> None:
    expected = WORKED["expectancy_above_median_by_quintile_r.26"]
    assert ps.expected_expectancy(0.26) == pytest.approx(expected, abs=5e-8)


@given(shares, shares, st.one_of(correlations, st.sampled_from([-1.0, 0.0, 1.0])))
def test_taylor_russell_is_a_share_and_symmetrical(base_rate: float, selection_ratio: float, r: float) -> None:
    success = ps.taylor_russell(base_rate, selection_ratio, r)
    assert -1e-12 <= success <= 1 + 1e-12
    other_way = ps.taylor_russell(selection_ratio, base_rate, r)
    assert success * selection_ratio == pytest.approx(other_way * base_rate, abs=1e-12)
    without = ps.taylor_russell(base_rate, selection_ratio, 0)
    assert without == pytest.approx(base_rate)
    assert success >= without - 1e-12 if r >= 0 else success <= without + 1e-12


@pytest.mark.parametrize(("base_rate", "selection_ratio"), [(0.5, 0.5), (0.5, 0.2), (0.5, 0.8), (0.3, 0.5), (0.9, 0.5)])
def test_taylor_russell_where_a_cut_lies_in_the_middle(base_rate: float, selection_ratio: float) -> None:
    generator = np.random.default_rng(0)
    x = generator.normal(size=400_000)
    y = 0.4 * x + np.sqrt(1 - 0.16) * generator.normal(size=x.size)
    chosen = x > np.quantile(x, 1 - selection_ratio)
    observed = np.mean(y[chosen] > np.quantile(y, 1 - base_rate))
    assert ps.taylor_russell(base_rate, selection_ratio, 0.4) == pytest.approx(observed, abs=0.005)


def test_taylor_russell_without_any_error() -> None:
    assert ps.taylor_russell(0.3, 0.2, 1) == pytest.approx(1)
    assert ps.taylor_russell(0.3, 0.6, 1) == pytest.approx(0.5)
    assert ps.taylor_russell(0.3, 0.2, -1) == 0


@given(correlations, shares, st.integers(1, 10))
def test_expected_shares_average_to_the_base_rate_and_rise_with_r(r: float, base_rate: float, parts: int) -> None:
    expected = ps.expected_expectancy(r, base_rate, parts)
    assert np.mean(expected) == pytest.approx(base_rate)
    assert np.all(np.diff(expected) * np.sign(r) >= -1e-12)


@pytest.mark.parametrize("share", [0.0, 1.0, -0.5, np.nan])
def test_shares_leave_their_ends_out(share: float) -> None:
    with pytest.raises(InvalidInputError, match="share"):
        ps.taylor_russell(share, 0.3, 0.2)
    with pytest.raises(InvalidInputError, match="share"):
        ps.taylor_russell(0.3, share, 0.2)
    with pytest.raises(InvalidInputError, match="share"):
        ps.expected_expectancy(0.2, share)


def test_observed_expectancy_follows_the_expected_one() -> None:
    generator = np.random.default_rng(1)
    x = generator.normal(size=50_000)
    y = 0.26 * x + np.sqrt(1 - 0.26**2) * generator.normal(size=x.size)
    table = ps.expectancy_table(x, y > 0)
    assert [row.n for row in table] == [10_000] * 5
    assert [row.share for row in table] == pytest.approx(ps.expected_expectancy(0.26), abs=0.015)


def test_equal_scores_are_not_parted() -> None:
    # mid-ranks 3, 3, 3, 3, 3, 8, 8, 8, 8, 8 of 10: the second and the fourth fifth
    table = ps.expectancy_table(np.repeat([1.0, 2.0], 5), np.r_[np.zeros(4), np.ones(6)])
    assert [row.n for row in table] == [0, 5, 0, 5, 0]
    assert [row.share for row in table] == [None, 0.2, None, 1.0, None]
    assert table[0].interval is None


def test_wilsons_interval_by_hand() -> None:
    # 1 of 5: (0.2 + .3842 -+ 1.96 sqrt(.032 + .0384)) / (1 + .7683)
    row = ps.expectancy_table(np.repeat([1.0, 2.0], 5), np.r_[np.zeros(4), np.ones(6)])[1]
    assert row.interval == pytest.approx((0.0362, 0.6245), abs=5e-5)


def test_people_without_an_outcome_are_left_out() -> None:
    table = ps.expectancy_table(np.arange(6.0), np.array([0, 1, 0, 1, 1, np.nan]))
    assert sum(row.n for row in table) == 5


def test_expectancy_needs_people_spread_and_outcomes() -> None:
    with pytest.raises(NotEstimableError, match="as many people"):
        ps.expectancy_table(np.arange(4.0), np.ones(4))
    with pytest.raises(NotEstimableError, match="scores that vary"):
        ps.expectancy_table(np.ones(9), np.ones(9))
    with pytest.raises(InvalidInputError, match="1 or 0"):
        ps.expectancy_table(np.arange(9.0), np.arange(9.0))
