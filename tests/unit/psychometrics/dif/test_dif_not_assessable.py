"""When DIF is not assessable, and why; what is refused."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from eiassess.errors import InvalidInputError, NotEstimableError
from eiassess.psychometrics import (
    differential_item_functioning,
    mantel_haenszel_dif,
    mantel_test,
    ordinal_logistic_dif,
    standardised_mean_difference,
)
from tests.unit.psychometrics.dif.data import UNHURRIED, people, seeds, whole_test

# What cannot be told


@pytest.mark.parametrize(("n_reference", "n_focal"), [(400, 199), (199, 400), (245, 250), (0, 600), (600, 0), (0, 0)])
def test_few_people_are_not_assessable(n_reference: int, n_focal: int) -> None:
    group = np.repeat([0, 1], [n_reference, n_focal])
    with pytest.raises(NotEstimableError, match=f"not assessable.*{n_reference}, the focal group {n_focal}"):
        differential_item_functioning(whole_test(1, group.size, 5)[0], group)


def test_people_of_unknown_group_do_not_count() -> None:
    scores, group = whole_test(7, 520, 5)
    unknown = np.where(np.arange(520) < 30, np.nan, group)
    with pytest.raises(NotEstimableError, match="not assessable"):
        differential_item_functioning(scores, unknown)


def test_one_item_has_nothing_to_match_on() -> None:
    scores, group = whole_test(8, 600, 1)
    with pytest.raises(NotEstimableError, match="matching needs 2 items"):
        differential_item_functioning(scores, group)


def test_purifying_that_leaves_no_test_is_refused() -> None:
    scores, group = whole_test(9, 2000, 3)
    scores[:, 0] = np.clip(scores[:, 0] - 2 * group, 0, 4)
    with pytest.raises(NotEstimableError, match="free of differences"):
        differential_item_functioning(scores, group, purify=True)


def test_scores_that_were_never_cut_are_refused_by_number() -> None:
    scores, group = whole_test(10, 600, 4)
    scores[:, 1] += np.random.default_rng(1).normal(size=600)
    with pytest.raises(NotEstimableError, match="item 2: an item with 600 different scores"):
        differential_item_functioning(scores, group)


def test_shapes_and_codes_are_checked() -> None:
    scores, group = whole_test(11, 600, 4)
    with pytest.raises(InvalidInputError, match="one group a person"):
        differential_item_functioning(scores, group[:-1])
    with pytest.raises(InvalidInputError, match="one group a person"):
        differential_item_functioning(scores[:, 0], group)
    with pytest.raises(InvalidInputError, match=r"0 .reference., 1 .focal."):
        differential_item_functioning(scores, group + 1)
    with pytest.raises(InvalidInputError, match=r"1 .right., 0 .wrong."):
        mantel_haenszel_dif(scores[:, 0], group, scores.sum(axis=1))


@pytest.mark.parametrize(
    "statistic", [mantel_haenszel_dif, mantel_test, standardised_mean_difference, ordinal_logistic_dif]
)
@pytest.mark.parametrize(
    ("scores", "group", "problem"),
    [
        ([0.0, 1, 0, 1, 0], [0, 0, 0, 0, 1], "two people in each group"),
        ([0.0, 1, 0, 1, 0], [1, 1, 1, 1, 1], "two people in each group"),
        ([], [], "two people in each group"),
        ([np.nan, np.nan], [0, 1], "two people in each group"),
        ([1.0, 1, 1, 1, 1], [0, 0, 0, 1, 1], "same score|all answers|different scores"),
        ([1.0, 1, 1, 0, 0], [0, 0, 0, 1, 1], "one direction|different scores|same matching|separate"),
    ],
)
def test_degenerate_groups_and_items_have_a_named_reason(
    statistic: object, scores: list[float], group: list[int], problem: str
) -> None:
    matching = np.array(group, dtype=float) + np.arange(len(group)) % 2 * 2
    with pytest.raises(NotEstimableError, match=problem):
        statistic(np.array(scores), np.array(group), matching)  # type: ignore[operator]  # the four share a signature


def test_a_group_that_all_has_one_total_has_no_interaction() -> None:
    scores, group, matching = people(1)
    with pytest.raises(NotEstimableError, match="same matching value"):
        ordinal_logistic_dif(scores, group, np.where(group == 1, 4.0, matching))


@pytest.mark.parametrize("categories", [2, 3, 5])
def test_separated_categories_do_not_converge_and_say_so(categories: int) -> None:
    # The matching value alone tells the score: the slope would have to be infinite.
    matching = np.tile(np.arange(10.0), 40)
    scores = np.floor(matching * categories / 10)
    with pytest.raises(NotEstimableError, match="separate"):
        ordinal_logistic_dif(scores, np.repeat([0, 1], 200), matching)


def separated(scores: np.ndarray, group: np.ndarray, matching: np.ndarray) -> bool:
    """Whether a direction exists along which the likelihood of the third model never falls: a linear programme."""
    code = np.unique(scores, return_inverse=True)[1]
    z = matching - matching.mean()
    top, design = code.max(), np.column_stack([z, group, z * group])
    above = np.hstack([np.eye(top + 1, top)[code], -design])[code < top]
    below = np.hstack([-np.eye(top + 1, top, k=-1)[code], design])[code > 0]
    rows = np.vstack([above, below])
    found = linprog(-rows.sum(axis=0), A_ub=-rows, b_ub=np.zeros(len(rows)), bounds=(-1, 1))
    return bool(found.fun < -1e-7)


@settings(max_examples=60, deadline=None)
@given(seeds, st.floats(0.05, 2), st.integers(0, 3))
def test_an_item_is_refused_exactly_when_its_categories_are_separated(seed: int, noise: float, harder: int) -> None:
    generator = np.random.default_rng(seed)
    group, matching = np.arange(40) % 2, generator.integers(0, 6, 40).astype(float)
    scores = np.clip(np.round(matching / 2 + generator.normal(0, noise, 40) + harder * group), 0, 3)
    assume(np.ptp(scores) > 0)
    if separated(scores, group, matching):
        with pytest.raises(NotEstimableError, match="separate"):
            ordinal_logistic_dif(scores, group, matching)
    else:
        assert ordinal_logistic_dif(scores, group, matching).gradient_norm < 1e-9


def test_a_start_that_overshoots_is_halved_until_it_does_not() -> None:
    # Nearly separated: whole steps of Newton's method would lower the likelihood.
    matching = np.tile(np.arange(10.0), 40)
    scores = np.floor(matching / 2)
    scores[::37] = 4 - scores[::37]
    dif = ordinal_logistic_dif(scores, np.repeat([0, 1], 200), matching)
    assert dif.gradient_norm < 1e-9


@UNHURRIED
@given(st.lists(st.integers(0, 3), min_size=0, max_size=12), seeds)
def test_small_data_have_a_value_or_a_reason_and_never_a_warning(scores: list[int], seed: int) -> None:
    generator = np.random.default_rng(seed)
    group, matching = generator.integers(0, 2, len(scores)), generator.integers(0, 3, len(scores)).astype(float)
    for statistic in (mantel_test, standardised_mean_difference, ordinal_logistic_dif):
        try:
            found = statistic(np.array(scores, dtype=float), group, matching)
        except NotEstimableError:
            continue
        numbers = [value for value in vars(found).values() if isinstance(value, float)]
        assert np.isfinite(numbers).all()
