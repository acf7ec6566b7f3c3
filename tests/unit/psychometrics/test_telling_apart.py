"""The statistics of telling people apart: against brute force, other programs' formulas, and at their ends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import brentq
from scipy.special import digamma, polygamma
from scipy.stats import t as student
from scipy.stats import ttest_ind_from_stats

from eiassess import psychometrics as ps
from eiassess.errors import NotEstimableError

POSITIVE = st.floats(1e-3, 10)
P_VALUES = arrays(np.float64, st.integers(1, 12), elements=st.floats(1e-6, 1))


def columns(competency: list[int], options: int = 3, kinds: int = 1, *, seed: int = 1) -> ps.FormColumns:
    generator = np.random.default_rng(seed)
    n = len(competency)
    scenario = np.repeat(np.arange(n), options)
    return ps.FormColumns(
        key=generator.uniform(1, 6, n * options).round(1),
        scenario=scenario,
        kind=scenario % kinds,
        competency=np.array(competency),
        choice=np.full(n, ps.RATED),
        decisions=np.zeros(n),
    )


def sheets(form: ps.FormColumns, people: int, *, missing: float = 0.0, seed: int = 2) -> ps.AnswerSheets:
    generator = np.random.default_rng(seed)
    ratings = generator.integers(1, 7, (people, form.key.size)).astype(np.float64)
    counted = generator.random((people, form.competency.size)) >= missing
    ratings[~counted[:, form.scenario]] = np.nan
    return ps.AnswerSheets(form, ratings, np.zeros(counted.shape), counted)


def agreement(form: ps.FormColumns, ratings: np.ndarray, used: np.ndarray) -> float:
    """The mean over formats, by hand: r of each by numpy, weighted by its ratings."""
    of_rating = used[form.scenario]
    total = 0.0
    for kind in np.unique(form.kind[of_rating]):
        rows = of_rating & (form.kind == kind)
        total += rows.sum() * np.corrcoef(ratings[rows], form.key[rows])[0, 1]
    return total / of_rating.sum()


@pytest.mark.parametrize("kinds", [1, 2])
@pytest.mark.parametrize("missing", [0.0, 0.2])
def test_leaving_out_is_scoring_again_without(kinds: int, missing: float) -> None:
    form = columns([0, 0, 1, 1, 2, 2, 2, 3], kinds=kinds)
    given_ = sheets(form, 20, missing=missing)
    r, r_without = ps.agreement_leaving_out(given_)
    for row, counted in enumerate(given_.counted):
        assert r[row] == pytest.approx(agreement(form, given_.ratings[row], counted), abs=1e-12)
        for scenario, used in enumerate(counted):
            rest = counted & (np.arange(counted.size) != scenario)
            expected = agreement(form, given_.ratings[row], rest) if used else np.nan
            assert r_without[row, scenario] == pytest.approx(expected, abs=1e-12, nan_ok=True)


def test_a_format_that_one_scenario_alone_has_is_left_out_with_it() -> None:
    form = ps.FormColumns(
        key=np.array([1.0, 5, 2, 4, 3, 6]),
        scenario=np.array([0, 0, 1, 1, 2, 2]),
        kind=np.array([0, 0, 0, 0, 1, 1]),
        competency=np.zeros(3, dtype=np.intp),
        choice=np.full(3, ps.RATED),
        decisions=np.zeros(3),
    )
    ratings = np.array([[2.0, 5, 2, 6, 5, 4]])
    _, without = ps.agreement_leaving_out(ps.AnswerSheets(form, ratings, np.zeros((1, 3)), np.ones((1, 3), dtype=bool)))
    assert without[0, 2] == pytest.approx(np.corrcoef(ratings[0, :4], form.key[:4])[0, 1])


def test_nothing_is_known_where_what_is_left_never_varies() -> None:
    form = columns([0, 0, 0])
    ratings = np.array([[2.0, 2, 2, 2, 2, 2, 5, 1, 3], [1, 2, 3, 2, 2, 2, 5, 1, 3]])
    answered = ps.AnswerSheets(form, ratings, np.zeros((2, 3)), np.ones((2, 3), dtype=bool))
    _, without = ps.agreement_leaving_out(answered)
    assert np.isnan(without).tolist() == [[False, False, True], [False, False, False]]


def test_nothing_is_known_where_the_key_that_is_left_never_varies() -> None:
    form = ps.FormColumns(
        np.array([3.1, 3.1, 2.0, 5.0]),
        np.array([0, 0, 1, 1]),
        np.zeros(4, dtype=np.intp),
        np.zeros(2, dtype=np.intp),
        np.full(2, ps.RATED),
        np.zeros(2),
    )
    answered = ps.AnswerSheets(form, np.array([[1.0, 4, 2, 5]]), np.zeros((1, 2)), np.ones((1, 2), dtype=bool))
    r, without = ps.agreement_leaving_out(answered)
    assert not np.isnan(r[0])
    assert np.isnan(without).tolist() == [[False, True]]


def test_whoever_has_no_scenario_is_not_known() -> None:
    form = columns([0, 0])
    nobody = ps.AnswerSheets(form, np.full((1, 6), np.nan), np.zeros((1, 2)), np.zeros((1, 2), dtype=bool))
    r, without = ps.agreement_leaving_out(nobody)
    assert np.isnan([r[0], *without[0]]).all()
    v, d = ps.leaving_out_variance(without, form.of_competency)
    assert np.isnan(v[0])
    assert d.tolist() == [0.0]


def test_fisher_z_has_no_end_value() -> None:
    assert np.isnan(ps.fisher_z(np.array([1.0, -1.0, 1 - 1e-15, np.nan]))).all()
    assert ps.fisher_z(np.array([0.999999]))[0] == pytest.approx(np.arctanh(0.999999))


def test_one_person_of_whom_a_z_is_unknown_leaves_the_others_alone() -> None:
    z = np.array([[0.5, 0.7, np.nan], [0.5, 0.7, 0.9]])
    q = ps.scenario_pull(z, np.ones((3, 1)), np.ones((2, 3), dtype=bool))
    assert np.isnan(q[0]).all()
    assert q[1] == pytest.approx([-0.2, 0.0, 0.2])


def test_the_error_of_a_plain_mean_is_the_usual_one() -> None:
    """With one competency and a statistic that is a mean, leaving out gives s^2 / n."""
    x = np.array([0.4, 0.9, 0.5, 0.7, 0.1])
    without = (x.sum() - x) / (x.size - 1)
    q = ps.scenario_pull(without[None], np.ones((5, 1)), np.ones((1, 5), dtype=bool))
    v, d = ps.leaving_out_variance(q, np.ones((5, 1)))
    assert v[0] == pytest.approx(x.var(ddof=1) / x.size)
    assert d[0] == 4


def test_scenarios_alone_in_their_competency_say_nothing_and_are_made_up_for() -> None:
    of_competency = np.eye(3)[[0, 0, 1, 1, 2]]
    q = np.array([[-0.1, 0.1, 0.2, -0.2, 0.0]])
    v, d = ps.leaving_out_variance(q, of_competency)
    assert v[0] == pytest.approx((4 / 5) ** 2 * 5 / 4 * 2 * (0.02 + 0.08))
    assert d[0] == 2
    alone, none = ps.leaving_out_variance(np.zeros((1, 3)), np.eye(3))
    assert np.isnan(alone[0])
    assert none[0] == 0


def test_centring_takes_off_what_a_scenario_is_to_everybody() -> None:
    """People who differ in nothing but a level have no error left."""
    q = np.tile([0.2, -0.2, 0.1, -0.1], (5, 1))
    of_competency = np.eye(2)[[0, 0, 1, 1]]
    centred = ps.centred_pull(q, q.mean(axis=0), of_competency, np.ones(5, dtype=bool), 5)
    assert centred == pytest.approx(np.zeros((5, 4)))


@given(arrays(np.float64, st.integers(3, 12), elements=POSITIVE), st.integers(1, 30))
def test_the_prior_is_what_its_equations_say(v: np.ndarray, df: int) -> None:
    d = np.full(v.size, float(df))
    prior = ps.variance_prior(v, d)
    g = np.log(np.maximum(v, 1e-4 * np.median(v))) - digamma(d / 2) + np.log(d / 2)
    s = g.var(ddof=1) - polygamma(1, d / 2).mean()
    if s <= 0:
        assert prior == ps.VariancePrior(np.inf, pytest.approx(np.exp(g.mean())))
        return
    half = brentq(lambda y: polygamma(1, y) / s - 1, 1e-3, 1e18, xtol=1e-300, rtol=1e-14)
    assert prior.d0 == pytest.approx(2 * half, rel=1e-9)
    assert prior.s0_squared == pytest.approx(np.exp(g.mean() + digamma(half) - np.log(half)), rel=1e-9)


def test_a_variance_of_nothing_does_not_rule_the_others() -> None:
    v, d = np.array([0.0, 1.0, 2.0, 0.5, 1.5]), np.full(5, 8.0)
    assert ps.variance_prior(v, d) == ps.variance_prior(np.array([1e-4, 1.0, 2.0, 0.5, 1.5]), d)


def test_where_most_errors_are_nothing_there_is_no_prior() -> None:
    with pytest.raises(NotEstimableError, match="most of them are 0"):
        ps.variance_prior(np.array([0.0, 1e-33, 2.0]), np.full(3, 8.0))


def test_without_a_prior_everybody_has_their_own_error() -> None:
    assert ps.VariancePrior().variance(np.array([0.3, np.nan]), np.array([8.0, 8.0])) == pytest.approx(
        [0.3, np.nan], nan_ok=True
    )


@given(st.floats(-2, 2), POSITIVE, POSITIVE, st.integers(2, 40), st.integers(2, 40))
def test_welch_is_scipys(difference: float, v_a: float, v_b: float, n_a: int, n_b: int) -> None:
    found = ps.welch_tests(
        ps.Measured(np.array(difference), np.array(v_a), np.array(n_a - 1.0)),
        ps.Measured(np.array(0.0), np.array(v_b), np.array(n_b - 1.0)),
    )
    expected = ttest_ind_from_stats(difference, np.sqrt(v_a * n_a), n_a, 0.0, np.sqrt(v_b * n_b), n_b, equal_var=False)
    assert float(found.t) == pytest.approx(expected.statistic)
    assert float(found.p) == pytest.approx(expected.pvalue, abs=1e-12)


def test_without_any_error_equal_is_equal_and_else_certain() -> None:
    nothing, df = np.zeros(2), np.full(2, 8.0)
    found = ps.welch_tests(
        ps.Measured(np.array([1.0, 1.0]), nothing, df), ps.Measured(np.array([1.0, 0.9]), nothing, df)
    )
    assert (found.t.tolist(), found.p.tolist()) == ([0.0, np.inf], [1.0, 0.0])


@given(P_VALUES)
def test_equal_weights_are_holms(p: np.ndarray) -> None:
    assert ps.weighted_holm(p, np.full(p.size, 1 / p.size)) == pytest.approx(ps.holm_adjusted(p))


@given(P_VALUES, st.data())
def test_weighted_holm_rejects_what_the_steps_reject(p: np.ndarray, data: st.DataObject) -> None:
    """Holm's own wording: go on while p <= weight / (weights left) times .05."""
    weights = np.array(data.draw(st.lists(st.floats(0.01, 1), min_size=p.size, max_size=p.size)))
    left, rejected = set(range(p.size)), set()
    while left:
        best = min(left, key=lambda each: (p[each] / weights[each], each))
        if p[best] * sum(weights[each] for each in left) / weights[best] >= 0.05:
            break
        rejected.add(best)
        left.remove(best)
    assert set(np.flatnonzero(ps.weighted_holm(p, weights) < 0.05).tolist()) == rejected


def test_a_page_without_tests() -> None:
    assert ps.weighted_holm(np.array([]), np.array([])).size == 0
    assert ps.page_weights(0, 0) == (1.0, 0.0)


def test_weights_of_a_page_add_to_one() -> None:
    overall, area = ps.page_weights(15, 30)
    assert 15 * overall + 30 * area == pytest.approx(1)
    assert 15 * overall == pytest.approx(0.8)


def test_two_scores_as_far_apart_as_the_gap_just_differ() -> None:
    """The gap is the one at which the first step of weighted Holm is met exactly."""
    v, df, tests = 0.011, 31.0, 3
    gap = ps.score_gap(80.0, v, df, tests)
    z = np.arctanh(0.6)
    h = brentq(lambda h: 50 * (np.tanh(z + h / 2) - np.tanh(z - h / 2)) - gap, 0, 3, xtol=1e-14)
    p = 2 * student.sf(h / np.sqrt(2 * v), 2 * df)
    assert p * tests / 0.8 == pytest.approx(0.05)


def test_the_specifications_own_example_of_the_gap() -> None:
    """At 80 about 10 points for two people, 15 for six."""
    v, df = 0.0108, 31.0
    assert ps.score_gap(80.0, v, df) == pytest.approx(10, abs=0.5)
    assert ps.score_gap(80.0, v, df, 15) == pytest.approx(15, abs=0.7)
    assert ps.score_gap(80.0, v, np.inf) < ps.score_gap(80.0, v, df)


def test_nobody_is_truly_higher_where_nothing_but_error_is_seen() -> None:
    spread = ps.true_spread(np.array([0.5, 0.6, 0.7]), np.full(3, 0.02))
    assert not spread.is_seen
    one = ps.Measured(np.array(0.7), np.array(0.02), np.array(8.0))
    assert np.isnan(ps.probability_higher(one, one, spread))


def test_the_more_error_the_nearer_to_even_chances() -> None:
    spread = ps.TrueSpread(0.8, 0.05)
    chances = [
        float(
            ps.probability_higher(
                ps.Measured(np.array(1.0), np.array(v), np.array(8.0)),
                ps.Measured(np.array(0.7), np.array(v), np.array(8.0)),
                spread,
            )
        )
        for v in (0.001, 0.01, 0.1)
    ]
    assert 1 > chances[0] > chances[1] > chances[2] > 0.5


def test_what_sittings_are_like_needs_more_than_one_scenario_and_some_difference() -> None:
    for w in (np.array([[0.1], [0.3]]), np.full((3, 4), 0.2)):
        with pytest.raises(NotEstimableError, match="how even sittings are"):
            ps.evenness_basis(w)


def test_even_sittings_are_marked_in_one_of_a_hundred() -> None:
    generator = np.random.default_rng(7)
    w = generator.normal(size=(4000, 24))
    basis = ps.evenness_basis(w)
    marked = np.mean([ps.unevenness(own, np.arange(24), basis) > ps.evenness_cut(24) for own in w])
    assert 0.005 < marked < 0.015


def test_profiles_of_many_are_those_of_each() -> None:
    form = columns([0, 0, 1, 1, 2], kinds=2)
    given_ = sheets(form, 8, missing=0.2)
    found = ps.sheet_profiles(given_)
    pooled, df = ps.pooled_discrepancy_variance(found.d, found.e, form.of_competency)
    for row, counted in enumerate(given_.counted):
        used = counted[form.scenario]
        z, key_z = np.zeros(used.size), np.zeros(used.size)
        for kind in (0, 1):
            rows = used & (form.kind == kind)
            if rows.any():
                z[rows] = ps.standardised_profile(given_.ratings[row, rows])
                key_z[rows] = ps.standardised_profile(form.key[rows])
        d = ps.discrepancy(z[used], key_z[used], form.scenario[used], 5)
        e = ps.random_discrepancy(key_z[used], form.scenario[used], 5)
        assert found.d[row] == pytest.approx(d)
        assert found.e[row] == pytest.approx(e)
        try:
            expected = ps.discrepancy_error_variance(d[counted], e[counted], form.competency[counted])
        except NotEstimableError:
            assert np.isnan(pooled[row])
            assert df[row] == 0
        else:
            assert (pooled[row], df[row]) == pytest.approx(expected)
