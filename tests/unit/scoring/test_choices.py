"""Forms of choices and of mixed formats, scored by the engine: best and worst, rank, pick best, beside ratings."""

import json
from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from eiassess import psychometrics
from eiassess.domain.formats import ResponseFormat
from eiassess.domain.reasons import OVERALL, NotScored, NotScoredCode
from eiassess.domain.scenarios import ScenarioKind
from eiassess.scoring.person.engine import score_answers, score_vector
from eiassess.scoring.person.plan import ScoringPlan
from eiassess.scoring.person.random_range import random_range
from eiassess.scoring.person.stored_form import person_score_from_dict, person_score_to_dict
from eiassess.scoring.simulating import simulate_people
from tests.builders import COMPETENCIES, make_form, make_key, make_plan, make_scenario, make_scenarios

BEST_AND_WORST, RANK, PICK_BEST = ResponseFormat.PICK_BEST_AND_WORST, ResponseFormat.RANK, ResponseFormat.PICK_BEST
CHOICES = (BEST_AND_WORST, RANK, PICK_BEST)
OPTIONS = np.array([5.5, 2.0, 1.5, 4.0])


def plan_of(format_: ResponseFormat, per_competency: int = 4, *, id: str = "chosen") -> ScoringPlan:  # noqa: A002 - the field's name
    """A form of one format; every scenario has the same key."""
    form = make_form(make_scenarios(per_competency), id=id, format=format_)
    return make_plan(form, {scenario.id: OPTIONS for scenario in form.scenarios})


def mixed_plan() -> ScoringPlan:
    """Every competency has a scenario in each format; a fourth is of emotions, rated."""
    formats = {f"{name}-{n}": each for name in COMPETENCIES for n, each in zip((1, 2, 3), CHOICES, strict=True)}
    return make_plan(make_form(make_scenarios(5, emotions=2), id="mixed", formats=formats))


def as_the_key(plan: ScoringPlan) -> np.ndarray:
    """The key's own ratings, picks and order."""
    answers = plan.key_values.copy()
    for number, scenario in enumerate(plan.form.scenarios):
        rows = plan.scenario == number
        key = plan.key_values[rows]
        match plan.form.format_of(scenario):
            case ResponseFormat.PICK_BEST_AND_WORST:
                answers[rows] = np.where(key == key.max(), 1, np.where(key == key.min(), -1, np.nan))
            case ResponseFormat.PICK_BEST:
                answers[rows] = np.where(key == key.max(), 1, np.nan)
            case ResponseFormat.RANK:
                answers[rows] = (-key).argsort().argsort() + 1
    return answers


def picked(plan: ScoringPlan, picks: Sequence[tuple[int, int]]) -> np.ndarray:
    """Best-and-worst answers, a pair of options a scenario."""
    answers = np.full((len(picks), 4), np.nan)
    for row, (best, worst) in zip(answers, picks, strict=True):
        row[best], row[worst] = 1, -1
    assert answers.size == len(plan.columns)
    return answers.ravel()


@pytest.mark.parametrize("format_", CHOICES)
def test_the_keys_own_choices_are_100_everywhere(format_: ResponseFormat) -> None:
    plan = plan_of(format_)
    score = score_vector(plan, as_the_key(plan))
    assert score.overall is not None
    assert score.overall.score == pytest.approx(100)
    assert [each.score for each in score.competencies.values()] == pytest.approx([100] * 3)
    assert list(score.scenarios.values()) == pytest.approx([100] * 12)
    assert score.distance is None
    assert score.random_like is False
    assert score.n_unanswered == 0
    assert score.n_ratings == plan.form.decision_count


def test_a_best_and_worst_form_is_scored_as_rules_say() -> None:
    """By hand: means of s, and errors pooled within competencies."""
    plan = plan_of(BEST_AND_WORST)
    picks = [(0, 2), (0, 1), (3, 1), (2, 0)] * 3
    score = score_vector(plan, picked(plan, picks))
    s = np.array([(OPTIONS[best] - OPTIONS[worst]) / 4 for best, worst in picks])
    group = np.arange(12) % 3
    variance = sum(((s[group == c] - s[group == c].mean()) ** 2).sum() for c in range(3)) / 9
    assert score.overall is not None
    assert score.overall.score == pytest.approx(50 * (1 + s.mean()))
    assert score.overall.sem == pytest.approx(50 * np.sqrt(variance / 12))
    assert score.overall.df == 9
    assert score.overall.interval is not None
    assert score.overall.interval.low < score.overall.score < score.overall.interval.high
    for number, name in enumerate(COMPETENCIES):
        mine = score.competencies[name]
        assert mine.score == pytest.approx(50 * (1 + s[group == number].mean()))
        assert mine.sem == pytest.approx(50 * np.sqrt(variance / 4))
        assert mine.interval is not None
        half = psychometrics.t_quantile(9) * mine.sem
        assert [mine.interval.low, mine.interval.high] == pytest.approx([mine.score - half, mine.score + half])
        assert mine.within is None
    assert dict(score.scenarios) == pytest.approx(
        {f"{COMPETENCIES[j % 3]}-{j // 3 + 1}": 50 * (1 + s[j]) for j in range(12)}
    )


@pytest.mark.parametrize(("format_", "decisions"), [(BEST_AND_WORST, 2), (RANK, 4), (PICK_BEST, 1)])
def test_random_answering_averages_50_and_falls_into_its_range(format_: ResponseFormat, decisions: int) -> None:
    plan = plan_of(format_, 6)
    people = simulate_people(plan, 400, 11, random=1).answers
    scores = [score_vector(plan, answers) for answers in people]
    overall = np.array([each.overall.score for each in scores if each.overall])
    chance = random_range(plan, tuple(range(18)))
    assert len(overall) == 400
    assert overall.mean() == pytest.approx(50, abs=1.5)
    assert np.mean([chance.overall.contains(each) for each in overall]) == pytest.approx(0.95, abs=0.03)
    assert np.mean([each.random_like for each in scores]) == pytest.approx(0.95, abs=0.03)
    assert {each.n_ratings for each in scores} == {18 * decisions}
    assert set(chance.competencies) == set(COMPETENCIES)


def test_the_range_of_random_answering_is_the_same_every_time_and_of_its_format() -> None:
    plans = [plan_of(each) for each in CHOICES]
    first = [random_range(plan, tuple(range(12))) for plan in plans]
    assert len({each.overall for each in first}) == 3
    assert first[0] == random_range(plan_of(BEST_AND_WORST, id="again"), tuple(range(12)))


def test_scenarios_without_all_their_choices_do_not_count() -> None:
    plan = plan_of(BEST_AND_WORST)
    answers = picked(plan, [(0, 2), (0, 1)] * 6)
    answers[plan.scenario == 0] = [1, np.nan, np.nan, np.nan]
    answers[plan.scenario == 4] = np.nan
    score = score_vector(plan, answers)
    assert score.n_unanswered == 3
    assert score.n_ratings == 20
    assert "recovery-1" not in score.scenarios
    assert "composure-2" not in score.scenarios
    assert score.overall is not None
    assert score.overall.n_scenarios == 10
    answers[plan.scenario == 3] = np.nan
    assert score_vector(plan, answers).overall is None
    assert score_vector(plan, answers).not_scored == (NotScored(OVERALL, NotScoredCode.TOO_FEW_COMPLETE, 9, 12, 10),)


def test_two_thirds_of_a_competencys_choices_have_to_be_there() -> None:
    plan = plan_of(RANK, 5)
    answers = as_the_key(plan)
    answers[np.isin(plan.scenario, [0, 3])] = np.nan
    score = score_vector(plan, answers)
    assert score.overall is not None
    assert "recovery" not in score.competencies
    assert NotScored("recovery", NotScoredCode.TOO_FEW_COMPLETE, 3, 5, 4) in score.not_scored


def test_who_always_picks_the_same_letter_is_scored() -> None:
    """The rule about identical ratings is one about ratings."""
    plan = plan_of(PICK_BEST)
    answers = np.where(np.arange(len(plan.columns)) % 4 == 1, 1.0, np.nan)
    score = score_vector(plan, answers)
    assert score.overall is not None
    assert score.overall.score == pytest.approx(50 * (1 - 1.25 / 2.25))
    assert score.random_like


def test_two_scenarios_a_competency_give_an_overall_score_only() -> None:
    plan = plan_of(BEST_AND_WORST, 2)
    score = score_vector(plan, picked(plan, [(0, 2), (0, 1), (3, 1)] * 2))
    assert score.overall is not None
    assert score.overall.df == 3
    assert (score.competencies, score.styles, score.strengths, score.weaknesses) == ({}, {}, (), ())
    assert score.not_scored == (NotScored("", NotScoredCode.FORM_OVERALL_ONLY, needed=3),)


def test_one_scenario_a_competency_takes_the_error_round_the_overall_mean() -> None:
    form = make_form([make_scenario(f"s{i}", competency=f"c{i}") for i in range(8)], format=BEST_AND_WORST)
    plan = make_plan(form, {scenario.id: OPTIONS for scenario in form.scenarios})
    picks = [(0, 2), (0, 1), (3, 1), (2, 0)] * 2
    score = score_vector(plan, picked(plan, picks))
    s = np.array([(OPTIONS[best] - OPTIONS[worst]) / 4 for best, worst in picks])
    assert score.overall is not None
    assert score.overall.sem == pytest.approx(50 * s.std(ddof=1) / np.sqrt(8))
    assert score.overall.df == 7


def test_one_scenario_has_no_error_and_no_scenario_no_score() -> None:
    plan = make_plan(make_form([make_scenario()], id="one", format=PICK_BEST))
    score = score_vector(plan, as_the_key(plan))
    assert score.overall is not None
    assert (score.overall.sem, score.overall.interval) == (None, None)
    empty = make_plan(make_form([], id="empty", format=PICK_BEST))
    assert score_vector(empty, np.array([])).not_scored == (NotScored(OVERALL, NotScoredCode.NO_SCENARIOS),)


def test_a_competency_with_two_choices_is_refused_beside_one_with_three() -> None:
    scenarios = [make_scenario(f"r{i}") for i in range(3)] + [make_scenario(f"c{i}", competency="calm") for i in (1, 2)]
    plan = make_plan(make_form(scenarios, id="uneven", format=RANK))
    score = score_vector(plan, as_the_key(plan))
    assert set(score.competencies) == {"recovery"}
    assert score.not_scored == (NotScored("calm", NotScoredCode.FORM_TOO_SMALL, 2, 2, 3),)


@pytest.mark.parametrize("format_", CHOICES)
def test_a_scenario_whose_key_tells_nothing_apart_is_left_out(format_: ResponseFormat) -> None:
    form = make_form(make_scenarios(4), id="flat", format=format_)
    values = {scenario.id: OPTIONS for scenario in form.scenarios} | {"recovery-1": np.full(4, 3.0)}
    plan = make_plan(form, values)
    score = score_vector(plan, simulate_people(plan, 1, 1).answers[0])
    assert score.overall is not None
    assert score.overall.n_scenarios == 11
    assert score.not_scored == (NotScored("recovery-1", NotScoredCode.SAME_KEY_OF_SCENARIO),)


def test_formats_join_by_their_decisions_and_parts_average_to_the_whole() -> None:
    plan = mixed_plan()
    answers = simulate_people(plan, 1, 4).answers[0]
    score = score_vector(plan, answers)
    formats = [plan.form.format_of(scenario) for scenario in plan.form.scenarios]
    rated = np.array([each.is_rated for each in formats])[plan.scenario]
    total, decisions = 0.0, 0.0
    for kind in range(len(ScenarioKind)):
        rows = rated & (plan.kind == kind)
        total += rows.sum() * np.corrcoef(answers[rows], plan.key_values[rows])[0, 1]
        decisions += rows.sum()
    for each, n in ((BEST_AND_WORST, 2), (RANK, 4), (PICK_BEST, 1)):
        own = [score.scenarios[s.id] / 50 - 1 for s, f in zip(plan.form.scenarios, formats, strict=True) if f is each]
        total += n * len(own) * np.mean(own)
        decisions += n * len(own)
    assert score.overall is not None
    assert score.overall.score == pytest.approx(50 * (1 + total / decisions))
    assert score.n_ratings == decisions == plan.form.decision_count
    weights = dict.fromkeys(plan.competencies, 0.0)
    key_z = np.zeros(len(plan.columns))
    for kind in range(len(ScenarioKind)):
        rows = rated & (plan.kind == kind)
        key_z[rows] = (plan.key_values[rows] - plan.key_values[rows].mean()) / plan.key_values[rows].std()
    for number, (scenario, format_) in enumerate(zip(plan.form.scenarios, formats, strict=True)):
        rows = plan.scenario == number
        own_weight = (1 + key_z[rows] ** 2).sum() / 2 if format_.is_rated else plan.decisions[number]
        weights[str(scenario.competency)] += own_weight
    parts = [score.competencies[name].score if name in score.competencies else np.nan for name in weights]
    assert score.overall.score == pytest.approx(np.average(parts, weights=list(weights.values())))


def test_a_mixed_form_has_distances_of_its_ratings_and_no_profile() -> None:
    plan = mixed_plan()
    score = score_vector(plan, as_the_key(plan))
    assert score.overall is not None
    assert score.overall.score == pytest.approx(100)
    assert score.distance is not None
    assert score.distance.closeness == 1
    assert (score.strengths, score.weaknesses) == ((), ())
    assert NotScored("", NotScoredCode.FORM_MIXES_FORMATS) in score.not_scored
    assert score.competencies["emotions"].within is not None
    assert score.competencies["recovery"].within is None


def test_random_answers_to_a_mixed_form_are_found_random() -> None:
    plan = mixed_plan()
    scores = [score_vector(plan, answers) for answers in simulate_people(plan, 300, 5, random=1).answers]
    overall = [each.overall for each in scores if each.overall]
    assert np.mean([each.score for each in overall]) == pytest.approx(50, abs=1.5)
    assert np.mean([each.random_like for each in scores]) == pytest.approx(0.95, abs=0.04)
    assert np.mean([each.random_interval.contains(each.score) for each in overall]) == pytest.approx(0.95, abs=0.03)
    assert np.mean([each.interval.contains(50) for each in overall if each.interval]) > 0.9


def test_identical_ratings_leave_a_mixed_form_without_a_score() -> None:
    plan = mixed_plan()
    answers = as_the_key(plan)
    answers[plan.rated] = 4.0
    score = score_vector(plan, answers)
    assert score.overall is None
    assert score.not_scored[0].code is NotScoredCode.SAME_RATINGS


@pytest.mark.parametrize("format_", CHOICES)
def test_answers_by_name_are_the_vector_and_records_come_back(format_: ResponseFormat) -> None:
    form = make_form(make_scenarios(4), id="by-name", format=format_)
    plan = make_plan(form)
    vector = simulate_people(plan, 1, 3).answers[0]
    answers: dict[str, dict[str, int]] = {}
    for (scenario, option), value in zip(plan.columns, vector, strict=True):
        if not np.isnan(value):
            answers.setdefault(scenario, {})[option] = int(value)
    given: Mapping[str, Mapping[str, int]] = answers
    score = score_answers(form, make_key(form), given)
    assert score == score_vector(plan, vector)
    values = person_score_to_dict(score)
    assert values["distance"] is None
    assert person_score_to_dict(person_score_from_dict(json.loads(json.dumps(values, allow_nan=False)))) == values


def test_a_strength_is_named_within_one_format_only() -> None:
    plan = plan_of(BEST_AND_WORST, 6)
    answers = as_the_key(plan)
    rows = np.isin(plan.scenario, plan.competencies["recovery"])
    answers[rows] = -answers[rows]
    answers[plan.scenario == 0] = -answers[plan.scenario == 0]
    score = score_vector(plan, answers)
    assert [each.id for each in score.weaknesses] == ["recovery"]
