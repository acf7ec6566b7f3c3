"""Fitting: what it recovers, what it refuses, what it warns of, and its options."""

from dataclasses import dataclass, replace

import numpy as np
import pytest

from eiassess import psychometrics as ps
from eiassess.errors import InvalidInputError, NotEstimableError
from eiassess.psychometrics.irt import expectation_maximisation as em
from eiassess.psychometrics.irt.categories import categories_of
from eiassess.psychometrics.irt.expectation import Expectation
from eiassess.psychometrics.irt.families import GRADED, PARTIAL_CREDIT
from eiassess.psychometrics.irt.item_steps import ItemPriors, complete_data_gradient, item_step
from eiassess.psychometrics.irt.parameters import ItemParameters
from eiassess.psychometrics.irt.quadrature import standard_normal_quadrature
from eiassess.psychometrics.irt.responses import pack_responses, score_range
from eiassess.psychometrics.irt.starting_values import item_rest_correlations, starting_values
from tests.scenario_scores import scenario_scores

GRM, GPCM = ps.GradedResponseModel, ps.GeneralizedPartialCreditModel
MODELS = pytest.mark.parametrize("model", [GRM(), GPCM()], ids=["grm", "gpcm"])
RULE = standard_normal_quadrature()


def true_items(model: object, items: int = 12) -> ItemParameters:
    a = np.linspace(0.7, 1.8, items)
    d = np.linspace(1.5, -1.5, 3) + np.linspace(-0.8, 0.8, items)[:, None]
    return ItemParameters(type(model).family, a, d, np.full(items, 4))


def sampled(parameters: ItemParameters, persons: int, seed: int = 1) -> np.ndarray:
    random = np.random.default_rng(seed)
    below = parameters.probabilities(random.standard_normal(persons)).cumsum(axis=1)[:, :-1]
    return (random.random((parameters.a.size, 1, persons)) > below).sum(axis=1).T.astype(float)


@MODELS
def test_parameters_are_recovered_within_their_errors(model: GRM) -> None:
    true = true_items(model)
    calibration = model.fit(sampled(true, 4000))
    z = (calibration.a - true.a) / calibration.standard_errors.a
    assert calibration.converged
    assert np.abs(z).max() < 4
    assert 0.4 < np.mean(z**2) < 2.5
    both = zip(calibration.d, true.d, calibration.standard_errors.d, strict=True)
    assert max(np.abs((d - t) / e).max() for d, t, e in both) < 4.5


@MODELS
def test_a_large_sample_starts_from_a_small_one_and_ends_where_it_would_have_anyway(model: GRM) -> None:
    scores = sampled(true_items(model, 5), 16_000)
    scores[7, 2] = np.nan
    warm = model.fit(scores)
    table = pack_responses(scores, score_range(scores))
    problem = em.Problem(table, warm.categories, RULE)
    cold, solution = em._iterate(problem, true_items(model, 5), em.Tolerance(), em._Secants())  # noqa: SLF001  # from the truth
    del cold
    assert warm.converged
    assert solution.converged
    assert warm.log_likelihood == pytest.approx(solution.log_likelihood, abs=1e-4)
    assert warm.a == pytest.approx(solution.parameters.a, abs=1e-4)


def test_a_category_that_the_small_sample_lacks_does_not_hinder_the_large_one() -> None:
    scores = sampled(true_items(GRM(), 5), 16_000)
    scores[1::5000, 0] = 4.0  # every third row is sampled first: few of these are
    scores[[7, 8, 10], 1] = 5.0
    assert GRM().fit(scores).converged


@MODELS
def test_the_log_likelihood_is_at_its_peak(model: GRM) -> None:
    calibration = model.fit(sampled(true_items(model, 6), 600))
    problem = em.Problem(calibration.responses, calibration.categories, calibration.rule)
    best, random = calibration.log_likelihood, np.random.default_rng(2)
    for _ in range(20):
        parameters = calibration.parameters
        moved = replace(
            parameters,
            a=parameters.a + random.normal(0, 0.01, parameters.a.shape),
            intercepts=parameters.intercepts + random.normal(0, 0.01, parameters.intercepts.shape),
        )
        assert problem.expect(moved).log_likelihood < best


@MODELS
def test_whole_numbers_and_floating_point_are_one(model: GRM) -> None:
    scores = sampled(true_items(model, 5), 300)
    first, second = model.fit(scores), model.fit(scores.astype(np.int8).tolist())
    assert np.array_equal(first.a, second.a)
    assert np.array_equal(first.score(scores).theta, first.score(scores.astype(np.int64)).theta)


@MODELS
def test_the_order_of_persons_and_items_does_not_matter(model: GRM) -> None:
    scores = sampled(true_items(model, 6), 400)
    random = np.random.default_rng(3)
    rows, columns = random.permutation(400), random.permutation(6)
    first, second = model.fit(scores), model.fit(scores[rows][:, columns])
    assert second.log_likelihood == pytest.approx(first.log_likelihood, abs=1e-6)
    assert second.a == pytest.approx(first.a[columns], abs=1e-4)


def test_items_may_have_different_categories_from_any_lowest_score() -> None:
    scores = sampled(true_items(GRM(), 5), 500)
    plain = GRM().fit(scores)
    scores[:, 0] = 2 * (scores[:, 0] > 1)  # two categories, 0 and 2, none at 1
    scores[:, 1] -= 2
    calibration = GRM().fit(scores, names=["p", "q", "r", "s", "t"])
    assert calibration.parameters.categories.tolist() == [2, 4, 4, 4, 4]
    assert [d.size for d in calibration.d] == [1, 3, 3, 3, 3]
    assert calibration.a[1] == pytest.approx(plain.a[1], abs=0.1)
    assert "item p: nobody scored 1; the category is dropped" in calibration.warnings
    unseen = calibration.score(np.array([[1.0, -2.0, 9.0, 0.0, np.nan], [0.0, -2.0, 3.0, 0.0, np.nan]]))
    assert unseen.theta[0] == unseen.theta[1]  # the nearest score that the calibration saw, the lower of two


def test_rare_categories_collapse_only_if_asked() -> None:
    plain, collapsed = GRM().fit(scenario_scores()), GRM(min_category=50).fit(scenario_scores())
    assert plain.parameters.categories.tolist() == [5] * 24
    assert collapsed.parameters.categories.min() < 5
    assert collapsed.categories.counts[collapsed.categories.counts > 0].min() >= 50
    assert collapsed.converged


@MODELS
def test_priors_draw_slopes_towards_one_and_are_off_by_default(model: GRM) -> None:
    scores = sampled(true_items(model, 5), 300, seed=5)
    plain, drawn = model.fit(scores), replace(model, priors=True).fit(scores)
    assert plain.priors is None
    assert drawn.converged
    assert drawn.log_likelihood < plain.log_likelihood
    assert np.abs(np.log(drawn.a)).sum() < np.abs(np.log(plain.a)).sum()
    assert np.all(drawn.standard_errors.a < plain.standard_errors.a)
    problem = em.Problem(drawn.responses, drawn.categories, drawn.rule, ItemPriors())
    peak = problem.objective(drawn.parameters, drawn.log_likelihood)
    for other in (plain.parameters, replace(drawn.parameters, a=drawn.parameters.a * 1.02)):
        assert problem.objective(other, problem.expect(other).log_likelihood) < peak


def test_few_persons_are_refused_and_not_many_warned_of() -> None:
    scores = sampled(true_items(GRM(), 5), 500)
    with pytest.raises(NotEstimableError, match="at least 250 persons, not 249"):
        GRM().fit(scores[:249])
    nearly = np.vstack([scores[:249], np.full((5, 5), np.nan)])  # who answered nothing is no person
    with pytest.raises(NotEstimableError, match="at least 250 persons, not 249"):
        GRM().fit(nearly)
    assert any("only 250 persons" in warning for warning in GRM().fit(scores[:250]).warnings)
    assert not any("persons" in warning for warning in GRM().fit(scores).warnings)


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        (lambda scores: scores[:, :2], "at least 3 items, not 2"),
        (lambda scores: np.column_stack([scores, np.ones(300)]), "item 6 has a single category"),
        (lambda scores: np.column_stack([scores, np.full(300, np.nan)]), "nobody answered item 6"),
        (lambda scores: scores * np.nan, "nobody answered item 1"),
        (lambda scores: scores[:0], "no scores"),
    ],
)
def test_degenerate_tables_say_why(columns: object, says: str) -> None:
    scores = sampled(true_items(GRM(), 5), 300)
    with pytest.raises(NotEstimableError, match=says):
        GRM().fit(columns(scores))  # type: ignore[operator]  # a lambda


def test_names_must_fit() -> None:
    with pytest.raises(InvalidInputError, match="2 names for 5 items"):
        GRM().fit(sampled(true_items(GRM(), 5), 300), names=["a", "b"])


def test_a_reversed_item_gets_a_negative_slope_and_a_warning() -> None:
    scores = sampled(true_items(GRM(), 6), 600)
    scores[:, 2] = 3 - scores[:, 2]
    calibration = GRM().fit(scores)
    assert calibration.converged
    assert calibration.a[2] < 0
    assert "item 3: negative slope, persons with more of the trait score lower" in calibration.warnings


def test_stopping_early_is_said() -> None:
    calibration = GRM(tolerance=em.Tolerance(iterations=2)).fit(sampled(true_items(GRM(), 5), 300))
    assert not calibration.converged
    assert any(warning.startswith("not converged after") for warning in calibration.warnings)


@MODELS
@pytest.mark.parametrize("kind", ["noise", "copies", "one pattern"])
def test_data_without_a_proper_peak_neither_crash_nor_claim_numbers_that_are_none(model: GRM, kind: str) -> None:
    random = np.random.default_rng(8)
    scores = random.integers(0, 3, (300, 4)).astype(float)
    if kind == "copies":
        scores[:, 1:3] = scores[:, :1]
    if kind == "one pattern":
        scores = np.repeat(scores[:, :1], 4, axis=1)
    calibration = replace(model, tolerance=em.Tolerance(iterations=60)).fit(scores)
    assert np.all(np.isfinite(calibration.a))
    assert np.isfinite(calibration.log_likelihood)
    assert np.all(np.isfinite(calibration.abilities.theta))
    assert np.all(np.isfinite(calibration.q3))
    assert np.all(np.isfinite(calibration.item_residuals.standardised))
    try:
        assert np.all(np.isfinite(calibration.standard_errors.a))
    except NotEstimableError as error:
        assert "no proper peak" in str(error)  # noqa: PT017  # either is right here


def test_a_step_is_fisher_scoring_and_raises_the_expected_likelihood() -> None:
    scores = sampled(true_items(GRM(), 5), 300)
    table = pack_responses(scores, score_range(scores))
    categories = categories_of(table.counts(), tuple("12345"))
    start = starting_values(GRADED, item_rest_correlations(scores), categories)
    answers = em.expectation_step(start, categories, table, RULE).answers
    gradients = [np.abs(complete_data_gradient(start, RULE.nodes, answers)).max()]
    for _ in range(8):
        start = item_step(start, RULE.nodes, answers, None)
        gradients.append(np.abs(complete_data_gradient(start, RULE.nodes, answers)).max())
    assert gradients[-1] < 1e-6 < gradients[0]


def test_a_step_never_leaves_the_bounds() -> None:
    crossed = ItemParameters(GRADED, np.ones(1), np.array([[0.0, 5.0]]), np.array([3]))
    assert item_step(crossed, RULE.nodes, np.ones((1, 3, 61)), None) is crossed
    narrow = ItemParameters(GRADED, np.ones(1), np.array([[0.0, -2e-4]]), np.array([3]))
    answers = np.array([10.0, 1e-6, 10.0])[None, :, None] * RULE.weights
    assert np.diff(item_step(narrow, RULE.nodes, answers, None).intercepts[0])[0] <= -1e-4


def test_starting_values_of_items_that_do_not_vary_together() -> None:
    assert item_rest_correlations(np.array([[1.0, 2.0], [1.0, 3.0]])).tolist() == [0.0, 0.0]


@dataclass(frozen=True)
class Hill(em.Problem):
    """A likelihood that is ``-x^2`` in one slope, climbed by a step of choice."""

    factor: float = 0.5

    def expect(self, parameters: ItemParameters) -> Expectation:
        return Expectation(-float(parameters.a[0] ** 2), np.zeros(1), np.zeros(1))

    def improve(self, parameters: ItemParameters, expected: Expectation, *, expand: bool) -> ItemParameters:
        del expected, expand
        return replace(parameters, a=parameters.a * self.factor)


def climb(factor: float, start: float) -> em.Solution:
    hill = Hill(None, None, RULE, factor=factor)  # type: ignore[arg-type]  # a hill has no responses
    item = ItemParameters(PARTIAL_CREDIT, np.array([start]), np.zeros((1, 1)), np.array([2]))
    return em._iterate(hill, item, em.Tolerance(iterations=50), em._Secants())[1]  # noqa: SLF001  # the loop itself


@pytest.mark.parametrize("family", [GRADED, PARTIAL_CREDIT])
def test_an_item_without_any_information_stays_where_it_is(family: object) -> None:
    steep = ItemParameters(family, np.array([1e5, 1.0]), np.array([[5e3, -5e3], [1.0, -1.0]]), np.array([3, 3]))
    nodes = np.array([-2.0, 0.0, 2.0])
    answers = steep.probabilities(nodes)
    answers[1] += 0.1
    moved = item_step(steep, nodes, answers, None)
    assert (moved.a[0], moved.intercepts[0].tolist()) == (1e5, [5e3, -5e3])
    assert moved.a[1] != 1.0
    assert np.isfinite(moved.intercepts).all()


def test_a_plain_step_that_overshoots_is_halved() -> None:
    solution = climb(-1.5, 1.0)
    assert solution.converged
    assert solution.parameters.a[0] == pytest.approx(0.0, abs=1e-4)


def test_an_extrapolation_that_lowers_the_likelihood_is_undone() -> None:
    secants = em._Secants()  # noqa: SLF001  # a memory that misleads
    secants.changes.append(np.array([1.0, 0.0]))
    secants.effects.append(np.array([0.01, 0.0]))
    hill = Hill(None, None, RULE, factor=0.5)  # type: ignore[arg-type]  # a hill has no responses
    item = ItemParameters(PARTIAL_CREDIT, np.ones(1), np.zeros((1, 1)), np.array([2]))
    _, solution = em._iterate(hill, item, em.Tolerance(), secants)  # noqa: SLF001  # the loop itself
    assert solution.converged
    assert solution.parameters.a[0] == pytest.approx(0.0, abs=1e-4)


def test_categories_are_called_by_the_scores_in_them() -> None:
    scores = np.array([[1, 0, 5], [3, 1, 6], [3, 0, 9], [4, 1, 9], [4, 1, 9]] * 100)
    soon = replace(GRM().tolerance, iterations=1)
    assert GRM(tolerance=soon).fit(scores).category_scores == (((1,), (3,), (4,)), ((0,), (1,)), ((5,), (6,), (9,)))
    collapsed = GRM(tolerance=soon, min_category=101).fit(scores).category_scores
    assert collapsed == (((1, 3), (4,)), ((0,), (1,)), ((5, 6), (9,)))


@pytest.mark.parametrize(
    ("column", "least", "reason"),
    [
        ([2, 2, np.nan], None, "everybody who answered scored 2"),
        ([2, 2, 2.5], None, ""),
        ([np.nan] * 3, None, "nobody answered"),
        ([1, 2, 2], 1, ""),
        ([1, 2, 2], 2, "one category is left once those with fewer than 2 answers are collapsed"),
        ([1, 1, 2, 2], 2, ""),
    ],
)
def test_items_that_tell_nobody_apart_are_found(column: list[float], least: int | None, reason: str) -> None:
    other = np.arange(len(column)) % 2
    found = ps.silent_items(np.column_stack([other, column]))
    assert found == ({1: reason} if reason and least is None else {})
    assert ps.silent_items(np.array(column)[:, None], least) == ({0: reason} if reason else {})
