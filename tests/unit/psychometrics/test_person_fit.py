import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eiassess import psychometrics as ps
from eiassess.errors import InvalidInputError, NotEstimableError

D = np.array([[2.0, 0.5, -1.0, -2.0], [1.0, 0.0, -0.5, -3.0], [0.8, 0.3, np.nan, np.nan]])


def graded(theta: float, a: float, d: np.ndarray) -> np.ndarray:
    """Category probabilities of one item, written out."""
    d = d[~np.isnan(d)]
    at_least = np.concatenate([[1.0], 1 / (1 + np.exp(-(a * theta + d))), [0.0]])
    return at_least[:-1] - at_least[1:]


def simulated(people: int, items: int, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    generator = np.random.default_rng(seed)
    a, theta = generator.lognormal(0, 0.3, items), generator.normal(size=people)
    d = -np.sort(generator.normal(0, 1.5, (items, 4)), axis=1)
    at_least = 1 / (1 + np.exp(-(a[:, None] * theta[:, None, None] + d)))
    scores = (generator.random((people, items, 1)) < at_least).sum(axis=2).astype(float)
    return scores, a, d, theta


def mode(row: np.ndarray, a: np.ndarray, d: np.ndarray) -> float:
    """MAP by a fine search, in no way like Newton's method."""

    def log_posterior(theta: float) -> float:
        return -(theta**2) / 2 + sum(
            np.log(graded(theta, a[j], d[j])[int(score)]) for j, score in enumerate(row) if not np.isnan(score)
        )

    low, high = -8.0, 8.0
    for _ in range(9):
        grid = np.linspace(low, high, 41)
        best = int(np.argmax([log_posterior(theta) for theta in grid]))
        low, high = grid[max(best - 1, 0)], grid[min(best + 1, 40)]
    return (low + high) / 2


def written_out(row: np.ndarray, theta: float, a: np.ndarray, d: np.ndarray) -> float:
    """lz* item by item and category by category, with numerical derivatives."""
    terms, step = [], 1e-5
    for j, score in enumerate(row):
        if np.isnan(score):
            continue
        p = graded(theta, a[j], d[j])
        slope = (graded(theta + step, a[j], d[j]) - graded(theta - step, a[j], d[j])) / (2 * step)
        terms.append((int(score), p, slope))
    c = sum((slope * np.log(p)).sum() for _, p, slope in terms) / sum((slope**2 / p).sum() for _, p, slope in terms)
    surprise = sum(np.log(p[score]) - (p * np.log(p)).sum() for score, p, _ in terms)
    variance = 0.0
    for _, p, slope in terms:
        w = np.log(p) - c * slope / p
        variance += (p * w**2).sum() - (p * w).sum() ** 2
    return (surprise - c * theta) / np.sqrt(variance)


def test_lz_star_is_the_formula_written_out_at_the_mode() -> None:
    a = np.array([1.2, 0.7, 1.6])
    rows = np.array([[4.0, 0.0, 1.0], [2.0, 3.0, 2.0], [0.0, np.nan, 2.0], [1.0, 4.0, 0.0]])
    expected = [written_out(row, mode(row, a, D), a, D) for row in rows]
    assert ps.graded_lz_star(rows, a, D) == pytest.approx(expected, abs=1e-5)


def test_for_two_categories_it_is_snijders_statistic() -> None:
    generator = np.random.default_rng(2)
    a, d, u = generator.uniform(0.6, 2, 15), generator.normal(size=15), generator.integers(0, 2, (1, 15)).astype(float)
    theta = mode(u[0], a, d[:, None])
    p = 1 / (1 + np.exp(-(a * theta + d)))
    w, r = np.log(p / (1 - p)), a
    c = (a * p * (1 - p) * w).sum() / (a * p * (1 - p) * r).sum()
    tau = np.sqrt(((w - c * r) ** 2 * p * (1 - p)).sum())
    assert ps.graded_lz_star(u, a, d[:, None]) == pytest.approx([(((u[0] - p) * w).sum() - c * theta) / tau], abs=1e-6)


def test_under_the_model_it_rejects_as_often_as_it_says() -> None:
    scores, a, d, _ = simulated(8000, 40, 11)
    lz = ps.graded_lz_star(scores, a, d)
    assert np.mean(lz < ps.MISFIT_95) == pytest.approx(0.05, abs=0.01)
    assert np.mean(lz < ps.MISFIT_99) == pytest.approx(0.01, abs=0.006)
    assert lz.std() == pytest.approx(1, abs=0.05)


def test_missing_scores_change_nothing_about_that() -> None:
    scores, a, d, _ = simulated(6000, 40, 12)
    scores[np.random.default_rng(0).random(scores.shape) < 0.1] = np.nan
    assert np.mean(ps.graded_lz_star(scores, a, d) < ps.MISFIT_95) == pytest.approx(0.05, abs=0.012)


def test_random_answers_are_found() -> None:
    _, a, d, _ = simulated(1, 40, 11)
    noise = np.random.default_rng(3).integers(0, 5, (500, 40)).astype(float)
    assert np.mean(ps.graded_lz_star(noise, a, d) < ps.MISFIT_95) > 0.9


@given(st.integers(0, 2**32 - 1))
def test_the_order_of_items_does_not_matter(seed: int) -> None:
    generator = np.random.default_rng(seed)
    scores, a, d, _ = simulated(3, 8, seed)
    order = generator.permutation(8)
    assert ps.graded_lz_star(scores[:, order], a[order], d[order]) == pytest.approx(
        ps.graded_lz_star(scores, a, d), abs=1e-6
    )


@given(st.integers(0, 2**32 - 1), st.floats(1, 12))
def test_steep_items_and_odd_patterns_give_numbers(seed: int, steepness: float) -> None:
    generator = np.random.default_rng(seed)
    d = -np.sort(generator.normal(0, 6, (6, 3)), axis=1)
    scores = generator.integers(0, 4, (4, 6)).astype(float)
    lz = ps.graded_lz_star(scores, np.full(6, steepness), d)
    assert not np.isinf(lz).any()


def test_more_people_than_are_held_at_once() -> None:
    scores, a, d, _ = simulated(9000, 4, 4)
    lz = ps.graded_lz_star(scores, a, d)
    assert lz[8500:] == pytest.approx(ps.graded_lz_star(scores[8500:], a, d), abs=1e-6, nan_ok=True)


def test_the_search_for_a_mode_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    scores, a, d, _ = simulated(5, 10, 6)
    settled = ps.graded_lz_star(scores, a, d)
    monkeypatch.setattr("eiassess.psychometrics.persons.person_fit._STEPS", 4)
    assert ps.graded_lz_star(scores, a, d) == pytest.approx(settled, abs=0.01)


def test_who_answered_nothing_has_no_fit_and_nobody_has_none() -> None:
    lz = ps.graded_lz_star(np.array([[np.nan] * 3, [1.0, 1.0, 1.0]]), np.ones(3), D)
    assert np.isnan(lz[0])
    assert np.isfinite(lz[1])
    assert ps.graded_lz_star(np.empty((0, 3)), np.ones(3), D).size == 0


def test_one_dichotomous_item_fits_always() -> None:
    assert np.isnan(ps.graded_lz_star(np.array([[1.0]]), np.ones(1), np.zeros((1, 1)))).all()


def test_without_items_there_is_no_fit() -> None:
    with pytest.raises(NotEstimableError, match="at least one item"):
        ps.graded_lz_star(np.empty((2, 0)), np.array([]), np.empty((0, 2)))


@pytest.mark.parametrize("score", [-1.0, 0.5, 3.0])
def test_a_score_is_one_of_the_categories(score: float) -> None:
    with pytest.raises(InvalidInputError, match="categories"):
        ps.graded_lz_star(np.array([[1.0, 1.0, score]]), np.ones(3), D)


def test_intercepts_fall() -> None:
    with pytest.raises(InvalidInputError, match="must fall"):
        ps.graded_lz_star(np.ones((1, 1)), np.ones(1), np.array([[0.0, 1.0]]))
