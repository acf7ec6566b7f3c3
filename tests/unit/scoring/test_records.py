import dataclasses
import json

import numpy as np
import pytest

from eiassess.domain.scores import DistanceComponents
from eiassess.scoring.person.engine import score_vector
from eiassess.scoring.person.stored_form import person_score_from_dict, person_score_to_dict
from eiassess.scoring.simulating import simulate_people
from tests.builders import make_form, make_plan, make_scenario, make_scenarios

PLAN = make_plan(make_form(make_scenarios(4, emotions=2)))


@pytest.mark.parametrize("seed", range(5))
def test_a_record_comes_back_exactly_also_through_json(seed: int) -> None:
    ratings = simulate_people(PLAN, 1, seed).ratings[0].astype(float)
    score = score_vector(PLAN, ratings)
    values = person_score_to_dict(score)
    back = person_score_from_dict(json.loads(json.dumps(values, allow_nan=False)))
    assert person_score_to_dict(back) == values
    assert person_score_from_dict(values) == back
    assert back.overall is not None
    assert score.overall is not None
    assert back.overall.score == pytest.approx(score.overall.score, abs=1e-10)
    assert list(back.competencies) == list(score.competencies)


def test_what_is_not_scored_is_null() -> None:
    score = score_vector(PLAN, np.full(len(PLAN.columns), np.nan))
    values = person_score_to_dict(score)
    assert values["overall"] is None
    assert values["distance"] is None
    assert values["random_like"] is None
    assert person_score_from_dict(values) == score


def test_scores_without_error_have_null_for_it() -> None:
    plan = make_plan(make_form([make_scenario(f"s{i}", competency=f"c{i}") for i in range(6)]))
    values = person_score_to_dict(score_vector(plan, simulate_people(plan, 1, 1).ratings[0].astype(float)))
    assert (values["overall"]["sem"], values["overall"]["interval"]) == (None, None)
    assert person_score_to_dict(person_score_from_dict(values)) == values


def test_parts_that_stand_as_null_are_left_out() -> None:
    values = person_score_to_dict(score_vector(PLAN, PLAN.key_values))
    values["competencies"]["courage"] = None
    assert "courage" not in person_score_from_dict(values).competencies


def test_zero_has_no_sign() -> None:
    score = dataclasses.replace(
        score_vector(PLAN, PLAN.key_values), distance=DistanceComponents(1.0, -0.0, -1e-15, 0.0)
    )
    assert "-0.0" not in json.dumps(person_score_to_dict(score)["distance"])


def test_named_differences_are_kept() -> None:
    plan = make_plan(make_form(make_scenarios(5)))
    x = plan.key_values.copy()
    rows = np.isin(plan.scenario, plan.competencies["recovery"])
    x[rows] = 7 - x[rows]
    score = score_vector(plan, x)
    assert [each.id for each in score.weaknesses][:1] == ["recovery"]
    back = person_score_from_dict(person_score_to_dict(score))
    assert [each.id for each in back.weaknesses] == [each.id for each in score.weaknesses]


def test_a_score_of_the_first_engine_is_read_with_its_reasons_as_codes() -> None:
    values = person_score_to_dict(score_vector(PLAN, np.full(len(PLAN.columns), np.nan)))
    assert values["not_scored"] == [
        {"part": "overall", "code": "too-few-complete", "counted": 0, "asked": 14, "needed": 12}
    ]
    stored = {**values, "not_scored": ["overall: 0 of 14 scenarios are complete; at least 80 % are needed"]}
    assert person_score_from_dict(stored) == person_score_from_dict(values)
