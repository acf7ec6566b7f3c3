"""Scores of choices: worked by hand, exact under random answering, and an interval that holds what it promises."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import spearmanr

from eiassess import psychometrics
from eiassess.errors import NotEstimableError

KEY = np.array([5.5, 2.0, 1.5, 4.0])
keys = st.lists(st.integers(2, 12).map(lambda half: half / 2), min_size=2, max_size=5).map(np.array)


def every_pair(key: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """All picks of a best and a worst."""
    best, worst = np.array(list(permutations(range(key.size), 2))).T
    return best, worst


def every_order(key: np.ndarray) -> np.ndarray:
    return np.array(list(permutations(range(1, key.size + 1))))


@pytest.mark.parametrize(
    ("best", "worst", "s", "hits"),
    [(0, 2, 1, 2), (2, 0, -1, -2), (3, 1, 0.5, 0), (0, 1, 3.5 / 4, 1), (3, 0, -0.375, -1)],
)
def test_best_and_worst_by_hand(best: int, worst: int, s: float, hits: float) -> None:
    assert psychometrics.best_worst_score(KEY, best, worst) == pytest.approx(s)
    assert psychometrics.best_worst_hits(KEY, best, worst) == hits


def test_every_option_that_ties_for_best_is_a_hit() -> None:
    assert psychometrics.best_worst_hits(np.array([5.0, 5.0, 1.0, 3.0]), [0, 1, 0], [1, 0, 2]).tolist() == [0, 0, 2]


@pytest.mark.parametrize(
    ("places", "rho"), [((1, 3, 4, 2), 1), ((4, 2, 1, 3), -1), ((2, 3, 4, 1), 0.8), ((1, 2, 3, 4), 0.4)]
)
def test_rank_by_hand(places: tuple[int, ...], rho: float) -> None:
    assert psychometrics.rank_score(KEY, places) == pytest.approx(rho)


def test_pick_best_by_hand() -> None:
    scores = psychometrics.pick_best_score(KEY, np.arange(4))
    assert scores == pytest.approx(np.array([2.25, -1.25, -1.75, 0.75]) / 2.25)
    assert psychometrics.pick_best_score(np.array([4.0, 4.0, 4.0, 1.0]), 3) == pytest.approx(-3)


@given(keys)
def test_a_rank_score_is_spearmans_rho_with_mid_ranks(key: np.ndarray) -> None:
    assume(np.ptp(key) > 0)
    orders = every_order(key)
    expected = [spearmanr(-key, order).statistic for order in orders]
    assert psychometrics.rank_score(key, orders) == pytest.approx(expected)


@given(keys)
def test_random_answering_gives_0_with_the_stated_variance_exactly(key: np.ndarray) -> None:
    assume(np.ptp(key) > 0)
    best, worst = every_pair(key)
    picks = psychometrics.best_worst_score(key, best, worst)
    ranks = psychometrics.rank_score(key, every_order(key))
    bests = psychometrics.pick_best_score(key, np.arange(key.size))
    for scores, variance in (
        (picks, psychometrics.best_worst_null_variance(key)),
        (ranks, psychometrics.rank_null_variance(key.size)),
        (bests, psychometrics.pick_best_null_variance(key)),
    ):
        assert scores.mean() == pytest.approx(0, abs=1e-12)
        assert scores.var() == pytest.approx(variance)
        assert scores.max() <= 1 + 1e-12
    assert psychometrics.best_worst_hits(key, best, worst).mean() == pytest.approx(0, abs=1e-12)
    assert picks.min() >= -1


@pytest.mark.parametrize("key", [np.array([3.0, 3.0, 3.0]), np.array([])])
def test_a_key_without_difference_scores_nothing(key: np.ndarray) -> None:
    for score in (
        lambda: psychometrics.best_worst_score(key, 0, 1),
        lambda: psychometrics.best_worst_hits(key, 0, 1),
        lambda: psychometrics.rank_score(key, [1, 2, 3]),
        lambda: psychometrics.pick_best_score(key, 0),
        lambda: psychometrics.pick_best_null_variance(key),
    ):
        with pytest.raises(NotEstimableError, match="tells the options apart"):
            score()


def test_an_order_of_one_is_none() -> None:
    with pytest.raises(NotEstimableError, match="at least two options"):
        psychometrics.rank_null_variance(1)


def test_discrepancies_of_choices_give_their_mean_and_weigh_by_decisions() -> None:
    s = np.array([[1.0, 0.0, -0.5], [0.5, 0.5, 0.5]])
    d, e = psychometrics.choice_discrepancy(s, np.array([2.0, 2.0, 2.0]))
    scores = psychometrics.house_scores(d.sum(axis=1), e.sum())
    assert scores == pytest.approx(50 * (1 + s.mean(axis=1)))
    d, e = psychometrics.choice_discrepancy(s[0], np.array([2.0, 2.0, 4.0]))
    assert psychometrics.house_score(d, e) == pytest.approx(50 * (1 + np.average(s[0], weights=[2, 2, 4])))


def test_the_error_is_pooled_within_competencies_or_taken_round_the_mean() -> None:
    s = np.array([0.9, 0.5, 0.1, 0.3, 0.2])
    within, df = psychometrics.mean_score_standard_error(s, np.array([0, 0, 1, 1, 1]))
    assert (within, df) == (pytest.approx(np.sqrt((0.08 + 0.02) / 3 / 5)), 3)
    overall, df = psychometrics.mean_score_standard_error(s, np.arange(5))
    assert (overall, df) == (pytest.approx(s.std(ddof=1) / np.sqrt(5)), 4)
    with pytest.raises(NotEstimableError):
        psychometrics.mean_score_standard_error(s[:1], np.array([0]))


def test_the_interval_ends_where_the_scale_does() -> None:
    low, high = psychometrics.mean_score_interval(0.9, 0.1, 8)
    assert 0 < low < 0.9 < high < 1
    assert psychometrics.mean_score_interval(1.0, 0.0, 8) == (1, 1)
    low, high = psychometrics.mean_score_interval(-1.2, 0.1, 8)
    assert (low + high) / 2 == pytest.approx(-1.2)


def scores_of_people(generator: np.random.Generator, accuracy: float, people: int, pool: int) -> np.ndarray:
    """Scores of people of one accuracy on a pool of best-and-worst scenarios, shape (people, pool)."""
    scores = np.empty((people, pool))
    for number in range(pool):
        key = generator.permutation([5.5, generator.choice([3.5, 4.5]), generator.choice([2.5, 5.0]), 1.5])
        z = accuracy * (key - key.mean()) / key.std()
        liking = z + np.sqrt(1 - accuracy**2) * generator.standard_normal((people, 4))
        scores[:, number] = psychometrics.best_worst_score(key, liking.argmax(axis=1), liking.argmin(axis=1))
    return scores


@pytest.mark.parametrize("accuracy", [0.0, 0.3, 0.6, 0.85])
@pytest.mark.parametrize("competencies", [8, 16])
def test_the_interval_of_16_best_and_worst_scenarios_covers_95_of_100(accuracy: float, competencies: int) -> None:
    """For scenarios drawn from a pool; symmetric intervals would hold 89 to 92 % of able people."""
    generator = np.random.default_rng(16)
    scores = scores_of_people(generator, accuracy, people=800, pool=200)
    group = np.arange(16) % competencies
    held = 0
    for person in scores:
        form = generator.choice(person, 16, replace=False)
        error = psychometrics.mean_score_standard_error(form, group)
        low, high = psychometrics.mean_score_interval(float(form.mean()), *error)
        held += low <= scores.mean() <= high
    assert 0.92 <= held / len(scores) <= 0.98
