"""Item analysis against R 4.2.2 with psych 2.2.9 (tests/reference), by hand, and by its properties."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from eiassess import psychometrics as ps
from eiassess.errors import InvalidInputError, NotEstimableError
from eiassess.psychometrics import Weakness
from tests.scenario_scores import r_says, scenario_scores

tables = arrays(np.float64, st.tuples(st.integers(2, 30), st.integers(2, 6)), elements=st.integers(0, 4).map(float))


def test_corrected_item_total_is_rs() -> None:
    expected = r_says()["corrected_item_total"]
    assert ps.corrected_item_total(scenario_scores()) == pytest.approx(expected, abs=1e-8)


@given(tables)
def test_corrected_item_total_is_a_correlation_with_the_rest(scores: np.ndarray) -> None:
    for item, value in enumerate(ps.corrected_item_total(scores)):
        rest = np.delete(scores, item, axis=1).sum(axis=1)
        if value is None:
            assert np.ptp(rest) == 0 or np.ptp(scores[:, item]) == 0
        else:
            assert value == pytest.approx(np.corrcoef(scores[:, item], rest)[0, 1], abs=1e-9)


def test_corrected_item_total_needs_others() -> None:
    with pytest.raises(NotEstimableError, match="at least two items; there is 1"):
        ps.corrected_item_total(np.arange(5.0)[:, None])


@given(tables)
def test_difficulty_is_a_share_of_the_range(scores: np.ndarray) -> None:
    assert ps.difficulty(scores, 0, 4) == pytest.approx(scores.mean(axis=0) / 4)


def test_each_item_can_have_its_own_range() -> None:
    shares = ps.difficulty(np.array([[1.0, 10.0], [3.0, 30.0]]), np.array([1.0, 0.0]), np.array([5.0, 100.0]))
    assert shares == pytest.approx([0.25, 0.2])


@pytest.mark.parametrize(
    ("low", "high", "match"),
    [
        (4, 4, "must end above its beginning"),
        (0, 2, "mean of item 2 lies outside"),
        (2, 9, "mean of item 1 lies outside"),
    ],
)
def test_ranges_that_cannot_be(low: float, high: float, match: str) -> None:
    with pytest.raises(InvalidInputError, match=match):
        ps.difficulty(np.array([[1.0, 3.0], [1.0, 5.0]]), low, high)


def test_nothing_speaks_against_good_items() -> None:
    generator = np.random.default_rng(1)
    scores = np.clip(np.rint(2 + generator.normal(size=(500, 1)) + generator.normal(size=(500, 5))), 0, 4)
    assert all(verdict.weaknesses == () for verdict in ps.item_verdicts(scores, 0, 4))


def test_figures_of_a_verdict_are_those_of_the_functions() -> None:
    scores = ps.complete_rows(scenario_scores())
    verdicts = ps.item_verdicts(scores, 0, 4)
    assert [verdict.mean for verdict in verdicts] == pytest.approx(scores.mean(axis=0))
    assert [verdict.sd for verdict in verdicts] == pytest.approx(scores.std(axis=0, ddof=1))
    assert [verdict.difficulty for verdict in verdicts] == pytest.approx(scores.mean(axis=0) / 4)
    assert tuple(verdict.corrected_item_total for verdict in verdicts) == ps.corrected_item_total(scores)
    assert tuple(verdict.alpha_if_deleted for verdict in verdicts) == ps.alpha_if_deleted(scores)


def sample(weak: np.ndarray) -> np.ndarray:
    """Five good items of 400 people, and a weak one."""
    generator = np.random.default_rng(2)
    good = np.clip(np.rint(2 + generator.normal(size=(400, 1)) + 0.5 * generator.normal(size=(400, 5))), 0, 4)
    return np.column_stack([good, weak])


@pytest.mark.parametrize(
    ("weak", "weaknesses"),
    [
        (np.full(400, 2.0), (Weakness.NO_VARIANCE, Weakness.LOWERS_ALPHA)),
        (4 - sample(np.zeros(400))[:, 0], (Weakness.NEGATIVE_DISCRIMINATION, Weakness.LOWERS_ALPHA)),
        (np.resize([1.0, 2.0, 3.0], 400), (Weakness.LOW_DISCRIMINATION, Weakness.LOWERS_ALPHA)),
        (np.where(sample(np.zeros(400))[:, 0] == 0, 3.0, 4.0), (Weakness.TOO_EASY, Weakness.LOWERS_ALPHA)),
        (np.where(sample(np.zeros(400))[:, 0] == 4, 1.0, 0.0), (Weakness.TOO_HARD, Weakness.LOWERS_ALPHA)),
    ],
)
def test_weak_items_are_named_with_the_reason(weak: np.ndarray, weaknesses: tuple[Weakness, ...]) -> None:
    assert ps.item_verdicts(sample(weak), 0, 4)[5].weaknesses == weaknesses


def test_two_items_have_no_alpha_without_one() -> None:
    verdicts = ps.item_verdicts(np.array([[1.0, 2.0], [2.0, 2.0], [3.0, 4.0]]), 0, 4)
    assert [verdict.alpha_if_deleted for verdict in verdicts] == [None, None]


# Items that run the other way


def one_factor(seed: int, items: int, n: int = 300) -> np.ndarray:
    generator = np.random.default_rng(seed)
    return generator.normal(size=(n, 1)) + generator.normal(size=(n, items))


@pytest.mark.parametrize("turned", [(), (0,), (4,), (1, 3), (0, 1), (0, 2, 4), (1, 2, 3)])
def test_items_turned_round_are_found(turned: tuple[int, ...]) -> None:
    scores = one_factor(1, 7)
    scores[:, list(turned)] *= -1
    assert ps.runs_against_others(scores) == turned


def test_of_two_halves_the_one_without_the_first_item_is_named() -> None:
    scores = one_factor(2, 6)
    scores[:, :3] *= -1
    assert ps.runs_against_others(scores) == (3, 4, 5)
    assert ps.runs_against_others(scores[:, [0, 5]]) == (1,)


def test_items_without_any_relation_or_spread_run_against_nothing() -> None:
    unrelated = np.array([[1.0, 1, 7], [1, 2, 7], [2, 1, 7], [2, 2, 7]])
    assert ps.runs_against_others(unrelated) == ()
    slightly = np.vstack([unrelated, [[1.0, 2, 7]]])
    assert ps.runs_against_others(slightly) == (1,)


@given(st.integers(0, 2**32 - 1), st.integers(2, 8))
def test_turned_round_as_found_no_item_goes_against_the_others(seed: int, items: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(12, items))
    found = ps.runs_against_others(scores)
    assert 2 * len(found) <= items
    moments = ps.item_moments(scores).turned(found)
    assert min(ps.corrected_item_total(moments)) >= -1e-9
    assert ps.runs_against_others(moments) == ()
    assert ps.coefficient_alpha(moments).value >= ps.coefficient_alpha(scores).value - 1e-9


def test_moments_turned_round_are_those_of_scores_turned_round() -> None:
    scores = one_factor(3, 4)
    turned = ps.item_moments(scores).turned([1, 3])
    by_hand = ps.item_moments(scores * [1, -1, 1, -1])
    assert turned.covariance == pytest.approx(by_hand.covariance, abs=1e-12)
    assert turned.means == pytest.approx(by_hand.means, abs=1e-12)
