import json
from fractions import Fraction
from math import comb, erfc, sqrt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eiassess import psychometrics as ps
from eiassess.errors import InvalidInputError, NotEstimableError

WORKED = json.loads((Path(__file__).parents[2] / "reference" / "worked_examples.json").read_text())
groups = st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def flagged(x: int, n: int, x_h: int, n_h: int) -> bool:
    return x_h > 0 and Fraction(x, n) / Fraction(x_h, n_h) < Fraction(4, 5)


def test_the_worked_example() -> None:
    expected = WORKED["adverse_impact_12of36_vs_48of80"]
    impact = ps.adverse_impact_ratio(12, 36, 48, 80)
    assert impact.impact_ratio == pytest.approx(expected["impact_ratio"], abs=5e-11)
    assert impact.z == pytest.approx(expected["z_pooled"], abs=5e-10)
    assert impact.p_fisher == pytest.approx(expected["fisher_two_sided"], abs=5e-13)
    assert impact.p_mid == pytest.approx(expected["mid_p_two_sided"], abs=5e-13)
    assert impact.below_four_fifths
    assert impact.is_significant
    # 80 % of .6 is .48; .48 of 36 is 17.28, so 18 are needed
    assert impact.shortfall == 6
    assert impact.flips == ()


def test_its_p_is_that_of_z_where_counts_are_large_and_fishers_where_a_group_is_small() -> None:
    large, small = ps.adverse_impact_ratio(12, 36, 48, 80), ps.adverse_impact_ratio(12, 29, 48, 80)
    assert not large.needs_exact_test
    assert large.z is not None
    assert large.p_value == pytest.approx(erfc(abs(large.z) / sqrt(2)), rel=1e-12)
    assert small.needs_exact_test
    assert small.p_value == small.p_fisher


@given(groups, groups)
def test_four_fifths_is_decided_exactly(group: tuple[int, int], reference: tuple[int, int]) -> None:
    impact = ps.adverse_impact_ratio(*group, *reference)
    assert impact.below_four_fifths == flagged(*group, *reference)


def test_exactly_four_fifths_is_not_below_though_floats_say_so() -> None:
    exact = [
        (4 * x_h * n // (5 * n_h), n, x_h, n_h)
        for n in range(10, 60)
        for n_h in range(10, 60)
        for x_h in range(1, n_h + 1)
        if 4 * x_h * n % (5 * n_h) == 0
    ]
    wrong = [x for x, n, x_h, n_h in exact if (x / n) / (x_h / n_h) < 0.8]
    assert len(wrong) > 100
    assert not any(ps.adverse_impact_ratio(*counts).below_four_fifths for counts in exact[::7])


@given(groups, groups)
def test_the_shortfall_is_the_least_that_reaches_four_fifths(
    group: tuple[int, int], reference: tuple[int, int]
) -> None:
    (x, n), shortfall = group, ps.adverse_impact_ratio(*group, *reference).shortfall
    assert x + shortfall <= n
    assert not flagged(x + shortfall, n, *reference)
    assert shortfall == 0 or flagged(x + shortfall - 1, n, *reference)


@given(groups, groups)
def test_a_flip_turns_the_flag_round(group: tuple[int, int], reference: tuple[int, int]) -> None:
    (x, n), (x_h, n_h) = group, reference
    flips = ps.adverse_impact_ratio(x, n, x_h, n_h).flips
    if x < n:
        turned = flagged(x + 1, n, x_h, n_h) != flagged(x, n, x_h, n_h)
        assert (ps.PersonChange.GROUP_GAINS in flips) == turned
    if x_h:
        turned = flagged(x, n, x_h - 1, n_h) != flagged(x, n, x_h, n_h)
        assert (ps.PersonChange.REFERENCE_LOSES in flips) == turned


def test_one_person_can_flip_a_small_table() -> None:
    # 3 of 10 against 4 of 10 is below four fifths; 4 of 10, or 3 of 10 on the other side, is not
    flips = ps.adverse_impact_ratio(3, 10, 4, 10).flips
    assert flips == (
        ps.PersonChange.GROUP_GAINS,
        ps.PersonChange.REFERENCE_LOSES,
        ps.PersonChange.GROUP_INSTEAD,
    )
    assert ps.PersonChange.GROUP_LOSES in ps.adverse_impact_ratio(4, 10, 5, 10).flips


@given(
    st.integers(1, 25).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    st.integers(1, 25).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
)
def test_exact_p_is_that_of_whole_numbers(group: tuple[int, int], reference: tuple[int, int]) -> None:
    (x, n), (x_h, n_h) = group, reference
    chosen = x + x_h
    ways = {k: comb(n, k) * comb(n_h, chosen - k) for k in range(max(0, chosen - n_h), min(n, chosen) + 1)}
    rarer = sum(way for way in ways.values() if way < ways[x])
    equal = sum(way for way in ways.values() if way == ways[x])
    impact = ps.adverse_impact_ratio(x, n, x_h, n_h)
    assert impact.p_fisher == pytest.approx((rarer + equal) / sum(ways.values()))
    assert impact.p_mid == pytest.approx((rarer + equal / 2) / sum(ways.values()))


@given(groups, groups)
def test_no_table_gives_anything_but_numbers_or_nothing(group: tuple[int, int], reference: tuple[int, int]) -> None:
    impact = ps.adverse_impact_ratio(*group, *reference)
    assert (impact.impact_ratio is None) == (reference[0] == 0)
    assert impact.z is None or np.isfinite(impact.z)
    if impact.ratio_interval is not None and impact.impact_ratio is not None:
        low, high = impact.ratio_interval
        assert low <= impact.impact_ratio <= high


def test_interval_of_the_ratio_by_hand() -> None:
    # ln(.5556) -+ 1.96 sqrt(1/12 - 1/36 + 1/48 - 1/80): -0.5878 -+ 0.4954
    interval = ps.adverse_impact_ratio(12, 36, 48, 80).ratio_interval
    assert interval == pytest.approx((0.3385, 0.9118), abs=5e-5)


@pytest.mark.parametrize("counts", [(0, 10, 5, 10), (5, 10, 0, 10), (10, 10, 12, 12)])
def test_no_interval_where_a_count_is_nothing_or_everybody(counts: tuple[int, int, int, int]) -> None:
    assert ps.adverse_impact_ratio(*counts).ratio_interval is None


@pytest.mark.parametrize(
    ("counts", "exact"),
    [
        ((12, 36, 48, 80), False),
        ((12, 29, 48, 80), True),
        ((12, 30, 48, 80), False),
        ((48, 80, 12, 29), True),
        ((2, 40, 3, 60), True),
        ((5, 50, 5, 50), False),
        ((4, 50, 5, 50), True),
        ((46, 50, 45, 50), True),
    ],
)
def test_small_counts_need_the_exact_test(counts: tuple[int, int, int, int], exact: bool) -> None:  # noqa: FBT001 - a table
    assert ps.adverse_impact_ratio(*counts).needs_exact_test is exact


def test_significance_comes_from_z_or_from_fisher() -> None:
    assert ps.adverse_impact_ratio(300, 1000, 500, 1000).is_significant
    assert not ps.adverse_impact_ratio(480, 1000, 500, 1000).is_significant
    assert ps.adverse_impact_ratio(0, 12, 10, 12).is_significant
    assert not ps.adverse_impact_ratio(40, 40, 50, 50).is_significant
    nearly = ps.adverse_impact_ratio(11, 29, 48, 80)  # z is -2.04, but 29 are too few for z
    assert 0.05 < nearly.p_fisher < 0.06
    assert not nearly.is_significant
    assert ps.adverse_impact_ratio(120, 237, 120, 200).is_significant  # z is -1.9606
    assert not ps.adverse_impact_ratio(148, 290, 120, 200).is_significant  # and here -1.9595


def test_counts_must_be_possible() -> None:
    with pytest.raises(InvalidInputError, match="nobody and everybody"):
        ps.adverse_impact_ratio(5, 4, 1, 2)
    with pytest.raises(InvalidInputError, match="nobody and everybody"):
        ps.adverse_impact_ratio(1, 4, -1, 2)
    with pytest.raises(NotEstimableError, match="without people"):
        ps.adverse_impact_ratio(0, 0, 1, 2)


def test_the_highest_rate_is_found_exactly_and_among_equals_the_largest_group() -> None:
    assert ps.highest_rate_group([1, 333_333_333, 10], [3, 1_000_000_000, 30]) == 2
    assert ps.highest_rate_group([0, 0], [5, 9]) == 1
    assert ps.highest_rate_group([0, 3], [0, 9]) == 1
    with pytest.raises(NotEstimableError, match="without people"):
        ps.highest_rate_group([0], [0])


def test_groups_under_ten_are_neither_shown_nor_compared_with() -> None:
    small, low, high = ps.adverse_impact_by_group([9, 10, 30], [9, 40, 60])
    assert small is None
    assert low is not None
    assert high is not None
    assert low.impact_ratio == 0.5
    assert high.impact_ratio == 1
    with pytest.raises(NotEstimableError, match="smaller ones are not shown"):
        ps.adverse_impact_by_group([1, 2], [9, 9])


def test_large_tables_are_quick_and_exact() -> None:
    impact = ps.adverse_impact_ratio(20_000, 50_000, 25_000, 50_000)
    assert impact.z == pytest.approx(-5_000 / np.sqrt(0.45 * 0.55 * 100_000))
    assert 0 <= impact.p_fisher < 1e-100


def test_one_persons_change_is_said_in_words() -> None:
    assert [change.value for change in ps.PersonChange] == [
        "one more of the group selected",
        "one fewer of the group selected",
        "one more of the reference group selected",
        "one fewer of the reference group selected",
        "one of the group selected instead of one of the reference group",
        "one of the reference group selected instead of one of the group",
    ]
