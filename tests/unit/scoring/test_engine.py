import json

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from eiassess.domain.digests import canonical_json
from eiassess.domain.reasons import OVERALL, NotScored, NotScoredCode
from eiassess.domain.scenarios import ScenarioKind
from eiassess.domain.scores import PersonScore
from eiassess.scoring.person.engine import ENGINE, SAME_POINTS, points_compare, score_answers, score_vector
from eiassess.scoring.person.plan import ScoringPlan
from eiassess.scoring.person.stored_form import person_score_to_dict
from tests.builders import make_form, make_key, make_plan, make_scenario, make_scenarios

PLAN = make_plan()
N = len(PLAN.columns)
answers_of_a_person = st.lists(st.integers(1, 6).map(float), min_size=N, max_size=N).map(np.array)


def ratings_with_unanswered(plan: ScoringPlan, scenarios: int, options: int = 4, seed: int = 3) -> np.ndarray:
    """Ratings near the key, without the first options of the first scenarios."""
    ratings = np.clip(np.rint(plan.key_values + np.random.default_rng(seed).normal(size=len(plan.columns))), 1, 6)
    for scenario in range(scenarios):
        ratings[np.flatnonzero(plan.scenario == scenario)[:options]] = np.nan
    return ratings


def score_of(score: PersonScore) -> float:
    assert score.overall is not None
    return score.overall.score


@pytest.mark.parametrize("emotions", [0, 2])
def test_the_keys_own_pattern_is_100_everywhere_and_exact(emotions: int) -> None:
    plan = make_plan(make_form(make_scenarios(emotions=emotions)))
    score = score_vector(plan, plan.key_values)
    assert score.overall is not None
    assert score.overall.interval is not None
    assert [score.overall.score, score.overall.interval.low, score.overall.interval.high] == pytest.approx([100] * 3)
    assert [each.score for each in (*score.competencies.values(), *score.styles.values())] == pytest.approx(
        [100] * (len(plan.competencies) + len(plan.styles))
    )
    assert score.distance is not None
    assert score.distance.closeness == 1
    assert not score.random_like


@settings(deadline=None)
@given(answers_of_a_person, st.floats(0.5, 3), st.floats(-5, 5))
def test_a_linear_transformation_within_the_person_changes_no_score(x: np.ndarray, factor: float, shift: float) -> None:
    score, same = score_vector(PLAN, x), score_vector(PLAN, factor * x + shift)
    assume(score.overall is not None)
    assert score_of(same) == pytest.approx(score_of(score))
    for name, estimate in score.competencies.items():
        assert same.competencies[name].score == pytest.approx(estimate.score)
        assert same.competencies[name].sem == pytest.approx(estimate.sem)


@settings(deadline=None)
@given(answers_of_a_person)
def test_one_format_is_50_plus_50_r_and_parts_average_to_it(x: np.ndarray) -> None:
    score = score_vector(PLAN, x)
    assume(score.overall is not None)
    assert score_of(score) == pytest.approx(50 * (1 + np.corrcoef(x, PLAN.key_values)[0, 1]))
    key_z = (PLAN.key_values - PLAN.key_values.mean()) / PLAN.key_values.std()
    e = np.bincount(PLAN.scenario, 1 + key_z**2)
    weights = [e[list(scenarios)].sum() for scenarios in PLAN.competencies.values()]
    parts = [score.competencies[name].score for name in PLAN.competencies]
    assert score_of(score) == pytest.approx(np.average(parts, weights=weights))
    assert score_of(score) == pytest.approx(np.average(list(score.scenarios.values()), weights=e))


@settings(deadline=None)
@given(answers_of_a_person)
def test_distance_components_sum_to_the_mean_squared_distance(x: np.ndarray) -> None:
    distance = score_vector(PLAN, x).distance
    assume(distance is not None)
    total = distance.elevation + distance.scatter + distance.shape
    assert total == pytest.approx(np.mean((x - PLAN.key_values) ** 2))


def test_several_formats_weigh_by_their_ratings() -> None:
    plan = make_plan(make_form(make_scenarios(emotions=3)))
    x = ratings_with_unanswered(plan, 0)
    emotions = plan.kind == list(ScenarioKind).index(ScenarioKind.EMOTIONS)
    r = [np.corrcoef(x[rows], plan.key_values[rows])[0, 1] for rows in (emotions, ~emotions)]
    expected = 50 * (1 + np.average(r, weights=[emotions.sum(), (~emotions).sum()]))
    assert score_of(score_vector(plan, x)) == pytest.approx(expected)


def test_random_answering_averages_50() -> None:
    people = np.random.default_rng(2).integers(1, 7, (400, N)).astype(float)
    scores = [score_vector(PLAN, person) for person in people]
    assert np.mean([score_of(score) for score in scores]) == pytest.approx(50, abs=1.5)
    for name in PLAN.competencies:
        assert np.mean([score.competencies[name].score for score in scores]) == pytest.approx(50, abs=3)
    assert np.mean([bool(score.random_like) for score in scores]) == pytest.approx(0.95, abs=0.04)


def test_the_same_responses_give_the_same_bytes() -> None:
    x = ratings_with_unanswered(PLAN, 1)
    first, second = (canonical_json(person_score_to_dict(score_vector(PLAN, x.copy()))) for _ in range(2))
    assert first == second
    assert "NaN" not in first
    assert json.loads(first)["overall"]["score"] > 50


def test_answers_by_name_are_the_vector() -> None:
    form = make_form()
    x = ratings_with_unanswered(PLAN, 1, options=2)
    answers: dict[str, dict[str, int]] = {}
    for (scenario, option), rating in zip(PLAN.columns, x, strict=True):
        if not np.isnan(rating):
            answers.setdefault(scenario, {})[option] = int(rating)
    assert score_answers(form, make_key(form), answers) == score_vector(PLAN, x)


@pytest.mark.parametrize(("identical", "scored"), [(32, True), (33, False), (36, False)])
def test_nine_tenths_identical_ratings_are_not_scored(identical: int, *, scored: bool) -> None:
    x = np.full(N, 4.0)
    x[identical:] = np.resize([1.0, 6.0, 2.0], N - identical)
    score = score_vector(PLAN, x)
    assert (score.overall is not None) is scored
    if not scored:
        assert score.not_scored == (NotScored(OVERALL, NotScoredCode.SAME_RATINGS, identical, N),)
        assert score.competencies == {}
        assert score.random_like is None


@pytest.mark.parametrize(("missing", "scored"), [(0, True), (2, True), (3, False), (10, False)])
def test_four_fifths_of_the_scenarios_have_to_be_complete(missing: int, *, scored: bool) -> None:
    form = make_form([make_scenario(f"s{i}") for i in range(10)])
    plan = make_plan(form)
    score = score_vector(plan, ratings_with_unanswered(plan, missing, options=1))
    assert (score.overall is not None) is scored
    assert score.n_unanswered == missing
    assert score.n_ratings == (40 - 4 * missing if scored else 40 - missing)
    if not scored:
        assert score.not_scored == (NotScored(OVERALL, NotScoredCode.TOO_FEW_COMPLETE, 10 - missing, 10, 8),)


@pytest.mark.parametrize(("missing", "scored"), [(1, True), (2, False)])
def test_two_thirds_of_a_competencys_scenarios_have_to_be_complete(missing: int, *, scored: bool) -> None:
    form = make_form(
        [*(make_scenario(f"r{i}") for i in range(3)), *(make_scenario(f"c{i}", competency="calm") for i in range(9))]
    )
    plan = make_plan(form)
    score = score_vector(plan, ratings_with_unanswered(plan, missing))
    assert ("recovery" in score.competencies) is scored
    assert "calm" in score.competencies
    if not scored:
        assert score.not_scored == (NotScored("recovery", NotScoredCode.TOO_FEW_COMPLETE, 1, 3, 2),)


def test_missing_ratings_are_never_imputed() -> None:
    """A scenario with a hole counts as if the form did not have it; the ratings beside the hole change nothing."""
    scenarios = make_scenarios(4)
    whole, without = make_form(scenarios), make_form(scenarios[1:], id="without")
    key = make_key(whole)
    plan, smaller = (
        make_plan(whole),
        make_plan(without, {s.id: [key.credits[s.id][o].value for o in s.option_ids] for s in without.scenarios}),
    )
    x = ratings_with_unanswered(plan, 1, options=1)
    other = x.copy()
    other[1:4] = 7 - other[1:4]
    score, expected = score_vector(plan, x), score_vector(smaller, x[4:])
    assert score.overall == score_vector(plan, other).overall
    assert score_of(score) == pytest.approx(score_of(expected))
    assert score.competencies["recovery"].sem == pytest.approx(expected.competencies["recovery"].sem)
    assert score.overall is not None
    assert expected.overall is not None
    ranges = [(each.low, each.high) for each in (score.overall.random_interval, expected.overall.random_interval)]
    assert ranges[0] == pytest.approx(ranges[1], abs=1)  # other people's random answers to the smaller form


def test_a_format_without_any_difference_is_left_out() -> None:
    plan = make_plan(make_form(make_scenarios(4, emotions=2)))
    x = ratings_with_unanswered(plan, 0)
    x[plan.kind == list(ScenarioKind).index(ScenarioKind.EMOTIONS)] = 3.0
    score = score_vector(plan, x)
    assert score.overall is not None
    assert score.overall.n_scenarios == 12
    assert score.not_scored == (
        NotScored("emotions", NotScoredCode.SAME_RATINGS_OF_KIND),
        NotScored("emotions", NotScoredCode.TOO_FEW_COMPLETE, 0, 2, 2),
    )


def test_too_much_without_any_difference_is_not_scored_at_all() -> None:
    plan = make_plan(make_form(make_scenarios(1, emotions=3)))
    x = ratings_with_unanswered(plan, 0)
    x[plan.kind == list(ScenarioKind).index(ScenarioKind.EMOTIONS)] = 3.0
    score = score_vector(plan, x)
    assert score.overall is None
    assert score.distance is None


def test_a_key_without_any_difference_scores_nobody() -> None:
    form = make_form()
    plan = make_plan(form, {scenario.id: [3.0] * 4 for scenario in form.scenarios})
    score = score_vector(plan, ratings_with_unanswered(PLAN, 0))
    assert score.overall is None
    assert score.not_scored == (NotScored("responses", NotScoredCode.SAME_KEY_OF_KIND),)


def test_a_competency_with_one_scenario_has_no_score() -> None:
    form = make_form([*make_scenarios(), make_scenario("alone", competency="courage")])
    score = score_vector(make_plan(form), ratings_with_unanswered(make_plan(form), 0))
    assert "courage" not in score.competencies
    assert score.not_scored == (NotScored("courage", NotScoredCode.FORM_TOO_SMALL, 1, 1, 2),)


def test_without_two_scenarios_in_any_competency_there_is_no_error() -> None:
    form = make_form([make_scenario(f"s{i}", competency=f"c{i}", style=("direct", "warm")[i % 2]) for i in range(6)])
    score = score_vector(make_plan(form), ratings_with_unanswered(make_plan(form), 0))
    assert score.overall is not None
    assert (score.overall.sem, score.overall.interval, score.overall.df) == (None, None, 0)
    assert score.styles["warm"].sem is None
    assert score.styles["warm"].interval is None
    assert (score.strengths, score.weaknesses) == ((), ())


def test_within_is_left_out_where_the_persons_own_ratings_there_do_not_differ() -> None:
    x = ratings_with_unanswered(PLAN, 0)
    rows = np.isin(PLAN.scenario, PLAN.competencies["recovery"])
    x[rows] = 4.0
    score = score_vector(PLAN, x)
    assert score.competencies["recovery"].within is None
    assert score.competencies["composure"].within is not None


def test_a_strength_is_named_when_it_is_clear() -> None:
    form = make_form(make_scenarios(5))
    plan = make_plan(form)
    x = ratings_with_unanswered(plan, 0, seed=5)
    rows = np.isin(plan.scenario, plan.competencies["recovery"])
    x[rows] = 7 - np.rint(plan.key_values[rows])  # the opposite of the key
    score = score_vector(plan, x)
    assert [each.id for each in score.weaknesses][:1] == ["recovery"]
    assert {each.id for each in score.strengths} <= {"composure", "listening"}
    assert all(each.p_adjusted < 0.05 for each in (*score.strengths, *score.weaknesses))


def test_who_follows_the_key_in_one_area_and_nowhere_else_has_it_as_a_strength() -> None:
    plan = make_plan(make_form(make_scenarios(6)))
    x = np.random.default_rng(0).integers(1, 7, len(plan.columns)).astype(float)
    rows = np.isin(plan.scenario, plan.competencies["listening"])
    x[rows] = plan.key_values[rows]
    score = score_vector(plan, x)
    (strength,) = score.strengths
    assert strength.id == "listening"
    assert strength.difference == pytest.approx(score.competencies["listening"].score - score_of(score))
    assert strength.difference > 0
    assert [each.id for each in score.weaknesses if each.difference < 0] == ["composure"]


HUNDRED = make_plan(make_form([make_scenario(f"s{i}", competency=f"c{i % 9}") for i in range(100)], id="hundred"))


@pytest.mark.parametrize(("complete", "scored"), [(80, True), (79, False)])
def test_exactly_80_of_100_scenarios_are_enough(complete: int, *, scored: bool) -> None:
    score = score_vector(HUNDRED, ratings_with_unanswered(HUNDRED, 100 - complete, options=1))
    assert (score.overall is not None) is scored
    if not scored:
        assert score.not_scored == (NotScored(OVERALL, NotScoredCode.TOO_FEW_COMPLETE, 79, 100, 80),)


@pytest.mark.parametrize(("identical", "scored"), [(359, True), (360, False)])
def test_exactly_90_of_100_identical_ratings_are_too_many(identical: int, *, scored: bool) -> None:
    x = np.full(400, 4.0)
    x[identical:] = np.resize([1.0, 6.0, 2.0], 400 - identical)
    score = score_vector(HUNDRED, np.random.default_rng(2).permutation(x))
    assert (score.overall is not None) is scored
    if not scored:
        assert score.not_scored == (NotScored(OVERALL, NotScoredCode.SAME_RATINGS, 360, 400),)


def test_the_engine_has_its_name_and_says_which_others_give_its_points() -> None:
    assert ENGINE == "house-scale-2"
    assert frozenset({"house-scale-1", "house-scale-2"}) == SAME_POINTS
    assert points_compare("house-scale-1 (EIAssess 0.1)", "house-scale-2 (EIAssess 0.2)")
    assert points_compare("house-scale-9 (EIAssess 7)", "house-scale-9 (EIAssess 8)")
    assert not points_compare("house-scale-2", "house-scale-3")
