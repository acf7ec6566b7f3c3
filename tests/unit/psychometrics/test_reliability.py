"""Reliability against R 4.2.2 with psych 2.2.9 (tests/reference), by hand, and by its properties."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from eiassess import psychometrics as ps
from eiassess.errors import InvalidInputError, NotEstimableError
from tests.scenario_scores import COMPETENCY, r_says, scenario_scores, worked_examples

EXACT = 1e-8
tables = arrays(np.float64, st.tuples(st.integers(4, 30), st.integers(3, 6)), elements=st.integers(0, 6).map(float))


def varying(scores: np.ndarray) -> np.ndarray:
    assume(scores.sum(axis=1).std() > 0)
    return scores


def test_alpha_is_rs() -> None:
    alpha = ps.coefficient_alpha(scenario_scores())
    assert alpha.value == pytest.approx(r_says()["alpha_total"], abs=EXACT)
    assert [alpha.lower, alpha.upper] == pytest.approx(r_says()["alpha_total_feldt_95"], abs=EXACT)
    assert (alpha.n_persons, alpha.n_items) == (r_says()["n_complete"], 24)


def test_alpha_by_competency_is_rs() -> None:
    complete = ps.complete_rows(scenario_scores())
    alphas = [ps.coefficient_alpha(complete[:, c == COMPETENCY]).value for c in range(8)]
    assert alphas == pytest.approx(r_says()["alpha_by_competency"], abs=EXACT)


def test_alpha_if_deleted_is_rs() -> None:
    assert ps.alpha_if_deleted(scenario_scores()) == pytest.approx(r_says()["alpha_if_deleted"], abs=EXACT)


def test_stratified_alpha_and_its_error_are_rs() -> None:
    moments = ps.item_moments(scenario_scores())
    stratified = ps.stratified_alpha(moments, COMPETENCY)
    sd = float(np.sqrt(moments.total_variance))
    assert stratified == pytest.approx(r_says()["stratified_alpha"], abs=EXACT)
    assert sd == pytest.approx(r_says()["sd_total"], abs=EXACT)
    sem = ps.standard_error_of_measurement(sd, stratified)
    assert sem == pytest.approx(r_says()["sem_total_stratified"], abs=EXACT)


def test_equal_items_are_perfectly_reliable() -> None:
    scores = np.repeat(np.arange(5.0)[:, None], 3, axis=1)
    alpha = ps.coefficient_alpha(scores)
    assert [alpha.value, alpha.lower, alpha.upper] == pytest.approx([1, 1, 1])


@given(tables, st.floats(0.1, 10), st.floats(-50, 50))
def test_alpha_knows_no_unit_and_no_order(scores: np.ndarray, unit: float, level: float) -> None:
    value = ps.coefficient_alpha(varying(scores)).value
    assert ps.coefficient_alpha(scores[:, ::-1] * unit + level).value == pytest.approx(value, rel=1e-7, abs=1e-7)


@given(tables)
def test_the_interval_holds_alpha_and_widens_with_confidence(scores: np.ndarray) -> None:
    narrow, wide = ps.coefficient_alpha(varying(scores), 0.8), ps.coefficient_alpha(scores, 0.99)
    assert wide.lower <= narrow.lower <= narrow.upper <= wide.upper <= 1


@given(tables)
def test_alpha_if_deleted_is_alpha_of_what_is_left(scores: np.ndarray) -> None:
    for item, value in enumerate(ps.alpha_if_deleted(scores)):
        rest = np.delete(scores, item, axis=1)
        if value is None:
            assert np.ptp(rest.sum(axis=1)) == 0
        else:
            assert value == pytest.approx(ps.coefficient_alpha(rest).value, rel=1e-9, abs=1e-9)


@given(tables)
def test_one_stratum_is_plain_alpha(scores: np.ndarray) -> None:
    one = np.zeros(scores.shape[1], dtype=np.intp)
    alpha = ps.coefficient_alpha(varying(scores)).value
    assert ps.stratified_alpha(scores, one) == pytest.approx(alpha, rel=1e-9, abs=1e-9)


def test_feldts_interval_covers() -> None:
    generator = np.random.default_rng(1)
    true = 6 / 8  # six parallel items with a correlation of 1/3
    alphas = [
        ps.coefficient_alpha(generator.normal(size=(60, 1)) + np.sqrt(2) * generator.normal(size=(60, 6)))
        for _ in range(2000)
    ]
    covered = np.mean([alpha.lower <= true <= alpha.upper for alpha in alphas])
    assert 0.93 <= covered <= 0.97


@pytest.mark.parametrize(
    ("scores", "match"),
    [
        (np.ones((5, 1)), "at least two items; there is 1"),
        (np.ones((5, 3)), "the same for everybody"),
        (np.column_stack([np.arange(5) / 3, -np.arange(5) / 3]), "the same for everybody"),
        (np.full((5, 3), np.nan), "two people"),
    ],
)
def test_alpha_says_why_it_has_no_value(scores: np.ndarray, match: str) -> None:
    with pytest.raises(NotEstimableError, match=match):
        ps.coefficient_alpha(scores)


def test_alpha_without_an_item_needs_three() -> None:
    with pytest.raises(NotEstimableError, match="at least three items; there are 2"):
        ps.alpha_if_deleted(np.array([[1.0, 2.0], [2.0, 1.0]]))


def test_alpha_without_an_item_is_none_where_the_rest_never_varies() -> None:
    scores = np.array([[1.0, 2.0, 3.0], [2.0, 2.0, 3.0], [5.0, 2.0, 3.0]])
    assert ps.alpha_if_deleted(scores) == (None, pytest.approx(0), pytest.approx(0))


def test_a_stratum_of_one_item_is_named() -> None:
    scores = np.random.default_rng(1).normal(size=(9, 3))
    with pytest.raises(NotEstimableError, match="alpha of tact needs at least two items"):
        ps.stratified_alpha(scores, np.array(["calm", "calm", "tact"]))


@pytest.mark.parametrize("function", [ps.stratified_alpha, ps.haberman_prmse])
def test_each_item_needs_its_stratum(function: object) -> None:
    with pytest.raises(InvalidInputError, match="each of 3 items needs its stratum; there are 2"):
        function(np.random.default_rng(1).normal(size=(9, 3)), np.array([0, 1]))  # type: ignore[operator]  # one of the two


@pytest.mark.parametrize(
    ("value", "level"),
    [
        (-0.2, "inadequate"),
        (0.6999, "inadequate"),
        (0.7, "adequate"),
        (0.8, "good"),
        (0.8999, "good"),
        (0.9, "excellent"),
    ],
)
def test_levels(value: float, level: str) -> None:
    assert ps.reliability_level(value) == level


def correlated(r: float, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Two columns whose correlation is exactly r."""
    basis = np.linalg.qr(np.column_stack([np.ones(n), np.random.default_rng(n).normal(size=(n, 2))]))[0]
    return basis[:, 1], r * basis[:, 1] + np.sqrt(1 - r * r) * basis[:, 2]


@pytest.mark.parametrize(("r", "n", "key"), [(0.3, 120, "cor_ci_r.30_n120"), (0.2, 150, "cor_ci_r.20_n150")])
def test_retest_interval_is_fishers(r: float, n: int, key: str) -> None:
    retest = ps.retest_reliability(*correlated(r, n))
    assert retest.value == pytest.approx(r, abs=EXACT)
    assert [retest.lower, retest.upper] == pytest.approx(worked_examples()["validation"][key], abs=EXACT)
    assert retest.n_persons == n


def test_retest_uses_those_who_sat_twice() -> None:
    first, second = np.array([1.0, 2, 3, 4, 9, np.nan]), np.array([2.0, 1, 4, 3, np.nan, 7])
    retest = ps.retest_reliability(first, second)
    assert retest.n_persons == 4
    assert retest.value == pytest.approx(0.6)


@pytest.mark.parametrize("sign", [1, -1])
def test_a_perfect_retest_has_no_width(sign: int) -> None:
    retest = ps.retest_reliability(np.arange(5.0), sign * np.arange(5.0))
    assert (retest.value, retest.lower, retest.upper) == (sign, sign, sign)


@pytest.mark.parametrize(
    ("first", "second", "match"),
    [
        (np.arange(3.0), np.arange(3.0), "4 people who sat twice; there are 3"),
        (np.arange(5.0), np.ones(5), "one sitting are all the same"),
    ],
)
def test_retest_says_why_it_has_no_value(first: np.ndarray, second: np.ndarray, match: str) -> None:
    with pytest.raises(NotEstimableError, match=match):
        ps.retest_reliability(first, second)


def test_both_sittings_name_the_same_people() -> None:
    with pytest.raises(InvalidInputError, match="both sittings; there are 5 and 4"):
        ps.retest_reliability(np.arange(5.0), np.arange(4.0))


def test_haberman_finds_the_true_reductions_of_error() -> None:
    generator = np.random.default_rng(3)
    n = 100_000
    common, own = generator.normal(size=(n, 1)), generator.normal(size=(n, 2))
    true = 0.8 * common + np.array([0.9, 0.2]) * own
    scores = np.repeat(true, 4, axis=1) + 1.5 * generator.normal(size=(n, 8))
    strata = np.repeat([0, 1], 4)
    values = ps.haberman_prmse(scores, strata)
    for value, column in zip(values, (0, 1), strict=True):
        subscore, total = scores[:, strata == column].sum(axis=1), scores.sum(axis=1)
        assert value.prmse_subscore == pytest.approx(np.corrcoef(subscore, true[:, column])[0, 1] ** 2, abs=0.01)
        assert value.prmse_total == pytest.approx(np.corrcoef(total, true[:, column])[0, 1] ** 2, abs=0.01)
    assert [value.adds_value for value in values] == [True, False]


def test_haberman_by_its_definition() -> None:
    scores = ps.complete_rows(scenario_scores())
    total = scores.sum(axis=1)
    for c, value in enumerate(ps.haberman_prmse(scores, COMPETENCY)):
        own = scores[:, c == COMPETENCY].sum(axis=1)
        alpha = r_says()["alpha_by_competency"][c]
        with_true = np.cov(own, total)[0, 1] - (1 - alpha) * own.var(ddof=1)
        expected = with_true**2 / (alpha * own.var(ddof=1) * total.var(ddof=1))
        assert (value.name, value.prmse_subscore) == (str(c), pytest.approx(alpha, abs=EXACT))
        assert value.prmse_total == pytest.approx(expected, abs=EXACT)
        assert value.adds_value == (alpha > expected)


def test_a_subscore_of_one_item_is_not_known_to_add_value() -> None:
    scores = np.random.default_rng(1).normal(size=(50, 3))
    lone = ps.haberman_prmse(scores, np.array([0, 0, 1]))[1]
    assert (lone.prmse_subscore, lone.prmse_total, lone.adds_value) == (None, None, None)


@pytest.mark.parametrize("second", [[1.0, 0, 3, 2], [2, 2, 2, 2]])
def test_a_subscore_without_reliability_adds_nothing(second: list[float]) -> None:
    first = np.array([0.0, 1, 0, 1])
    scores = np.column_stack([first, -first if second[0] == 1 else second, [4.0, 2, 1, 5], [5.0, 2, 3, 5]])
    value = ps.haberman_prmse(scores, np.array([0, 0, 1, 1]))[0]
    assert (value.prmse_subscore, value.prmse_total, value.adds_value) == (0.0, None, False)
